package import Annals

/// Two tables side by side: columns over a key space, and a row is computed when it is asked for.
///
/// Rows are in key order, or with `top` by the size of their change and then in key order.
package struct Delta: Sendable {
    /// How many rows went which way, totals left out and each pair of an antisymmetric table counted once.
    package struct Summary: Hashable, Sendable {
        /// Rows with a number on both sides: increased, decreased and unchanged together.
        package var compared = 0
        package var appeared = 0
        package var vanished = 0
        package var transitions = 0
        /// Rows with the same reason on both sides.
        package var sameReason = 0
        package var increased = 0
        package var decreased = 0
        package var unchanged = 0

        package init() {}
    }

    /// The codes of both tables: those of `to` in its order, then those that only `from` has.
    package let keySpace: KeySpace
    package internal(set) var summary = Summary()
    var rows: DeltaRows
    let from: DeltaColumns
    let to: DeltaColumns
    /// *Shape:* one a measure of the key space.
    let measures: [MeasureComparison]
    let measureDimension: Int?

    init(keySpace: KeySpace, rows: DeltaRows, from: DeltaColumns, to: DeltaColumns, measures: [MeasureComparison]) {
        self.keySpace = keySpace
        self.rows = rows
        self.from = from
        self.to = to
        self.measures = measures
        measureDimension = keySpace.measureDimension
    }

    /// How many rows there are.
    package var count: Int { rows.count }

    /// The combination of a row.
    package func ordinal(at row: Int) -> Int { rows.ordinal(at: row) }

    /// One code a dimension: `at` in every answer.
    package func codes(at row: Int) -> [String] { keySpace.codes(at: ordinal(at: row)) }

    /// A row, without an allocation; without its relative change where nobody asks for that.
    package func row(_ row: Int, relative: Bool = true) -> DeltaRow {
        compare(
            rows.ordinal(at: row), from: rows.fromCell(at: row), to: rows.toCell(at: row), allowsRelative: relative)
    }

    func measure(at ordinal: Int) -> MeasureComparison { measures[measureIndex(at: ordinal)] }

    /// Place of the measure that a combination counts.
    func measureIndex(at ordinal: Int) -> Int {
        guard let measureDimension else { return 0 }
        return keySpace.index(ofDimension: measureDimension, at: ordinal)
    }

    @inline(__always)
    private func compare(_ ordinal: Int, from earlier: Int, to later: Int, allowsRelative: Bool) -> DeltaRow {
        let measure = measure(at: ordinal)
        var row = DeltaRow(ordinal: ordinal, decimals: measure.decimals)
        var allowsRelativeChange = allowsRelative && measure.allowsRelativeChange
        if earlier >= 0 {
            let mark = from.mark(at: earlier)
            row.fromStatus = mark.status
            row.fromFlags = mark.flags
            row.from = from.number(at: earlier, mark, dividedBy: measure.fromDivisor)
            allowsRelativeChange = allowsRelativeChange && !mark.isBelowUnit
        }
        if later >= 0 {
            let mark = to.mark(at: later)
            row.toStatus = mark.status
            row.toFlags = mark.flags
            row.to = to.number(at: later, mark, dividedBy: measure.toDivisor)
            allowsRelativeChange = allowsRelativeChange && !mark.isBelowUnit
        }
        row.compare(hasFrom: earlier >= 0, hasTo: later >= 0, allowsRelativeChange: allowsRelativeChange)
        return row
    }
}
