/// One category of a dimension.
///
/// The code is the identity; labels change from year to year.
package struct Category: Hashable, Sendable {
    package var code: String
    package var label: String
    /// Other spellings seen for this code in the same table, in order of appearance.
    package var aliases: [String]
    /// What is said of it besides.
    ///
    /// *Shape:* one a name in ``Dimension/attributes``; empty where nothing is known.
    package var attributes: [String] = []

    package init(code: String, label: String, aliases: [String] = []) {
        self.code = code
        self.label = label
        self.aliases = aliases
    }
}

/// One axis of a table: ordered categories with unique codes.
package struct Dimension: Hashable, Sendable {
    /// A slug: `county`.
    package var id: String
    package var label: String
    package var categories: [Category]
    /// The code of the category that is the total of the others, where declared or proved.
    ///
    /// Never summed with its parts.
    package var totalCode: String?
    /// Codes that are the sum of some others, and those others: a country and its regions, beside their municipalities.
    ///
    /// Known from audits and not recorded with the dimension; see ``Table/withSums(of:)``.
    package var partsOfSums: [String: Set<String>] = [:]
    /// Codes that are no total, whatever they are called: a municipality `Alle`.
    ///
    /// Known from figures and definitions, and not recorded with the dimension.
    package var namesakes: Set<String> = []
    /// Codes that the table should have, by a concordance or as parts of a sum, and hasn't: sums over them are incomplete.
    ///
    /// Known in a comparison alone.
    package var missingCodes: Set<String> = []
    /// Whether each category is a sum by itself, and a row of what is compared: then none is left out for being one.
    package var isOfSums = false
    /// Whether the categories are measures: `Table.measures[i]` belongs to `categories[i]`.
    package var isMeasure: Bool
    /// Names of what is said of each category besides its label: `region` of a municipality.
    package var attributes: [String] = []

    package init(id: String, label: String, categories: [Category], totalCode: String? = nil, isMeasure: Bool = false) {
        self.id = id
        self.label = label
        self.categories = categories
        self.totalCode = totalCode
        self.isMeasure = isMeasure
    }

    /// Index of a category by code; linear, for single look-ups.
    ///
    /// Use ``indexByCode()`` for many.
    package func index(of code: String) -> Int? { categories.firstIndex { $0.code == code } }

    /// Index of every category by its code.
    package func indexByCode() -> [String: Int] {
        Dictionary(categories.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Index of the total category, where there is one.
    package var totalIndex: Int? { totalCode.flatMap(index(of:)) }
}

extension Table {
    /// The same without what is said of categories besides their labels; nil where nothing is.
    package var withoutAttributes: Table? {
        guard keySpace.dimensions.contains(where: { !$0.attributes.isEmpty }) else { return nil }
        let bare = keySpace.dimensions.map { dimension in
            var dimension = dimension
            dimension.attributes = []
            for index in dimension.categories.indices { dimension.categories[index].attributes = [] }
            return dimension
        }
        guard let keySpace = KeySpace(bare) else { return nil }
        var table = self
        table.keySpace = keySpace
        return table
    }
}
