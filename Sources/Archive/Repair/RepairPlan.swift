internal import Annals
internal import RecordLog

/// What of the log's content is gone, and what can be had again: found out without changing anything.
///
/// The log knows which *frames* are bad; people want to know which *tables* are. In between stand the names: a commit
/// names content by its digest, and a blob frame holds the content of a name. So a plan is made in four steps.
///
/// 1. **Wants.** Every vintage's names are looked up; a name whose frame is bad, or of which no frame is known, is wanted,
///    with all who need it (`RepairSearch.find`).
/// 2. **Second copies.** The drops that wanted content came with are made again, from `done/`, from the source in the log
///    and by reading it once more; what has the wanted digest is the payload of its want (`RepairSearch.rebuild`). Nothing
///    else is believed.
/// 3. **Places.** A want whose frame nobody knows stood in a bad frame before the commit that needed it first: counted from
///    the last want backwards, each takes the nearest bad frame that is still free (`idle`), since that is the order of
///    writing (`assignFrames`).
/// 4. **Commits.** Commits have no second copy but the index's. Where the chain, or the end of the log, says that one is
///    missing, the bad frame that it must have been is lost (`findCommits`); one that can be read and not be used is given up
///    (`noteUnread`).
///
/// **What comes of a bad frame**, exactly one of: restored (a want with a frame and a payload), lost (a want with a frame and
/// no payload, or a commit), unneeded (in `idle` and wanted by nobody). Where a list is lost its pieces are known to
/// nobody, so no frame is called unneeded then. `additions` are payloads whose frame was given up before, or left no
/// trace.
///
/// **Example.** Frames 31 (source) and 33 (cells) of a drop are bad, its commit 34 is whole. Both names are wanted; the
/// source is found in `done/`, read again, and gives cells of the wanted digest: both are restored. Had the file been
/// changed in `done/` meanwhile, its digest would be another: both frames are lost, and the vintage's table with them.
struct RepairPlan {
    /// What is needed and gone, in the order of writing.
    private(set) var wants: [RepairSearch.Want] = []
    /// Vintages of which something can't be had again.
    private(set) var lostVintages: [LostVintage] = []
    /// Numbers of the entries of missing commits, as far as they can be told.
    private(set) var lostDrops: [ClosedRange<UInt64>] = []
    /// Frames that held commits, or may have: the chain tells that one is missing there, or it can't be read.
    private var commits = SequenceSet()
    /// Frames that the log can't give and nothing that is known stood in.
    private var idle: SequenceSet

    /// - Parameters:
    ///   - bad: Frames that the log can't give and that were not given up.
    ///   - replay: What is known of it.
    ///   - stored: The log, and nothing but the log.
    ///   - copies: Where content can be had again.
    /// - Throws: ``ArchiveError/log(_:)``.
    init(
        bad: SequenceSet, replay: CatalogReplay, stored: StoredContent, copies: any SecondCopies
    ) throws(ArchiveError) {
        idle = bad
        noteUnread(replay)
        guard !bad.isEmpty || !replay.missingContent.needs.isEmpty else { return }
        let vintages = replay.catalog.vintages.sorted { $0.sequence < $1.sequence }
        var search = RepairSearch(bad: bad, replay: replay, stored: stored)
        search.find(vintages)
        search.rebuild(vintages, from: copies)
        wants = search.found
        try assignFrames(log: stored.log)
        try findCommits(bad, replay.missingContent, log: stored.log)
        let accepted = replay.missingContent.lostContent
        noteLost(vintages, in: search, except: accepted)
    }

    /// What is had again at the place where it stood.
    var restorations: [Restoration] {
        wants.compactMap { want in
            guard let frame = want.frame, let payload = want.payload else { return nil }
            return Restoration(sequence: frame, kind: .blob, payload: payload)
        }
    }

    /// What is had again and has no place any more: it was given up, or there is no trace of its frame.
    var additions: [Frame] {
        wants.compactMap { want in
            guard want.frame == nil, let payload = want.payload else { return nil }
            return Frame(kind: .blob, payload: payload)
        }
    }

    /// Frames that the log can't give and whose content can't be had again.
    var lostFrames: SequenceSet {
        var lost = commits
        for want in wants where want.payload == nil {
            if let frame = want.frame { lost.insert(frame...frame) }
        }
        // Pieces of a list that is lost too are known to nobody: any frame may have been one.
        if wants.contains(where: { $0.payload == nil }) {
            for range in idle.ranges { lost.insert(range) }
        }
        return lost
    }

    /// Frames that the log can't give and that nothing needs.
    var unneeded: SequenceSet {
        let lost = lostFrames
        return SequenceSet(idle.ranges.flatMap { lost.rest(of: $0) })
    }

    /// A batch ends with a commit, so behind the last known one there was one.
    ///
    /// A commit that the chain misses stood in none of the frames that content is given to; where nothing else is bad,
    /// one of these must have been it.
    private mutating func findCommits(
        _ bad: SequenceSet, _ missingContent: MissingContent, log: any RecordLog
    ) throws(ArchiveError) {
        for missing in missingContent.missingCommits {
            let gap = [idle, bad].lazy.compactMap { $0.ranges.last { $0.upperBound < missing.before } }.first
            if let gap { commits.insert(gap) }
            if let first = missing.numbers.first, let last = missing.numbers.last { lostDrops.append(first...last) }
        }
        for range in bad.ranges where range.upperBound > missingContent.lastCommit {
            let end = max(range.lowerBound, missingContent.lastCommit + 1)...range.upperBound
            for unknown in try Self.unknown(in: end, of: log).ranges { commits.insert(unknown) }
        }
    }

    /// What the log gives as it was written and nobody can use has no second copy: it is given up, or stays as it is.
    private mutating func noteUnread(_ replay: CatalogReplay) {
        for frame in replay.contradictory { commits.insert(frame...frame) }
        for (_, outline) in replay.unreadCommits.sorted(by: { $0.key < $1.key }) {
            if let numbers = outline.sequences { lostDrops.append(numbers) }
            for name in outline.vintages {
                lostVintages.append(
                    LostVintage(name: name, isTableLost: true, reason: "the commit that names it can't be read"))
            }
        }
    }

    /// Frames of which not even the kind is known.
    private static func unknown(
        in range: ClosedRange<UInt64>, of log: any RecordLog
    ) throws(ArchiveError) -> SequenceSet {
        var unknown = SequenceSet([range])
        do throws(RecordLogError) {
            try log.survey(from: range.lowerBound) { (heading, _, _) throws(RecordLogError) in
                unknown.remove(heading.sequence)
            }
        } catch .damaged {
            // Of what stands behind it nothing is known either.
        } catch {
            throw .log(error)
        }
        return unknown
    }

    /// Content whose frame nobody knows stood right before the commit that needed it first, in the order of writing.
    private mutating func assignFrames(log: any RecordLog) throws(ArchiveError) {
        for want in wants { if let frame = want.frame { idle.remove(frame) } }
        guard !idle.isEmpty, wants.contains(where: { $0.frame == nil }) else { return }
        let commits = try Self.commitFrames(of: log)
        for place in wants.indices.reversed() where wants[place].frame == nil {
            guard let commit = commits.last(where: { $0.number <= wants[place].entry })?.frame,
                let range = idle.ranges.last(where: { $0.lowerBound < commit })
            else { continue }
            let frame = min(range.upperBound, commit - 1)
            wants[place].frame = frame
            idle.remove(frame)
        }
    }

    /// The frame of each commit, by the number of its first entry, ascending.
    private static func commitFrames(of log: any RecordLog) throws(ArchiveError) -> [(number: UInt64, frame: UInt64)] {
        var frames: [(number: UInt64, frame: UInt64)] = []
        do throws(RecordLogError) {
            try log.survey(from: 1) { (heading, payload, _) throws(RecordLogError) in
                guard heading.kind == .commit else { return }
                let bytes = payload.withUnsafeBytes { Array($0) }
                // One that can't be read is a problem of its own and needs nothing.
                guard let record = try? CommitRecord(decoding: bytes, from: Digest.byteCount) else { return }
                frames.append((record.firstSequence, heading.sequence))
            }
        } catch { throw .log(error) }
        return frames
    }

    private mutating func noteLost(_ vintages: [Vintage], in search: RepairSearch, except accepted: Set<Digest>) {
        let open = wants.filter { $0.payload == nil && !accepted.contains($0.digest) }
        guard !open.isEmpty else { return }
        let names = Set(open.flatMap(\.vintages))
        let tables = Set(open.filter(\.content.isOfTable).flatMap(\.vintages))
        for vintage in vintages where names.contains(VintageName(vintage)) {
            let name = VintageName(vintage)
            let reasons = search.obstacles[vintage.recorded] ?? ["no second copy has it"]
            lostVintages.append(
                LostVintage(name: name, isTableLost: tables.contains(name), reason: reasons.joined(separator: "; ")))
        }
    }
}
