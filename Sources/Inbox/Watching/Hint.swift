/// What the kernel said happened in the inbox.
///
/// A hint says where to look and how a file came; only a look says what stands there.
package enum Hint: Hashable, Sendable {
    /// A file was renamed into place: whoever did it had finished writing.
    case movedIn([UInt8])
    /// A program that had the file open for writing closed it.
    case closed([UInt8])
    /// Something appeared, went away or changed its permissions at the path.
    case touched([UInt8])
    /// Single looks are not enough: walk through everything.
    case rescan(RescanCause)
    /// The inbox itself is gone; no more hints come until a new watch is made.
    case lost(LossCause)
    /// Somebody called ``Waker/wake()``.
    case woken

    /// Why a whole scan is wanted.
    package enum RescanCause: String, Sendable {
        /// The kernel's queue ran over and events were dropped.
        case overflow = "events were dropped"
        /// A directory came, went or was renamed.
        case directories = "directories changed"
        /// The file system tells nothing; this is the regular look.
        case poll = "polling"
    }

    /// How the inbox went away.
    package enum LossCause: String, Sendable {
        case deleted = "it was deleted"
        case moved = "it was moved away"
        case unmounted = "its file system was unmounted"
        /// Another directory stands at the path now.
        case replaced = "another directory stands in its place"
    }
}

/// How a watch learns of changes.
package enum WatchMode: Hashable, Sendable, CustomStringConvertible {
    /// The kernel tells.
    case events
    /// The kernel does not tell what happens on this file system, or can't; the inbox is scanned regularly instead.
    case polling(cause: String)

    package var description: String {
        switch self {
        case .events: "watching"
        case .polling(let cause): "polling, since \(cause)"
        }
    }

    /// The mode for a file system by its magic number.
    ///
    /// Changes made by other machines, or behind a user-space file system, raise no events here.
    ///
    /// Source: statfs(2) and linux/magic.h.
    static func forFileSystem(magic: UInt64) -> WatchMode {
        let remote: [UInt64: String] = [
            0x6969: "NFS", 0xFF53_4D42: "CIFS", 0xFE53_4D42: "SMB", 0x517B: "SMB", 0x6573_5546: "FUSE",
            0x0102_1997: "9P", 0x00C3_6400: "Ceph", 0x5346_414F: "AFS",
        ]
        guard let name = remote[magic] else { return .events }
        return .polling(cause: "the inbox lies on \(name), which tells nothing of changes made elsewhere")
    }
}
