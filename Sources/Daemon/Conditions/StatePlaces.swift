import Glibc
import Inbox

/// Whether files can be filed away at all: `done/` and `quarantine/` are there, may be written to, and have room.
struct StatePlaces {
    /// Why not, in a sentence; nil where they can.
    private(set) var problem: String?
    private var nextNs: UInt64 = 0

    private static let intervalNs: UInt64 = 2_000_000_000
    /// Less free than this is no room: a directory entry takes a block.
    private static let leastBytes: UInt64 = 4096

    /// Looks again, now and then.
    mutating func check(_ statePath: String) {
        let nowNs = MonotonicClock.nowNs()
        guard nowNs >= nextNs else { return }
        nextNs = nowNs + Self.intervalNs
        problem = ["done", "quarantine"].lazy.compactMap { Self.problem(of: "\(statePath)/\($0)") }.first
    }

    private static func problem(of path: String) -> String? {
        var facts = stat()
        // A file is made there by the first filing; only one that stands in its way is a problem.
        if stat(path, &facts) != 0 {
            return errno == ENOENT ? nil : "\(path) can't be looked at: \(String(cString: strerror(errno)))"
        }
        guard facts.st_mode & S_IFMT == S_IFDIR else {
            return "\(path) is no directory, so that nothing can be filed away: put the directory back"
        }
        guard faccessat(AT_FDCWD, path, W_OK | X_OK, AT_EACCESS) == 0 else {
            let cause = String(cString: strerror(errno))
            return "\(path) can't be written to (\(cause)), so that nothing can be filed away: chown or chmod it"
        }
        var space = statvfs()
        // A file system that can't tell has room until a move fails.
        guard statvfs(path, &space) == 0, space.f_blocks > 0 else { return nil }
        guard UInt64(space.f_bavail) * UInt64(space.f_frsize) >= leastBytes else {
            return "There is no room in \(path), so that nothing can be filed away: make room on its file system"
        }
        return nil
    }
}
