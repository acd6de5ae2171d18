import Annals

/// What the sums that a table prints say about a row that can be cut in more than one way.
///
/// Where one triangle is printed, a row's total is the sum of its own figures less those of its column in the rows below;
/// so the rows are decided from the last to the first. Elsewhere a row's total is the sum of the row.
struct SpacedSums {
    /// *Shape:* one a column; the figures of rows decided so far.
    private var columnSums: [String: Int64] = [:]

    /// A cut of a row over all blocks: the figure of each column, and the total.
    struct Row {
        var cells: [(name: String, value: Int64)]
        var total: Int64
    }

    /// Whether a row's total is the sum of its parts.
    func holds(_ row: Row, name: String, isHalf: Bool) -> Bool {
        var sum: Int64 = isHalf ? -(columnSums[name] ?? 0) : 0
        var diagonal: Int64 = 0
        for cell in row.cells {
            sum &+= cell.value
            if cell.name == name { diagonal = cell.value }
        }
        return sum == row.total || !isHalf && sum &- diagonal == row.total
    }

    /// Keeps a row for those above it.
    mutating func add(_ row: Row) {
        for cell in row.cells { columnSums[cell.name, default: 0] &+= cell.value }
    }

    /// A figure, brought to four decimals; 0 for a symbol, nil for what can't be summed.
    static func value(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard let shape = NumberShape(bytes) else { return 0 }
        guard shape.end == bytes.count, let value = shape.scaled else { return nil }
        var decimals = 0
        if let mark = shape.lastSeparator, mark == "," || mark == "." { decimals = shape.lastGroup }
        guard decimals <= 4, abs(value) < 1_000_000_000_000 else { return nil }
        var scaled = value
        for _ in decimals..<4 { scaled *= 10 }
        return scaled
    }
}
