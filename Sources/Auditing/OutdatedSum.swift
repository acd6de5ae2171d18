import Annals

/// A sum whose code a table has, and some of whose parts it hasn't: a reform came between.
///
/// Whether it still adds up can't be told. As long as any part is there, it is no part of anything beside that one.
struct OutdatedSum {
    let dimension: String
    let code: String
    /// Those that the table lacks, in the order in which they are listed.
    let missing: [String]
    /// Whether it has any of the others.
    let hasParts: Bool

    /// Nil for another identity, and where nothing is missing, or all.
    init?(_ identity: Identity, in keySpace: KeySpace) {
        guard case .sum(let id, let code, let parts) = identity, let place = keySpace.dimensionIndex(id) else {
            return nil
        }
        let known = Set(keySpace.dimensions[place].categories.map(\.code))
        missing = parts.filter { !known.contains($0) }
        guard known.contains(code), !missing.isEmpty else { return nil }
        dimension = id
        self.code = code
        hasParts = missing.count < parts.count
    }

    private static let namedAtMost = 6

    /// `N of region is the sum of codes of which the table lacks n1, n2`.
    var sentence: String {
        let more = missing.count - Self.namedAtMost
        let named = missing.prefix(Self.namedAtMost).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
        return "\(code) of \(dimension) is the sum of codes of which the table lacks \(named)"
    }

    /// What helps where it is declared.
    var remedy: String { "bring the list of \(code) in the definition (`audits`, `sum`) up to date" }
}
