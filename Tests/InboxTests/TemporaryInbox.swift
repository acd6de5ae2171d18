import Annals
import Glibc
import Testing

@testable import Inbox

/// A real inbox and state directory beneath a temporary directory, removed with the value.
final class TemporaryInbox {
    let root: String
    let inboxPath: String
    let statePath: String

    /// Makes the directories, the state one beneath another root where wanted.
    init(stateBeneath other: String? = nil) throws {
        let name = "annal-inbox-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
        root = "/tmp/\(name)"
        inboxPath = root + "/inbox"
        statePath = other.map { "\($0)/\(name)" } ?? root + "/state"
        for path in [root, inboxPath, statePath] {
            try #require(mkdir(path, 0o770) == 0, "mkdir \(path): errno \(errno)")
        }
    }

    deinit {
        remove(tree: root)
        remove(tree: statePath)
    }

    var inbox: InboxDirectory { InboxDirectory(path: inboxPath) }

    func openInbox() throws -> Descriptor { try inbox.open() }

    func openState() throws -> Descriptor { try .directory(at: statePath) }

    func filing() throws -> Filing { Filing(inbox: try openInbox(), state: try openState()) }

    func path(_ name: String) -> [UInt8] { Array((inboxPath + "/" + name).utf8) }

    func write(_ text: String, to name: String) throws { try write(Array(text.utf8), toPath: path(name)) }

    /// A raw name beneath the inbox.
    func write(_ text: String, toRaw name: [UInt8]) throws {
        try write(Array(text.utf8), toPath: Array((inboxPath + "/").utf8) + name)
    }

    /// Writes a file elsewhere and renames it into the inbox, as a careful writer does.
    func moveIn(_ text: String, as name: String) throws {
        let outside = root + "/outside"
        try write(Array(text.utf8), toPath: Array(outside.utf8))
        try #require(rename(outside, inboxPath + "/" + name) == 0, "rename: errno \(errno)")
    }

    func append(_ text: String, to name: String) throws {
        let descriptor = open(inboxPath + "/" + name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o660)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        #expect(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
    }

    func makeDirectory(_ name: String) throws {
        try #require(mkdir(inboxPath + "/" + name, 0o770) == 0, "mkdir: errno \(errno)")
    }

    /// The content of a file beneath the state directory, or nil.
    func stored(_ path: [UInt8]) throws -> String? { content(Array((statePath + "/").utf8) + path) }

    func stored(_ path: String) throws -> String? { try stored(Array(path.utf8)) }

    /// The content of a file in the inbox, or nil.
    func dropped(_ name: String) -> String? { content(path(name)) }

    /// Raw names in the inbox, hidden ones included.
    func droppedNames() throws -> [String] { try openInbox().names().map { EscapedName.text($0) } }

    /// A sidecar as a scan sees it now.
    func sidecar(_ name: String) throws -> Arrival {
        let sighting = try Scanner().look(at: Array(name.utf8), beneath: try openInbox())
        guard case .sidecar(let sidecar) = sighting else { throw Reason("no sidecar but \(sighting)") }
        return sidecar
    }

    /// The arrival of a file as a scan sees it now.
    func arrival(_ name: String) throws -> Arrival {
        let sighting = try Scanner().look(at: Array(name.utf8), beneath: try openInbox())
        guard case .arrival(let arrival) = sighting else {
            throw Reason("no arrival but \(sighting)")
        }
        return arrival
    }

    /// Claims a file that must be claimable.
    func claim(_ name: String, limits: ClaimLimits = ClaimLimits()) throws -> ClaimedFile {
        let ready = SettleBook.Ready(arrival: try arrival(name), wasMovedIn: false)
        let outcome = try Claim(limits: limits).take(ready, beneath: try openInbox())
        guard case .claimed(let file) = outcome else { throw Reason("not claimed but \(outcome)") }
        return file
    }

    private func write(_ bytes: [UInt8], toPath path: [UInt8]) throws {
        let descriptor = RawPath.withCString(path) { open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o660) }
        try #require(descriptor >= 0, "open: errno \(errno)")
        defer { close(descriptor) }
        #expect(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
    }

    private func content(_ path: [UInt8]) -> String? {
        let descriptor = RawPath.withCString(path) { open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(descriptor, &bytes, bytes.count)
        return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
    }
}

/// Removes a directory and everything in it.
func remove(tree path: String) {
    // Best effort, of temporary files.
    guard let directory = try? Descriptor.directory(at: path), let names = try? directory.names() else { return }
    for name in names {
        // What can't be looked at can't be cleaned up; a leftover in the temporary directory harms nobody.
        let isDirectory = (try? directory.status(ofName: name))??.kind == .directory
        if isDirectory {
            remove(tree: path + "/" + String(decoding: name, as: UTF8.self))
        } else {
            // As above.
            try? directory.remove(name)
        }
    }
    rmdir(path)
}

/// Runs a function as a user who may read nothing of root's; nil where this process can't.
///
/// The file system user id belongs to the thread, so the function must not suspend.
func asNobody<Result>(_ body: () throws -> Result) rethrows -> Result? {
    // The C library's header for it is in no module.
    guard geteuid() == 0, let symbol = dlsym(nil, "setfsuid") else { return nil }
    let setfsuid = unsafeBitCast(symbol, to: (@convention(c) (UInt32) -> Int32).self)
    _ = setfsuid(65534)
    defer { _ = setfsuid(0) }
    return try body()
}

extension NumberedNames {
    /// One name whatever its number.
    static func only(_ name: String) -> NumberedNames {
        NumberedNames { _ in Array(name.utf8) }
    }
}
