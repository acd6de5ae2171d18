package import Annals

/// What a table's figures say of its codes as sums, though nothing of it is proved.
package struct SeenSums: Hashable, Sendable {
    /// Totals, and sums of codes.
    package var identities: [Identity] = []
    /// Codes with the figures of their neighbour, as sums of one another: sums where something else says that they are.
    package var copies: [Identity] = []
    /// Codes that are called a total and are too small for one, by id of dimension.
    package var namesakes: [String: Set<String>] = [:]

    package init() {}
}

extension Auditing {
    /// With more measures none is looked at by itself.
    private static let mostMeasures = 32

    /// Codes whose figures add up from others wherever that can be seen, though it isn't proved: some figures are hidden, or
    /// one in ten sums doesn't balance; and codes that only look like sums.
    ///
    /// No audit and no finding, and told to nobody: what others prove would say what is hidden, and nothing says that these
    /// sums are meant to hold. But a country that is added to its regions doubles every figure, so sums leave such codes
    /// out. Nothing here depends on a hidden figure: an equation with one in it isn't looked at.
    ///
    /// A row is a sum for all measures if it is for one: in a table of births and median incomes nothing adds up but births.
    ///
    /// - Parameter table: As recorded.
    /// - Returns: Of a dimension whose total the figures prove, nothing.
    package static func seenSums(of table: Table) -> SeenSums {
        let figures = Figures(table)
        var seen = SeenSums()
        for (index, dimension) in figures.keySpace.dimensions.enumerated() where !dimension.isMeasure {
            if figures.hasSums, dimension.categories.count > 2 {
                seen.identities += figures.likelySums(of: index) ?? sumsOfOneMeasure(figures, index)
                seen.copies += HierarchySearch(figures, along: index, isLenient: true).copies
            }
            let names = figures.namesakes(of: index)
            if !names.isEmpty { seen.namesakes[dimension.id] = names }
        }
        return seen
    }

    /// What the figures of single measures say; of two totals, nothing.
    private static func sumsOfOneMeasure(_ figures: Figures, _ dimension: Int) -> [Identity] {
        guard figures.keySpace.measureDimension != nil, (2...mostMeasures).contains(figures.measures.count) else {
            return []
        }
        var found: [Identity] = []
        for measure in figures.measures.indices {
            guard let alone = figures.summing(measure) else { continue }
            for identity in alone.likelySums(of: dimension) ?? [] where !found.contains(identity) {
                found.append(identity)
            }
        }
        let totals = found.filter(\.isTotal)
        return totals.count > 1 ? found.filter { !$0.isTotal } : found
    }
}

extension Identity {
    fileprivate var isTotal: Bool {
        guard case .total = self else { return false }
        return true
    }
}

extension Figures {
    /// The total of a dimension, or its sums within the list; none where its total is known, nil where nothing is found.
    fileprivate func likelySums(of index: Int) -> [Identity]? {
        let dimension = keySpace.dimensions[index]
        guard let total = likelyTotal(of: index) else {
            let found = HierarchySearch(self, along: index, isLenient: true).identities
            return found.isEmpty ? nil : found
        }
        if total == dimension.totalIndex { return [] }
        return [.total(dimension: dimension.id, code: dimension.categories[total].code)]
    }

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
    /// - Returns: Whether it may be left out of sums.
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
