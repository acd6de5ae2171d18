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
    /// Relative to the repository's root: `Sources/Annals/Table/Table.swift`.
    let path: String
    let text: String
    /// Lines without their ends; a final newline starts no further line.
    let lines: [String]

    init(path: String, text: String) {
        self.path = path
        self.text = text
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        self.lines = lines.map { String(Substring($0)) }
    }

    /// The file's name without its folders.
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }
}

/// A Swift file, with code and comments told apart.
struct SwiftFile: Sendable {
    let file: TextFile
    let text: SwiftText

    init(_ file: TextFile) {
        self.file = file
        text = SwiftText(file.text)
    }

    init(path: String, text: String) { self.init(TextFile(path: path, text: text)) }

    var path: String { file.path }
}

/// The repository that this test was compiled from.
struct Repository {
    let root: URL

    static let own = Repository(
        root: URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent())

    /// The Swift files of programs and libraries, and of tests; read once for all checks.
    static let ownSwift: Result<(sources: [SwiftFile], tests: [SwiftFile]), any Error> = Result {
        (
            try own.files(under: "Sources", suffix: ".swift").map(SwiftFile.init),
            try own.files(under: "Tests", suffix: ".swift").map(SwiftFile.init)
        )
    }

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
