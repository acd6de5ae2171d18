package import Annals

extension Auditing {
    /// Codes whose figures add up from others wherever that can be seen, though it isn't proved: some figures are hidden, or
    /// one in ten sums doesn't balance.
    ///
    /// No audit and no finding, and told to nobody: what others prove would say what is hidden, and nothing says that these
    /// sums are meant to hold. But a country that is added to its regions doubles every figure, so sums leave such codes
    /// out. Nothing here depends on a hidden figure: an equation with one in it isn't looked at.
    ///
    /// - Parameter table: As recorded.
    /// - Returns: Sums of codes; of a dimension whose total the figures prove, none.
    package static func likelySums(of table: Table) -> [Identity] {
        let figures = Figures(table)
        guard figures.hasSums else { return [] }
        return figures.keySpace.dimensions.indices.flatMap { index -> [Identity] in
            let dimension = figures.keySpace.dimensions[index]
            guard !dimension.isMeasure, dimension.categories.count > 2 else { return [] }
            guard let total = figures.likelyTotal(of: index) else {
                return HierarchySearch(figures, along: index, isLenient: true).identities
            }
            guard total != dimension.totalIndex else { return [] }
            let parts = dimension.categories.indices.filter { $0 != total }.map { dimension.categories[$0].code }
            return [.sum(dimension: dimension.id, code: dimension.categories[total].code, parts: parts)]
        }
    }
}

extension Figures {
    /// The category that is the sum of all others of its dimension wherever that can be seen.
    ///
    /// Tried are those that a total would be looked for in: what has its name, the first and the last.
    fileprivate func likelyTotal(of dimension: Int) -> Int? {
        let categories = keySpace.dimensions[dimension].categories
        let named = categories.indices.filter { TotalNames.name(categories[$0]) }
        let known = [keySpace.dimensions[dimension].totalIndex].compactMap(\.self)
        var candidates = known + named + [0, categories.count - 1]
        candidates = candidates.enumerated().filter { !candidates[..<$0.offset].contains($0.element) }.map(\.element)
        let limit = keySpace.size / categories.count / Tally.likelyPerFailure
        let tallies = tallies(ofTotals: candidates, along: dimension, failingAtMost: limit)
        let likely = candidates.indices.filter { tallies[$0].isLikely && tallies[$0].strong >= Self.fewestProofs }
        // Of two that both do, a name decides, or nothing does.
        guard let first = likely.first, likely.count == 1 || first < known.count + named.count else { return nil }
        return candidates[first]
    }
}

extension Tally {
    /// One equation in so many may fail.
    static let likelyPerFailure = 10

    /// Whether what can be checked holds, but for a tenth of it.
    var isLikely: Bool { checked > 0 && failed * Self.likelyPerFailure <= checked }
}
