package import Glibc
import Synchronization

/// Why the control socket can't be had: what was attempted, on which path, and what keeps it.
package enum ListeningError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A system call failed.
    case failed(operation: String, path: String, code: CInt)
    /// Somebody listens there.
    case inUse(path: String)
    /// Something stands there that is no socket.
    case notASocket(path: String)
    /// A file that is no lock of ours stands where the lock belongs.
    case foreignLock(path: String)

    package var description: String {
        switch self {
        case .failed(let operation, let path, let code):
            "Can't \(operation) the control socket \(path): \(String(cString: strerror(code)))."
        case .inUse(let path):
            "Somebody listens at the control socket \(path) already. Stop that one first, or give this one another path "
                + "with --socket."
        case .notASocket(let path):
            "What stands at the control socket's path \(path) is no socket, and is left alone. Remove it, or give another "
                + "path with --socket."
        case .foreignLock(let path):
            "What stands at \(path), where the control socket's lock belongs, is no lock, and is left alone. Remove it, or give "
                + "another path with --socket."
        }
    }
}

/// The control socket, bound and listening, as long as this is kept.
///
/// A lock beside it, `PATH.lock`, makes the path one process's: what a daemon that was killed left there is replaced, a
/// socket that somebody listens at is not, and nothing that isn't a socket ever is. At the end only what was bound here
/// is removed.
package final class ListeningSocket: Sendable {
    private struct Bound {
        var lock: SocketLock
        /// What stands at the path, as it was bound.
        var identity: FileIdentity
        /// Nil once somebody else closes it.
        var descriptor: CInt?
    }

    package let path: String
    private let group: gid_t?
    private let bound: Mutex<Bound>

    /// How many clients may wait to be taken.
    private static let backlog: CInt = 1024

    /// Binds and listens; mode 0660.
    ///
    /// - Parameters:
    ///   - path: At most ``UnixAddress/longestPath`` bytes.
    ///   - group: Who may open it besides the daemon's user; nil leaves the daemon's group.
    /// - Throws: ``ListeningError``.
    package init(path: String, group: gid_t? = nil) throws(ListeningError) {
        self.path = path
        self.group = group
        bound = Mutex(try Self.bound(to: path, group, SocketLock(path + ".lock", of: path)))
    }

    deinit { remove() }

    private static func bound(
        to path: String, _ group: gid_t?, _ lock: SocketLock
    ) throws(ListeningError) -> Bound {
        try clear(path)
        let number = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard number >= 0 else { throw .failed(operation: "make", path: path, code: errno) }
        do throws(ListeningError) {
            return Bound(lock: lock, identity: try bind(number, to: path, group), descriptor: number)
        } catch {
            close(number)
            throw error
        }
    }

    /// The listening descriptor, for who closes it from here on.
    func take() -> CInt? { bound.withLock { $0.descriptor.take() } }

    /// Binds anew where what was bound is gone from the path, as where somebody cleans up a directory of temporary files.
    ///
    /// - Returns: Whether there is another descriptor to ``take()``; clients of the former one are still heard.
    /// - Throws: ``ListeningError`` where the path can't be had again.
    func renew() throws(ListeningError) -> Bool {
        try bound.withLock { (bound) throws(ListeningError) in
            guard FileIdentity(path) != bound.identity else { return false }
            let lock = bound.lock.isInPlace ? bound.lock : try SocketLock(path + ".lock", of: path)
            bound = try Self.bound(to: path, group, lock)
            return true
        }
    }

    /// Has more clients wait to be taken than whoever took the descriptor thinks.
    static func deepenQueue(of descriptor: CInt) {
        // The queue is as deep as before where this fails.
        _ = listen(descriptor, backlog)
    }

    /// Removes what was bound here, and only that, and lets others have the path.
    func remove() {
        if let number = take() { close(number) }
        let (lock, identity) = bound.withLock { ($0.lock, $0.identity) }
        lock.release { if FileIdentity(path) == identity { unlink(path) } }
    }

    /// Makes room for a new socket where a dead one stands.
    private static func clear(_ path: String) throws(ListeningError) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { return }
            throw .failed(operation: "look at", path: path, code: errno)
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path: path) }
        guard try !isListenedAt(path) else { throw .inUse(path: path) }
        guard unlink(path) == 0 || errno == ENOENT else { throw .failed(operation: "replace", path: path, code: errno) }
    }

    /// Whether somebody takes connections, or is so busy that they wait.
    private static func isListenedAt(_ path: String) throws(ListeningError) -> Bool {
        let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let probe = socket(AF_UNIX, kind, 0)
        guard probe >= 0 else { throw .failed(operation: "look at", path: path, code: errno) }
        defer { close(probe) }
        guard let address = UnixAddress(path) else {
            throw .failed(operation: "look at", path: path, code: ENAMETOOLONG)
        }
        if address.withPointer({ connect(probe, $0, $1) }) == 0 { return true }
        // A socket of another kind, or one that may not be opened, belongs to somebody, too.
        return errno != ECONNREFUSED && errno != ENOENT
    }

    /// Only its group is let in before anybody can connect.
    private static func bind(
        _ number: CInt, to path: String, _ group: gid_t?
    ) throws(ListeningError) -> FileIdentity {
        guard let address = UnixAddress(path) else { throw .failed(operation: "bind", path: path, code: ENAMETOOLONG) }
        guard address.withPointer({ Glibc.bind(number, $0, $1) }) == 0 else {
            throw .failed(operation: "bind", path: path, code: errno)
        }
        guard let identity = FileIdentity(path) else { throw .failed(operation: "look at", path: path, code: errno) }
        func orRemove(_ isDone: Bool, _ operation: String) throws(ListeningError) {
            guard !isDone else { return }
            let code = errno
            unlink(path)
            throw .failed(operation: operation, path: path, code: code)
        }
        if let group { try orRemove(chown(path, uid_t.max, group) == 0, "change the group of") }
        try orRemove(chmod(path, 0o660) == 0, "change the mode of")
        try orRemove(listen(number, backlog) == 0, "listen at")
        return identity
    }
}

/// Which file stands at a path.
struct FileIdentity: Hashable, Sendable {
    let device: dev_t
    let inode: ino_t

    /// Nil where nothing can be looked at; a symbolic link is what it is.
    init?(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        (device, inode) = (status.st_dev, status.st_ino)
    }

    init?(of descriptor: CInt) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        (device, inode) = (status.st_dev, status.st_ino)
    }
}

/// The lock beside a socket: a file that is there as long as somebody has the socket.
private final class SocketLock: Sendable {
    private let path: String
    private let descriptor: Mutex<CInt?>

    /// - Throws: `.inUse` where another process has it.
    init(_ path: String, of socket: String) throws(ListeningError) {
        self.path = path
        while true {
            let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
            guard file >= 0 else { throw .failed(operation: "lock", path: socket, code: errno) }
            guard Self.isLock(file) else {
                close(file)
                throw .foreignLock(path: path)
            }
            guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
                let code = errno
                close(file)
                throw code == EWOULDBLOCK
                    ? .inUse(path: socket) : .failed(operation: "lock", path: socket, code: code)
            }
            // Whoever had it before removes it: then the name is free, or another file's, and the lock worth nothing.
            if let own = FileIdentity(of: file), FileIdentity(path) == own {
                descriptor = Mutex(file)
                return
            }
            close(file)
        }
    }

    /// Whether it is such a file as this makes: what anybody wrote into, or calls by another name too, is theirs.
    private static func isLock(_ file: CInt) -> Bool {
        var status = stat()
        return fstat(file, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_size == 0
            && status.st_nlink <= 1
    }

    deinit { release {} }

    /// Whether the lock is worth something still: somebody may have removed the file.
    var isInPlace: Bool {
        descriptor.withLock { file in file.flatMap { FileIdentity(of: $0) }.map { $0 == FileIdentity(path) } ?? false }
    }

    /// Does the last that needs it, once, and removes the file: who locks that one then sees it, and makes another.
    func release(_ last: () -> Void) {
        guard let file = descriptor.withLock({ $0.take() }) else { return }
        last()
        if FileIdentity(of: file) == FileIdentity(path) { unlink(path) }
        close(file)
    }
}
