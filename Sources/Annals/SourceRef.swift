/// Which file a drop is: where it lay, which file it was, and what it contained when it was claimed.
///
/// A commit stores it, so that after a crash the filing of that very file, and of no other, can be finished.
package struct SourceRef: Hashable, Sendable {
    /// Path relative to the inbox, raw bytes as the file system has them.
    package var path: [UInt8]
    package var device: UInt64
    package var inode: UInt64
    /// Bytes.
    package var size: Int64
    /// Last modification, in nanoseconds since 1970.
    package var mtimeNanoseconds: Int64
    /// Last status change, in nanoseconds since 1970; moving a file changes it.
    package var ctimeNanoseconds: Int64
    /// Of the bytes that were read.
    package var sha256: Digest
    /// Of the bytes of the sidecar that was claimed with it; nil where there was none, and in commits of earlier versions.
    package var sidecar: Digest?

    package init(
        path: [UInt8], device: UInt64 = 0, inode: UInt64 = 0, size: Int64, mtimeNanoseconds: Int64 = 0,
        ctimeNanoseconds: Int64 = 0, sha256: Digest, sidecar: Digest? = nil
    ) {
        self.path = path
        self.device = device
        self.inode = inode
        self.size = size
        self.mtimeNanoseconds = mtimeNanoseconds
        self.ctimeNanoseconds = ctimeNanoseconds
        self.sha256 = sha256
        self.sidecar = sidecar
    }

    /// The path as text for answers: ``EscapedName/text(_:)``.
    package var file: String { EscapedName.text(path) }

    /// The last part of the path, as text.
    package var name: String { EscapedName.text(path[(path.lastIndex(of: Self.slash).map { $0 + 1 } ?? 0)...]) }

    /// The directories that it lay in, the nearest first, as text; none for a file in the inbox itself.
    package var folders: [String] {
        path.split(separator: Self.slash).dropLast().reversed().map { EscapedName.text(Array($0)) }
    }

    private static let slash: UInt8 = 0x2F

    /// Whether it is the same file, unchanged, as far as the file system can tell without reading it.
    ///
    /// What it contains and where it lay don't count.
    package func isSameFile(as other: SourceRef) -> Bool {
        device == other.device && inode == other.inode && size == other.size
            && mtimeNanoseconds == other.mtimeNanoseconds && ctimeNanoseconds == other.ctimeNanoseconds
    }

    /// Whether it is the same file with the same content, whoever has changed its name, its mode, its owner or its times
    /// since.
    package func isSameContent(as other: SourceRef) -> Bool {
        device == other.device && inode == other.inode && size == other.size && sha256 == other.sha256
    }
}
