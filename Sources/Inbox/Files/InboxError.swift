internal import Annals
package import SystemPackage

/// What went wrong in the inbox or while filing from it.
///
/// Paths are shown text (see ``EscapedName``), so that an error can be printed as it is.
package enum InboxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was attempted, as the middle of a sentence.
    package enum Operation: String, Sendable {
        case open = "open"
        case openDirectory = "open the directory"
        case list = "list the directory"
        case status = "look at"
        case read = "read"
        case write = "write"
        case sync = "sync"
        case makeDirectory = "make the directory"
        case rename = "move"
        case remove = "remove"
        case setTimes = "set the times of"
        case watch = "watch"
        case wake = "make a wake-up counter for"
    }

    /// A system call failed.
    case system(Operation, path: String, Errno)
    /// What was copied to another file system does not read back as what was claimed.
    case copyDiffers(path: String)
    /// The claimed bytes are nowhere any more: not at the name, not behind the descriptor, not in memory.
    case originalLost(path: String)
    /// Every numbered variant of the name is taken.
    case namesExhausted(path: String)
    /// It would have to be copied or read, and is too long for that: see ``Copying``.
    case takesLong(path: String)
    /// The caller asked to stop before all of it was copied.
    case interrupted(path: String)

    /// Whether the process, or the system, can open nothing more.
    package var isShortOfDescriptors: Bool { errno == .tooManyOpenFiles || errno == .tooManyOpenFilesInSystem }

    /// The system's error number, where a system call failed.
    package var errno: Errno? {
        guard case .system(_, _, let errno) = self else { return nil }
        return errno
    }

    package var description: String {
        switch self {
        case .system(let operation, let path, let errno):
            "Can't \(operation.rawValue) \(path): \(errno) (errno \(errno.rawValue))"
                + (isShortOfDescriptors ? "; the daemon has no descriptors left: raise LimitNOFILE" : "")
        case .copyDiffers(let path):
            "The copy \(path) does not read back as the file that was claimed; the original stays where it is"
        case .originalLost(let path):
            "The file claimed as \(path) was overwritten before it could be filed away"
        case .namesExhausted(let path):
            "Every numbered variant of \(path) is taken"
        case .takesLong(let path):
            "\(path) is too long to be copied at once"
        case .interrupted(let path):
            "\(path) was not copied to its end, since the daemon stops"
        }
    }
}
