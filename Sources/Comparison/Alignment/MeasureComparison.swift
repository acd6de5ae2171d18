import Annals

/// How the figures of one measure are brought together.
struct MeasureComparison: Hashable {
    /// Of the coarser side.
    var decimals: Int
    /// What each side is divided by to get there, a power of ten; half-even.
    var fromDivisor: Int64 = 1
    var toDivisor: Int64 = 1
    var allowsRelativeChange: Bool
    /// With its multiplier; nil where neither side says it.
    var unit: String?

    private init(_ from: Measure, _ to: Measure) throws(ComparisonRefusal) {
        if let contradiction = from.contradiction(with: to) { throw ComparisonRefusal(contradiction, of: to) }
        decimals = min(from.decimals, to.decimals)
        fromDivisor = ScaledDecimal.powerOfTen(from.decimals - decimals)
        toDivisor = ScaledDecimal.powerOfTen(to.decimals - decimals)
        allowsRelativeChange = from.allowsRelativeChange && to.allowsRelativeChange
        unit = to.printedUnit ?? from.printedUnit
    }

    /// Of a measure that one table alone has: nothing is compared.
    private init(alone measure: Measure) {
        decimals = measure.decimals
        allowsRelativeChange = false
        unit = measure.printedUnit
    }

    /// One a measure of the union, in order; one for tables without a measure dimension.
    static func pairs(
        from: Table, to: Table, union: KeySpaceUnion
    ) throws(ComparisonRefusal) -> [MeasureComparison] {
        guard let dimension = union.keySpace.measureDimension else {
            return [try MeasureComparison(from.measures[0], to.measures[0])]
        }
        var pairs: [MeasureComparison] = []
        for category in union.keySpace.dimensions[dimension].categories.indices {
            let earlier = union.fromIndex(of: category, in: dimension).map { from.measures[$0] }
            let later = union.toIndex(of: category, in: dimension).map { to.measures[$0] }
            if let earlier, let later {
                pairs.append(try MeasureComparison(earlier, later))
            } else if let only = later ?? earlier {
                pairs.append(MeasureComparison(alone: only))
            }
        }
        return pairs
    }

    /// Makes sure that sizes of changes can be ranked.
    ///
    /// - Throws: `unlikeUnits` where the measures that a selection leaves are counted in different units.
    static func refuseUnlikeUnits(
        _ pairs: [MeasureComparison], in keySpace: KeySpace, _ selection: Selection
    ) throws(ComparisonRefusal) {
        guard let place = keySpace.measureDimension else { return }
        let dimension = keySpace.dimensions[place]
        let wanted = selection.indices[place] ?? Array(pairs.indices)
        guard Set(wanted.map { pairs[$0].unit }).count > 1 else { return }
        throw .unlikeUnits(
            dimension: dimension.id,
            measures: wanted.map { "\(dimension.categories[$0].code) in \(pairs[$0].unit ?? "no unit")" })
    }

    var isPlain: Bool { fromDivisor == 1 && toDivisor == 1 }
}
