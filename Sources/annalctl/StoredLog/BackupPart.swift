import ControlAPI
import Glibc

/// The file that a backup is written to before it gets its name: always one of its own, never one that stood there.
///
/// An interrupted backup leaves one behind, which is removed before the next: a regular file of this user under no other
/// name.
struct BackupPart {
    let path: String

    /// How often a backup that ends meanwhile may be in the way.
    private static let mostAttempts = 5

    /// Makes it, and locks it for as long as its descriptor is open.
    ///
    /// - Returns: The descriptor.
    /// - Throws: `.wrongParameter`.
    func begin() throws(ControlProblem) -> Int32 {
        for _ in 0..<Self.mostAttempts {
            // What isn't published yet may be in it: nobody else's to read.
            let made = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
            if made >= 0 {
                if flock(made, LOCK_EX | LOCK_NB) == 0, Self.stands(made, at: path) { return made }
                // Somebody took it for a leftover before it was locked.
                close(made)
                continue
            }
            guard errno == EEXIST else {
                throw ControlProblem(.wrongParameter, "Can't write \(path): \(String(cString: strerror(errno))).")
            }
            try removeLeftover()
        }
        throw ControlProblem(.wrongParameter, "Another backup is writing \(path).")
    }

    /// Whether an open file is the one that stands at a path.
    static func stands(_ descriptor: Int32, at path: String) -> Bool {
        var (open, named) = (stat(), stat())
        return fstat(descriptor, &open) == 0 && lstat(path, &named) == 0
            && open.st_dev == named.st_dev && open.st_ino == named.st_ino
    }

    private func removeLeftover() throws(ControlProblem) {
        // A FIFO must not be waited at, and no link followed.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW)
        if descriptor < 0, errno == ENOENT { return }
        guard descriptor >= 0 else { throw inTheWay }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG, facts.st_uid == geteuid(),
            facts.st_nlink <= 1
        else { throw inTheWay }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw ControlProblem(.wrongParameter, "Another backup is writing \(path).")
        }
        if Self.stands(descriptor, at: path) { unlink(path) }
    }

    private var inTheWay: ControlProblem {
        BackupTarget.refused(
            "\(path), where the copy is written before it gets its name, is something else.",
            "Move it away, or name another file.")
    }
}
