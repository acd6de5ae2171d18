import Annals

/// Collects one column of figures, row by row.
///
/// A class, so that its buffer is freed with it. Decimals may grow on the way: what was read before is brought up to them
/// once, at the end.
final class FigureColumnBuilder {
    /// *Shape:* one a row; while ``isWhole`` holds, the scan's short path appends here on its own.
    let values = ColumnBuffer<Int64>()
    /// Rows whose mark isn't the plain figure's.
    private var marked: [(row: Int, mark: UInt16)] = []
    private var decimals = 0
    /// Where the decimals grew: rows before `row` have that many.
    private var steps: [(row: Int, decimals: Int)] = []

    deinit { values.deallocate() }

    /// Whether no figure had decimals so far.
    var isWhole: Bool { decimals == 0 }

    func reserve(rows: Int) { values.reserve(rows) }

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
                let (product, overflow) = values.base[row].multipliedReportingOverflow(by: factor)
                if overflow { return .failure(OverflowingRow(row: row)) }
                values.base[row] = product
            }
        }
        var marks = [UInt16](repeating: 0, count: values.count)
        for (row, mark) in marked { marks[row] = mark }
        return .success(FigureColumn(values: Array(values.values), marks: marks, decimals: decimals))
    }

    /// The row of a figure that doesn't fit with the decimals of its column.
    struct OverflowingRow: Error {
        var row: Int
    }
}
