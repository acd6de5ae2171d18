import Annals

/// Categories that are called a total by all of their label, where nothing proves that they are one.
struct CalledTotals {
    private let figures: Figures
    /// The codes that the table is held to be sums of others in, by id of dimension.
    private let heldSums: [String: Set<String>]
    private let withoutTotal: Set<String>

    /// - Parameters:
    ///   - figures: Of the table.
    ///   - held: What the table is held against.
    ///   - withoutTotal: Ids of the dimensions of which a definition says that they have none.
    init(_ figures: Figures, _ held: [ExpectedIdentity], leavingOut withoutTotal: Set<String>) {
        self.figures = figures
        self.withoutTotal = withoutTotal
        heldSums = held.reduce(into: [:]) { sums, expected in
            guard case .sum(let dimension, let code, _) = expected.identity else { return }
            sums[dimension, default: []].insert(code)
        }
    }

    /// What sums make of them, and how to say what they are.
    var findings: [Finding] {
        figures.keySpace.dimensions.enumerated().flatMap { index, dimension -> [Finding] in
            guard dimension.totalCode == nil, !dimension.isMeasure, !withoutTotal.contains(dimension.id) else {
                return []
            }
            let namesakes = figures.namesakes(of: index)
            let named = SumCodes(dimension).codes.subtracting(heldSums[dimension.id] ?? [])
            return [
                unproved(dimension, named.subtracting(namesakes)),
                namesake(dimension, named.intersection(namesakes)),
            ].compactMap(\.self)
        }
    }

    private func unproved(_ dimension: Dimension, _ codes: Set<String>) -> Finding? {
        guard let (names, isOne) = names(dimension, codes) else { return nil }
        return Finding(
            "unproved-total",
            "\(names) of \(dimension.id) \(isOne ? "is" : "are") called a total, and the figures don't prove it; sums over "
                + "\(dimension.id) leave \(isOne ? "it" : "them") out. To have it audited, say in the definition of "
                + "\(dimension.id) `total: {code: …}` where it is the sum of all others, or `sum: {dimension: \(dimension.id), "
                + "code: …, of: […]}` under `audits` where the list has sums of several levels; and `total: none` where "
                + "nothing is a total")
    }

    private func namesake(_ dimension: Dimension, _ codes: Set<String>) -> Finding? {
        guard let (names, isOne) = names(dimension, codes) else { return nil }
        return Finding(
            "no-total",
            "\(names) of \(dimension.id) \(isOne ? "is" : "are") called a total, but smaller than a single other category, or "
                + "than any sum of them; sums over \(dimension.id) count \(isOne ? "it" : "them"). Where it is a total, say so "
                + "in the definition of \(dimension.id): `total: {code: …}`")
    }

    private func names(_ dimension: Dimension, _ codes: Set<String>) -> (String, isOne: Bool)? {
        let texts = dimension.categories.filter { codes.contains($0.code) }.map { "`\($0.label)`" }
        guard !texts.isEmpty else { return nil }
        return (texts.prefix(3).joined(separator: ", "), texts.count == 1)
    }
}
