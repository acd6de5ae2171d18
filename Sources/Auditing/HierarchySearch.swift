import Annals

/// Finds the codes of a dimension that are the sum of others beside them, as a country is of its regions in a list that has
/// both.
///
/// Among many codes some add up to another by chance, and what is found binds later tables; so little is looked for, and
/// much is asked of it:
/// - The parts stand together in the file's order, right behind the code or right before it. What was found is set aside
///   with its parts, and a list of several levels is found from below.
/// - It holds to the last digit in every combination of the other dimensions, three at least; none of them has a hidden or a
///   blank figure in it: where one had, the sum would say what is hidden.
/// - The digits that agree are more than chance makes agree: see ``evidenceBits``.
/// - It can't be read in two ways: not where parts on both sides add up, nor where the next code along is all zeros, of
///   which nobody can say whether it is a part.
///
/// A *lenient* search is for ``Auditing/likelySums(of:)``, which binds nothing and has only to tell that a code is a sum: the
/// combinations in which something is hidden or blank aren't looked at, one in ten of the others may fail, and of two ways
/// to read it either does. As many digits must agree.
struct HierarchySearch {
    /// As many bits of agreement as no chance gives, whatever is tried: one guess in 10¹⁹.
    static let evidenceBits = 64
    /// Fewest combinations with two parts other than zero.
    static let fewestProofs = 3
    /// Longest list that is looked through.
    static let mostCodes = 600
    private static let probeCount = 8
    /// Most combinations among which probes are chosen.
    private static let mostLines = 4096

    private let figures: Figures
    private let dimension: Int
    private let isLenient: Bool
    /// Figures of a few combinations, by category: nearly everything is ruled out by these.
    ///
    /// *Shape:* categories × probes, row-major.
    private let probes: [Int128]
    private let probeCount: Int
    /// Whether a probe has no figure below zero, so that a sum that is too large stays so.
    private let onlyGrows: [Bool]

    /// - Parameters:
    ///   - figures: Of the table.
    ///   - dimension: One without a total; a lenient search takes any.
    ///   - isLenient: See above.
    init(_ figures: Figures, along dimension: Int, isLenient: Bool = false) {
        self.figures = figures
        self.dimension = dimension
        self.isLenient = isLenient
        let count = figures.keySpace.dimensions[dimension].categories.count
        guard (4...Self.mostCodes).contains(count) else {
            (probes, probeCount, onlyGrows) = ([], 0, [])
            return
        }
        let stride = figures.keySpace.strides[dimension]
        let lines = Self.probeLines(of: figures, along: dimension)
        var probes: [Int128] = []
        probes.reserveCapacity(count * lines.count)
        var onlyGrows = [Bool](repeating: true, count: lines.count)
        for category in 0..<count {
            for (probe, base) in lines.enumerated() {
                let number = figures.number(at: base + category * stride) ?? 0
                if number < 0 { onlyGrows[probe] = false }
                probes.append(Int128(number))
            }
        }
        (self.probes, self.onlyGrows, probeCount) = (probes, onlyGrows, lines.count)
    }

    /// The combinations with the most figures other than zero, and none that is hidden or blank.
    private static func probeLines(of figures: Figures, along dimension: Int) -> [Int] {
        var lines: [Line] = []
        figures.forEachLine(along: dimension) { line in
            if line.nonZero > 1, !line.seen.spoilsSum { lines.append(line) }
            return lines.count < mostLines
        }
        return lines.sorted { ($0.nonZero, -$0.base) > ($1.nonZero, -$1.base) }.prefix(probeCount).map(\.base)
    }

    /// From the lowest level up.
    var identities: [Identity] {
        guard probeCount >= Self.fewestProofs else { return [] }
        let categories = figures.keySpace.dimensions[dimension].categories
        let id = figures.keySpace.dimensions[dimension].id
        var found: [Identity] = []
        var nodes = Array(categories.indices)
        for (parent, part) in onlyParts {
            // What binds later tables is never that a county has a single municipality.
            if isLenient {
                found.append(.sum(dimension: id, code: categories[parent].code, parts: [categories[part].code]))
            }
            nodes.removeAll { $0 == part }
        }
        var parents: Set<Int> = []
        var goesOn = true
        while goesOn {
            goesOn = false
            var place = 0
            while place < nodes.count {
                let parent = nodes[place]
                guard !parents.contains(parent), let run = onlyRun(at: place, in: nodes) else {
                    place += 1
                    continue
                }
                let parts = Array(nodes[run])
                guard isProved(parent, parts) else {
                    place += 1
                    continue
                }
                found.append(
                    .sum(dimension: id, code: categories[parent].code, parts: parts.map { categories[$0].code }))
                parents.insert(parent)
                nodes.removeSubrange(run)
                place = run.lowerBound < place ? run.lowerBound + 1 : place + 1
                goesOn = true
            }
        }
        return found
    }

    // MARK: Codes with a single part

    /// Neighbours of which one is all of the other, which its code or its label says: county `03` and municipality `0301`.
    ///
    /// Each part once.
    private var onlyParts: [(parent: Int, part: Int)] {
        let categories = figures.keySpace.dimensions[dimension].categories
        var pairs: [(parent: Int, part: Int)] = []
        for place in categories.indices.dropLast() where pairs.last?.part != place {
            for (parent, part) in [(place, place + 1), (place + 1, place)] {
                let (whole, only) = (categories[parent], categories[part])
                let isNamed =
                    only.code.utf8.count > whole.code.utf8.count
                    && (only.code.hasPrefix(whole.code) || only.label == whole.label)
                guard isNamed else { continue }
                let hasOthers = categories.indices.contains {
                    $0 != part && $0 != parent && categories[$0].code.hasPrefix(whole.code)
                }
                guard !hasOthers, isAll(part, of: parent) else { continue }
                pairs.append((parent, part))
                break
            }
        }
        return pairs
    }

    /// Neighbours that have the same figures wherever both have any, as sums of one another: where something else says that
    /// one of them is a sum, the other one is all of it.
    ///
    /// As many digits agree as of any other sum.
    var copies: [Identity] {
        guard probeCount >= Self.fewestProofs else { return [] }
        let axis = figures.keySpace.dimensions[dimension]
        return axis.categories.indices.dropLast().flatMap { place -> [Identity] in
            let next = place + 1
            let isEqual = (0..<probeCount).count {
                probes[place * probeCount + $0] == probes[next * probeCount + $0]
            }
            guard isEqual >= probeCount - mostUnequal, isAll(next, of: place, bits: Self.evidenceBits) else {
                return []
            }
            let codes = [place, next].map { axis.categories[$0].code }
            return [(0, 1), (1, 0)].map { .sum(dimension: axis.id, code: codes[$0.0], parts: [codes[$0.1]]) }
        }
    }

    /// Whether both have the same figures wherever both have any, in three combinations at least, with so many bits.
    private func isAll(_ part: Int, of parent: Int, bits evidence: Int = 0) -> Bool {
        guard !isZero(parent) else { return false }
        var (agreeing, bits, isUnequal) = (0, 0, false)
        figures.forEachKey(ofDimension: dimension, at: parent) { key in
            let judgement = figures.judge(sumOf: [part], totalAt: parent, of: dimension, key: key)
            if case .compared(let found, let expected, _, _) = judgement {
                isUnequal = found != expected
                if found == expected, found != 0 {
                    agreeing += 1
                    bits += 128 - found.magnitude.leadingZeroBitCount
                }
            }
            return !isUnequal
        }
        return !isUnequal && agreeing >= Self.fewestProofs && bits >= evidence
    }

    // MARK: Candidates

    /// The neighbours that add up to a code in every probe; nil for none, and where it can be read in two ways.
    private func onlyRun(at place: Int, in nodes: [Int]) -> Range<Int>? {
        guard !isZero(nodes[place]) else { return nil }
        let behind = runLength(of: nodes[place], in: nodes[(place + 1)...])
        let before = runLength(of: nodes[place], in: nodes[..<place].reversed())
        switch (behind, before) {
        case (let length?, _) where isLenient: return place + 1..<place + 1 + length
        case (let length?, nil): return place + 1..<place + 1 + length
        case (nil, let length?): return place - length..<place
        default: return nil
        }
    }

    /// How many of a list's first codes add up to one, two at least.
    private func runLength(of parent: Int, in nodes: some Sequence<Int>) -> Int? {
        var sums = [Int128](repeating: 0, count: probeCount)
        let whole = parent * probeCount
        var (length, matched): (Int, Int?) = (0, nil)
        for node in nodes {
            if matched != nil {
                // The next one along: all zeros could as well be a part.
                return isZero(node) && !isLenient ? nil : matched
            }
            length += 1
            var (unequal, tooLarge) = (0, 0)
            let part = node * probeCount
            for probe in 0..<probeCount {
                sums[probe] += probes[part + probe]
                if sums[probe] != probes[whole + probe] { unequal += 1 }
                if onlyGrows[probe], sums[probe] > probes[whole + probe] { tooLarge += 1 }
            }
            if tooLarge > mostUnequal { return nil }
            if length > 1, unequal <= mostUnequal { matched = length }
        }
        return matched
    }

    /// Probes that need not agree: the ones that are chosen may be those that fail.
    private var mostUnequal: Int { isLenient ? probeCount / 4 : 0 }

    /// Whether a code is zero in every probe.
    private func isZero(_ category: Int) -> Bool {
        probes[category * probeCount..<(category + 1) * probeCount].allSatisfy { $0 == 0 }
    }

    // MARK: Proof

    private func isProved(_ parent: Int, _ parts: [Int]) -> Bool {
        var (lines, bits, isSpoiled) = (0, 0, false)
        var tally = Tally()
        figures.forEachKey(ofDimension: dimension, at: parent) { key in
            let judgement = figures.judge(sumOf: parts, totalAt: parent, of: dimension, key: key)
            tally.add(judgement, key: key) { _ in 0 }
            isSpoiled = tally.failed + tally.unchecked > 0
            // Combinations at a total are sums of others, and prove nothing more.
            if case .compared(let found, let expected, let nonZeroParts, _) = judgement, found == expected,
                nonZeroParts > 1, found != 0, !isAtTotal(key)
            {
                lines += 1
                bits += 128 - found.magnitude.leadingZeroBitCount
            }
            return isLenient || !isSpoiled
        }
        let count = figures.keySpace.dimensions[dimension].categories.count
        // Every code was tried with runs of every length, in both directions.
        let tried = 2 * (Int.bitWidth - count.leadingZeroBitCount) + 1
        return (isLenient ? tally.isLikely : !isSpoiled) && lines >= Self.fewestProofs
            && bits >= Self.evidenceBits + tried
    }

    private func isAtTotal(_ key: Int) -> Bool {
        figures.keySpace.dimensions.indices.contains { other in
            guard other != dimension, let total = figures.keySpace.dimensions[other].totalIndex else { return false }
            return figures.keySpace.index(ofDimension: other, at: key) == total
        }
    }
}
