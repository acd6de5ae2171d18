package import Annals

/// What the daemon held in its hands when it took a file: where it lay, which file it was, and what it contained.
///
/// A commit stores it, so that after a crash the filing of that very file, and of no other, can be finished.
package struct ClaimKey: Hashable, Sendable {
    /// Path relative to the inbox, raw bytes as the file system has them.
    package var path: [UInt8]
    package var device: UInt64
    package var inode: UInt64
    /// Bytes.
    package var size: Int64
    /// Last modification, in nanoseconds since 1970.
    package var mtimeNanoseconds: Int64
    /// Last status change, in nanoseconds since 1970.
    package var ctimeNanoseconds: Int64
    /// Of the bytes that were read.
    package var sha256: Digest

    package init(
        path: [UInt8], device: UInt64, inode: UInt64, size: Int64, mtimeNanoseconds: Int64, ctimeNanoseconds: Int64,
        sha256: Digest
    ) {
        self.path = path
        self.device = device
        self.inode = inode
        self.size = size
        self.mtimeNanoseconds = mtimeNanoseconds
        self.ctimeNanoseconds = ctimeNanoseconds
        self.sha256 = sha256
    }

    package var identity: ClaimIdentity {
        ClaimIdentity(
            device: device, inode: inode, size: size, mtimeNanoseconds: mtimeNanoseconds,
            ctimeNanoseconds: ctimeNanoseconds)
    }

    /// The path as text for answers: ``EscapedName/text(_:)``.
    package var file: String { EscapedName.text(path) }
}

/// What `stat` says of a file without reading it: enough to tell that it is the one that was claimed.
package struct ClaimIdentity: Hashable, Sendable {
    package var device: UInt64
    package var inode: UInt64
    /// Bytes.
    package var size: Int64
    /// Last modification, in nanoseconds since 1970.
    package var mtimeNanoseconds: Int64
    /// Last status change, in nanoseconds since 1970.
    package var ctimeNanoseconds: Int64

    package init(device: UInt64, inode: UInt64, size: Int64, mtimeNanoseconds: Int64, ctimeNanoseconds: Int64) {
        self.device = device
        self.inode = inode
        self.size = size
        self.mtimeNanoseconds = mtimeNanoseconds
        self.ctimeNanoseconds = ctimeNanoseconds
    }
}
