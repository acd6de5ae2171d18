import Glibc
import StableStorage

/// Where everything is kept: `log/`, `done/` and `quarantine/`, and the lock that makes it one daemon's.
struct StateDirectory: Sendable {
    let path: String
    let directory: any Directory
    let log: any Directory
    /// Held as long as the process lives.
    private let lock: DirectoryLock
    /// What stood at the path when it was locked, and where the log is.
    private let spot: Place.Spot?
    private let logSpot: Place.Spot?

    /// Makes what is missing and takes the lock.
    ///
    /// - Parameters:
    ///   - path: Its parent exists.
    ///   - startsNewLog: Whether a log that is gone is to be begun anew; without one that is gone it is wrong.
    /// - Throws: `StorageError`, `isLockedByOther` where another daemon has it; ``LogGone``.
    init(path: String, startsNewLog: Bool = false) throws {
        self.path = path
        try Self.make(path)
        let directory = try POSIXDirectory(path: path)
        self.directory = directory
        lock = try directory.lockExclusively()
        spot = Place.Spot(path)
        try LogGone.check(directory, startsNewLog: startsNewLog)
        log = try directory.subdirectory("log", create: true)
        logSpot = Place.Spot(path + "/log")
        for name in ["done", "quarantine"] { _ = try directory.subdirectory(name, create: true) }
        try Self.sync(directory)
    }

    /// Why nothing may be recorded in it now: another directory stands at its path or at the log's, or none.
    ///
    /// What is filed away is filed by the path, and whoever starts another daemon there has a lock of its own; what is
    /// written to a log that was moved away is not there at the next start.
    var obstacle: String? {
        if Place.Spot(path) != spot {
            return
                "The state directory was moved away from \(path), or another one stands there. Files wait in the inbox "
                + "until it is put back, or the daemon is started again."
        }
        guard Place.Spot(path + "/log") != logSpot else { return nil }
        return
            "The log was moved away from \(path)/log, or another one stands there. Files wait in the inbox until it is "
            + "put back. Where it was removed, annalctl backup FILE has all of it as long as this process lives: stop the "
            + "daemon then, unpack FILE in \(path), and start again. To go on with another one, stop the daemon, put that in "
            + "its place, and start again."
    }

    private static func sync(_ directory: any Directory) throws(StorageError) {
        do throws(StorageError) {
            try directory.sync()
        } catch  where error.code == EROFS {
            // On a file system that takes no writes nothing was made that could be lost, and reading goes on.
        }
    }

    /// Makes a directory whose parent exists; one that stands there already is fine.
    static func make(_ path: String, mode: mode_t = 0o750) throws(StorageError) {
        guard mkdir(path, mode) != 0, errno != EEXIST else { return }
        throw StorageError(.makeDirectory, path: path, code: errno)
    }
}
