import Annals
import Archive
import ArchiveAnswers
import ControlAPI
import ControlServer
import Glibc
import RecordLog

// How the daemon is.
extension DaemonBackend {
    /// How many entries of the log of arrivals the status shows.
    private static let lastDropCount = 5

    func status() async -> StatusReport {
        let catalog = archive.catalog
        let intake = board.latest
        let counters = catalog.counters
        let condition = log.condition
        let archiveProblems = archive.problems
        let contradiction = Self.obstacle(condition) == nil ? Self.obstacle(archiveProblems) : nil
        let clock = recordingClock.report(lastRecorded: catalog.lastRecorded)
        return StatusReport(
            state: contradiction == nil ? state(condition, clock) : mailbox.isStopping ? .stopping : .readOnly,
            inbox: StatusReport.Inbox(
                path: inboxPath, mode: intake.mode, pending: intake.pending,
                refused: intake.refused.map { StatusReport.HeldFile(file: $0.file, reason: $0.reason) },
                waiting: (intake.waiting + intake.stuck).map {
                    StatusReport.HeldFile(file: $0.file, reason: $0.reason)
                },
                sidecars: intake.sidecars.map { StatusReport.HeldFile(file: $0.file, reason: $0.reason) }),
            drops: StatusReport.DropCounts(
                new: counters.new, revised: counters.revised, identical: counters.identical,
                quarantined: counters.quarantined),
            log: StatusReport.Log(
                commits: catalog.commitCount, bytes: log.byteCount, head: catalog.head.description,
                condition: Self.words(for: condition)),
            datasets: catalog.datasets.count, vintages: catalog.vintageCount, version: Version.current,
            pid: Int(getpid()), started: started,
            conditions: Condition.all(log: condition, archive: archiveProblems, clock: clock, intake: intake),
            lastDrops: catalog.lastDrops(Self.lastDropCount).map { DropReport($0, unfiled: intake.unfiled) },
            clock: clock)
    }

    func unfiled() -> [UInt64: Reason] { board.latest.unfiled }

    func clock() async -> ClockReport { recordingClock.report(lastRecorded: archive.catalog.lastRecorded) }

    func confirmClock() async -> ClockReport {
        recordingClock.confirm()
        mailbox.wake()
        return await clock()
    }

    private static func words(for condition: LogCondition) -> String {
        switch condition {
        case .writable: "writable"
        case .full(let needed, let free): "full: \(needed) bytes needed, \(free) free; work resumes when there is room"
        case .readOnly(let reason): "read-only: \(reason)"
        case .damaged(let damage): "damaged at \(damage.count) places; see `annalctl verify`"
        }
    }

    /// Why the log takes nothing now; nil while it does.
    static func obstacle(_ condition: LogCondition) -> String? {
        switch condition {
        case .writable: nil
        case .full(let needed, let free):
            "There is no room in the log: \(needed) bytes needed, \(free) free. Files wait in the inbox; work resumes by "
                + "itself when there is room."
        case .readOnly(let reason): "The log takes nothing: \(reason)"
        case .damaged(let damage):
            "The log is damaged and takes nothing until `annalctl repair`: "
                + damage.map { "\($0)" }.joined(separator: "; ")
        }
    }

    /// Why the archive takes nothing though the log would; nil while nothing in it contradicts itself.
    static func obstacle(_ problems: [ArchiveProblem]) -> String? {
        guard let first = problems.first else { return nil }
        let more = problems.count == 1 ? "" : " (and \(problems.count - 1) more)"
        return "The archive takes nothing until `annalctl repair`: frame \(first.frame): \(first.message)\(more)"
    }

    private func state(_ condition: LogCondition, _ clock: ClockReport) -> StatusReport.State {
        if mailbox.isStopping { return .stopping }
        switch condition {
        case .readOnly, .damaged: return .readOnly
        case .writable, .full: return clock.state == .held ? .readOnly : .ready
        }
    }
}
