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
    mutating func add(_ drop: PreparedDrop, now: Instant) throws(ArchiveError) -> [DropEntry] {
        let recorded = nextInstant(now)
        switch drop.content {
        case .read(let read):
            let filed = try filed(read, of: drop, recorded: recorded)
            try stage(read, for: filed)
            return try append(.filed(filed), recorded: recorded)
        case .quarantined(let reason, let dataset, let year):
            let id = QuarantinedDrop.id(sequence: catalog.head.sequence + 1, sha256: drop.claim.sha256)
            let aside = QuarantinedDrop(claim: drop.claim, id: id, reason: reason, dataset: dataset, year: year)
            return try append(.quarantined(aside), recorded: recorded)
        }
    }

    /// Adds that an entry left the quarantine.
    mutating func add(_ release: QuarantineRelease, id: String, now: Instant) throws(ArchiveError) {
        guard catalog.quarantined(id: id) != nil else { throw .notQuarantined(id) }
        _ = try append(.released(release, id: id), recorded: nextInstant(now))
    }

    /// The clock's, or just after the last commit where the clock is behind.
    private func nextInstant(_ now: Instant) -> Instant {
        let now = now.inDomain
        guard let last = catalog.lastRecorded, last >= now else { return now }
        // At the end of the domain there is none; the commit can't be read back then, and is refused.
        return Instant(microseconds: last.microseconds + 1)
    }

    private mutating func append(
        _ content: CommitRecord.Content, recorded: Instant
    ) throws(ArchiveError) -> [DropEntry] {
        let record = CommitRecord(firstSequence: catalog.head.sequence + 1, recorded: recorded, content: content)
        let (fitted, body) = try CommitBounds.fitted(record)
        try checkReadsBack(fitted, from: body)
        let (chain, payload) = CommitRecord.payload(body: body, after: catalog.head.chain)
        frames.append(Frame(kind: .commit, payload: payload))
        records.append(fitted)
        return catalog.apply(fitted, chain: chain)
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

    // MARK: What became of it

    private func filed(
        _ read: PreparedRead, of drop: PreparedDrop, recorded: Instant
    ) throws(ArchiveError) -> FiledDrop {
        let published = drop.sidecar?.published ?? read.published ?? recorded
        var years: [FiledYear] = []
        for year in read.years {
            let current = catalog.current(read.dataset, year.table.period.year)
            var filed = try filed(year, of: read.dataset)
            let arrival = ArrivalFindings.findings(
                published: published, recorded: recorded, version: filed.content == nil ? nil : filed.version,
                current: current)
            // In front, where a commit that must be cut keeps them longest.
            filed.findings.insert(contentsOf: arrival, at: 0)
            years.append(filed)
        }
        let hasVintage = years.contains { $0.content != nil }
        return FiledDrop(
            claim: drop.claim, published: published, dataset: read.dataset,
            title: read.title, reader: read.reader, encoding: read.encoding, dialect: read.dialect,
            definition: hasVintage ? read.definition : nil,
            dialectDefinition: hasVintage ? read.dialectDefinition : nil, sidecar: drop.sidecar,
            sidecarBytes: hasVintage ? read.sidecarBytes : nil, source: hasVintage ? read.source : nil,
            findings: read.findings, years: years)
    }

    /// Identical to the current vintage, or a vintage of its own, perhaps one that an earlier one had the figures of.
    private func filed(_ year: PreparedYear, of dataset: DatasetID) throws(ArchiveError) -> FiledYear {
        let likeness = Likeness(library: library)
        let vintages = catalog.vintages(dataset, year.table.period.year)
        let current = catalog.current(dataset, year.table.period.year)
        if let current, try saysTheSame(year, as: current, likeness) {
            return FiledYear(period: year.table.period, outcome: .identical, version: current.version)
        }
        var revertsTo: Int?
        for earlier in vintages.reversed() where earlier.version != current?.version {
            guard try saysTheSame(year, as: earlier, likeness) else { continue }
            revertsTo = earlier.version
            break
        }
        return FiledYear(
            period: year.table.period, outcome: vintages.isEmpty ? .new : .revised,
            version: (vintages.last?.version ?? 0) + 1, revertsTo: revertsTo, content: year.content,
            dimensions: year.table.keySpace.dimensions.map(\.id), audits: year.read.audits,
            findings: year.read.findings)
    }

    /// A vintage whose content was lost for good can be told to be the same by its names, and is another one otherwise.
    private func saysTheSame(
        _ year: PreparedYear, as vintage: Vintage, _ likeness: Likeness
    ) throws(ArchiveError) -> Bool {
        do throws(ArchiveError) {
            return try likeness.holds(between: year, and: vintage)
        } catch {
            switch error {
            case .missingContent, .log(.damaged): return false
            default: throw error
            }
        }
    }

    // MARK: Content

    /// Adds the frames of the content that the log doesn't have, pieces before their list.
    private mutating func stage(_ read: PreparedRead, for drop: FiledDrop) throws(ArchiveError) {
        let record = CommitRecord(firstSequence: 1, recorded: drop.published, content: .filed(drop))
        for name in record.references {
            guard let blob = read.blobs[name] else { throw .missingContent(name) }
            stage(blob, of: read)
        }
        for year in drop.years where year.outcome == .identical { stageWhatWasLost(of: year, in: drop, from: read) }
    }

    /// A file that is dropped again brings back what was lost of the vintage that it confirms.
    private mutating func stageWhatWasLost(of year: FiledYear, in drop: FiledDrop, from read: PreparedRead) {
        guard let vintage = catalog.vintage(drop.dataset, year.period.year, version: year.version) else { return }
        for name in vintage.named where !stored.has(name.digest) {
            if let blob = read.blobs[name.digest] { stage(blob, of: read) }
        }
    }

    private mutating func stage(_ blob: Blob, of read: PreparedRead) {
        for piece in blob.pieces { stage(read.blobs[piece]) }
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
