internal import Annals
internal import HashTreeCollections

/// How a commit changes the catalog; replay and commit go the same way.
extension Catalog {
    /// Takes a commit in and gives the drop entries that it adds.
    @discardableResult
    mutating func apply(_ record: CommitRecord, chain: Digest) -> [DropEntry] {
        let added: [DropEntry]
        switch record.content {
        case .filed(let drop): added = apply(drop, of: record)
        case .quarantined(let drop):
            quarantine[drop.id] = record.firstSequence
            added = [
                DropEntry(
                    sequence: record.firstSequence, outcome: .quarantined, dataset: drop.dataset, year: drop.year,
                    recorded: record.recorded, reason: drop.reason, quarantineID: drop.id, claim: drop.claim)
            ]
        case .released(_, let id):
            quarantine[id] = nil
            added = []
        }
        for entry in added {
            entries.append(entry)
            counters.count(entry.outcome)
        }
        commitCount += 1
        lastRecorded = max(record.recorded, lastRecorded ?? record.recorded)
        head = Head(sequence: record.lastSequence, chain: chain)
        return added
    }

    private mutating func apply(_ drop: FiledDrop, of record: CommitRecord) -> [DropEntry] {
        if records[drop.facts.dataset] == nil { insert(drop.facts.dataset) }
        vintageCount += drop.years.count { $0.content != nil }
        // In its place: a copy of the record would take its years along at every commit.
        let first = DatasetRecord(title: drop.facts.title, dimensions: drop.years.first?.dimensions ?? [])
        return records[drop.facts.dataset, default: first].apply(drop, of: record)
    }

    private mutating func insert(_ dataset: DatasetID) {
        datasetIDs.insert(dataset, at: datasetIDs.firstIndex { $0 > dataset } ?? datasetIDs.count)
    }
}

extension DatasetRecord {
    fileprivate mutating func apply(_ drop: FiledDrop, of record: CommitRecord) -> [DropEntry] {
        title = drop.facts.title
        var added: [DropEntry] = []
        for (offset, year) in drop.years.enumerated() {
            let sequence = record.firstSequence + UInt64(offset)
            if let vintage = Vintage(year, of: drop, recorded: record.recorded, sequence: sequence) {
                add(vintage)
            } else {
                let confirmation = Vintage.Confirmation(
                    sequence: sequence, published: drop.published, kind: drop.sidecar?.kind,
                    stage: drop.sidecar?.stage)
                confirm(version: year.version, of: year.period.year, by: confirmation)
            }
            added.append(
                DropEntry(
                    sequence: sequence, outcome: year.outcome, dataset: drop.facts.dataset, year: year.period.year,
                    version: year.version, recorded: record.recorded, published: drop.published,
                    kind: drop.sidecar?.kind, stage: drop.sidecar?.stage,
                    findings: year.findings.filter(ArrivalFindings.isOne), claim: drop.claim))
        }
        return added
    }

    private mutating func confirm(version: Int, of year: Int, by confirmation: Vintage.Confirmation) {
        let (index, isThere) = place(of: year)
        guard isThere, let vintage = years[index].vintages.firstIndex(where: { $0.version == version }) else { return }
        years[index].vintages[vintage].confirmations.append(confirmation)
    }

    private mutating func add(_ vintage: Vintage) {
        let (index, isThere) = place(of: vintage.year)
        if isThere {
            years[index].vintages.append(vintage.sharing(years[index].vintages.last))
        } else {
            let neighbour = years.isEmpty ? nil : years[min(index, years.count - 1)].vintages.last
            years.insert(YearRecord(year: vintage.year, vintages: [vintage.sharing(neighbour)]), at: index)
        }
    }
}

extension Vintage {
    /// Nil for a year that only confirms.
    fileprivate init?(_ year: FiledYear, of drop: FiledDrop, recorded: Instant, sequence: UInt64) {
        guard let content = year.content else { return nil }
        self.init(
            facts: drop.facts, period: year.period, version: year.version, sequence: sequence, recorded: recorded,
            published: drop.published, outcome: year.outcome, kind: drop.sidecar?.kind, stage: drop.sidecar?.stage,
            reason: drop.sidecar?.reason, revertsTo: year.revertsTo,
            source: Source(
                file: drop.claim.file, sha256: drop.source ?? drop.claim.sha256, bytes: drop.claim.size),
            sidecar: drop.sidecarBytes, dimensions: year.dimensions, audits: year.audits, yearFindings: year.findings,
            content: content)
    }

    /// The same vintage, its equal parts in the memory of another one: the years of a dataset look alike.
    fileprivate func sharing(_ other: Vintage?) -> Vintage {
        guard let other else { return self }
        var vintage = self
        if audits == other.audits { vintage.audits = other.audits }
        if yearFindings == other.yearFindings { vintage.yearFindings = other.yearFindings }
        if dimensions == other.dimensions { vintage.dimensions = other.dimensions }
        if facts == other.facts { vintage.facts = other.facts }
        return vintage
    }
}
