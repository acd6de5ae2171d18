import ControlAPI
import Glibc

/// A file that gets its name only once it is whole: until then it stands beside it as `FILE.part`.
///
/// Nothing that isn't a backup of this name is written to, replaced or removed on the way: not a log's segment, not what
/// stands under `FILE.part`, not what a link leads to. For one thread.
final class BackupFile {
    /// Where it is until it is whole.
    let partPath: String
    private let path: String
    private let descriptor: Int32
    private var isFinished = false

    /// Begins it; what an interrupted backup left behind is begun anew.
    ///
    /// - Parameter path: A regular file that stands there is replaced at the end.
    /// - Throws: `.wrongParameter` where no backup may be written there, or somebody else is writing it.
    init(path: String) throws(ControlProblem) {
        try BackupTarget(path: path).check()
        self.path = path
        partPath = path + ".part"
        descriptor = try BackupPart(path: partPath).begin()
    }

    /// Removes what wasn't finished.
    deinit {
        guard !isFinished else { return }
        // Only while the name is this file's still.
        if BackupPart.stands(descriptor, at: partPath) { unlink(partPath) }
        close(descriptor)
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
    /// - Throws: `.failure`; `.wrongParameter` where something else has come to stand under one of its names.
    func finish() throws(ControlProblem) {
        try BackupTarget(path: path).check()
        guard BackupPart.stands(descriptor, at: partPath) else {
            throw ControlProblem(
                .failure, "\(partPath) was replaced while it was written.", remedy: "Run it again under another name.")
        }
        guard rename(partPath, path) == 0 else { throw Self.problem(path) }
        isFinished = true
        defer { close(descriptor) }
        let parent = BackupTarget(path: path).parent
        let directory = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw Self.problem(parent) }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw Self.problem(parent) }
    }

    private static func problem(_ path: String) -> ControlProblem {
        ControlProblem(.failure, "Can't write \(path): \(String(cString: strerror(errno))).")
    }
}
