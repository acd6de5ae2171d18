import Annals
import Archive
import ArchiveAnswers
import ControlAPI
import ControlServer
import Definitions
import Inbox
import Reading
import RecordLog

/// What the control server asks, answered from the archive's catalog, the intake's board, and by its thread.
struct DaemonBackend: ControlBackend {
    let archive: Archive
    let changes: VersionChanges
    let log: SegmentedLog
    let mailbox: Mailbox
    let board: IntakeBoard
    let started: Instant
    let inboxPath: String
    let uploadDirectory: String
    let reloading: Reloading
    let recordingClock: DaemonClock
    /// For files that are only compared.
    let readers: ReaderPool

    var definitions: Definitions { reloading.configuration.definitions }

    func sync(since: UInt64, timeout: Duration) async throws(ControlProblem) -> SyncReport {
        let deadlineNs = MonotonicClock.nowNs().addingClamped(timeout)
        let ending: SyncWaiters.Ending? = await mailbox.ask { loop, reply in
            loop.sync(untilNs: deadlineNs, reply: reply)
        }
        switch ending {
        case .done: break
        case .timedOut:
            throw ControlProblem(
                .timedOut, "Not everything in the inbox was taken within \(timeout).",
                remedy: "`annalctl status` shows what waits and why; a file that somebody writes to is not taken.")
        case .unavailable(let why):
            throw ControlProblem(.readOnly, why, remedy: "Files wait in the inbox until that is repaired.")
        case .inboxGone(let why):
            throw ControlProblem(
                .noInbox, why, remedy: "Make it or mount it again; it is looked for until it is back.")
        case .stopping, nil: throw Self.stopping
        }
        let catalog = archive.catalog
        let intake = board.latest
        return SyncReport(
            seq: catalog.head.sequence,
            drops: catalog.drops(since: since).map { DropReport($0, unfiled: intake.unfiled) },
            held: (intake.refused + intake.stuck).map { StatusReport.HeldFile(file: $0.file, reason: $0.reason) },
            sidecars: intake.sidecars.map { StatusReport.HeldFile(file: $0.file, reason: $0.reason) })
    }

    static let stopping = ControlProblem(.stopping, "The daemon is stopping.", remedy: "Ask again when it runs.")
}

extension UInt64 {
    /// A moment so much later, in nanoseconds; the last one there is where that overflows.
    fileprivate func addingClamped(_ duration: Duration) -> UInt64 {
        let (seconds, attoseconds) = duration.components
        let nanoseconds = UInt64(clamping: seconds).multipliedReportingOverflow(by: 1_000_000_000)
        guard !nanoseconds.overflow else { return .max }
        let sum = addingReportingOverflow(nanoseconds.partialValue + UInt64(clamping: attoseconds / 1_000_000_000))
        return sum.overflow ? .max : sum.partialValue
    }
}
