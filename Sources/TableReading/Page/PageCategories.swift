import Annals
import Definitions

/// The categories of one side of a page's table, collected from all the places where a label is printed.
struct PageCategories {
    /// A label where it is printed.
    struct Mention {
        var text: String
        var line: Int
    }

    private(set) var categories: [Category] = []
    private(set) var findings: [Finding] = []
    /// *Shape:* one a mention: its category.
    private(set) var indices: [UInt32] = []
    private var indexByCode: [String: Int] = [:]
    private var firstLine: [Int] = []

    /// - Parameters:
    ///   - mentions: In the order of the page.
    ///   - known: Codes by folded label, from both sides of the table, for labels that lost their code.
    ///   - definition: What is said about the dimension.
    ///   - limit: The most categories.
    /// - Throws: Where one code has two labels that are no spellings of one another, or a label fits two codes.
    init(
        _ mentions: [Mention], known: [String: Set<String>], definition: DatasetDefinition.DimensionDefinition?,
        limit: Int
    ) throws(Reason) {
        for mention in mentions {
            // A column without a heading; whether anything stands in it is for the cells to say.
            if mention.text.isEmpty {
                indices.append(0)
                continue
            }
            let label = TitleLine.withoutMarks(mention.text, notes: [])
            let (code, name) = try identity(of: label, at: mention.line, known: known, definition: definition)
            indices.append(UInt32(try add(code, label: name, line: mention.line)))
            guard categories.count <= limit else {
                throw Reason("More than \(limit) categories", line: mention.line, expected: "at most \(limit)")
            }
        }
    }

    /// Codes by folded label, for all labels that have a code in front; empty where what looks like one is none.
    static func codes(of mentions: [Mention]) -> [String: Set<String>] {
        let coded = mentions.compactMap { CodedLabel(TitleLine.withoutMarks($0.text, notes: [])) }
        guard CodedLabel.areLabels(Array(Set(coded))) else { return [:] }
        var codes: [String: Set<String>] = [:]
        for label in coded { codes[Slug.make(label.label), default: []].insert(label.code) }
        return codes
    }

    private mutating func identity(
        of label: String, at line: Int, known: [String: Set<String>],
        definition: DatasetDefinition.DimensionDefinition?
    ) throws(Reason) -> (code: String, label: String) {
        let folded = Slug.make(label)
        if let definition, let total = definition.totalCode,
            label == total || definition.totalLabels.contains(where: { Slug.make($0) == folded })
        {
            return (total, label)
        }
        if !known.isEmpty, let coded = CodedLabel(label) { return (coded.code, coded.label) }
        if let codes = known[folded] {
            guard codes.count == 1, let code = codes.first else {
                throw Reason(
                    "The label has lost its code, and more than one code has it", line: line, column: 1, found: label,
                    expected: codes.sorted().joined(separator: " or "), remedy: "Write the code in front of the label")
            }
            findings.append(
                Finding("lost-code", "`\(label)` stands without its code \(code)", line: line))
            return (code, label)
        }
        if TotalLabel.matches(label) { return (definition?.totalCode ?? "total", label) }
        return (folded.isEmpty ? label : folded, label)
    }

    private mutating func add(_ code: String, label: String, line: Int) throws(Reason) -> Int {
        guard let index = indexByCode[code] else {
            let index = categories.count
            categories.append(Category(code: code, label: label))
            indexByCode[code] = index
            firstLine.append(line)
            return index
        }
        let known = categories[index]
        if known.label == label || known.aliases.contains(label) { return index }
        guard LabelLikeness.areVariants(known.label, label) else {
            throw Reason(
                "The code \(code) stands for two labels: `\(known.label)` in line \(firstLine[index]) and "
                    + "`\(label)` in line \(line)", line: line, column: 1, found: label, expected: known.label,
                remedy: "Correct the code or the label")
        }
        categories[index].aliases.append(label)
        let message = "\(code) is spelled `\(known.label)` in line \(firstLine[index]) and `\(label)` in line \(line)"
        findings.append(Finding("label-variants", message, line: line))
        return index
    }
}
