import Annals
import Definitions

/// Turns the text columns of a scan into dimensions.
struct KeyColumns {
    /// A text column as it was scanned.
    struct Source {
        var column: Int
        var name: String
        var dictionary: KeyDictionary
        /// Whether a definition says that it is a key.
        var isDeclared: Bool
    }

    private(set) var keys: [KeyColumn] = []
    private(set) var findings: [Finding] = []

    /// - Parameters:
    ///   - sources: In the order of the file.
    ///   - definition: What is said about the dimensions.
    ///   - matrixCodes: Codes by folded label where the table is a matrix; nil where it isn't.
    ///   - limit: The most categories.
    ///   - lineOfRow: For messages.
    /// - Throws: An empty key, or a code with two labels in a matrix.
    init(
        _ sources: [Source], definition: DatasetDefinition?, matrixCodes: [String: Set<String>]?, limit: Int,
        lineOfRow: (Int) -> Int
    ) throws(Reason) {
        let labels = Self.labelColumns(sources)
        findings = labels.findings
        let kept = sources.indices.filter { !labels.absorbed.contains($0) }
        for index in kept {
            let source = sources[index]
            if let entry = (0..<source.dictionary.count).first(where: { source.dictionary.bytes($0).isEmpty }) {
                throw Reason(
                    "The column `\(source.name)` has an empty field",
                    line: lineOfRow(source.dictionary.firstRows[entry]),
                    column: source.column + 1, found: "", expected: "a category in each row",
                    remedy: "Fill the field in; a merged cell must be repeated in each row")
            }
            let described = Self.definition(of: source, isOnly: kept.count == 1, in: definition)
            var key = KeyColumn(
                dimension: Dimension(id: "", label: source.name, categories: []), indices: source.dictionary.indices)
            if let matrixCodes, kept.count == 1 {
                try Self.fill(&key, source, matrixCodes, described, limit, lineOfRow, &findings)
            } else {
                let names = labels.labelOf[index].map { sources[$0].dictionary }
                key.dimension.categories = Self.categories(source, labels: names)
            }
            key.dimension.id = uniqueID(described?.id ?? Slug.make(source.name))
            key.dimension.label = described?.label ?? (source.name.isEmpty ? key.dimension.id : source.name)
            key.dimension.totalCode = Self.total(described, &key.dimension)
            keys.append(key)
        }
        findings += LostCharacters.findings(keys.map(\.dimension))
    }

    private func uniqueID(_ wanted: String) -> String {
        let base = wanted.isEmpty ? "row" : wanted
        let taken = Set(keys.map(\.dimension.id) + ["measure", "column"])
        if !taken.contains(base) { return base }
        return (2...).lazy.map { "\(base)-\($0)" }.first { !taken.contains($0) } ?? base
    }

    private static func definition(
        of source: Source, isOnly: Bool, in definition: DatasetDefinition?
    ) -> DatasetDefinition.DimensionDefinition? {
        definition?.dimensions.first { dimension in
            switch dimension.role {
            case .column(let name): ColumnNames.areSame(name, source.name)
            case .stub: isOnly
            case .heading: false
            }
        }
    }

    private static func total(
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

    private static func categories(_ source: Source, labels: KeyDictionary?) -> [Category] {
        let texts = source.dictionary.strings
        if let labels {
            return texts.enumerated().map { entry, code in
                let row = source.dictionary.firstRows[entry]
                return Category(code: code, label: labels.string(labels.index(ofRow: row)))
            }
        }
        if let coded = CodedLabel.split(texts) { return coded.map { Category(code: $0.code, label: $0.label) } }
        return texts.map { Category(code: $0, label: $0) }
    }

    /// The stub of a matrix: as on a page, so that the two sides and the two formats agree on codes.
    private static func fill(
        _ key: inout KeyColumn, _ source: Source, _ codes: [String: Set<String>],
        _ definition: DatasetDefinition.DimensionDefinition?, _ limit: Int, _ lineOfRow: (Int) -> Int,
        _ findings: inout [Finding]
    ) throws(Reason) {
        let mentions = source.dictionary.strings.enumerated().map { entry, text in
            PageCategories.Mention(text: text, line: lineOfRow(source.dictionary.firstRows[entry]))
        }
        let side = try PageCategories(mentions, known: codes, definition: definition, limit: limit)
        key.dimension.categories = side.categories
        key.indices = key.indices.map { side.indices[Int($0)] }
        findings += side.findings
    }

    // MARK: Labels beside codes

    /// Which columns only say in words, or more coarsely, what a code column says.
    private struct LabelColumns {
        var labelOf: [Int: Int] = [:]
        var absorbed = Set<Int>()
        var findings: [Finding] = []
    }

    /// Finds columns that follow from a column of codes.
    ///
    /// A code is the identity and its label is not: were both keys, a county that is respelled next year would vanish and
    /// appear. What follows from the code and differs most is its label; what else follows is no key either, and is named
    /// in a finding. A definition that calls such a column a key has the last word.
    private static func labelColumns(_ sources: [Source]) -> LabelColumns {
        var result = LabelColumns()
        for (index, source) in sources.enumerated() where !result.absorbed.contains(index) && holdsCodes(source) {
            var best: Int?
            for (other, candidate) in sources.enumerated() where other != index && !candidate.isDeclared {
                guard !result.absorbed.contains(other), !holdsCodes(candidate), candidate.dictionary.count > 1,
                    follows(candidate.dictionary, from: source.dictionary)
                else { continue }
                result.absorbed.insert(other)
                result.findings.append(
                    Finding(
                        "column-follows", "The column `\(candidate.name)` follows from `\(source.name)` and is no key"))
                if candidate.dictionary.count > best.map({ sources[$0].dictionary.count }) ?? 0 { best = other }
            }
            guard let best else { continue }
            result.labelOf[index] = best
            let message = "The column `\(sources[best].name)` holds the labels of `\(source.name)`"
            let superseded = "The column `\(sources[best].name)` follows from `\(source.name)` and is no key"
            result.findings = result.findings.map {
                $0.message == superseded ? Finding("column-is-label", message) : $0
            }
        }
        return result
    }

    /// Whether a column's contents are codes: three at least, all digits, of one length or with a leading zero.
    private static func holdsCodes(_ source: Source) -> Bool {
        guard source.dictionary.count >= 3 else { return false }
        let length = source.dictionary.bytes(0).count
        var areOfOneLength = true
        var hasLeadingZero = false
        for entry in 0..<source.dictionary.count {
            let code = source.dictionary.bytes(entry)
            guard !code.isEmpty, code.allSatisfy(NumberShape.isDigit) else { return false }
            areOfOneLength = areOfOneLength && code.count == length
            hasLeadingZero = hasLeadingZero || (code.count > 1 && code[0] == 0x30)
        }
        return hasLeadingZero || ColumnNames.isKey(source.name) || (areOfOneLength && length != 1)
    }

    /// Whether a column's content is the same in all rows that have the same code.
    private static func follows(_ column: KeyDictionary, from codes: KeyDictionary) -> Bool {
        var contents = [UInt32](repeating: .max, count: codes.count)
        let (codes, column) = (codes.lane.rows.values, column.lane.rows.values)
        for (code, content) in zip(codes, column) {
            let known = contents[Int(code)]
            if known == .max { contents[Int(code)] = content } else if known != content { return false }
        }
        return true
    }
}
