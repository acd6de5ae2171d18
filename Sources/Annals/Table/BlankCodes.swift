/// The codes of a table that it says nothing of: each has cells, and every one of them is blank.
///
/// A file of several years prints a row for a code that some of its years don't have. Measures and totals aren't looked at,
/// nor is a table that would have nothing left.
package struct BlankCodes {
    /// Whether a category is one of them.
    ///
    /// *Shape:* `[dimension][category]`.
    private let isBlank: [[Bool]]
    private let table: Table

    /// Nil where there are none.
    package init?(_ table: Table) {
        guard table.cells.palette.contains(where: { $0.status == .blank }) else { return nil }
        let keySpace = table.keySpace
        var hasCells = keySpace.dimensions.map { [Bool](repeating: false, count: $0.categories.count) }
        var isFilled = hasCells
        for cell in 0..<table.cells.count {
            let ordinal = table.ordinal(ofCell: cell)
            let isBlank = table.cells.status(at: cell) == .blank
            for dimension in hasCells.indices {
                let category = keySpace.index(ofDimension: dimension, at: ordinal)
                hasCells[dimension][category] = true
                if !isBlank { isFilled[dimension][category] = true }
            }
        }
        isBlank = keySpace.dimensions.indices.map { dimension in
            let axis = keySpace.dimensions[dimension]
            guard !axis.isMeasure else { return hasCells[dimension].map { _ in false } }
            return axis.categories.indices.map { category in
                hasCells[dimension][category] && !isFilled[dimension][category]
                    && axis.categories[category].code != axis.totalCode
            }
        }
        self.table = table
        guard isBlank.contains(where: { $0.contains(true) }), isBlank.allSatisfy({ $0.isEmpty || $0.contains(false) })
        else { return nil }
    }

    /// Says which they are.
    package var finding: Finding {
        let named = zip(table.keySpace.dimensions, isBlank).flatMap { dimension, isBlank in
            zip(dimension.categories, isBlank).filter(\.1).map { "\(Self.name(of: $0.0)) of \(dimension.label)" }
        }
        let shown =
            named.prefix(Self.namedAtMost).joined(separator: ", ") + (named.count > Self.namedAtMost ? ", …" : "")
        return Finding(
            "blank-code",
            "\(table.period.label) has only blanks for \(shown): \(named.count == 1 ? "it is" : "they are") absent from it"
        )
    }

    private static let namedAtMost = 3

    private static func name(of category: Category) -> String {
        category.label == category.code ? category.code : "\(category.code) \(category.label)"
    }

    /// The table without them.
    package func removed() -> Table {
        let keySpace = table.keySpace
        let kept = isBlank.map { isBlank in isBlank.indices.filter { !isBlank[$0] } }
        let dimensions = zip(keySpace.dimensions, kept).map { dimension, kept in
            var dimension = dimension
            dimension.categories = kept.map { dimension.categories[$0] }
            return dimension
        }
        guard let smaller = KeySpace(dimensions) else { return table }
        var places = isBlank.map { isBlank in [Int](repeating: -1, count: isBlank.count) }
        for (dimension, kept) in kept.enumerated() {
            for (place, category) in kept.enumerated() {
                places[dimension][category] = place * smaller.strides[dimension]
            }
        }
        var cells: [Int] = []
        var ordinals: [UInt64] = []
        for cell in 0..<table.cells.count {
            let ordinal = table.ordinal(ofCell: cell)
            let steps = places.indices.map { places[$0][keySpace.index(ofDimension: $0, at: ordinal)] }
            guard !steps.contains(-1) else { continue }
            cells.append(cell)
            ordinals.append(UInt64(steps.reduce(0, +)))
        }
        var reduced = table
        reduced.keySpace = smaller
        if case .sparse = table.presence { reduced.presence = .sparse(ordinals) }
        reduced.cells.values = cells.map { table.cells.values[$0] }
        reduced.cells.marks = cells.map { table.cells.marks[$0] }
        return reduced
    }
}
