package import Annals
package import Archive
package import ControlAPI
package import Definitions
package import Reading
package import RecordLog
package import TableCoding
package import TableReading

/// What the control server asks of the daemon behind it.
///
/// Questions about tables go straight to the archive, which any thread may read; everything that changes something, or
/// waits, is the daemon's.
package protocol ControlBackend: Sendable {
    /// Vintages and drops; any thread may read them.
    var archive: Archive { get }

    /// What versions changed, as far as it is known without reading their tables.
    var changes: VersionChanges { get }

    /// What is in force now, to say where in its source a cell stands.
    var definitions: Definitions { get }

    /// What a file may not exceed, also one that is only compared.
    var readingLimits: ReadingLimits { get }

    /// The directory in whose file system long files lie, without a name, while they are compared.
    var uploadDirectory: String { get }

    /// Has a file read and decided on as if it were dropped, and records nothing; blocks.
    ///
    /// - Parameters:
    ///   - job: What is known of the file.
    ///   - file: The open file, which nobody writes to any more.
    ///   - isWanted: Asked now and then; false ends the work.
    /// - Returns: Its tables, or the reason why it would be quarantined.
    /// - Throws: What keeps it from being read now.
    func examine(_ job: ReaderJob, file: CInt, isWanted: () -> Bool) throws(ControlProblem) -> Examined

    /// Why files that are recorded lie in the inbox still, by the numbers of their entries.
    func unfiled() -> [UInt64: Reason]

    /// How the daemon is now.
    func status() async -> StatusReport

    /// What the daemon thinks of the clock.
    func clock() async -> ClockReport

    /// Takes the clock as it stands for right, so that commits that it held go on.
    func confirmClock() async -> ClockReport

    /// Scans the inbox and returns when everything that lay in it is committed or quarantined.
    ///
    /// - Parameters:
    ///   - since: The answer lists the entries after this one.
    ///   - timeout: How long it may take.
    /// - Returns: The number of the last entry, and the entries asked for.
    /// - Throws: `.timedOut`; `.starting`, `.stopping`, `.readOnly` or `.noInbox` where it will not happen.
    func sync(since: UInt64, timeout: Duration) async throws(ControlProblem) -> SyncReport

    /// Puts a quarantined file back into the inbox.
    ///
    /// - Throws: `.noSuchQuarantine`; what keeps it from being moved.
    func retryQuarantined(_ id: String) async throws(ControlProblem) -> QuarantineAnswer

    /// Removes a quarantined file; what the log says of it stays.
    ///
    /// - Throws: `.noSuchQuarantine`; what keeps it from being removed.
    func discardQuarantined(_ id: String) async throws(ControlProblem) -> QuarantineAnswer

    /// Begins a copy of the log as it is now.
    ///
    /// - Throws: `.damaged` while there is damage that is not repaired.
    func backup() async throws(ControlProblem) -> LogBackup

    /// Looks at the whole log, writes once more what is damaged and can be had again, and says what can't; blocks.
    ///
    /// - Parameters:
    ///   - acceptLoss: Records what can't be had again as lost.
    ///   - progress: Called now and then.
    /// - Returns: What was done, and what is left.
    /// - Throws: `.readOnly` where the log can't be written to; `.damaged` where it can't be read at all.
    func repair(
        acceptLoss: Bool, progress: @Sendable (WorkProgress) -> Void
    ) throws(ControlProblem) -> RepairAnswer

    /// Reads configuration and definitions anew.
    ///
    /// - Throws: `.refused` where they are wrong: what was in force stays so.
    func reload() async throws(ControlProblem) -> ReloadReport
}
