import Annals
import Definitions

/// The dimensions of a cube as those of a table: ids, codes, labels, totals.
struct CubeKeys {
    /// *Shape:* one a dimension of the cube; nil for one that is no key.
    private(set) var dimensions: [Dimension?]
    private(set) var findings: [Finding] = []

    /// - Throws: Where two categories of a dimension have one code, or there are more than the limit.
    init(_ cube: Cube, _ roles: CubeRoles, definition: DatasetDefinition?, limit: Int) throws(Reason) {
        dimensions = []
        var taken: Set<String> = ["measure", "column"]
        for (place, dimension) in cube.dimensions.enumerated() {
            guard dimension.categories.count <= limit else {
                throw Reason(
                    "The dimension `\(dimension.name)` has more categories than the limit", line: dimension.line,
                    found: "\(dimension.categories.count) categories", expected: "at most \(limit)",
                    remedy: "Export a part of the table")
            }
            guard roles.roles[place] == .key else {
                dimensions.append(nil)
                continue
            }
            let described = Self.definition(of: dimension, cube, definition)
            let key = definition?.columns.keys.first { ColumnName.areSame($0.columns[0], dimension.name) }
            let slug = Slug.name(dimension.name)
            let wanted = key?.id ?? described?.id ?? (slug.isEmpty ? "row" : slug)
            var id = wanted
            for number in 2...(cube.dimensions.count + 3) where taken.contains(id) { id = "\(wanted)-\(number)" }
            taken.insert(id)
            var made = Dimension(
                id: id, label: described?.label ?? (dimension.label.isEmpty ? id : dimension.label),
                categories: try categories(dimension, joinsZeros: definition?.joinsLostZeros == true))
            made.attributes = dimension.attributes
            made.totalCode = KeyColumns.total(described, &made)
            findings += LabelFindings.all(made)
            dimensions.append(made)
        }
        findings += LostCharacters.findings(dimensions.compactMap(\.self))
    }

    private static func definition(
        of dimension: CubeDimension, _ cube: Cube, _ definition: DatasetDefinition?
    ) -> DatasetDefinition.DimensionDefinition? {
        definition?.dimensions.first { described in
            switch described.role {
            case .column(let name):
                ColumnName.areSame(name, dimension.name) || ColumnName.areSame(name, dimension.label)
            case .stub: dimension.isInStub == true && cube.dimensions.count { $0.isInStub == true } == 1
            case .heading: dimension.isInStub == false && cube.dimensions.count { $0.isInStub == false } == 1
            }
        }
    }

    /// Codes and labels, folded as those of every format are.
    ///
    /// A code that the label repeats in front is taken off it: `01 Østfold` of 01 is Østfold, as it is where labels alone
    /// are printed.
    private func categories(_ dimension: CubeDimension, joinsZeros: Bool) throws(Reason) -> [Category] {
        var categories = dimension.categories
        let labels = categories.map { LabelText.normalized($0.label) }
        let coded = KeyColumns.codedLabels(labels)
        var codes = dimension.hasCodes ? categories.map { LabelText.normalized($0.code) } : labels
        if !dimension.hasCodes, joinsZeros { codes = KeyColumns.withZeros(codes) }
        let areRepeated =
            dimension.hasCodes
            && zip(labels, codes).allSatisfy { label, code in coded?[label].map { $0.code == code } ?? (label == code) }
        var places = [String: Int](minimumCapacity: categories.count)
        for index in categories.indices {
            var (code, label) = (codes[index], labels[index])
            if let split = coded?[label], !dimension.hasCodes || areRepeated {
                if !dimension.hasCodes { code = split.code }
                label = split.label
            }
            guard !code.isEmpty else {
                throw Reason(
                    "A category of `\(dimension.name)` has \(dimension.hasCodes ? "no code" : "no label")",
                    line: dimension.line, found: "category \(index + 1): \(label)", expected: "a text",
                    remedy: "Correct the file: every category needs one")
            }
            if let first = places.updateValue(index, forKey: code) {
                throw Reason(
                    "Two categories of `\(dimension.name)` are one: `\(dimension.categories[first].label)` and "
                        + "`\(dimension.categories[index].label)`",
                    line: dimension.line, found: code, expected: "each category once",
                    remedy: "Correct the file: its codes must tell the categories apart")
            }
            categories[index].code = code
            categories[index].label = label.isEmpty ? code : label
        }
        return categories
    }
}
