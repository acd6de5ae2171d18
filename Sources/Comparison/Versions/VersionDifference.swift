package import Annals

/// What one version of a year differs in from another, in numbers.
///
/// Cells are those that a delta's summary counts: a pair of an antisymmetric table once, and no totals; these are counted
/// by themselves, so that a version that changes nothing but a total doesn't look like one that changes nothing.
package struct VersionDifference: Hashable, Sendable {
    /// A change that is larger than all others, or the first of those.
    package struct Largest: Hashable, Sendable {
        /// One code a dimension.
        package var at: [String]
        package var from: Int64
        package var to: Int64

        package init(at: [String], from: Int64, to: Int64) {
            self.at = at
            self.from = from
            self.to = to
        }
    }

    /// The changes of one measure.
    package struct Amounts: Hashable, Sendable {
        package var measure: Measure
        /// Of the amounts here: the coarser side's.
        package var decimals: Int
        /// The sizes of all changes together.
        package var absolute: Int128
        package var largest: Largest?

        package init(measure: Measure, decimals: Int, absolute: Int128 = 0, largest: Largest? = nil) {
            self.measure = measure
            self.decimals = decimals
            self.absolute = absolute
            self.largest = largest
        }
    }

    package let summary: Delta.Summary
    /// Cells with another figure, and those that only one of the two has.
    package private(set) var cells = 0
    /// Cells of both with another status.
    package private(set) var statuses = 0
    /// Cells of both with other flags.
    package private(set) var flags = 0
    /// Totals with another figure, status or flags, or that only one of the two has.
    package private(set) var totals = 0
    /// Codes of both with another label.
    package let labels: Int
    /// Notes that only one of the two has.
    package let notes: Int
    /// One a measure, in the order of the later version.
    package private(set) var measures: [Amounts]

    /// What was counted before.
    package init(
        summary: Delta.Summary, cells: Int, statuses: Int, flags: Int, totals: Int, labels: Int, notes: Int,
        measures: [Amounts]
    ) {
        self.summary = summary
        self.cells = cells
        self.statuses = statuses
        self.flags = flags
        self.totals = totals
        self.labels = labels
        self.notes = notes
        self.measures = measures
    }

    /// - Parameters:
    ///   - from: The version that it is held against.
    ///   - to: The version.
    ///   - antisymmetric: The dimensions over which both are antisymmetric.
    /// - Throws: ``ComparisonRefusal`` as ``Comparison/delta(from:to:options:)`` does.
    package init(
        from: Table, to: Table, antisymmetric: (row: String, column: String)? = nil
    ) throws(ComparisonRefusal) {
        let rows = try Comparison.rows(from: from, to: to, options: DeltaOptions(antisymmetric: antisymmetric))
        let delta = rows.delta
        summary = Comparison.delta(of: rows, options: DeltaOptions(top: 0, antisymmetric: antisymmetric)).summary
        labels = Alterations.changedLabels(from.keySpace, to.keySpace).count
        notes = Self.differenceCount(from.notes, to.notes)
        measures = delta.measures.indices.map { place in
            let code = delta.measureDimension.map { delta.keySpace.dimensions[$0].categories[place].code }
            let own = [to, from].lazy.compactMap { table in
                code == nil ? table.measures[0] : table.measures.first { $0.code == code }
            }.first
            return Amounts(measure: own ?? to.measures[0], decimals: delta.measures[place].decimals)
        }
        for index in 0..<delta.count {
            let row = delta.row(index)
            guard Self.isOther(row) else { continue }
            if rows.counts(index) {
                count(row, in: delta)
            } else if !rows.filter.takesTotals(row.ordinal) {
                totals += 1
            }
        }
    }

    private static func isOther(_ row: DeltaRow) -> Bool {
        row.from != row.to || row.fromStatus != row.toStatus || row.fromFlags != row.toFlags
    }

    private mutating func count(_ row: DeltaRow, in delta: Delta) {
        guard row.fromStatus != nil, row.toStatus != nil else {
            cells += 1
            return
        }
        if row.fromStatus != row.toStatus { statuses += 1 }
        if row.fromFlags != row.toFlags { flags += 1 }
        guard let from = row.from, let to = row.to, from != to else { return }
        cells += 1
        let place = delta.measureIndex(at: row.ordinal)
        let size = Int128((Int128(to) - Int128(from)).magnitude)
        measures[place].absolute += size
        if let largest = measures[place].largest {
            guard size > (Int128(largest.to) - Int128(largest.from)).magnitude else { return }
        }
        measures[place].largest = Largest(at: delta.keySpace.codes(at: row.ordinal), from: from, to: to)
    }

    /// How many texts only one of two lists has.
    private static func differenceCount(_ left: [String], _ right: [String]) -> Int {
        var counts: [String: Int] = [:]
        for text in left { counts[text, default: 0] += 1 }
        for text in right { counts[text, default: 0] -= 1 }
        return counts.values.reduce(0) { $0 + abs($1) }
    }
}
