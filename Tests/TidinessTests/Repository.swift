import Foundation

/// Something that is not tidy, and where.
struct Offence: Hashable, CustomStringConvertible {
    /// Relative to the repository's root.
    var path: String
    /// Counts from 1; nil where it is about the whole file.
    var line: Int?
    var message: String

    var description: String { line.map { "\(path):\($0): \(message)" } ?? "\(path): \(message)" }
}

/// One text of the repository.
struct TextFile: Sendable {
    /// Relative to the repository's root: `Sources/Annals/Table.swift`.
    var path: String
    var text: String

    /// The file's name without its folders.
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// Lines without their ends; a final newline starts no further line.
    var lines: [Substring] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.last?.isEmpty == true ? lines.dropLast() : lines
    }
}

/// The repository that this test was compiled from.
struct Repository {
    let root: URL

    static let own = Repository(
        root: URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent())

    /// One file by its path from the root.
    func file(_ path: String) throws -> TextFile {
        TextFile(path: path, text: try String(contentsOf: root.appending(path: path), encoding: .utf8))
    }

    /// Every file below a folder whose name ends so, in the order of paths.
    func files(under folder: String, suffix: String) throws -> [TextFile] {
        let base = root.appending(path: folder)
        guard let walk = FileManager.default.enumerator(atPath: base.path) else { return [] }
        let paths = walk.compactMap { $0 as? String }.filter { $0.hasSuffix(suffix) }
        return try paths.sorted().map { try file("\(folder)/\($0)") }
    }

    /// The Swift files of programs, libraries and tests.
    func swiftFiles() throws -> [TextFile] {
        try files(under: "Sources", suffix: ".swift") + files(under: "Tests", suffix: ".swift")
    }

    /// Names of the folders directly below one.
    func folders(in folder: String) throws -> [String] {
        let base = root.appending(path: folder)
        let entries = try FileManager.default.contentsOfDirectory(
            at: base, includingPropertiesForKeys: [.isDirectoryKey])
        return try entries.filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
            .map(\.lastPathComponent).sorted()
    }

    /// Whether something exists at a path from the root.
    func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }
}
