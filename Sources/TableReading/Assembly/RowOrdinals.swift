/// The combinations of some columns as numbers, a block of rows after another: no memory for all of them.
///
/// A number is row-major over the columns, the last of which varies fastest.
struct RowOrdinals {
    /// *Shape:* one a column: its entries, one a row, and what a step in it adds.
    private let columns: [(step: Int, rows: EntryRows)]
    private let rowCount: Int
    /// How many combinations there are.
    let size: Int

    private static let blockLength = 1024

    /// Nil where there are more combinations than can be numbered, or a column has fewer rows.
    ///
    /// - Parameters:
    ///   - columns: How many different entries each has, and these.
    ///   - rowCount: How many rows there are.
    init?(_ columns: [(count: Int, rows: EntryRows)], rowCount: Int) {
        var size = 1
        var steps: [(step: Int, rows: EntryRows)] = []
        for column in columns.reversed() {
            guard column.rows.count >= rowCount else { return nil }
            steps.append((size, column.rows))
            let (product, overflow) = size.multipliedReportingOverflow(by: max(1, column.count))
            if overflow { return nil }
            size = product
        }
        self.columns = steps
        self.rowCount = rowCount
        self.size = size
    }

    /// Whether each row's number is greater than the one before.
    var areAscending: Bool {
        var last = -1
        return allBlocks { _, ordinals in
            // Differences of numbers below the size, which fits an Int: negative where one isn't greater.
            var signs = ordinals[0] &- last &- 1
            for row in 1..<ordinals.count { signs |= ordinals[row] &- ordinals[row - 1] &- 1 }
            last = ordinals[ordinals.count - 1]
            return signs >= 0
        }
    }

    /// Whether the rows are all combinations in order, so that each row's number is its own place.
    var areAllInOrder: Bool {
        guard rowCount == size else { return false }
        return allBlocks { start, ordinals in
            var difference = 0
            for row in 0..<ordinals.count { difference |= ordinals[row] ^ (start &+ row) }
            return difference == 0
        }
    }

    /// Whether something holds of the numbers of every block of rows; the first that it doesn't hold of ends the search.
    private func allBlocks(_ body: (_ start: Int, _ ordinals: UnsafeMutableBufferPointer<Int>) -> Bool) -> Bool {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: Self.blockLength) { ordinals in
            for start in stride(from: 0, to: rowCount, by: Self.blockLength) {
                let block = UnsafeMutableBufferPointer(
                    rebasing: ordinals[..<min(Self.blockLength, rowCount - start)])
                block.initialize(repeating: 0)
                // The sum is below the size, so that nothing wraps.
                for (step, rows) in columns { rows.add(from: start, times: step, to: block) }
                guard body(start, block) else { return false }
            }
            return true
        }
    }
}
