import Annals

/// Which dimensions of two tables a concordance is for.
enum ConcordedDimensions {
    /// Those that a definition names; else those that the concordance names and the tables have, with every other that
    /// has the same codes under the same labels, as the column side of a matrix does.
    ///
    /// - Throws: `noConcordedDimension` where there is none.
    static func ids(from: Table, to: Table, by choice: ConcordanceChoice) throws(ComparisonRefusal) -> [String] {
        let common = to.keySpace.dimensions.filter { dimension in
            !dimension.isMeasure && from.keySpace.dimensionIndex(dimension.id) != nil
        }
        let named = choice.dimensions ?? choice.concordance.dimensions
        var ids = common.map(\.id).filter(named.contains)
        guard !ids.isEmpty else {
            throw .noConcordedDimension(
                concordance: choice.concordance.name, wanted: named, known: to.keySpace.dimensions.map(\.id))
        }
        guard choice.dimensions == nil, let model = common.first(where: { $0.id == ids[0] }) else { return ids }
        for dimension in common where !ids.contains(dimension.id) && hasSameCodes(dimension, model) {
            ids.append(dimension.id)
        }
        return ids
    }

    /// Whether at least half of the codes of the shorter list are the same, with the same labels.
    private static func hasSameCodes(_ dimension: Dimension, _ model: Dimension) -> Bool {
        let labels = Dictionary(model.categories.map { ($0.code, $0.label) }, uniquingKeysWith: { first, _ in first })
        let shared = dimension.categories.count { labels[$0.code] == $0.label && $0.code != dimension.totalCode }
        return shared > 0 && 2 * shared >= min(dimension.categories.count, model.categories.count)
    }
}
