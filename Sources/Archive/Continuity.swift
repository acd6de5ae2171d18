internal import Annals

/// Whether a table continues the dataset that it was taken for.
///
/// It does where it has the dimensions of the nearest year's current table and, in each, at least half of the codes of
/// the shorter of the two lists: a classification may grow or be cut, but not be another one.
struct Continuity {
    let dataset: DatasetID
    /// The nearest year's current one.
    let vintage: Vintage
    let keySpace: KeySpace

    /// Why not; nil where it does.
    func reason(against table: Table) -> Reason? {
        let found = table.keySpace.dimensions.map(\.id)
        let expected = keySpace.dimensions.map(\.id)
        guard found.sorted() == expected.sorted() else {
            return ambiguous("other dimensions", found: Self.list(found), expected: Self.list(expected))
        }
        for dimension in table.keySpace.dimensions {
            guard let known = keySpace.dimensions.first(where: { $0.id == dimension.id }) else { continue }
            let codes = Set(known.categories.map(\.code))
            let shared = dimension.categories.count { codes.contains($0.code) }
            if 2 * shared < min(known.categories.count, dimension.categories.count) {
                return ambiguous(
                    "only \(shared) common codes in \(dimension.id)",
                    found: Self.list(dimension.categories.map(\.code)),
                    expected: Self.list(known.categories.map(\.code)))
            }
        }
        return nil
    }

    private func ambiguous(_ difference: String, found: String, expected: String) -> Reason {
        Reason(
            "ambiguous-dataset: this would be \(dataset), but it has \(difference) compared with \(vintage.periodLabel)",
            found: found, expected: expected,
            remedy: "Name its own dataset in a sidecar (dataset: …) or drop it in a folder named after it; "
                + "where the classification changed, give a concordance.")
    }

    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(8).joined(separator: ", ")
        return names.count > 8 ? "\(shown) … (\(names.count))" : shown
    }
}
