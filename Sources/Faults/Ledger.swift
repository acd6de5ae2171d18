import Annals
import Archive

/// What the archive must have: everything that it acknowledged, kept in a dictionary.
///
/// It decides about a drop by rules of its own, as simple as can be, so that a wrong decision of the archive shows too.
struct Ledger: Sendable {
    /// One vintage.
    struct Edition: Sendable {
        var table: Table
        var source: [UInt8]
        var sidecarBytes: [UInt8]?
        var sequence: UInt64
        /// Nil until the archive said it.
        var recorded: Instant?
        /// Nil where it is when it was recorded, which counts as ``Ledger/someDay``.
        var published: Instant?
        var revertsTo: Int?
        /// Both copies were damaged, and somebody accepted the loss.
        var isLost = false
    }

    /// One line of the log of arrivals.
    struct Line: Hashable, Sendable {
        var outcome: Outcome
        var dataset: DatasetID?
        var year: Int?
        var version: Int?
        var claim: SourceRef
    }

    struct Key: Hashable, Sendable {
        var dataset: DatasetID
        var year: Int
    }

    /// Stands for when something was recorded: between the dates of sidecars that lie behind it and those ahead.
    static let someDay = Instant(microseconds: 4_000_000_000_000_000)

    private(set) var editions: [Key: [Edition]] = [:]
    /// By number; nil for a number that a release from quarantine took.
    private(set) var lines: [Line?] = []
    /// What lies in quarantine, by number.
    private(set) var quarantined: Set<UInt64> = []
    /// Heads that the history had, the last one last.
    var heads: [Head] = []

    var lastSequence: UInt64 { UInt64(lines.count) }

    /// The vintages of a year, by version.
    func editions(_ dataset: DatasetID, _ year: Int) -> [Edition] {
        editions[Key(dataset: dataset, year: year)] ?? []
    }

    /// Which one counts, of those that were published by then: the one published last, of several the one that came last.
    func current(_ dataset: DatasetID, _ year: Int, asOf: Instant? = nil) -> Int? {
        let editions = editions(dataset, year)
        let published = editions.indices.filter { index in
            asOf.map { editions[index].published ?? Self.someDay <= $0 } ?? true
        }
        return published.max { one, other in
            let (left, right) = (editions[one], editions[other])
            let (first, second) = (left.published ?? Self.someDay, right.published ?? Self.someDay)
            return first == second ? left.sequence < right.sequence : first < second
        }
    }

    /// Enters a drop, and gives its lines.
    mutating func enter(_ drop: Drop) -> [Line] {
        guard let dataset = drop.dataset else {
            let line = Line(outcome: .quarantined, claim: drop.claim)
            lines.append(line)
            quarantined.insert(lastSequence)
            return [line]
        }
        return drop.tables.map { enter($0, of: drop, dataset) }
    }

    private mutating func enter(_ table: Table, of drop: Drop, _ dataset: DatasetID) -> Line {
        let key = Key(dataset: dataset, year: table.period.year)
        let before = editions[key] ?? []
        let current = current(dataset, key.year, asOf: drop.sidecar?.published ?? Self.someDay)
        var line = Line(outcome: .identical, dataset: dataset, year: key.year, version: nil, claim: drop.claim)
        if let current, before[current].table.saysTheSame(as: table) {
            line.version = current + 1
            lines.append(line)
            return line
        }
        line.outcome = before.isEmpty ? .new : .revised
        line.version = before.count + 1
        lines.append(line)
        let earlier = before.indices.last { $0 != current && before[$0].table.saysTheSame(as: table) }
        editions[key, default: []].append(
            Edition(
                table: table, source: drop.source, sidecarBytes: drop.sidecarBytes, sequence: lastSequence,
                published: drop.sidecar?.published, revertsTo: earlier.map { $0 + 1 }))
        return line
    }

    /// Enters that an entry left the quarantine.
    mutating func release(_ sequence: UInt64) {
        quarantined.remove(sequence)
        lines.append(nil)
    }

    /// Takes down when the archive recorded what it acknowledged.
    mutating func note(_ entry: DropEntry) {
        guard let dataset = entry.dataset, let year = entry.year, let version = entry.version,
            entry.outcome == .new || entry.outcome == .revised
        else { return }
        editions[Key(dataset: dataset, year: year)]?[version - 1].recorded = entry.recorded
    }

    /// Takes down that a vintage is lost for good.
    mutating func lose(_ key: Key, version: Int) { editions[key]?[version - 1].isLost = true }
}
