package import Annals

/// Which concordance holds for a dataset: `concordance: no-county`, or with the dimensions that it holds for.
package struct ConcordanceBinding: Hashable, Sendable {
    package var name: String
    /// Empty where the concordance itself says which.
    package var dimensions: [String]

    package init(name: String, dimensions: [String] = []) {
        self.name = name
        self.dimensions = dimensions
    }

    /// Those that it holds for: its own, else the concordance's.
    package func dimensions(of concordance: Concordance) -> [String] {
        dimensions.isEmpty ? concordance.dimensions : dimensions
    }
}

extension YAMLMapping {
    /// What stands under `concordance`.
    ///
    /// - Parameter known: Ids of the dimensions that the definition names; empty where it names none.
    /// - Returns: Nil where nothing does.
    /// - Throws: A ``DefinitionError`` with the line of what can't be.
    func concordance(among known: [String]) throws(DefinitionError) -> ConcordanceBinding? {
        guard let value = value("concordance") else { return nil }
        if case .scalar = value { return try text("concordance").map { ConcordanceBinding(name: $0) } }
        let mapping = try YAMLMapping(value, file: file, what: "`concordance`", allowed: ["name", "dimensions"])
        let binding = ConcordanceBinding(
            name: try mapping.required("name", of: "`concordance`"), dimensions: try mapping.texts("dimensions"))
        try mapping.checkUnique("dimensions", binding.dimensions)
        for id in binding.dimensions where !known.isEmpty && !known.contains(id) {
            throw mapping.error(
                "dimensions", "`\(id)` is no dimension of the definition",
                remedy: "dimensions are \(known.joined(separator: ", "))")
        }
        return binding
    }
}
