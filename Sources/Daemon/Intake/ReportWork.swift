import Annals
import Archive
import Inbox
import Logging
import RecordLog

// What the daemon says of the inbox: to the board, which status and health read, and of what begins and ends to its log.
extension IntakeLoop {
    /// Says how things stand after a turn.
    func report(_ state: InboxMonitor.State) {
        if state.pendingCount == 0 {
            kept = [:]
            lacksDescriptors = false
            readerProblem = nil
        }
        places.check(configuration.settings.state)
        // One that isn't where it was is known again if it comes up elsewhere, and is nothing to be told of.
        let stuck = unfiled.stuck.filter { $0.stuck?.missingSinceNs == nil }
        let waiting = kept.map { IntakeReport.Kept(file: EscapedName.text($0.key), reason: $0.value) }
        let left = stuck.compactMap { drop in
            drop.stuck.map { IntakeReport.Kept(file: EscapedName.text($0.arrival.path), reason: $0.reason) }
        }
        let refused = state.refusals.map { IntakeReport.Kept(file: EscapedName.text($0.path), reason: $0.reason) }
        let lone = state.loneSidecars.map { IntakeReport.Kept(file: EscapedName.text($0), reason: Self.loneSidecar) }
        let reasons = stuck.flatMap { drop in
            drop.entries.compactMap { entry in drop.stuck.map { (entry.sequence, $0.reason) } }
        }
        board.update { report in
            report.hasScanned = report.hasScanned || state.scanCount > 0
            report.hasLooked = report.hasScanned || state.problem != nil
            report.pending = state.pendingCount
            report.mode = state.mode?.description ?? "lost"
            report.refused = refused
            report.waiting = waiting.sorted { $0.file < $1.file }
            report.stuck = left
            report.sidecars = lone
            report.unfiled = Dictionary(reasons, uniquingKeysWith: { first, _ in first })
            report.inboxProblem = state.problem
            report.shortage = state.shortage ?? descriptorShortage
            report.readerProblem = readerProblem
            report.placeProblem = stateProblem ?? places.problem
        }
        conditions.update(
            Condition.all(
                log: log.condition, archive: archive.problems,
                clock: clock.report(lastRecorded: archive.catalog.lastRecorded), intake: board.latest), logger)
    }

    private static let loneSidecar = Reason(
        "It waits for its file", expected: "the file that it is about beside it",
        remedy: "Drop the file, or remove the sidecar; a file that comes later takes it along, with a finding")

    /// What the process lacks to take the files that wait.
    private var descriptorShortage: String? {
        lacksDescriptors
            ? "The daemon has no descriptors left to take files with: raise LimitNOFILE in its unit, or close connections"
            : nil
    }
}
