package import Annals
internal import HashTreeCollections

/// What the archive knows after so many commits: an immutable value that readers hold as long as they like.
///
/// The next one shares all but a few hundred bytes with it. Questions about the past (`asOf`, `knownAt`) are pure
/// functions of it: asking for less never changes an answer.
package struct Catalog: Sendable {
    /// How far it goes.
    package internal(set) var head = Head.empty
    package internal(set) var counters = OutcomeCounters()
    package internal(set) var commitCount = 0
    package internal(set) var vintageCount = 0
    /// When the last commit was recorded; the next one is later.
    package internal(set) var lastRecorded: Instant?

    var records = TreeDictionary<DatasetID, DatasetRecord>()
    /// Sorted.
    var datasetIDs: [DatasetID] = []
    var entries = DropSequence()
    /// What lies in quarantine: id → number of the entry.
    var quarantine = TreeDictionary<String, UInt64>()

    /// Every dataset, by id.
    package var datasets: [DatasetSummary] { datasetIDs.compactMap(dataset) }

    /// What a dataset is; nil for an unknown one.
    package func dataset(_ id: DatasetID) -> DatasetSummary? {
        records[id].map { record in
            DatasetSummary(
                id: id, title: record.title, years: record.years.map(\.year),
                dimensions: record.years.last?.current()?.dimensions ?? [])
        }
    }

    /// The years of a dataset that have a vintage, ascending.
    package func years(_ dataset: DatasetID, asOf: Instant? = nil, knownAt: UInt64? = nil) -> [Int] {
        guard let record = records[dataset] else { return [] }
        return record.years.filter { $0.current(asOf: asOf, knownAt: knownAt) != nil }.map(\.year)
    }

    /// The vintages of a year, by version.
    ///
    /// - Parameters:
    ///   - dataset: Its id.
    ///   - year: Of the reference period.
    ///   - asOf: Only those that were published by then.
    ///   - knownAt: Only those that the log had with that entry.
    /// - Returns: None for an unknown dataset or year.
    package func vintages(
        _ dataset: DatasetID, _ year: Int, asOf: Instant? = nil, knownAt: UInt64? = nil
    ) -> [Vintage] {
        let vintages = records[dataset]?.year(year)?.vintages ?? []
        return vintages.filter { $0.isIn(asOf: asOf, knownAt: knownAt) }.map { $0.known(asOf: asOf, knownAt: knownAt) }
    }

    /// The vintage of a year that counts: the greatest by (published, number) among those that were there.
    package func current(
        _ dataset: DatasetID, _ year: Int, asOf: Instant? = nil, knownAt: UInt64? = nil
    ) -> Vintage? {
        records[dataset]?.year(year)?.current(asOf: asOf, knownAt: knownAt)
    }

    /// One version of a year.
    package func vintage(_ dataset: DatasetID, _ year: Int, version: Int) -> Vintage? {
        records[dataset]?.year(year)?.vintages.first { $0.version == version }
    }

    /// The current vintage of the year itself, or of the nearest one, the later of two.
    func nearest(to year: Int, in dataset: DatasetID) -> Vintage? {
        records[dataset]?.years
            .min { (abs($0.year - year), -$0.year) < (abs($1.year - year), -$1.year) }?
            .current()
    }

    /// Drop entries after a number, in order.
    package func drops(since sequence: UInt64 = 0, outcome: Outcome? = nil, limit: Int = .max) -> [DropEntry] {
        entries.entries(after: sequence, outcome: outcome, limit: limit)
    }

    /// The last so many drop entries, in order.
    package func lastDrops(_ count: Int) -> [DropEntry] { entries.last(count) }

    /// The drop entry with a number.
    package func drop(_ sequence: UInt64) -> DropEntry? { entries[sequence] }

    /// What lies in quarantine, in order of arrival.
    package var quarantined: [DropEntry] { quarantine.values.sorted().compactMap { entries[$0] } }

    /// What lies in quarantine under an id.
    package func quarantined(id: String) -> DropEntry? { quarantine[id].flatMap { entries[$0] } }

    /// The identities that a dataset's tables are expected to satisfy: each that held in the current vintage of a year.
    package func binding(_ dataset: DatasetID) -> DatasetBinding {
        let record = records[dataset]
        let latest = record?.years.last?.current()
        return DatasetBinding(
            identities: heldIdentities(dataset), recorded: latest?.facts.plan ?? ReadingPlan(),
            dimensions: record?.dimensions ?? [])
    }

    /// What held in the current vintage of any year of a dataset, each identity once.
    ///
    /// - Parameters:
    ///   - dataset: Its id.
    ///   - knownAt: As far as the log had come with that entry.
    /// - Returns: Audits held them, or rounding explains what is off.
    package func heldIdentities(_ dataset: DatasetID, knownAt: UInt64? = nil) -> [Identity] {
        var seen: Set<Identity> = []
        var bound: [Identity] = []
        var last: [Audit] = []
        for year in records[dataset]?.years ?? [] {
            // Years that look alike share their audits, so this is mostly one comparison of addresses.
            guard let audits = year.current(knownAt: knownAt)?.audits, audits != last else { continue }
            last = audits
            for audit in audits where audit.result == .holds || audit.result == .withinRounding {
                if seen.insert(audit.identity).inserted { bound.append(audit.identity) }
            }
        }
        return bound
    }
}

/// What a dataset is, for lists.
package struct DatasetSummary: Hashable, Sendable {
    package var id: DatasetID
    /// The last drop's.
    package var title: String
    /// Ascending.
    package var years: [Int]
    /// Ids of the latest year's dimensions, in order.
    package var dimensions: [String]
}

/// How many drop entries ended in each outcome.
package struct OutcomeCounters: Hashable, Sendable {
    package internal(set) var new = 0
    package internal(set) var revised = 0
    package internal(set) var identical = 0
    package internal(set) var quarantined = 0

    mutating func count(_ outcome: Outcome) {
        switch outcome {
        case .new: new += 1
        case .revised: revised += 1
        case .identical: identical += 1
        case .quarantined: quarantined += 1
        }
    }
}

/// What is known of a dataset.
struct DatasetRecord: Sendable {
    var title: String
    /// Ids of the dimensions of its first vintage, in order.
    let dimensions: [String]
    /// Ascending.
    var years: [YearRecord] = []

    func year(_ year: Int) -> YearRecord? { place(of: year).isThere ? years[place(of: year).index] : nil }

    /// Where a year stands, or would stand.
    func place(of year: Int) -> (index: Int, isThere: Bool) {
        var (index, end) = (0, years.count)
        while index < end {
            let middle = (index + end) / 2
            if years[middle].year < year { index = middle + 1 } else { end = middle }
        }
        return (index, index < years.count && years[index].year == year)
    }
}

/// What is known of a year.
struct YearRecord: Sendable {
    let year: Int
    /// By version.
    var vintages: [Vintage]

    func current(asOf: Instant? = nil, knownAt: UInt64? = nil) -> Vintage? {
        var current: Vintage?
        for vintage in vintages where vintage.isIn(asOf: asOf, knownAt: knownAt) {
            if let best = current, (best.published, best.sequence) > (vintage.published, vintage.sequence) { continue }
            current = vintage
        }
        return current?.known(asOf: asOf, knownAt: knownAt)
    }
}

extension Vintage {
    func isIn(asOf: Instant?, knownAt: UInt64?) -> Bool {
        published <= asOf ?? published && sequence <= knownAt ?? sequence
    }

    /// With the confirmations that there were then.
    func known(asOf: Instant?, knownAt: UInt64?) -> Vintage {
        if confirmations.isEmpty || asOf == nil && knownAt == nil { return self }
        var vintage = self
        vintage.confirmations.removeAll { $0.published > asOf ?? $0.published || $0.sequence > knownAt ?? $0.sequence }
        return vintage
    }
}
