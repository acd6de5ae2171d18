import Annals

/// Which cells of the two tables stand in each row of a delta.
enum DeltaRows {
    /// Row i is cell i of both; nothing is stored.
    case aligned(Presence, count: Int)
    case listed(ListedRows)

    var count: Int {
        switch self {
        case .aligned(_, let count): count
        case .listed(let rows): rows.ordinals.count
        }
    }

    /// The combination of a row.
    func ordinal(at row: Int) -> Int {
        switch self {
        case .aligned(.dense, _): row
        case .aligned(.sparse(let ordinals), _): Int(ordinals[row])
        case .listed(let rows): rows.ordinals[row]
        }
    }

    /// The row of a combination, nil where there is none.
    ///
    /// Only while rows are in key order.
    func row(atOrdinal ordinal: Int) -> Int? {
        if case .aligned(.dense, let count) = self { return ordinal < count ? ordinal : nil }
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self.ordinal(at: middle) < ordinal { low = middle + 1 } else { high = middle }
        }
        return low < count && self.ordinal(at: low) == ordinal ? low : nil
    }

    /// Some of the rows, in the order given.
    func picked(_ rows: [Int]) -> DeltaRows {
        var picked = ListedRows()
        picked.reserve(rows.count)
        for row in rows {
            switch self {
            case .aligned: picked.append(ordinal(at: row), from: row, to: row)
            case .listed(let all):
                picked.append(all.ordinals[row], from: Int(all.fromCells[row]), to: Int(all.toCells[row]))
            }
        }
        return .listed(picked)
    }
}

/// Rows spelled out: 16 bytes a row.
///
/// *Shape:* three columns of one entry a row; a cell is -1 where its table has none. A table has fewer than 2³¹ cells.
struct ListedRows {
    private(set) var ordinals: [Int] = []
    private(set) var fromCells: [Int32] = []
    private(set) var toCells: [Int32] = []

    mutating func reserve(_ count: Int) {
        ordinals.reserveCapacity(count)
        fromCells.reserveCapacity(count)
        toCells.reserveCapacity(count)
    }

    mutating func append(_ ordinal: Int, from: Int, to: Int) {
        ordinals.append(ordinal)
        fromCells.append(Int32(truncatingIfNeeded: from))
        toCells.append(Int32(truncatingIfNeeded: to))
    }
}
