import Annals

/// Collects one column of figures, row by row.
///
/// A class, so that its buffer is freed with it. Decimals may grow on the way: what was read before is brought up to them
/// once, at the end.
final class FigureColumnBuilder {
    /// *Shape:* one a row; the scan's short path appends here on its own what has no more than ``decimals``.
    let values = ColumnBuffer<Int64>()
    /// Rows whose mark isn't the plain figure's.
    private var marked: [(row: Int, mark: UInt16)] = []
    /// The most that a figure had so far.
    private(set) var decimals = 0
    /// Where the decimals grew: rows before `row` have that many.
    private var steps: [(row: Int, decimals: Int)] = []

    deinit { values.deallocate() }

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

    /// Appends the rows of a column that was filled from the rows that follow, and has none afterwards.
    ///
    /// - Parameters:
    ///   - following: Those rows.
    ///   - marks: What the marks are here that are numbered from 0 there.
    func append(_ following: FigureColumnBuilder, marks: [UInt16]) {
        let count = values.count
        let most = max(decimals, following.decimals)
        // Each step says what the rows before it have, so ours end with one where theirs begin otherwise.
        if following.decimals != decimals || !following.steps.isEmpty { steps.append((count, decimals)) }
        for step in following.steps { steps.append((count + step.row, step.decimals)) }
        values.append(contentsOf: following.values.values)
        following.values.removeAll()
        if most > following.decimals { steps.append((values.count, following.decimals)) }
        for (row, mark) in following.marked { marked.append((count + row, marks[Int(mark)])) }
        decimals = most
    }

    /// The column, all figures with the same decimals; or the row of the figure that doesn't fit any more.
    ///
    /// The builder is empty afterwards.
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
        let values = values.take()
        var marks = [UInt16](unsafeUninitializedCapacity: values.count) { marks, count in
            marks.askForLargePages()
            marks.initialize(repeating: 0)
            count = values.count
        }
        for (row, mark) in marked { marks[row] = mark }
        return .success(FigureColumn(values: values, marks: marks, decimals: decimals))
    }

    /// The row of a figure that doesn't fit with the decimals of its column.
    struct OverflowingRow: Error {
        var row: Int
    }
}
