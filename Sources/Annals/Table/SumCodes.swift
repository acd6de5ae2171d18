/// Which categories of a dimension are sums of others, and so are never summed with them.
package struct SumCodes: Sendable {
    /// None where nothing is known.
    package let codes: Set<String>
    /// What each code is the sum of, as far as audits say.
    private let parts: [String: Set<String>]

    /// What one or several tables say of a dimension together.
    ///
    /// Sums are the total and the codes of which an audit says so, in any of the tables. Of a table that knows no total,
    /// categories whose whole label says that they are one are sums, too, unless all are: that figures are rounded,
    /// hidden or mistaken, so that they prove nothing, makes no part of a total. Those that are known to be none aren't.
    ///
    /// - Parameter dimensions: The same dimension of each table.
    package init(_ dimensions: [Dimension]) {
        var codes: Set<String> = []
        var parts: [String: Set<String>] = [:]
        for dimension in dimensions where !dimension.isOfSums {
            if let total = dimension.totalCode {
                codes.insert(total)
            } else if !dimension.isMeasure {
                let named = dimension.categories.filter {
                    !dimension.namesakes.contains($0.code) && TotalNames.isWholeName($0)
                }
                if named.count < dimension.categories.count { codes.formUnion(named.map(\.code)) }
            }
            parts.merge(dimension.partsOfSums) { $0.union($1) }
        }
        self.codes = codes.union(parts.keys)
        self.parts = parts
    }

    /// What a dimension says of itself.
    package init(_ dimension: Dimension) { self.init([dimension]) }

    /// Whether a category is one of them.
    package func contains(_ category: Category) -> Bool { codes.contains(category.code) }

    private init(codes: Set<String>, parts: [String: Set<String>]) {
        self.codes = codes
        self.parts = parts
    }

    /// What is a sum by either.
    package func joined(with other: SumCodes) -> SumCodes {
        SumCodes(codes: codes.union(other.codes), parts: parts.merging(other.parts) { $0.union($1) })
    }

    /// Those that a table's own categories are not to be summed with: a sum of which it has no part stands for its parts.
    package func codes(beside categories: [Category]) -> Set<String> {
        guard !parts.isEmpty else { return codes }
        let known = Set(categories.map(\.code))
        return codes.filter { code in parts[code].map { !$0.isDisjoint(with: known) } ?? true }
    }

    /// A code that an audit says is a sum, and one of those that it is the sum of, both among some; nil where there is none.
    package func overlap(among chosen: Set<String>) -> (sum: String, part: String)? {
        for sum in chosen.sorted() {
            if let part = allParts(of: sum).intersection(chosen).min() { return (sum, part) }
        }
        return nil
    }

    /// The parts of a code, and theirs.
    private func allParts(of code: String) -> Set<String> {
        var found: Set<String> = []
        var open = Array(parts[code] ?? [])
        while let next = open.popLast() {
            if next != code, found.insert(next).inserted { open += parts[next] ?? [] }
        }
        return found
    }
}

extension Table {
    /// The same, knowing which codes are the sum of others by some identities.
    package func withSums(of identities: some Sequence<Identity>) -> Table {
        guard let keySpace = keySpace.withSums(of: identities) else { return self }
        var table = self
        table.keySpace = keySpace
        return table
    }
}

extension KeySpace {
    /// The same, knowing which codes are the sum of others by some identities; nil where they say nothing new.
    package func withSums(of identities: some Sequence<Identity>) -> KeySpace? {
        var dimensions = dimensions
        var isSaid = false
        for identity in identities {
            switch identity {
            case .sum(let id, let code, let parts):
                guard let place = dimensionIndex(id) else { continue }
                dimensions[place].partsOfSums[code, default: []].formUnion(parts)
            case .total(let id, let code):
                // A total that the table doesn't know for one.
                guard let place = dimensionIndex(id), dimensions[place].totalCode != code,
                    dimensions[place].index(of: code) != nil
                else { continue }
                let parts = dimensions[place].categories.map(\.code).filter { $0 != code }
                dimensions[place].partsOfSums[code, default: []].formUnion(parts)
            default: continue
            }
            isSaid = true
        }
        return isSaid ? KeySpace(dimensions) : nil
    }
}
