/// What is known of the codes of a dataset as sums of others, for all of its tables together.
///
/// What one version of one year tells holds for all: else a figure would be one thing in an answer and another in the next.
package struct SumEvidence: Hashable, Sendable {
    /// Totals, by id of dimension.
    private var totals: [String: Set<String>] = [:]
    /// Every list of parts that a code was known to be the sum of, by id of dimension and code.
    private var lists: [String: [String: Set<Set<String>>]] = [:]
    /// The parts of all lists of a code together.
    private var parts: [String: [String: Set<String>]] = [:]
    /// Codes that are called a total and are none, by id of dimension.
    private var namesakes: [String: Set<String>] = [:]
    /// Dimensions of which a definition says that they have no total.
    private var withoutTotal: Set<String> = []

    package init() {}

    /// Whether nothing is known.
    package var isEmpty: Bool {
        totals.isEmpty && lists.isEmpty && namesakes.isEmpty && withoutTotal.isEmpty
    }

    /// Takes an identity, if it says of a code that it is a sum.
    package mutating func insert(_ identity: Identity) {
        switch identity {
        case .total(let dimension, let code):
            totals[dimension, default: []].insert(code)
        case .sum(let dimension, let code, let parts):
            guard lists[dimension, default: [:]][code, default: []].insert(Set(parts)).inserted else { return }
            self.parts[dimension, default: [:]][code, default: []].formUnion(parts)
        default: return
        }
    }

    /// Takes codes of a dimension that are no totals, whatever they are called.
    package mutating func insert(namesakes codes: some Sequence<String>, of dimension: String) {
        namesakes[dimension, default: []].formUnion(codes)
    }

    /// Takes those of some sums whose code is known to be one: a region that is left with a single part.
    package mutating func insert(copies: [Identity]) {
        let known = copies.filter { identity in
            guard case .sum(let dimension, let code, _) = identity else { return false }
            return lists[dimension]?[code] != nil || totals[dimension]?.contains(code) == true
        }
        for identity in known { insert(identity) }
    }

    /// A definition says that a dimension has no total: no name and no figures make one.
    package mutating func insert(dimensionWithoutTotal dimension: String) { withoutTotal.insert(dimension) }

    /// All of it in one order, for a digest: texts, each of a kind of its own.
    package var texts: [[String]] {
        var texts = withoutTotal.sorted().map { ["none", $0] }
        for (name, codes) in [("total", totals), ("namesake", namesakes)] {
            for (dimension, codes) in codes.sorted(by: { $0.key < $1.key }) {
                texts.append([name, dimension] + codes.sorted())
            }
        }
        for (dimension, codes) in lists.sorted(by: { $0.key < $1.key }) {
            for (code, lists) in codes.sorted(by: { $0.key < $1.key }) {
                let sorted = lists.map { $0.sorted() }.sorted { $0.lexicographicallyPrecedes($1) }
                texts += sorted.map { ["sum", dimension, code] + $0 }
            }
        }
        return texts
    }

    // MARK: Of one table

    /// A dimension that knows it; nil where there is nothing to know.
    fileprivate func informed(_ dimension: Dimension) -> Dimension? {
        let id = dimension.id
        let hasTotal = !withoutTotal.contains(id)
        guard !hasTotal || totals[id] != nil || lists[id] != nil || namesakes[id] != nil, !dimension.isMeasure else {
            return nil
        }
        var informed = dimension
        if hasTotal {
            informed.namesakes = namesakes[id] ?? []
        } else {
            informed.totalCode = nil
            informed.namesakes = Set(dimension.categories.map(\.code))
        }
        if let parts = parts[id] { informed.partsOfSums.merge(parts) { $0.union($1) } }
        informed.missingCodes.formUnion(missingParts(of: dimension))
        guard hasTotal, let totals = totals[id] else { return informed }
        for category in dimension.categories
        where category.code != dimension.totalCode && totals.contains(category.code) {
            let others = dimension.categories.lazy.map(\.code).filter { $0 != category.code }
            informed.partsOfSums[category.code, default: []].formUnion(others)
        }
        return informed
    }

    /// The parts that a table lacks of a sum of which it has the code and some others, but no list of parts as a whole.
    ///
    /// What is left of the parts isn't the whole, and a sum over the dimension would be one of what is left.
    private func missingParts(of dimension: Dimension) -> Set<String> {
        guard let lists = lists[dimension.id] else { return [] }
        let own = Set(dimension.categories.map(\.code))
        let known = Self.withWholes(own, lists)
        var missing: Set<String> = []
        for (code, lists) in lists where own.contains(code) {
            if lists.contains(where: known.isSuperset) { continue }
            for parts in lists where !parts.isDisjoint(with: own) { missing.formUnion(parts.subtracting(known)) }
        }
        return missing
    }

    /// Codes, and those of which all parts are among them: a table needn't have a region that it has in parts.
    private static func withWholes(_ codes: Set<String>, _ lists: [String: Set<Set<String>>]) -> Set<String> {
        var known = codes
        var goesOn = true
        while goesOn {
            let added = lists.filter { !known.contains($0.key) && $0.value.contains(where: known.isSuperset) }.keys
            known.formUnion(added)
            goesOn = !added.isEmpty
        }
        return known
    }
}

extension KeySpace {
    /// The same, knowing which codes are sums; nil where there is nothing to know.
    package func informed(by evidence: SumEvidence) -> KeySpace? {
        if evidence.isEmpty { return nil }
        let informed = dimensions.map(evidence.informed)
        guard informed.contains(where: { $0 != nil }) else { return nil }
        return KeySpace(zip(informed, dimensions).map { $0 ?? $1 })
    }
}

extension Table {
    /// The same, knowing which codes are sums.
    package func informed(by evidence: SumEvidence) -> Table {
        guard let keySpace = keySpace.informed(by: evidence) else { return self }
        var table = self
        table.keySpace = keySpace
        return table
    }
}
