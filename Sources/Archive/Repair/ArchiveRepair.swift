internal import Annals
internal import RecordLog
internal import Synchronization

// Finding what doesn't hold, and repairing it.
extension Archive {
    /// Recomputes every digest and every chain value up to the head as of now.
    ///
    /// Where something is damaged, what can be had again is tried too, and thrown away: that takes as long as reading the
    /// files concerned.
    ///
    /// - Parameters:
    ///   - heads: Heads that the history must have had.
    ///   - progress: Called now and then; where it throws, nothing more is looked at.
    /// - Returns: What was counted, and what doesn't hold.
    /// - Throws: ``ArchiveError/log(_:)`` where the log can't be read at all; what `progress` throws.
    package func verify(
        against heads: [Head] = [], progress: (RepairProgress) throws(ArchiveError) -> Void = { _ in }
    ) throws(ArchiveError) -> VerifyReport {
        let replay = replay.withLock { $0 }
        var (report, bad) = try verified(replay, against: heads, progress: progress)
        let plan = try RepairPlan(bad: bad, replay: replay, stored: logged, copies: secondCopies)
        report.describe(log: log, plan: plan, replay: replay)
        return report
    }

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
        var report = RepairReport()
        try turn.withLock { (_) throws(ArchiveError) in
            report = try repairInTurn(acceptLoss: acceptLoss, progress: progress)
        }
        return report
    }

    private func repairInTurn(
        acceptLoss: Bool, progress: (RepairProgress) -> Void
    ) throws(ArchiveError) -> RepairReport {
        try replayAgain()
        let replay = replay.withLock { $0 }
        let (_, bad) = try verified(replay, against: [], progress: progress)
        let plan = try RepairPlan(bad: bad, replay: replay, stored: logged, copies: secondCopies)
        let before = log.repaired.reduce(0) { $0 + $1.restored.reduce(0) { $0 + $1.count } }
        let mayHideFrames = log.damage.contains(where: \.mayHideFrames)
        // What nobody can tell of may be most of the history: whatever is written behind it would take its place.
        let isCarriedOut = acceptLoss || !mayHideFrames
        if isCarriedOut { try carryOut(plan, acceptLoss: acceptLoss) }
        try replayAgain()
        secondCopyReader.forget()

        var report = RepairReport()
        let after = log.repaired.reduce(0) { $0 + $1.restored.reduce(0) { $0 + $1.count } }
        if isCarriedOut {
            report.restoredFrames = max(0, after - before) + plan.additions.count
            var seen: Set<VintageName> = []
            report.restoredVintages = plan.wants.filter { $0.payload != nil }.flatMap(\.vintages)
                .filter { seen.insert($0).inserted }
        }
        report.lostVintages = plan.lostVintages
        report.lostDrops = plan.lostDrops
        report.lostFrames = plan.lostFrames.count
        report.hasAcceptedLoss = acceptLoss && (mayHideFrames || !plan.lostFrames.isEmpty)
        report.remaining = try remaining()
        return report
    }

    private func carryOut(_ plan: RepairPlan, acceptLoss: Bool) throws(ArchiveError) {
        var repair = LogRepair()
        repair.restored = plan.restorations
        repair.unneeded = plan.unneeded.ranges
        if acceptLoss { repair.losses = plan.lostFrames.ranges }
        do throws(RecordLogError) {
            if !log.damage.isEmpty || !repair.restored.isEmpty || !repair.losses.isEmpty { try log.repair(repair) }
            // Some hundred megabytes in one batch would need as much memory once more.
            var rest = plan.additions[...]
            while !rest.isEmpty, log.damage.isEmpty {
                _ = try log.append(Array(rest.prefix(16)), expectedHead: nil)
                rest = rest.dropFirst(16)
            }
        } catch { throw .log(error) }
    }

    /// Looks at the frames once more: each stands elsewhere by now, perhaps.
    private func replayAgain() throws(ArchiveError) {
        var fresh = CatalogReplay()
        try fresh.catchUp(with: log)
        replay.withLock { $0 = fresh }
    }

    /// What is not repaired, and what doesn't hold in what can be read.
    private func remaining() throws(ArchiveError) -> [ArchiveProblem] {
        let replay = replay.withLock { $0 }
        let (report, _) = try verified(replay, against: [], progress: { _ in })
        let hidden = log.damage.filter { $0.sequences == nil }.map { damage in
            ArchiveProblem(frame: damage.hit?.lowerBound ?? 0, damage.description)
        }
        return report.problems + hidden
    }

    /// Counts and problems, and the frames that the log can't give and that were not given up.
    private func verified(
        _ replay: CatalogReplay, against heads: [Head], progress: (RepairProgress) throws(ArchiveError) -> Void
    ) throws(ArchiveError) -> (VerifyReport, SequenceSet) {
        var verification = Verification(log: log, stored: logged, replay: replay, heads: heads)
        let report = try verification.run(progress: progress)
        return (report, verification.missing)
    }
}

extension VerifyReport {
    /// Adds what the log says of damage, in the archive's words.
    fileprivate mutating func describe(log: any RecordLog, plan: RepairPlan, replay: CatalogReplay) {
        for damage in log.damage {
            let frames = damage.hit ?? damage.sequences
            self.damage.append(
                DamagedPlace(
                    place: damage.description, frames: frames, hits: frames.map { plan.hits(in: $0, of: damage) } ?? [])
            )
        }
        for damage in log.repaired {
            let place = damage.damage.description
            for frames in damage.restored { restored.append(RepairedPlace(place: place, frames: frames)) }
            if damage.restored.isEmpty, damage.lost.isEmpty {
                restored.append(RepairedPlace(place: place, frames: damage.damage.hit))
            }
            for frames in damage.lost { losses.append(RepairedPlace(place: place, frames: frames)) }
        }
        guard !losses.isEmpty else { return }
        let lost = replay.missingContent.lostContent
        let vintages = replay.catalog.vintages.filter { vintage in vintage.named.contains { lost.contains($0.digest) } }
        for vintage in vintages {
            let frame = vintage.named.compactMap { replay.missingContent.needs[$0.digest]?.frame }.min() ?? .max
            let place = losses.lastIndex { ($0.frames?.lowerBound ?? 0) < frame } ?? losses.startIndex
            losses[place].vintages.append(VintageName(vintage))
        }
    }
}

extension RepairPlan {
    /// What stood in frames that are damaged: what is gone first, then what the log has a second copy of itself.
    fileprivate func hits(in frames: ClosedRange<UInt64>, of damage: Damage) -> [ContentHit] {
        let gone = wants.compactMap { want -> ContentHit? in
            guard let frame = want.frame, frames.contains(frame) else { return nil }
            return ContentHit(
                frame: frame, content: want.content, vintages: Array(want.vintages.prefix(ContentHit.maximumVintages)),
                secondCopy: want.payload == nil ? .none : want.copy)
        }
        let lost = lostFrames
        let commits = frames.filter { frame in lost.contains(frame) && !gone.contains { $0.frame == frame } }
        return gone
            + commits.map { ContentHit(frame: $0, content: .unknown, vintages: [], secondCopy: .none) }
    }
}
