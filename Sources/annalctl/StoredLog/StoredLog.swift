import Annals
import Archive
import ControlAPI
import Glibc
import ArchiveAnswers
import RecordLog
import StableStorage

/// A log that is read where it lies, without a daemon; nothing on disk is changed.
struct StoredLog {
    let log: SegmentedLog
    let archive: Archive

    /// Opens it, which reads all of it.
    ///
    /// - Parameter path: A state directory, the log's own directory, or an archive that `backup` wrote.
    /// - Throws: `.wrongParameter` where there is no log; `.damaged` where it can't be read at all.
    init(at path: String) throws(ControlProblem) {
        let directory: any Directory
        do throws(StorageError) {
            directory = try Self.directory(at: path)
        } catch {
            throw ControlProblem(
                error.isNotFound || error.operation == .open ? .wrongParameter : .damaged,
                "There is no log to be read: \(error)",
                remedy: "Name a state directory, /var/lib/annal for example, or a file that annalctl backup wrote.")
        }
        do {
            log = try SegmentedLog(directory: directory, access: .readOnly)
            // Nothing is recorded here, so that no clock is asked.
            archive = try Archive(log: log) { Instant(microseconds: 0) }
        } catch let error as RecordLogError {
            throw ControlProblem(.damaged, error.description)
        } catch {
            throw ControlProblem(.damaged, "\(error)")
        }
    }

    private static func directory(at path: String) throws(StorageError) -> any Directory {
        var facts = Glibc.stat()
        guard stat(path, &facts) == 0 else { throw StorageError(.open, path: path, code: errno) }
        guard facts.st_mode & S_IFMT == S_IFREG else { return try logDirectory(in: POSIXDirectory(path: path)) }
        // Links may lead to an archive; the directory that it is opened in follows none.
        guard let resolved = realpath(path, nil) else { throw StorageError(.open, path: path, code: errno) }
        defer { free(resolved) }
        let real = String(cString: resolved)
        let slash = real.lastIndex(of: "/") ?? real.startIndex
        let parent = try POSIXDirectory(path: slash == real.startIndex ? "/" : String(real[..<slash]))
        let file = try parent.open(String(real[real.index(after: slash)...]), mode: .read)
        return try logDirectory(in: TarDirectory(file))
    }

    /// The directory itself where segments lie in it, else the one for the log in it.
    private static func logDirectory(in directory: any Directory) throws(StorageError) -> any Directory {
        let names = try directory.list()
        return names.contains(where: SegmentName.isSegment)
            ? directory : try directory.subdirectory("log", create: false)
    }
}

extension StoredLog {
    /// Checks every frame, digest and chain value.
    ///
    /// - Parameter heads: Heads that the history must have had.
    /// - Returns: What was counted, and what doesn't hold.
    /// - Throws: `.damaged` where it can't be read at all.
    func verify(against heads: [Head] = []) throws(ControlProblem) -> VerificationReport {
        do throws(ArchiveError) {
            let report = try archive.verify(against: heads)
            return VerificationReport(report, against: heads.map(\.description))
        } catch {
            throw ControlProblem(.damaged, error.description)
        }
    }

    /// Its commits, from the first on.
    var history: StoredHistory { StoredHistory(archive.history) }
}
