import Annals

/// Looks the combinations of a delta up in a table that is not one of its two.
struct CellFinder {
    private let table: Table
    private let columns: DeltaColumns
    private let keySpace: KeySpace
    /// What each category of the delta adds to the ordinal in the table, -1 where the table has no such code; nil where
    /// ordinals are the same in both.
    ///
    /// *Shape:* `[dimension][category]`.
    private let steps: [[Int]]?
    /// The table's measure for each of the delta's; nil where it has none.
    let measures: [Measure?]
    /// Decimals of ``measures``, -1 where the table has none: reading a row must not count references.
    private let decimals: [Int]

    /// Nil for a table with other dimensions.
    init?(_ table: Table, in keySpace: KeySpace, measureCount: Int) {
        let own = table.keySpace
        guard own.dimensions.count == keySpace.dimensions.count else { return nil }
        var steps: [[Int]] = []
        for dimension in keySpace.dimensions {
            guard let place = own.dimensionIndex(dimension.id),
                own.dimensions[place].isMeasure == dimension.isMeasure
            else { return nil }
            let places = own.dimensions[place].indexByCode()
            steps.append(
                dimension.categories.map { category in places[category.code].map { $0 * own.strides[place] } ?? -1 })
        }
        let isSame = keySpace.dimensions.indices.allSatisfy { place in
            let stride = keySpace.strides[place]
            guard own.strides[place] == stride, own.dimensions[place].categories.count == steps[place].count else {
                return false
            }
            return steps[place].enumerated().allSatisfy { index, step in step == index * stride }
        }
        self.table = table
        columns = DeltaColumns(table.cells)
        self.keySpace = keySpace
        self.steps = isSame ? nil : steps
        if let place = keySpace.measureDimension, let ownPlace = own.measureDimension {
            let places = own.dimensions[ownPlace].indexByCode()
            measures = keySpace.dimensions[place].categories.map { places[$0.code].map { table.measures[$0] } }
        } else {
            measures = [Measure?](repeating: table.measures[0], count: measureCount)
        }
        decimals = measures.map { $0?.decimals ?? -1 }
    }

    /// The figure of a combination, brought to so many decimals; nil where there is none, or where it doesn't fit.
    func figure(at ordinal: Int, measure: Int, decimals wanted: Int) -> Int64? {
        let own = decimals[measure]
        guard own >= 0, let ownOrdinal = ownOrdinal(of: ordinal), let cell = table.cell(atOrdinal: ownOrdinal),
            columns.mark(at: cell).isNumber
        else { return nil }
        let value = columns.values[cell]
        if own == wanted { return value }
        if own > wanted {
            let divisor = ScaledDecimal.powerOfTen(own - wanted)
            return Int64(truncatingIfNeeded: Rounding.halfEven(Int128(value), by: Int128(divisor)))
        }
        let (scaled, overflow) = value.multipliedReportingOverflow(by: ScaledDecimal.powerOfTen(wanted - own))
        return overflow ? nil : scaled
    }

    private func ownOrdinal(of ordinal: Int) -> Int? {
        guard let steps else { return ordinal }
        var sum = 0
        for dimension in steps.indices {
            let step = steps[dimension][keySpace.index(ofDimension: dimension, at: ordinal)]
            guard step >= 0 else { return nil }
            sum += step
        }
        return sum
    }
}
