import Annals

/// Collects one column of figures, row by row.
///
/// A class, so that the scan changes it in place. Decimals may grow on the way: what was read before is brought up to
/// them once, at the end.
final class FigureColumnBuilder {
    private var values: [Int64] = []
    /// Rows whose mark isn't the plain figure's.
    private var marked: [(row: Int, mark: UInt16)] = []
    private var decimals = 0
    /// Where the decimals grew: rows before the first of `row` have fewer.
    private var steps: [(row: Int, decimals: Int)] = []

    func reserve(rows: Int) { values.reserveCapacity(rows) }

    /// Appends a whole number.
    @inline(__always)
    func appendWhole(_ value: Int64) -> Bool {
        if decimals == 0 {
            values.append(value)
            return true
        }
        return append(value, decimals: 0, mark: 0)
    }

    /// Appends a figure or a symbol; false where it doesn't fit with the column's decimals.
    func append(_ value: Int64, decimals own: Int, mark: UInt16) -> Bool {
        if own > decimals {
            steps.append((values.count, decimals))
            decimals = own
        }
        let (product, overflow) = value.multipliedReportingOverflow(by: ScaledDecimal.powerOfTen(decimals - own))
        if overflow { return false }
        if mark != 0 { marked.append((values.count, mark)) }
        values.append(product)
        return true
    }

    /// The column, all figures with the same decimals; or the row of the figure that doesn't fit any more.
    func finish() -> Result<FigureColumn, OverflowingRow> {
        for (place, step) in steps.enumerated() {
            let start = place == 0 ? 0 : steps[place - 1].row
            let factor = ScaledDecimal.powerOfTen(decimals - step.decimals)
            for row in start..<step.row {
                let (product, overflow) = values[row].multipliedReportingOverflow(by: factor)
                if overflow { return .failure(OverflowingRow(row: row)) }
                values[row] = product
            }
        }
        var marks = [UInt16](repeating: 0, count: values.count)
        for (row, mark) in marked { marks[row] = mark }
        return .success(FigureColumn(values: values, marks: marks, decimals: decimals))
    }

    /// The row of a figure that doesn't fit with the decimals of its column.
    struct OverflowingRow: Error {
        var row: Int
    }
}
