import SystemPackage

/// Reads small text files of configuration whole.
package enum TextFile {
    /// Longest text that is taken, in bytes; nobody writes configuration longer than this.
    package static let maximumBytes = 4 << 20

    /// The text at a path; symbolic links are followed, as configuration is often laid out with them.
    ///
    /// - Throws: `UnreadableText` where it can't be opened or read, is too long, or isn't UTF-8.
    package static func read(_ path: String) throws(UnreadableText) -> String {
        let bytes: [UInt8]
        do {
            let file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
            bytes = try file.closeAfter { try contents(of: file) }
        } catch {
            throw UnreadableText(path: path, reason: "\(error)")
        }
        guard bytes.count <= maximumBytes else {
            throw UnreadableText(path: path, reason: "it is longer than \(maximumBytes) bytes")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw UnreadableText(path: path, reason: "it is not UTF-8")
        }
        return text
    }

    /// At most one byte more than is allowed.
    private static func contents(of file: FileDescriptor) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= maximumBytes {
            let count = try piece.withUnsafeMutableBytes { try file.read(into: $0) }
            if count == 0 { break }
            bytes += piece.prefix(count)
        }
        return bytes
    }
}

/// A text that could not be read, and why.
package struct UnreadableText: Error, Hashable, CustomStringConvertible {
    package var path: String
    package var reason: String

    package var description: String { "Can't read \(path): \(reason)" }
}
