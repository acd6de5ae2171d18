import ControlAPI

/// A backup that a history is held against.
struct StoredBackup {
    /// As it was named.
    let path: String
    private let report: VerificationReport
    private var history: StoredHistory
    private var walk: HistoryWalk

    /// Opens and verifies it: what isn't sound proves nothing.
    ///
    /// - Throws: As ``StoredLog``; `.wrongParameter` where it is empty.
    init(at path: String) throws(ControlProblem) {
        let stored = try StoredLog(at: path)
        self.path = path
        report = try stored.verify()
        guard report.frames > 0 || !report.isSound else {
            throw ControlProblem(
                .wrongParameter, "The log in \(path) is empty, so that it proves nothing.", remedy: "Name a backup.")
        }
        history = stored.history
        walk = HistoryWalk(firstThere: try history.next())
    }

    /// Takes the next entry of the history.
    mutating func take(_ entry: ChainReport) throws(ControlProblem) {
        guard walk.take(entry) else { return }
        walk.meet(try history.next())
    }

    /// The history has ended.
    mutating func comparison() -> BackupComparison {
        walk.finish()
        return BackupComparison(
            backup: path, head: report.head, common: walk.common, since: walk.since, difference: walk.difference,
            problems: report.problems
                + report.damage.map { .init(frame: $0.frames?.first ?? 0, message: $0.place) })
    }
}
