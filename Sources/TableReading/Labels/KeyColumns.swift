import Annals
import Definitions

/// Turns the key columns of a file into dimensions.
struct KeyColumns {
    /// One dimension as it was scanned.
    struct Source {
        /// Place of its column in the file, from 0.
        var column: Int
        var name: String
        var texts: KeyDictionary
        /// The column that says the same in words.
        var labels: KeyDictionary?
        /// The columns that say something else of its categories.
        var attributes: [(name: String, texts: KeyDictionary)] = []
        /// What a definition calls it.
        var id: String?
    }

    private(set) var keys: [KeyColumn] = []
    private(set) var findings: [Finding] = []

    /// - Parameters:
    ///   - sources: In the order of the file.
    ///   - definition: What is said about the dimensions.
    ///   - matrixCodes: Codes of the labels of both sides where the table is a matrix; nil where it isn't.
    ///   - marks: Those of the notes around the table.
    ///   - limit: The most categories.
    ///   - lineOfRow: For messages.
    /// - Throws: An empty key, or a code with two labels in a matrix.
    init(
        _ sources: [Source], definition: DatasetDefinition?, matrixCodes: LabelCodes?, marks: FootnoteMarks,
        limit: Int, lineOfRow: (Int) -> Int
    ) throws(Reason) {
        for source in sources {
            if let entry = (0..<source.texts.count).first(where: { LabelText.isEmpty(source.texts.bytes($0)) }) {
                throw Self.emptyField(source, line: lineOfRow(source.texts.firstRow(entry)))
            }
            let described = Self.definition(of: source, isOnly: sources.count == 1, in: definition)
            let labels = Self.labels(of: source)
            let attributes = source.attributes.map { Self.said(by: $0.texts, of: source) }
            var key = KeyColumn(
                dimension: Dimension(id: "", label: source.name, categories: []), indices: source.texts.takeRows())
            if let matrixCodes, sources.count == 1 {
                try Self.fill(&key, source, matrixCodes, described, limit, lineOfRow, &findings)
            } else {
                findings += Self.fill(
                    &key, source, labels, attributes, joinsZeros: definition?.joinsLostZeros == true, lineOfRow)
                findings += Self.takeMarks(&key.dimension, marks)
            }
            key.dimension.id = uniqueID(source.id ?? described?.id ?? Slug.make(source.name))
            key.dimension.label = described?.label ?? (source.name.isEmpty ? key.dimension.id : source.name)
            key.dimension.totalCode = Self.total(described, &key.dimension)
            findings += LabelFindings.all(key.dimension)
            keys.append(key)
        }
        findings += LostCharacters.findings(keys.map(\.dimension))
    }

    private static func emptyField(_ source: Source, line: Int) -> Reason {
        Reason(
            "The column `\(source.name)` has an empty field", line: line, column: source.column + 1, found: "",
            expected: "a category in each row",
            remedy:
                "Fill the field in; a merged cell, or a group that stands alone in its line, must be repeated in each row"
        )
    }

    private func uniqueID(_ wanted: String) -> String {
        let base = wanted.isEmpty ? "row" : wanted
        func isTaken(_ id: String) -> Bool {
            id == "measure" || id == "column" || keys.contains { $0.dimension.id == id }
        }
        if !isTaken(base) { return base }
        return (2...).lazy.map { "\(base)-\($0)" }.first { !isTaken($0) } ?? base
    }

    private static func definition(
        of source: Source, isOnly: Bool, in definition: DatasetDefinition?
    ) -> DatasetDefinition.DimensionDefinition? {
        definition?.dimensions.first { dimension in
            switch dimension.role {
            case .column(let name): ColumnName.areSame(name, source.name)
            case .stub: isOnly
            case .heading: false
            }
        }
    }

    /// The code of the total that a definition names; the category that is called so takes it.
    static func total(
        _ definition: DatasetDefinition.DimensionDefinition?, _ dimension: inout Dimension
    ) -> String? {
        guard let definition, let total = definition.totalCode else { return nil }
        if dimension.categories.contains(where: { $0.code == total }) { return total }
        let slugs = definition.totalSlugs
        guard !slugs.isEmpty,
            let index = dimension.categories.firstIndex(where: { slugs.contains(Slug.make($0.label)) })
        else { return nil }
        dimension.categories[index].code = total
        return total
    }

    // MARK: Categories

    /// *Shape:* one an entry: its label, the one that most rows have; nil without a column of labels.
    private static func labels(of source: Source) -> [String]? {
        source.labels.map { said(by: $0, of: source) }
    }

    /// *Shape:* one an entry: what most of its rows have in another column.
    private static func said(by texts: KeyDictionary, of source: Source) -> [String] {
        ColumnRelations.leaders(source.texts, texts).map { LabelText.normalized(texts.string(Int($0))) }
    }

    /// One category for each text; for texts that only look different, one together, and a finding.
    private static func fill(
        _ key: inout KeyColumn, _ source: Source, _ labels: [String]?, _ attributes: [[String]], joinsZeros: Bool,
        _ lineOfRow: (Int) -> Int
    ) -> [Finding] {
        let printed = source.texts.strings
        var texts = printed.map(LabelText.normalized)
        if joinsZeros { texts = withZeros(texts) }
        let coded = labels == nil ? codedLabels(texts) : nil
        if coded == nil, source.texts.isASCII, texts == printed {
            // What differs by its bytes and isn't folded is a category of its own.
            key.dimension.categories = texts.indices.map { entry in
                var category = Category(code: texts[entry], label: labels?[entry] ?? texts[entry])
                category.attributes = attributes.map { $0[entry] }
                return category
            }
            key.dimension.attributes = source.attributes.map(\.name)
            return []
        }
        var places: [String: UInt32] = [:]
        var categories: [Category] = []
        var findings: [Finding] = []
        var isFolded = false
        let indices = texts.indices.map { entry in
            let code = coded?[texts[entry]]?.code ?? texts[entry]
            if let known = places[code] {
                isFolded = true
                findings.append(
                    Finding(
                        "label-variants",
                        "`\(printed[entry])` is taken for `\(categories[Int(known)].label)`: they differ "
                            + "by spaces or by characters that can't be seen",
                        line: lineOfRow(source.texts.firstRow(entry))))
                return known
            }
            let place = UInt32(categories.count)
            places[code] = place
            var category = Category(code: code, label: labels?[entry] ?? coded?[texts[entry]]?.label ?? code)
            category.attributes = attributes.map { $0[entry] }
            categories.append(category)
            return place
        }
        key.dimension.categories = categories
        key.dimension.attributes = source.attributes.map(\.name)
        if isFolded { key.indices = key.indices.translated(indices) }
        return findings
    }

    /// Takes marks that notes explain off codes and labels, so that next year's table without the note is the same.
    private static func takeMarks(_ dimension: inout Dimension, _ marks: FootnoteMarks) -> [Finding] {
        guard !marks.isEmpty else { return [] }
        var codes = Set(dimension.categories.map(\.code))
        var findings: [Finding] = []
        for index in dimension.categories.indices {
            let printed = dimension.categories[index]
            if let bare = marks.bare(printed.label) { dimension.categories[index].label = bare }
            // Where another category has the code, the mark tells the two apart.
            if let bare = marks.bare(printed.code), codes.insert(bare).inserted {
                codes.remove(printed.code)
                dimension.categories[index].code = bare
            }
            guard dimension.categories[index] != printed else { continue }
            findings.append(
                Finding(
                    "label-footnote",
                    "A footnote stands at `\(printed.label)`, which is taken for `\(dimension.categories[index].label)`"
                ))
        }
        return findings
    }

    /// Codes of digits at the length of the longest one.
    static func withZeros(_ texts: [String]) -> [String] {
        guard texts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(NumberShape.isDigit) }) else { return texts }
        let length = texts.map(\.utf8.count).max() ?? 0
        return texts.map { String(repeating: "0", count: length - $0.utf8.count) + $0 }
    }

    private static let fewestCoded = 4

    /// Code and label of each text that has a code in front; nil where more than a few have none.
    static func codedLabels(_ texts: [String]) -> [String: CodedLabel]? {
        guard texts.contains(where: { $0.utf8.first.map(NumberShape.isDigit) ?? false }) else { return nil }
        var seen = Set<String>(minimumCapacity: texts.count)
        let distinct = texts.filter { seen.insert($0).inserted }
        if let all = CodedLabel.split(distinct) { return Dictionary(uniqueKeysWithValues: zip(distinct, all)) }
        // A total without a code, or a label that lost its own, takes the codes from no other.
        let coded = distinct.filter { CodedLabel($0) != nil }
        guard coded.count >= fewestCoded, coded.count * 5 >= distinct.count * 4, let labels = CodedLabel.split(coded)
        else { return nil }
        return Dictionary(uniqueKeysWithValues: zip(coded, labels))
    }

    /// The stub of a matrix: as on a page, so that the two sides and the two formats agree on codes.
    private static func fill(
        _ key: inout KeyColumn, _ source: Source, _ codes: LabelCodes,
        _ definition: DatasetDefinition.DimensionDefinition?, _ limit: Int, _ lineOfRow: (Int) -> Int,
        _ findings: inout [Finding]
    ) throws(Reason) {
        let mentions = source.texts.strings.enumerated().map { entry, text in
            PageCategories.Mention(text: text, line: lineOfRow(source.texts.firstRow(entry)))
        }
        let side = try PageCategories(mentions, known: codes, definition: definition, limit: limit)
        key.dimension.categories = side.categories
        key.indices = key.indices.translated(side.indices)
        findings += side.findings
    }
}
