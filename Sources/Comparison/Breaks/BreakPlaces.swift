package import Annals

/// The combinations of a delta at which the years between its two have a break in their series.
///
/// Their tables are read for this alone, and may have other codes than the two that are compared: what they have no
/// code for is passed over.
package struct BreakPlaces: Sendable {
    /// Of ``keySpace``.
    private(set) var ordinals: Set<Int> = []
    private let keySpace: KeySpace
    private let tables: ConcordedTables
    /// What is summed over; nil where rows are cells.
    private let summation: Summation?

    /// What a category adds to an ordinal that no row has, so that it is below zero whatever the others add.
    private static let leftOut = -(1 << 56)

    /// - Parameters:
    ///   - delta: Whose combinations are meant.
    ///   - tables: The two that it compares, and which codes they are in.
    ///   - summation: What its rows are sums of; nil where they are cells.
    package init(in delta: Delta, _ tables: ConcordedTables, summed summation: Summation? = nil) {
        keySpace = delta.keySpace
        self.tables = tables
        self.summation = summation
    }

    /// Notes the cells of a year in between that carry the flag `break`, or the sums that they go into.
    package mutating func note(_ table: Table) {
        guard table.cells.hasBreaks, let places = places(of: table) else { return }
        let isBreak = table.cells.palette.map { $0.flags.contains(.seriesBreak) }
        for contributions in Self.choices(places) {
            OrdinalTranslation(table: table, contributions: contributions).forEach { cell, ordinal in
                if ordinal >= 0, isBreak[Int(table.cells.marks[cell])] { ordinals.insert(ordinal) }
            }
        }
    }

    /// What each category adds to the ordinal in the delta, one for each row that it goes into; nil for a table with other
    /// dimensions.
    ///
    /// *Shape:* `[dimension][category][row]`.
    private func places(of table: Table) -> [[[Int]]]? {
        let other = table.keySpace
        guard keySpace.dimensions.allSatisfy({ other.dimensionIndex($0.id) != nil }) else { return nil }
        let rowsByCode = tables.rowsByCode(of: table)
        var places: [[[Int]]] = []
        for dimension in other.dimensions {
            let isConcorded = tables.isConcorded(dimension.id)
            let rows = dimension.categories.map { category in
                (isConcorded ? rowsByCode?[category.code]?.sorted() : nil) ?? [category.code]
            }
            if let place = keySpace.dimensionIndex(dimension.id) {
                let indices = keySpace.dimensions[place].indexByCode()
                let stride = keySpace.strides[place]
                let leftOut = summation?.leftOut(of: dimension) ?? []
                places.append(
                    rows.map { rows in
                        rows.compactMap { leftOut.contains($0) ? nil : indices[$0].map { $0 * stride } }
                    })
            } else if let summation {
                places.append(counted(rows, of: dimension, by: summation))
            } else {
                return nil
            }
        }
        return places
    }

    /// For each category nothing to add, once where it goes into sums: selections and sums are told in the codes of rows.
    private func counted(_ rows: [[String]], of dimension: Dimension, by summation: Summation) -> [[Int]] {
        var regrouped = dimension
        regrouped.categories = zip(dimension.categories, rows).flatMap { category, rows in
            rows.map { row in
                var category = category
                category.code = row
                return category
            }
        }
        let counts = summation.counting(regrouped)
        var next = 0
        return rows.map { rows in
            let own = next..<next + rows.count
            next = own.upperBound
            return own.contains { counts?[$0] ?? true } ? [0] : []
        }
    }

    /// Contributions of one row a category, so that each combination of rows is among them once.
    private static func choices(_ places: [[[Int]]]) -> [[[Int]]] {
        places.reduce([[]]) { choices, dimension in
            let most = max(1, dimension.lazy.map(\.count).max() ?? 0)
            let own = (0..<most).map { row in dimension.map { row < $0.count ? $0[row] : leftOut } }
            return choices.flatMap { choice in own.map { choice + [$0] } }
        }
    }
}

extension Cells {
    /// Whether any cell carries the flag `break`.
    var hasBreaks: Bool { palette.contains { $0.flags.contains(.seriesBreak) } }
}
