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
        if union.isSame, from.presence == to.presence {
            return DeltaRows(alignedTo: to.presence, count: to.cells.count)
        }
        return isCompact ? scatteredRows() : mergedRows()
    }

    /// Asks for each combination; its cost is the selection's size, whatever the tables'.
    private func lookedUpRows(in selection: Selection) -> DeltaRows {
        var rows = RowList()
        selection.forEachOrdinal { ordinal in
            let earlier = fromOrdinal(of: ordinal).flatMap { from.cell(atOrdinal: $0) }
            let later = toOrdinal(of: ordinal).flatMap { to.cell(atOrdinal: $0) }
            guard earlier != nil || later != nil else { return }
            rows.append(ordinal, from: earlier ?? -1, to: later ?? -1)
        }
        return rows.finish()
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

    private func scatteredRows() -> DeltaRows {
        let size = union.keySpace.size
        let earlier = fromTranslation.cellByOrdinal(size: size)
        let later = toTranslation.cellByOrdinal(size: size)
        var rows = RowList()
        rows.reserve(max(from.cells.count, to.cells.count))
        for ordinal in 0..<size where earlier[ordinal] >= 0 || later[ordinal] >= 0 {
            rows.append(ordinal, from: Int(earlier[ordinal]), to: Int(later[ordinal]))
        }
        return rows.finish()
    }

    private func mergedRows() -> DeltaRows {
        let earlier = fromTranslation.ascending()
        let later = toTranslation.ascending()
        var rows = RowList()
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
        return rows.finish()
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

/// Rows on their way to be spelled out.
private struct RowList {
    private var ordinals: [UInt64] = []
    private var fromCells: [Int32] = []
    private var toCells: [Int32] = []

    mutating func reserve(_ count: Int) {
        ordinals.reserveCapacity(count)
        fromCells.reserveCapacity(count)
        toCells.reserveCapacity(count)
    }

    mutating func append(_ ordinal: Int, from: Int, to: Int) {
        ordinals.append(UInt64(ordinal))
        fromCells.append(Int32(truncatingIfNeeded: from))
        toCells.append(Int32(truncatingIfNeeded: to))
    }

    func finish() -> DeltaRows { DeltaRows(ordinals: ordinals, fromCells: fromCells, toCells: toCells) }
}
