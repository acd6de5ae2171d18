import Glibc

/// An input or output that the system refused: what was attempted, where, and the system's reason.
package struct StorageError: Error, Hashable, Sendable {
    /// What was attempted, named after the system call.
    package var operation: StorageOperation
    package var path: String
    /// In bytes from the start of the file, where the operation has a place.
    package var offset: Int?
    /// The system's error number; 0 where there is none.
    package var code: Int32
    /// The process that has the lock, where `operation` is `.lock` and the holder is known.
    package var holder: Int32?

    package init(
        _ operation: StorageOperation, path: String, offset: Int? = nil, code: Int32, holder: Int32? = nil
    ) {
        self.operation = operation
        self.path = path
        self.offset = offset
        self.code = code
        self.holder = holder
    }

    /// There is no room: the disk is full, or a quota is used up.
    package var isLackOfRoom: Bool { code == ENOSPC || code == EDQUOT }

    /// The file system takes no writes at all.
    package var isOfReadOnlyDisk: Bool { code == EROFS }

    /// Somebody else has the lock.
    package var isLockedByOther: Bool { operation == .lock && code == EWOULDBLOCK }

    /// The bytes can't be had, now or ever: the disk, or what the file system knows of it, is damaged.
    ///
    /// File systems with checksums of their own answer `EBADMSG` or `EUCLEAN` rather than `EIO`.
    package var isUnreadable: Bool { code == EIO || code == EBADMSG || code == EUCLEAN }

    /// Something stands at a path that was to be new.
    package var isAlreadyThere: Bool { code == EEXIST }

    /// The code for a file that somebody removed.
    package static var notThere: Int32 { ENOENT }

    /// Nothing stands at the path.
    package var isNotFound: Bool { code == ENOENT }
}

/// What can be asked of storage.
package enum StorageOperation: String, Hashable, Sendable {
    case list, open, create, read, write, sync, allocate, truncate, rename, remove, lock
    case measure
    case makeDirectory = "make directory"

    /// The words after "Can't".
    var phrase: String {
        switch self {
        case .list: "list the directory"
        case .allocate: "allocate room in"
        case .measure: "look at"
        case .makeDirectory: "make the directory"
        default: rawValue
        }
    }
}

extension StorageError: CustomStringConvertible {
    /// A sentence, and what to do about it where something can be done.
    package var description: String {
        if isLockedByOther {
            let who = holder.map { "process \($0)" } ?? "another process"
            return
                "\(path) is locked by \(who): one instance a directory. Stop that one first, or use another directory."
        }
        let place = offset.map { " at byte \($0)" } ?? ""
        let cause = code == 0 ? "the file ends there" : String(cString: strerror(code))
        let remedy = remedy.map { " \($0)" } ?? ""
        return "Can't \(operation.phrase) \(path)\(place): \(cause).\(remedy)"
    }

    /// What a person can do, where there is something.
    package var remedy: String? {
        switch code {
        case ENOSPC: "Make room on that file system."
        case EDQUOT: "Make room, or raise the quota."
        case EROFS: "The file system is mounted read-only; the kernel log may say why."
        case EACCES, EPERM: "Give the daemon's user access to it."
        case EIO: "The disk reports an error; the kernel log may say more."
        case EMFILE, ENFILE: "Raise the limit on open files."
        case ELOOP: "Symbolic links aren't followed here; put the real thing in its place."
        default: nil
        }
    }
}
