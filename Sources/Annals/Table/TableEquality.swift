extension Table {
    /// Whether another table says the same: keys, labels, values, statuses, flags, unit, decimals and notes agree.
    ///
    /// The order of dimensions counts; the order of categories, glyphs, and the title do not.
    package func saysTheSame(as other: Table) -> Bool {
        guard period == other.period, notes == other.notes, cells.count == other.cells.count,
            hasSameMeasures(as: other), let translation = CategoryTranslation(from: keySpace, to: other.keySpace)
        else { return false }
        if translation.isIdentity, presence == other.presence {
            return cells.sayTheSame(as: other.cells) { $0 }
        }
        return (0..<cells.count).allSatisfy { cell in
            guard let twin = other.cell(atOrdinal: translation.ordinal(of: ordinal(ofCell: cell))) else { return false }
            return cells.says(at: cell, theSameAs: other.cells, at: twin)
        }
    }

    private func hasSameMeasures(as other: Table) -> Bool {
        measures.count == other.measures.count
            && measures.allSatisfy { measure in
                guard let twin = other.measures.first(where: { $0.code == measure.code }) else { return false }
                return twin.unit == measure.unit && twin.decimals == measure.decimals
                    && twin.multiplier == measure.multiplier && twin.kind == measure.kind
            }
    }
}

extension Cells {
    func sayTheSame(as other: Cells, twin: (Int) -> Int) -> Bool {
        if marks == other.marks, palette == other.palette { return values == other.values }
        return (0..<count).allSatisfy { says(at: $0, theSameAs: other, at: twin($0)) }
    }

    func says(at cell: Int, theSameAs other: Cells, at twin: Int) -> Bool {
        let left = mark(at: cell)
        let right = other.mark(at: twin)
        return values[cell] == other.values[twin] && left.status == right.status && left.flags == right.flags
    }
}

/// Where each category of one key space stands in another that has the same codes and labels, perhaps in another order.
private struct CategoryTranslation {
    /// *Shape:* one a dimension; the other's index for each index of ours.
    private var indices: [[Int]] = []
    private let source: KeySpace
    private let target: KeySpace
    private(set) var isIdentity = true

    /// Nil where the two do not have the same dimensions, codes and labels.
    init?(from source: KeySpace, to target: KeySpace) {
        self.source = source
        self.target = target
        guard source.dimensions.count == target.dimensions.count else { return nil }
        for (left, right) in zip(source.dimensions, target.dimensions) {
            guard left.id == right.id, left.categories.count == right.categories.count else { return nil }
            let places = right.indexByCode()
            var row: [Int] = []
            for (index, category) in left.categories.enumerated() {
                guard let place = places[category.code], right.categories[place].label == category.label else {
                    return nil
                }
                if place != index { isIdentity = false }
                row.append(place)
            }
            indices.append(row)
        }
    }

    func ordinal(of ordinal: Int) -> Int {
        source.dimensions.indices.reduce(0) { sum, dimension in
            sum + indices[dimension][source.index(ofDimension: dimension, at: ordinal)] * target.strides[dimension]
        }
    }
}
