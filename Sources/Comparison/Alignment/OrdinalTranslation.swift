import Annals

/// The ordinal in a union of each of a table's cells.
struct OrdinalTranslation {
    let table: Table
    /// What each category adds to the ordinal in the union.
    ///
    /// *Shape:* one array a dimension of the table.
    let contributions: [[Int]]

    /// Every cell in order, with its ordinal in the union.
    func forEach(_ body: (_ cell: Int, _ ordinal: Int) -> Void) {
        switch table.presence {
        case .sparse(let ordinals):
            for (cell, ordinal) in ordinals.enumerated() { body(cell, translate(Int(ordinal))) }
        case .dense:
            guard let inner = contributions.last else {
                if table.cells.count > 0 { body(0, 0) }
                return
            }
            guard !inner.isEmpty else { return }
            for start in stride(from: 0, to: table.cells.count, by: inner.count) {
                let base = translate(start) - inner[0]
                for index in inner.indices { body(start + index, base + inner[index]) }
            }
        }
    }

    private func translate(_ ordinal: Int) -> Int {
        contributions.indices.reduce(0) { sum, dimension in
            sum + contributions[dimension][table.keySpace.index(ofDimension: dimension, at: ordinal)]
        }
    }

    /// The cell of each of the union's ordinals, -1 where there is none.
    func cellByOrdinal(size: Int) -> [Int32] {
        var cells = [Int32](repeating: -1, count: size)
        forEach { cell, ordinal in cells[ordinal] = Int32(truncatingIfNeeded: cell) }
        return cells
    }

    /// Every cell by ascending ordinal in the union.
    func ascending() -> [(ordinal: Int, cell: Int)] {
        var pairs: [(ordinal: Int, cell: Int)] = []
        pairs.reserveCapacity(table.cells.count)
        var isAscending = true
        forEach { cell, ordinal in
            if let last = pairs.last, last.ordinal > ordinal { isAscending = false }
            pairs.append((ordinal, cell))
        }
        if !isAscending { pairs.sort { $0.ordinal < $1.ordinal } }
        return pairs
    }
}
