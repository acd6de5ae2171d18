import Annals

/// Brings the cells of two tables side by side.
struct RowAlignment {
    private let from: Table
    private let to: Table
    private let union: KeySpaceUnion

    init(from: Table, to: Table, union: KeySpaceUnion) {
        self.from = from
        self.to = to
        self.union = union
    }

    /// The rows of a selection, in key order.
    func rows(in selection: Selection) -> DeltaRows {
        if selection.isEverything { return allRows() }
        if selection.count <= from.cells.count + to.cells.count { return lookedUpRows(in: selection) }
        let all = allRows()
        return all.picked((0..<all.count).filter { selection.contains(all.ordinal(at: $0)) })
    }

    private func allRows() -> DeltaRows {
        if union.isSame, from.presence == to.presence { return .aligned(to.presence, count: to.cells.count) }
        return .listed(isCompact ? scatteredRows() : mergedRows())
    }

    /// Asks for each combination; its cost is the selection's size, whatever the tables'.
    private func lookedUpRows(in selection: Selection) -> DeltaRows {
        var rows = ListedRows()
        selection.forEachOrdinal { ordinal in
            let earlier = fromOrdinal(of: ordinal).flatMap { from.cell(atOrdinal: $0) }
            let later = toOrdinal(of: ordinal).flatMap { to.cell(atOrdinal: $0) }
            guard earlier != nil || later != nil else { return }
            rows.append(ordinal, from: earlier ?? -1, to: later ?? -1)
        }
        return .listed(rows)
    }

    private func fromOrdinal(of ordinal: Int) -> Int? {
        if union.isSame { return ordinal }
        var sum = 0
        for dimension in union.keySpace.dimensions.indices {
            let category = union.keySpace.index(ofDimension: dimension, at: ordinal)
            guard let index = union.fromIndex(of: category, in: dimension) else { return nil }
            sum += index * from.keySpace.strides[union.fromDimensions[dimension]]
        }
        return sum
    }

    private func toOrdinal(of ordinal: Int) -> Int? {
        if union.isSame { return ordinal }
        var sum = 0
        for dimension in union.keySpace.dimensions.indices {
            let category = union.keySpace.index(ofDimension: dimension, at: ordinal)
            guard let index = union.toIndex(of: category, in: dimension) else { return nil }
            sum += index * to.keySpace.strides[dimension]
        }
        return sum
    }

    // MARK: All rows

    /// Whether the union has so few combinations without a cell that one slot each is cheaper than sorting.
    private var isCompact: Bool { union.keySpace.size <= 2 * (from.cells.count + to.cells.count) }

    private func scatteredRows() -> ListedRows {
        let size = union.keySpace.size
        var fromCells = [Int32](repeating: -1, count: size)
        var toCells = [Int32](repeating: -1, count: size)
        fromTranslation.forEach { cell, ordinal in fromCells[ordinal] = Int32(truncatingIfNeeded: cell) }
        toTranslation.forEach { cell, ordinal in toCells[ordinal] = Int32(truncatingIfNeeded: cell) }
        var rows = ListedRows()
        rows.reserve(max(from.cells.count, to.cells.count))
        for ordinal in 0..<size where fromCells[ordinal] >= 0 || toCells[ordinal] >= 0 {
            rows.append(ordinal, from: Int(fromCells[ordinal]), to: Int(toCells[ordinal]))
        }
        return rows
    }

    private func mergedRows() -> ListedRows {
        let earlier = fromTranslation.ascending()
        let later = toTranslation.ascending()
        var rows = ListedRows()
        rows.reserve(max(earlier.count, later.count))
        var (left, right) = (0, 0)
        while left < earlier.count || right < later.count {
            let first = left < earlier.count ? earlier[left].ordinal : Int.max
            let second = right < later.count ? later[right].ordinal : Int.max
            rows.append(
                min(first, second), from: first <= second ? earlier[left].cell : -1,
                to: second <= first ? later[right].cell : -1)
            if first <= second { left += 1 }
            if second <= first { right += 1 }
        }
        return rows
    }

    private var fromTranslation: OrdinalTranslation {
        var contributions = [[Int]](repeating: [], count: union.fromDimensions.count)
        for (dimension, place) in union.fromDimensions.enumerated() {
            contributions[place] = union.unionIndices[dimension].map { $0 * union.keySpace.strides[dimension] }
        }
        return OrdinalTranslation(table: from, contributions: contributions)
    }

    private var toTranslation: OrdinalTranslation {
        let contributions = to.keySpace.dimensions.enumerated().map { dimension, axis in
            axis.categories.indices.map { $0 * union.keySpace.strides[dimension] }
        }
        return OrdinalTranslation(table: to, contributions: contributions)
    }
}

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

    /// The same, by ascending ordinal in the union.
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
