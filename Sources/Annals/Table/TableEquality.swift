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
        let hasSameDecimals = Measure.haveSameDecimals(measures, other.measures)
        guard period == other.period, notes == other.notes, cells.count == other.cells.count,
            hasSameDecimals || !withDecimals,
            Measure.match(measures, other.measures, { $0.countsLike($1) }),
            let translation = CategoryTranslation(from: keySpace, to: other.keySpace)
        else { return false }
        if translation.isIdentity, presence == other.presence, hasSameDecimals {
            return cells.sayTheSame(as: other.cells)
        }
        return (0..<cells.count).allSatisfy { cell in
            let ordinal = ordinal(ofCell: cell)
            let twinOrdinal = translation.ordinal(of: ordinal)
            guard let twin = other.cell(atOrdinal: twinOrdinal),
                cells.marks(at: cell, areThoseOf: other.cells, at: twin)
            else { return false }
            if hasSameDecimals { return cells.values[cell] == other.cells.values[twin] }
            return ScaledDecimal.areEqual(
                (cells.values[cell], measure(atOrdinal: ordinal).decimals),
                (other.cells.values[twin], other.measure(atOrdinal: twinOrdinal).decimals))
        }
    }
}

extension Measure {
    /// Whether measures of one code have as many decimals, in two lists of the same codes.
    package static func haveSameDecimals(_ left: [Measure], _ right: [Measure]) -> Bool {
        match(left, right) { $0.decimals == $1.decimals }
    }

    fileprivate static func match(
        _ left: [Measure], _ right: [Measure], _ agree: (Measure, Measure) -> Bool
    ) -> Bool {
        left.count == right.count
            && left.allSatisfy { measure in
                right.first { $0.code == measure.code }.map { agree(measure, $0) } ?? false
            }
    }

    fileprivate func countsLike(_ other: Measure) -> Bool {
        unit == other.unit && multiplier == other.multiplier && kind == other.kind
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
