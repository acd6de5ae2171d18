internal import Glibc

/// Which file it is, whatever its name.
package struct FileIdentity: Hashable, Sendable {
    package var device: UInt64
    package var inode: UInt64

    package init(device: UInt64, inode: UInt64) {
        self.device = device
        self.inode = inode
    }
}

/// What fstat(2) says of a file, as far as the inbox cares.
package struct FileStatus: Hashable, Sendable {
    /// What kind of thing stands at a name.
    package enum Kind: Sendable {
        case file, directory, symbolicLink, fifo, socket, device
    }

    package var kind: Kind
    package var identity: FileIdentity
    package var size: Int64
    /// When the content last changed: nanoseconds since 1970.
    package var mtimeNs: Int64
    /// When anything about it last changed, its name included: nanoseconds since 1970.
    ///
    /// No program can set it.
    package var ctimeNs: Int64
    package var linkCount: UInt64
    /// Permission bits alone.
    package var permissions: UInt32

    init(_ raw: stat) {
        kind =
            switch raw.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            case S_IFLNK: .symbolicLink
            case S_IFIFO: .fifo
            case S_IFSOCK: .socket
            default: .device
            }
        identity = FileIdentity(device: UInt64(raw.st_dev), inode: UInt64(raw.st_ino))
        size = Int64(raw.st_size)
        mtimeNs = Self.nanoseconds(raw.st_mtim)
        ctimeNs = Self.nanoseconds(raw.st_ctim)
        linkCount = UInt64(raw.st_nlink)
        permissions = UInt32(raw.st_mode & 0o7777)
    }

    /// Times outside of 1677…2262 can be set on a file but not counted here; they stick to the ends.
    private static func nanoseconds(_ time: timespec) -> Int64 {
        let (seconds, overflow) = Int64(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
        if overflow { return time.tv_sec < 0 ? .min : .max }
        let (sum, carried) = seconds.addingReportingOverflow(Int64(time.tv_nsec))
        return carried ? .max : sum
    }
}
