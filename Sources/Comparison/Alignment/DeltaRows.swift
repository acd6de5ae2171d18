import Annals

/// Which cells of the two tables stand in each row of a delta.
///
/// Either row i is cell i of both and nothing is stored, or rows are spelled out with 16 bytes each. A struct of plain
/// columns and not an enum: reading a row must not count references.
struct DeltaRows {
    let count: Int
    /// Row i is cell i of both tables.
    let isAligned: Bool
    /// The combination of each row; empty where rows are all combinations in order.
    private let ordinals: [UInt64]
    /// The cell of each row, -1 where its table has none; empty where rows are aligned.
    ///
    /// A table has fewer than 2³¹ cells.
    private let fromCells: [Int32]
    private let toCells: [Int32]
    private let isDense: Bool

    /// Rows that are the cells of both tables.
    init(alignedTo presence: Presence, count: Int) {
        self.count = count
        isAligned = true
        fromCells = []
        toCells = []
        switch presence {
        case .dense:
            ordinals = []
            isDense = true
        case .sparse(let present):
            ordinals = present
            isDense = false
        }
    }

    /// Rows spelled out, three columns of one length.
    init(ordinals: [UInt64], fromCells: [Int32], toCells: [Int32]) {
        precondition(ordinals.count == fromCells.count && ordinals.count == toCells.count, "columns of one length")
        count = ordinals.count
        isAligned = false
        isDense = false
        self.ordinals = ordinals
        self.fromCells = fromCells
        self.toCells = toCells
    }

    /// Whether row, cell and ordinal are all the same number.
    var isVector: Bool { isAligned && isDense }

    /// The combination of a row.
    func ordinal(at row: Int) -> Int { isDense ? row : Int(ordinals[row]) }

    /// The earlier table's cell, negative where it has none.
    func fromCell(at row: Int) -> Int { isAligned ? row : Int(fromCells[row]) }

    func toCell(at row: Int) -> Int { isAligned ? row : Int(toCells[row]) }

    /// The row of a combination, nil where there is none.
    ///
    /// Only while rows are in key order.
    func row(atOrdinal ordinal: Int) -> Int? {
        if isDense { return ordinal < count ? ordinal : nil }
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if ordinals[middle] < UInt64(ordinal) { low = middle + 1 } else { high = middle }
        }
        return low < count && ordinals[low] == UInt64(ordinal) ? low : nil
    }

    /// Some of the rows, in the order given.
    func picked(_ rows: [Int]) -> DeltaRows {
        DeltaRows(
            ordinals: rows.map { UInt64(ordinal(at: $0)) },
            fromCells: rows.map { Int32(truncatingIfNeeded: fromCell(at: $0)) },
            toCells: rows.map { Int32(truncatingIfNeeded: toCell(at: $0)) })
    }
}
