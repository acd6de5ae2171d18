/// Paths as the kernel has them: bytes without NUL, which need not be UTF-8.
///
/// Relative to the inbox or the state directory, parts joined by single slashes.
package enum RawPath {
    private static let slash: UInt8 = 0x2F

    /// The last part.
    package static func name(of path: [UInt8]) -> [UInt8] {
        guard let cut = path.lastIndex(of: slash) else { return path }
        return Array(path[(cut + 1)...])
    }

    /// Everything before the last part; nil where there is only one.
    package static func parent(of path: [UInt8]) -> [UInt8]? {
        path.lastIndex(of: slash).map { Array(path[..<$0]) }
    }

    /// A name within a directory; the empty path is the root.
    package static func join(_ directory: [UInt8], _ name: [UInt8]) -> [UInt8] {
        directory.isEmpty ? name : directory + [slash] + name
    }

    /// Calls a function with the path as a C string.
    ///
    /// The pointer is valid within the call only; a NUL inside would silently shorten the path, so none is allowed.
    static func withCString<Result>(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
        precondition(!path.contains(0), "no name has a NUL")
        return (path + [0]).withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { body($0.baseAddress!) }
        }
    }
}
