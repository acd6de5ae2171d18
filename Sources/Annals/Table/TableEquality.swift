extension Table {
    /// Whether another table says the same: keys, labels, values, statuses, flags, unit and notes agree.
    ///
    /// The order of dimensions, categories and rows, glyphs, and the title don't count; nor do decimals, so that `13.0` and
    /// `13` are one figure.
    ///
    /// - Parameters:
    ///   - other: The one to compare with.
    ///   - withDecimals: Whether the number of decimals counts all the same, since it is declared.
    /// - Returns: Whether neither says anything that the other doesn't.
    package func saysTheSame(as other: Table, withDecimals: Bool = false) -> Bool {
        guard period == other.period, notes == other.notes, cells.count == other.cells.count,
            hasSameMeasures(as: other), !withDecimals || hasSameDecimals(as: other),
            let translation = CategoryTranslation(from: keySpace, to: other.keySpace)
        else { return false }
        if translation.isIdentity, presence == other.presence, hasSameDecimals(as: other) {
            return cells.sayTheSame(as: other.cells)
        }
        return (0..<cells.count).allSatisfy { cell in
            let ordinal = ordinal(ofCell: cell)
            let twinOrdinal = translation.ordinal(of: ordinal)
            guard let twin = other.cell(atOrdinal: twinOrdinal) else { return false }
            let (ours, theirs) = (measure(atOrdinal: ordinal), other.measure(atOrdinal: twinOrdinal))
            return cells.marks(at: cell, areThoseOf: other.cells, at: twin)
                && ScaledDecimal.areEqual(
                    (cells.values[cell], ours.decimals), (other.cells.values[twin], theirs.decimals))
        }
    }

    private func hasSameMeasures(as other: Table) -> Bool {
        matches(other) { $0.unit == $1.unit && $0.multiplier == $1.multiplier && $0.kind == $1.kind }
    }

    /// Whether measures of one code have as many decimals.
    package func hasSameDecimals(as other: Table) -> Bool { matches(other) { $0.decimals == $1.decimals } }

    private func matches(_ other: Table, _ agree: (Measure, Measure) -> Bool) -> Bool {
        measures.count == other.measures.count
            && measures.allSatisfy { measure in
                other.measures.first { $0.code == measure.code }.map { agree(measure, $0) } ?? false
            }
    }
}

extension Cells {
    /// Whether cell by cell, in one order, figures, statuses and flags agree.
    fileprivate func sayTheSame(as other: Cells) -> Bool {
        values == other.values
            && (marks == other.marks && palette == other.palette
                || (0..<count).allSatisfy { marks(at: $0, areThoseOf: other, at: $0) })
    }

    fileprivate func marks(at cell: Int, areThoseOf other: Cells, at twin: Int) -> Bool {
        let (left, right) = (mark(at: cell), other.mark(at: twin))
        return left.status == right.status && left.flags == right.flags
    }
}

/// Where each category of one key space stands in another that has the same dimensions, codes and labels, perhaps in another
/// order.
private struct CategoryTranslation {
    /// *Shape:* one a dimension; the other's index for each index of ours.
    private var indices: [[Int]] = []
    /// Between neighbours along each of our dimensions in the other.
    ///
    /// *Shape:* one a dimension.
    private var strides: [Int] = []
    private let source: KeySpace
    private(set) var isIdentity = true

    /// Nil where the two do not have the same dimensions, codes and labels.
    init?(from source: KeySpace, to target: KeySpace) {
        self.source = source
        guard source.dimensions.count == target.dimensions.count else { return nil }
        for (position, left) in source.dimensions.enumerated() {
            guard let twin = target.dimensionIndex(left.id) else { return nil }
            let right = target.dimensions[twin]
            guard left.categories.count == right.categories.count else { return nil }
            if twin != position { isIdentity = false }
            strides.append(target.strides[twin])
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
            sum + indices[dimension][source.index(ofDimension: dimension, at: ordinal)] * strides[dimension]
        }
    }
}
