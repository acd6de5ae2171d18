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
        guard table.cells.hasBreaks, let contributions = contributions(of: table.keySpace) else { return }
        let isBreak = table.cells.palette.map { $0.flags.contains(.seriesBreak) }
        OrdinalTranslation(table: table, contributions: contributions).forEach { cell, ordinal in
            if ordinal >= 0, isBreak[Int(table.cells.marks[cell])] { ordinals.insert(ordinal) }
        }
    }

    /// What each category adds to the ordinal in the delta; nil for a table with other dimensions.
    private func contributions(of other: KeySpace) -> [[Int]]? {
        guard keySpace.dimensions.allSatisfy({ other.dimensionIndex($0.id) != nil }) else { return nil }
        var contributions: [[Int]] = []
        for dimension in other.dimensions {
            let codes = dimension.categories.map { tables.group(of: $0.code, in: dimension.id) }
            if let place = keySpace.dimensionIndex(dimension.id) {
                let places = keySpace.dimensions[place].indexByCode()
                let stride = keySpace.strides[place]
                let leftOut = summation?.leftOut(of: dimension) ?? []
                contributions.append(
                    codes.map { code in
                        leftOut.contains(code) ? Self.leftOut : places[code].map { $0 * stride } ?? Self.leftOut
                    })
            } else if let summation {
                // Selections and sums are told in the codes of groups.
                var regrouped = dimension
                for (place, code) in codes.enumerated() { regrouped.categories[place].code = code }
                let counts = summation.counting(regrouped)
                contributions.append(codes.indices.map { counts?[$0] ?? true ? 0 : Self.leftOut })
            } else {
                return nil
            }
        }
        return contributions
    }
}

extension Cells {
    /// Whether any cell carries the flag `break`.
    var hasBreaks: Bool { palette.contains { $0.flags.contains(.seriesBreak) } }
}
