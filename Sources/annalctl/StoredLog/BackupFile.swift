import ControlAPI
import Glibc

/// A file that gets its name only once it is whole: until then it stands beside it as `FILE.part`.
///
/// For one thread.
final class BackupFile {
    /// Where it is until it is whole.
    let partPath: String
    private let path: String
    private let descriptor: Int32
    private var isFinished = false

    /// Begins it; what an interrupted run left behind is begun anew.
    ///
    /// - Parameter path: What stands there is replaced at the end.
    /// - Throws: `.wrongParameter` where it can't be written, or somebody else is writing it.
    init(path: String) throws(ControlProblem) {
        var facts = Glibc.stat()
        if stat(path, &facts) == 0, facts.st_mode & S_IFMT != S_IFREG {
            throw ControlProblem(.wrongParameter, "\(path) is no file.", remedy: "Name a file, or - for a pipe.")
        }
        self.path = path
        partPath = path + ".part"
        // What isn't published yet may be in it: nobody else's to read.
        descriptor = open(partPath, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw ControlProblem(.wrongParameter, "Can't write \(partPath): \(String(cString: strerror(errno))).")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            // Not ours to remove.
            isFinished = true
            throw ControlProblem(.wrongParameter, "Another backup is writing \(partPath).")
        }
        guard ftruncate(descriptor, 0) == 0 else { throw Self.problem(partPath) }
    }

    /// Removes what wasn't finished.
    deinit {
        guard !isFinished else { return }
        close(descriptor)
        unlink(partPath)
    }

    /// Appends.
    ///
    /// - Throws: `.failure` where the system says no, for lack of room for example.
    func write(_ bytes: [UInt8]) throws(ControlProblem) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.problem(partPath) }
            rest = rest.dropFirst(count)
        }
    }

    /// Makes what was written durable.
    ///
    /// - Throws: `.failure`.
    func sync() throws(ControlProblem) {
        guard fsync(descriptor) == 0 else { throw Self.problem(partPath) }
    }

    /// Gives it its name, durably.
    ///
    /// - Throws: `.failure`.
    func finish() throws(ControlProblem) {
        guard rename(partPath, path) == 0 else { throw Self.problem(path) }
        isFinished = true
        defer { close(descriptor) }
        let slash = path.lastIndex(of: "/")
        let parent = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let directory = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw Self.problem(parent) }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw Self.problem(parent) }
    }

    private static func problem(_ path: String) -> ControlProblem {
        ControlProblem(.failure, "Can't write \(path): \(String(cString: strerror(errno))).")
    }
}
