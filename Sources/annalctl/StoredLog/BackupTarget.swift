import ControlAPI
import Glibc
import RecordLog
import StableStorage

/// Where a backup is to stand, and whether one may.
struct BackupTarget {
    let path: String

    /// The directory that it lies in.
    var parent: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// What stands there is a regular file, or nothing does; and the directory is no log's.
    ///
    /// - Throws: `.wrongParameter`.
    func check() throws(ControlProblem) {
        var facts = stat()
        if lstat(path, &facts) == 0 {
            switch facts.st_mode & S_IFMT {
            case S_IFREG: break
            case S_IFLNK:
                throw Self.refused("\(path) is a symbolic link, which would be replaced.", "Name the file itself.")
            default: throw Self.refused("\(path) is no file.", "Name a file, or - for a pipe.")
            }
        }
        if let log = Self.log(around: parent) {
            throw Self.refused(
                "\(path) lies in the log \(log): a copy there is no copy, and what it replaced would be lost.",
                "Name a file elsewhere, on another disk at best.")
        }
    }

    /// The log's directory that a directory is, or lies in; nil where it is in none.
    private static func log(around directory: String) -> String? {
        // What can't be resolved can't be written to either, and opening it says why.
        guard let resolved = realpath(directory, nil) else { return nil }
        defer { free(resolved) }
        var path = String(cString: resolved)
        while path != "/", !path.isEmpty {
            if isLog(path) { return path }
            path = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        }
        return nil
    }

    private static func isLog(_ path: String) -> Bool {
        // Who may not list it can't have a log's name in it either.
        guard let names = try? POSIXDirectory(path: path).list() else { return false }
        return names.contains(where: SegmentName.isSegment)
    }

    static func refused(_ detail: String, _ remedy: String) -> ControlProblem {
        ControlProblem(.wrongParameter, detail, remedy: remedy)
    }
}
