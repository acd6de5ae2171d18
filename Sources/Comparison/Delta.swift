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

    /// A row, without an allocation.
    package func row(_ row: Int) -> DeltaRow {
        switch rows {
        case .aligned(.dense, _): compare(row, from: row, to: row)
        case .aligned(.sparse(let ordinals), _): compare(Int(ordinals[row]), from: row, to: row)
        case .listed(let rows):
            compare(rows.ordinals[row], from: Int(rows.fromCells[row]), to: Int(rows.toCells[row]))
        }
    }

    /// Every row in order.
    package func forEachRow(_ body: (DeltaRow) throws -> Void) rethrows {
        for index in 0..<count { try body(row(index)) }
    }

    func measure(at ordinal: Int) -> MeasureComparison {
        guard let measureDimension else { return measures[0] }
        return measures[keySpace.index(ofDimension: measureDimension, at: ordinal)]
    }

    @inline(__always)
    private func compare(_ ordinal: Int, from earlier: Int, to later: Int) -> DeltaRow {
        let measure = measure(at: ordinal)
        var row = DeltaRow(ordinal: ordinal, decimals: measure.decimals)
        if earlier >= 0 {
            row.fromStatus = from.status(at: earlier)
            row.fromFlags = from.flags(at: earlier)
            row.from = from.number(at: earlier, dividedBy: measure.fromDivisor)
        }
        if later >= 0 {
            row.toStatus = to.status(at: later)
            row.toFlags = to.flags(at: later)
            row.to = to.number(at: later, dividedBy: measure.toDivisor)
        }
        row.compare(allowsRelativeChange: measure.allowsRelativeChange)
        return row
    }
}

/// One side's figures, with status and flags of each mark at hand.
struct DeltaColumns: Sendable {
    let values: [Int64]
    let marks: [UInt16]
    private let statuses: [CellStatus]
    private let flagSets: [CellFlags]
    /// Whether every cell counts as a number.
    let isNumeric: Bool
    let hasDerived: Bool

    init(_ cells: Cells) {
        values = cells.values
        marks = cells.marks
        statuses = cells.palette.map(\.status)
        flagSets = cells.palette.map(\.flags)
        isNumeric = statuses.allSatisfy(\.countsAsNumber)
        hasDerived = flagSets.contains { $0.contains(.derived) }
    }

    func status(at cell: Int) -> CellStatus { statuses[Int(marks[cell])] }

    func flags(at cell: Int) -> CellFlags { flagSets[Int(marks[cell])] }

    /// The figure in the coarser side's decimals; nil where there is none.
    func number(at cell: Int, dividedBy divisor: Int64) -> Int64? {
        guard status(at: cell).countsAsNumber else { return nil }
        guard divisor != 1 else { return values[cell] }
        // A quotient is no greater than its dividend.
        return Int64(truncatingIfNeeded: Rounding.halfEven(Int128(values[cell]), by: Int128(divisor)))
    }

    /// Whether each mark counts as a number.
    var numericMarks: [Bool] { statuses.map(\.countsAsNumber) }
}
