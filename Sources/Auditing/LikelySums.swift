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
    /// Tried are those that a total would be looked for in: what has its name, the first and the last; and any other one that
    /// is half of all that stands in its lines, as a country is in a list by the alphabet.
    fileprivate func likelyTotal(of dimension: Int) -> Int? {
        let categories = keySpace.dimensions[dimension].categories
        let named = categories.indices.filter { TotalNames.name(categories[$0]) }
        let known = [keySpace.dimensions[dimension].totalIndex].compactMap(\.self)
        let outermost = known + named + [0, categories.count - 1]
        var candidates = outermost + halves(along: dimension)
        candidates = candidates.enumerated().filter { !candidates[..<$0.offset].contains($0.element) }.map(\.element)
        let limit = keySpace.size / categories.count / Tally.likelyPerFailure
        let tallies = tallies(ofTotals: candidates, along: dimension, failingAtMost: limit)
        let likely = candidates.indices.filter {
            tallies[$0].isLikely(isInMiddle: !outermost.contains(candidates[$0]), among: categories.count)
        }
        // Of two that both do, a name decides, or nothing does.
        guard let first = likely.first, likely.count == 1 || first < known.count + named.count else { return nil }
        return candidates[first]
    }

    /// The categories that are half of the sum of everything in a few lines that hide nothing.
    private func halves(along dimension: Int) -> [Int] {
        let stride = keySpace.strides[dimension]
        var left: Set<Int>?
        var lineCount = 0
        forEachLine(along: dimension) { line in
            guard line.nonZero > 2, !line.seen.spoilsSum else { return true }
            lineCount += 1
            let halves = keySpace.dimensions[dimension].categories.indices.filter { category in
                number(at: line.base + category * stride).map { Int128($0) * 2 == line.sum && $0 != 0 } ?? false
            }
            left = left?.intersection(halves) ?? Set(halves)
            return lineCount < Self.fewestProofs && left != []
        }
        return lineCount < Self.fewestProofs ? [] : (left ?? []).sorted()
    }
}

extension Tally {
    /// One equation in so many may fail.
    static let likelyPerFailure = 10

    /// Whether what can be checked holds, but for a tenth of it.
    var isLikely: Bool { checked > 0 && failed * Self.likelyPerFailure <= checked }

    /// The same of a category that may be all others together: it holds often enough, or, where there are one or two lines
    /// alone, with more digits than chance makes agree.
    ///
    /// - Parameters:
    ///   - isInMiddle: Whether nothing but its figures makes it a candidate.
    ///   - count: How many categories there are to choose from.
    fileprivate func isLikely(isInMiddle: Bool, among count: Int) -> Bool {
        if isInMiddle {
            let tried = Int.bitWidth - count.leadingZeroBitCount
            return isLikely && strong >= Figures.fewestProofs && bits >= HierarchySearch.evidenceBits + tried
        }
        if strong >= Figures.fewestProofs { return isLikely }
        return failed == 0 && widest >= Figures.fewestProofs && bits >= Self.fewestBits
    }

    /// Of one or two equations: one in a million agrees by chance.
    private static let fewestBits = 20
}
