import Foundation
import Glibc
import Testing

/// A directory of a test's own: inbox, state, socket, configuration; gone when the test is.
struct Workplace: Sendable {
    let root: String

    var inbox: String { root + "/inbox" }
    private var otherState: String?
    var state: String { otherState ?? root + "/state" }
    var socket: String { root + "/control.sock" }
    var configuration: String { root + "/config/annald.yaml" }
    /// What is moved into the inbox is written here first, on the same file system.
    var drafts: String { root + "/drafts" }
    /// What the daemon says, over all its starts.
    var log: String { root + "/annald.log" }

    /// The workplace of the running test, so that a failure can show the daemon's log.
    @TaskLocal static var current: Workplace?

    /// The definitions that a daemon finds beside its configuration.
    enum DefinitionSet {
        /// Those of the repository's `Config`.
        case shipped
        case none
    }

    /// Gives the body a fresh workplace and removes it afterwards.
    static func with(
        definitions: DefinitionSet = .shipped, configuration: String = "",
        _ body: (Workplace) async throws -> Void
    ) async throws {
        var template = Array("/tmp/annal-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError(call: "mkdtemp", number: errno) }
        let place = Workplace(root: String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
        defer {
            // Left behind where somebody still holds it; the next boot clears /tmp.
            try? FileManager.default.removeItem(atPath: place.root)
        }
        try place.furnish(definitions: definitions, configuration: configuration)
        try await $current.withValue(place) { try await body(place) }
    }

    /// The same with another state directory.
    func at(state: String) -> Workplace {
        var place = self
        place.otherState = state
        return place
    }

    private func furnish(definitions: DefinitionSet, configuration: String) throws {
        chmod(root, 0o755)
        for directory in [inbox, drafts, root + "/config/datasets.d", root + "/config/dialects"] {
            try Files.makeDirectory(directory)
        }
        try Files.write(configuration, to: self.configuration)
        guard definitions == .shipped else { return }
        for kind in ["datasets.d", "dialects"] {
            let source = Repository.root + "/Config/" + kind
            for name in try FileManager.default.contentsOfDirectory(atPath: source) {
                try FileManager.default.copyItem(atPath: "\(source)/\(name)", toPath: "\(root)/config/\(kind)/\(name)")
            }
        }
    }

    /// Has a dataset defined, by its name alone; before a start or a reload.
    func define(_ dataset: String) throws {
        try Files.write("dataset: \(dataset)\n", to: "\(root)/config/datasets.d/\(dataset).yaml")
    }

    // MARK: Dropping

    /// Moves a file into the inbox, whole, with a sidecar where there is one.
    func drop(_ text: String, as name: String, sidecar: String? = nil) throws {
        try drop(Array(text.utf8), as: Array(name.utf8), sidecar: sidecar)
    }

    func drop(_ bytes: [UInt8], as name: [UInt8], sidecar: String? = nil) throws {
        let base = name.split(separator: 0x2F).last.map(Array.init) ?? name
        let destination = Array(inbox.utf8) + [0x2F] + name
        if let sidecar {
            try Files.write(Array(sidecar.utf8), to: destination + Array(".meta.yaml".utf8))
        }
        let draft = Array(drafts.utf8) + [0x2F] + base
        try Files.write(bytes, to: draft)
        try Files.move(draft, to: destination)
    }

    // MARK: What lies where

    /// The files of a directory by path, with their bytes; empty where there is no such directory.
    func files(in directory: String) throws -> [String: [UInt8]] {
        guard FileManager.default.fileExists(atPath: directory) else { return [:] }
        var files: [String: [UInt8]] = [:]
        for path in try Files.tree(directory) {
            let name = path.map { $0 < 0x80 ? String(UnicodeScalar($0)) : "\\x" + String($0, radix: 16) }.joined()
            do {
                files[name] = try Files.bytes(Array(directory.utf8) + [0x2F] + path)
            } catch let error as SystemError where error.number == ENOENT {
                // The daemon has just moved or removed it.
                continue
            }
        }
        return files
    }

    var done: [String: [UInt8]] { get throws { try files(in: state + "/done") } }
    var quarantine: [String: [UInt8]] { get throws { try files(in: state + "/quarantine") } }
    var waiting: [String: [UInt8]] { get throws { try files(in: inbox) } }

    /// What the daemon has said so far.
    var said: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

    // MARK: Asking

    /// Runs `annalctl` against this workplace's socket.
    func annalctl(_ arguments: String..., as user: UInt32? = nil) async throws -> Answer {
        try await Answer.of(Repository.program("annalctl"), arguments + ["--socket", socket], as: user)
    }

    /// Runs `annalctl … --format json`.
    func ask(_ arguments: String...) async throws -> JSON {
        let answer = try await Answer.of(
            Repository.program("annalctl"), arguments + ["--format", "json", "--socket", socket])
        try #require(answer.code == 0, "annalctl \(arguments.joined(separator: " ")): \(answer)")
        return answer.json
    }

    /// Waits until everything in the inbox has its outcome, and gives the drops after a number.
    func synchronise(since: Int = 0, timeoutSeconds: Int = 20) async throws -> [JSON] {
        let answer = try await annalctl(
            "sync", "--since", String(since), "--timeout", String(timeoutSeconds), "--format", "json")
        let drops = answer.json["drops"].items
        let isRefused = drops.contains { $0["outcome"].text == "quarantined" } || !answer.json["held"].items.isEmpty
        try #require(answer.code == (isRefused ? 1 : 0), "sync: \(answer)")
        return drops
    }
}
