internal import Annals
internal import RecordLog
internal import TableCoding

/// Commits that are about to be appended in one batch, each decided on as if those before it stood already.
struct CommitDraft {
    private(set) var catalog: Catalog
    private(set) var frames: [Frame] = []
    /// Place in ``frames`` of the content that is new.
    private(set) var places: [Digest: Int] = [:]
    /// Names of new content that stands in pieces.
    private(set) var lists: Set<Digest> = []
    private(set) var records: [CommitRecord] = []
    private let stored: StoredContent
    private let cache: TableCache
    /// The years of a drop, and its neighbours', have the same audits.
    private let decoded = DecodedAudits()

    init(catalog: Catalog, stored: StoredContent, cache: TableCache) {
        self.catalog = catalog
        self.stored = stored
        self.cache = cache
    }

    /// Decides what becomes of a drop and adds its frames.
    ///
    /// Everything that may fail comes first: a drop that can't be added has changed nothing.
    mutating func add(_ examined: Examined, now: Instant) throws(ArchiveError) -> [DropEntry] {
        let recorded = nextInstant(now)
        switch examined.content {
        case .tables(let tables):
            let filed = try decider.filed(tables, of: examined, recorded: recorded)
            let prepared = try prepare(.filed(filed), recorded: recorded)
            try stage(examined, for: filed)
            return append(prepared)
        case .refused(let refusal):
            let id = QuarantinedDrop.id(sequence: catalog.head.sequence + 1, sha256: examined.file.sha256)
            let aside = QuarantinedDrop(
                claim: examined.file, id: id, reason: refusal.reason, dataset: refusal.dataset, year: refusal.year)
            return append(try prepare(.quarantined(aside), recorded: recorded))
        }
    }

    /// Decides on what is here so far.
    var decider: Decider { Decider(catalog: catalog, library: library) }

    /// Adds that an entry left the quarantine.
    mutating func add(_ release: QuarantineRelease, id: String, now: Instant) throws(ArchiveError) {
        guard catalog.quarantined(id: id) != nil else { throw .notQuarantined(id) }
        _ = append(try prepare(.released(release, id: id), recorded: nextInstant(now)))
    }

    /// The clock's, or just after the last commit where the clock is behind.
    private func nextInstant(_ now: Instant) -> Instant {
        let now = now.inDomain
        guard let last = catalog.lastRecorded, last >= now else { return now }
        // At the end of the domain there is none; the commit can't be read back then, and is refused.
        return Instant(microseconds: last.microseconds + 1)
    }

    /// A commit as it will stand in the log.
    private func prepare(
        _ content: CommitRecord.Content, recorded: Instant
    ) throws(ArchiveError) -> (record: CommitRecord, body: [UInt8]) {
        let record = CommitRecord(firstSequence: catalog.head.sequence + 1, recorded: recorded, content: content)
        let (fitted, body) = try CommitBounds.fitted(record)
        try checkReadsBack(fitted, from: body)
        return (fitted, body)
    }

    private mutating func append(_ prepared: (record: CommitRecord, body: [UInt8])) -> [DropEntry] {
        let (chain, payload) = CommitRecord.payload(body: prepared.body, after: catalog.head.chain)
        frames.append(Frame(kind: .commit, payload: payload))
        records.append(prepared.record)
        return catalog.apply(prepared.record, chain: chain)
    }

    /// Refuses a commit that a later start would read otherwise than it was meant, or not at all.
    ///
    /// Whatever is wrong then is wrong with this program: what it accepted is refused here for the last time, before it
    /// is acknowledged and in the way of all that comes after.
    private func checkReadsBack(_ record: CommitRecord, from body: [UInt8]) throws(ArchiveError) {
        do throws(CodingError) {
            guard try CommitRecord(decoding: body, memory: decoded) != record else { return }
        } catch {
            throw .notReadBack(error.description)
        }
        throw .notReadBack("it says something else when it is read.")
    }

    // MARK: Content

    /// Adds the frames of the content that the log doesn't have, pieces before their list.
    ///
    /// - Throws: ``ArchiveError/missingContent(_:)`` where the drop doesn't bring all that it names.
    private mutating func stage(_ examined: Examined, for drop: FiledDrop) throws(ArchiveError) {
        let record = CommitRecord(firstSequence: 1, recorded: drop.published, content: .filed(drop))
        var blobs: [Blob] = []
        for name in record.references {
            guard let blob = examined.blobs[name] else { throw .missingContent(name) }
            blobs.append(blob)
        }
        for blob in blobs { stage(blob, of: examined) }
        for year in drop.years where year.outcome == .identical {
            stageWhatWasLost(of: year, in: drop, from: examined)
        }
    }

    /// A file that is dropped again brings back what was lost of the vintage that it confirms.
    private mutating func stageWhatWasLost(of year: FiledYear, in drop: FiledDrop, from examined: Examined) {
        guard let vintage = catalog.vintage(drop.facts.dataset, year.period.year, version: year.version) else { return }
        for name in vintage.named where !stored.has(name.digest) {
            if let blob = examined.blobs[name.digest] { stage(blob, of: examined) }
        }
    }

    private mutating func stage(_ blob: Blob, of examined: Examined) {
        for piece in blob.pieces { stage(examined.blobs[piece]) }
        stage(blob)
    }

    private mutating func stage(_ blob: Blob?) {
        guard let blob, places[blob.digest] == nil, !stored.has(blob.digest) else { return }
        places[blob.digest] = frames.count
        if !blob.pieces.isEmpty { lists.insert(blob.digest) }
        frames.append(Frame(kind: .blob, payload: blob.payload))
    }

    /// Tables of the log and of the drops before in this draft.
    var library: TableLibrary {
        var content = stored
        content.staged = StagedContent(frames: frames, places: places)
        return TableLibrary(cache: cache, stored: content)
    }
}
