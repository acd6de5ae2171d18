import Foundation
import Glibc

/// What the system answered to a call of the test's own.
struct SystemError: Error, CustomStringConvertible {
    var call: String
    var number: Int32

    var description: String { "\(call): \(String(cString: strerror(number)))" }

    /// Throws where the call's result says so.
    @discardableResult
    static func check(_ call: String, _ result: Int32) throws -> Int32 {
        guard result >= 0 else { throw SystemError(call: call, number: errno) }
        return result
    }
}

/// File names as raw bytes: Foundation takes none that aren't UTF-8.
enum Files {
    /// Writes a new file in one go.
    static func write(_ bytes: [UInt8], to path: [UInt8]) throws {
        let file = try Self.open(path, O_WRONLY | O_CREAT | O_TRUNC)
        defer { close(file) }
        try append(bytes, to: file)
    }

    static func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: Array(path.utf8)) }

    static func open(_ path: [UInt8], _ flags: Int32) throws -> Int32 {
        try SystemError.check("open", withPath(path) { Glibc.open($0, flags | O_CLOEXEC, 0o644) })
    }

    static func append(_ bytes: [UInt8], to file: Int32) throws {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            guard count > 0 else { throw SystemError(call: "write", number: errno) }
            written += count
        }
    }

    static func move(_ from: [UInt8], to: [UInt8]) throws {
        try SystemError.check("rename", withPath(from) { from in withPath(to) { rename(from, $0) } })
    }

    static func move(_ from: String, to: String) throws { try move(Array(from.utf8), to: Array(to.utf8)) }

    static func makeDirectory(_ path: String) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    static func bytes(_ path: [UInt8]) throws -> [UInt8] {
        let file = try open(path, O_RDONLY)
        defer { close(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(file, &piece, piece.count)
            guard count >= 0 else { throw SystemError(call: "read", number: errno) }
            guard count > 0 else { return bytes }
            bytes += piece[..<count]
        }
    }

    /// Bytes of what stands at a path, links not followed; nil where nothing does.
    static func size(_ path: String) -> Int? {
        var facts = stat()
        return lstat(path, &facts) == 0 ? Int(facts.st_size) : nil
    }

    /// Every regular file beneath a directory, by path relative to it.
    static func tree(_ root: String) throws -> [[UInt8]] {
        var found: [[UInt8]] = []
        try walk(Array(root.utf8), below: [], into: &found)
        return found.sorted { $0.lexicographicallyPrecedes($1) }
    }

    private static func walk(_ directory: [UInt8], below prefix: [UInt8], into found: inout [[UInt8]]) throws {
        guard let stream = withPath(directory, { opendir($0) }) else {
            throw SystemError(call: "opendir", number: errno)
        }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name == [0x2E] || name == [0x2E, 0x2E] { continue }
            let path = directory + [0x2F] + name
            var status = stat()
            guard withPath(path, { lstat($0, &status) }) == 0 else { continue }
            switch status.st_mode & S_IFMT {
            case S_IFDIR: try walk(path, below: prefix + name + [0x2F], into: &found)
            case S_IFREG: found.append(prefix + name)
            default: continue
            }
        }
    }

    static func withPath<Result>(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
        (path.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { body($0.baseAddress!) }
    }
}
