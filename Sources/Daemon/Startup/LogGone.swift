import RecordLog
import StableStorage

/// The log is gone from a state directory that had one: an empty one beside files that were taken would look as if nothing
/// had ever been.
enum LogGone: Error, CustomStringConvertible {
    /// What shows that there was one.
    case missing(log: String, evidence: String)
    /// A new one was asked for where the old one is.
    case notMissing(log: String)

    var description: String {
        switch self {
        case .missing(let log, let evidence):
            "The log is gone: \(log) has no segments, and yet there is \(evidence). Restore it from a backup (unpack the "
                + "archive in the state directory), or begin a new one with --new-log: what lies in done/ and quarantine/ "
                + "stays there, and can be dropped again."
        case .notMissing(let log):
            "There is a log in \(log): --new-log is for a log that is gone. Start without it."
        }
    }

    /// A log that was begun anew has no segments before its first drop: this file in it says that it may be so.
    private static let mark = "begun-anew"

    /// Looks whether the log is where it was.
    ///
    /// A start that was interrupted leaves an empty `log/` and a clock's record, but nothing that was taken: the
    /// directory is made before the record, and that before the first file is filed away.
    ///
    /// - Throws: ``LogGone``; `StorageError` where it can't be looked at.
    static func check(_ state: any Directory, startsNewLog: Bool) throws {
        let path = state.path + "/log"
        let kept = try names(in: state, "log")
        if kept?.contains(where: { SegmentName.isSegment($0) || $0 == mark }) == true {
            if startsNewLog { throw notMissing(log: path) }
            return
        }
        if startsNewLog { return try begin(state) }
        for folder in ["done", "quarantine"] {
            // A file system's own, where the folder is one.
            let taken = try names(in: state, folder)?.filter { $0 != "lost+found" }
            guard let first = taken?.min() else { continue }
            throw missing(log: path, evidence: "\(state.path)/\(folder)/\(first)")
        }
        if kept == nil, try state.list().contains(ClockRecord.fileName) {
            throw missing(log: path, evidence: "\(state.path)/\(ClockRecord.fileName)")
        }
    }

    private static func begin(_ state: any Directory) throws {
        let log = try state.subdirectory("log", create: true)
        try log.open(mark, mode: .create).sync()
        try log.sync()
    }

    /// Nil where there is no such directory.
    private static func names(in state: any Directory, _ name: String) throws -> [String]? {
        do throws(StorageError) {
            return try state.subdirectory(name, create: false).list()
        } catch  where error.isNotFound {
            return nil
        }
    }
}
