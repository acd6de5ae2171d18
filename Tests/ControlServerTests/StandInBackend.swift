import Annals
import Archive
import ControlAPI
import ControlServer
import Definitions
import Glibc
import Reading
import RecordLog
import Synchronization
import TableCoding
import TableReading

/// A daemon that only notes what it was asked.
final class StandInBackend: ControlBackend {
    let archive: Archive
    let changes: VersionChanges
    let definitions: Definitions
    private let calls = Mutex<[String]>([])
    private let state: StatusReport.State
    /// How long a `sync` takes.
    private let syncTime: Duration
    /// How far a test has seen a repair get.
    ///
    /// The repair goes on only then; it waits for nobody unless a test asks.
    let seenFrames = Mutex<UInt64>(.max)

    /// What is copied; nil for a log that is damaged.
    private let log: SegmentedLog?

    let readingLimits: ReadingLimits
    let uploadDirectory = "/tmp"
    /// Whether a file is read only when nobody wants to know any more.
    let readsForNobody = Mutex(false)
    /// Told when a file is no longer wanted.
    let hasSeenDeparture = Mutex(false)

    init(
        _ archive: Archive, state: StatusReport.State = .ready, syncTime: Duration = .zero, log: SegmentedLog? = nil,
        definitions: Definitions = .builtIn, readingLimits: ReadingLimits = ReadingLimits(),
        changes: ChangeFile? = nil
    ) {
        self.changes = VersionChanges(archive, keptIn: changes)
        self.readingLimits = readingLimits
        self.definitions = definitions
        self.archive = archive
        self.log = log
        self.state = state
        self.syncTime = syncTime
    }

    var asked: [String] { calls.withLock { $0 } }

    func status() async -> StatusReport {
        StatusReport(
            state: state, inbox: .init(path: "/inbox", mode: "inotify", pending: 0),
            drops: .init(new: 2, revised: 1, identical: 0, quarantined: 1),
            log: .init(commits: 4, bytes: 1000, head: archive.catalog.head.description, condition: "writable"),
            datasets: 1, vintages: 3, version: "0", pid: 1, started: Instant(microseconds: 0))
    }

    func unfiled() -> [UInt64: Reason] { [:] }

    func clock() async -> ClockReport { Self.clock(.held) }

    func confirmClock() async -> ClockReport {
        note("confirm the clock")
        return Self.clock(.right)
    }

    private static func clock(_ state: ClockReport.State) -> ClockReport {
        ClockReport(
            state: state, now: Instant(microseconds: 0), expected: Instant(microseconds: 0), jumpSeconds: 0)
    }

    func sync(since: UInt64, timeout: Duration) async throws(ControlProblem) -> SyncReport {
        note("sync \(since) \(timeout)")
        do {
            try await Task.sleep(for: syncTime)
        } catch {
            throw ControlProblem(.stopping, "The daemon is stopping.")
        }
        guard timeout > .zero else { throw ControlProblem(.timedOut, "It took too long.") }
        return SyncReport(seq: archive.catalog.head.sequence, drops: [])
    }

    func retryQuarantined(_ id: String) async throws(ControlProblem) -> QuarantineAnswer {
        note("retry \(id)")
        return QuarantineAnswer(id: id, action: .retried)
    }

    func discardQuarantined(_ id: String) async throws(ControlProblem) -> QuarantineAnswer {
        note("discard \(id)")
        guard archive.catalog.quarantined(id: id) != nil else {
            throw ControlProblem(.noSuchQuarantine, "Nothing is quarantined under “\(id)”.")
        }
        return QuarantineAnswer(id: id, action: .discarded)
    }

    func backup() async throws(ControlProblem) -> LogBackup {
        note("backup")
        guard let log else { throw ControlProblem(.damaged, "The log is damaged.") }
        do throws(RecordLogError) { return try log.backup() } catch { throw ControlProblem(.damaged, "\(error)") }
    }

    func repair(
        acceptLoss: Bool, progress: @Sendable (WorkProgress) -> Void
    ) throws(ControlProblem) -> RepairAnswer {
        note("repair \(acceptLoss)")
        for frames in UInt64(1)...3 {
            // Told over and over, as of long work: a line that comes too soon after another is left out.
            repeat {
                progress(WorkProgress(frames: frames, of: 3))
                usleep(10_000)
            } while seenFrames.withLock { $0 < frames }
        }
        guard state != .readOnly else { throw ControlProblem(.readOnly, "The disk is full.") }
        return RepairAnswer(isRepaired: acceptLoss, restoredFrames: 2)
    }

    func reload() async throws(ControlProblem) -> ReloadReport {
        note("reload")
        return ReloadReport(datasets: 1, dialects: 2)
    }

    func examine(_ job: ReaderJob, file: CInt, isWanted: () -> Bool) throws(ControlProblem) -> Examined {
        note("examine \(job.source.name) \(job.source.size) \(job.presumed?.slug ?? "-")")
        while readsForNobody.withLock({ $0 }), isWanted() { usleep(1000) }
        guard isWanted() else {
            hasSeenDeparture.withLock { $0 = true }
            throw ControlProblem(.stopping, "Nobody wants to know.")
        }
        var bytes = [UInt8](repeating: 0, count: Int(job.source.size) + 1)
        let count = pread(file, &bytes, bytes.count, 0)
        guard count == job.source.size, write(file, "x", 1) < 0 else {
            throw ControlProblem(.failure, "\(count) bytes, or it can be written to.")
        }
        return Examiner(definitions: definitions).examine(Array(bytes.prefix(count)), job)
    }

    private func note(_ call: String) { calls.withLock { $0.append(call) } }
}
