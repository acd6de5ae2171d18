import CLinux
import Glibc
import Synchronization

/// A directory of the operating system, held by its descriptor.
///
/// Everything in it is reached from that descriptor, so that what is renamed above it doesn't matter. Nothing is
/// inherited by child processes and no symbolic link is followed.
package final class POSIXDirectory: Directory {
    package let path: String
    private let descriptor: Int32

    /// Opens a directory that exists; the path itself may lead over symbolic links.
    package init(path: String) throws(StorageError) {
        let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StorageError(.open, path: path, code: errno) }
        self.path = path
        self.descriptor = descriptor
    }

    private init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    package func list() throws(StorageError) -> [String] {
        // A descriptor of its own, since reading a directory moves a cursor that duplicates would share.
        let own = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard own >= 0, let stream = fdopendir(own) else {
            let error = StorageError(.list, path: path, code: errno)
            if own >= 0 { close(own) }
            throw error
        }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else { break }
            let name = String(cString: annal_entry_name(entry))
            if name != "." && name != ".." { names.append(name) }
        }
        guard errno == 0 else { throw StorageError(.list, path: path, code: errno) }
        return names
    }

    package func open(_ name: String, mode: OpenMode) throws(StorageError) -> any File {
        let flags =
            switch mode {
            case .read: O_RDONLY
            case .readWrite: O_RDWR
            case .create: O_RDWR | O_CREAT | O_EXCL
            }
        return POSIXFile(
            path: path(of: name), descriptor: try openFile(name, flags, for: mode == .create ? .create : .open))
    }

    package func rename(_ from: String, to: String) throws(StorageError) {
        guard renameat(descriptor, from, descriptor, to) == 0 else {
            throw StorageError(.rename, path: path(of: from), code: errno)
        }
    }

    package func remove(_ name: String) throws(StorageError) {
        guard unlinkat(descriptor, name, 0) == 0 else {
            throw StorageError(.remove, path: path(of: name), code: errno)
        }
    }

    package func sync() throws(StorageError) {
        while fsync(descriptor) != 0 {
            guard errno == EINTR else { throw StorageError(.sync, path: path, code: errno) }
        }
    }

    package func subdirectory(_ name: String, create: Bool) throws(StorageError) -> any Directory {
        if create, mkdirat(descriptor, name, 0o750) != 0, errno != EEXIST {
            throw StorageError(.makeDirectory, path: path(of: name), code: errno)
        }
        let child = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard child >= 0 else { throw StorageError(.open, path: path(of: name), code: errno) }
        return POSIXDirectory(path: path(of: name), descriptor: child)
    }

    package func freeBytes() throws(StorageError) -> Int {
        var status = statvfs()
        guard fstatvfs(descriptor, &status) == 0 else { throw StorageError(.measure, path: path, code: errno) }
        return Int(
            clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue)
    }

    /// Takes the directory for this process alone, until the lock or the process goes.
    ///
    /// The lock is on the directory itself, so that nobody loses it by removing a name in it, and on a file in it, which
    /// stays behind with the number of the process in it; one left over from a crash is in nobody's way.
    /// Source: flock(2).
    ///
    /// - Throws: `isLockedByOther`, with the `holder`, where somebody has it.
    package func lockExclusively(_ name: String = "lock") throws(StorageError) -> DirectoryLock {
        let itself = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard itself >= 0 else { throw StorageError(.lock, path: path, code: errno) }
        let lock = DirectoryLock(descriptor: itself)
        // Where a file system locks no directories, as NFS, which wants them open for writing, the file alone has to do.
        if flock(itself, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
            throw StorageError(.lock, path: path, code: EWOULDBLOCK, holder: holder(of: name))
        }
        lock.add(try lockFile(name))
        return lock
    }

    private func lockFile(_ name: String) throws(StorageError) -> Int32 {
        let (lock, isWritable) = try openLock(name)
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            let holder = Self.processNumber(in: lock)
            close(lock)
            throw StorageError(.lock, path: path(of: name), code: code, holder: holder)
        }
        guard isWritable else { return lock }
        let own = Array("\(getpid())\n".utf8)
        guard ftruncate(lock, 0) == 0, pwrite(lock, own, own.count, 0) == own.count else {
            let code = errno
            close(lock)
            throw StorageError(.lock, path: path(of: name), code: code)
        }
        return lock
    }

    /// Who has written its number into a lock file; nil where there is none.
    private func holder(of name: String) -> Int32? {
        let file: Int32
        do throws(StorageError) { file = try openFile(name, O_RDONLY, for: .lock) } catch { return nil }
        defer { close(file) }
        return Self.processNumber(in: file)
    }

    /// The lock file; on a file system that takes no writes the one that is there, whose content then says nothing.
    private func openLock(_ name: String) throws(StorageError) -> (descriptor: Int32, isWritable: Bool) {
        do throws(StorageError) {
            return (try openFile(name, O_RDWR | O_CREAT, for: .lock), true)
        } catch  where error.code == EROFS {
            return (try openFile(name, O_RDONLY, for: .lock), false)
        }
    }

    private func openFile(_ name: String, _ flags: Int32, for operation: StorageOperation) throws(StorageError) -> Int32
    {
        // Non-blocking, so that a FIFO that somebody put there doesn't hold us.
        let file = openat(descriptor, name, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0o640)
        guard file >= 0 else { throw StorageError(operation, path: path(of: name), code: errno) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(file)
            throw StorageError(operation, path: path(of: name), code: EINVAL)
        }
        return file
    }

    private func path(of name: String) -> String { path.hasSuffix("/") ? path + name : path + "/" + name }

    /// What the holder wrote into its lock file; nil while it is writing.
    private static func processNumber(in lock: Int32) -> Int32? {
        var text = [UInt8](repeating: 0, count: 16)
        let count = pread(lock, &text, text.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: text.prefix(count).prefix { $0 != 0x0A }, as: UTF8.self))
    }
}

/// A directory that is this process's alone, as long as this is kept.
package final class DirectoryLock: Sendable {
    private let descriptors: Mutex<[Int32]>

    init(descriptor: Int32) { descriptors = Mutex([descriptor]) }

    /// Keeps another descriptor open as long.
    func add(_ descriptor: Int32) { descriptors.withLock { $0.append(descriptor) } }

    deinit {
        for descriptor in descriptors.withLock({ $0 }) { close(descriptor) }
    }
}
