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
    /// Each new one is compared with all before it.
    private static let maximumSpellings = 100

    private var indexByCode: [String: Int] = [:]
    private var firstLine: [Int] = []
    /// Whether one label at most says that it is the total; `Total, men` and `Total, women` are two categories.
    private var hasOneTotal = true

    /// - Parameters:
    ///   - mentions: In the order of the page.
    ///   - known: Codes of these labels, and of those of the other side of a matrix.
    ///   - definition: What is said about the dimension.
    ///   - limit: The most categories.
    /// - Throws: Where one code has two labels that are no spellings of one another, or a label fits two codes.
    init(
        _ mentions: [Mention], known: LabelCodes, definition: DatasetDefinition.DimensionDefinition?, limit: Int
    ) throws(Reason) {
        var seen: [String: (first: Mention, identity: Identity)] = [:]
        // Texts that only look like another one, and those that they look like.
        var spellings: Set<String> = []
        hasOneTotal = Self.totals(of: mentions, known) <= 1
        for mention in mentions {
            // A column without a heading; whether anything stands in it is for the cells to say.
            if mention.text.isEmpty {
                indices.append(0)
                continue
            }
            let identity: Identity
            let text = LabelText.normalized(mention.text)
            if let (first, known) = seen[text] {
                identity = known
                if first.text != mention.text, !spellings.contains(mention.text) {
                    findings.append(Self.looksTheSame(mention, first))
                    spellings.formUnion([first.text, mention.text])
                    seen[text] = (mention, identity)
                }
            } else {
                identity = try self.identity(
                    of: known.label(text), at: mention.line, known: known, definition: definition)
                seen[text] = (mention, identity)
            }
            if identity.hasLostCode {
                let message = "`\(identity.label)` stands without its code \(identity.code)"
                findings.append(Finding("lost-code", message, line: mention.line))
            }
            indices.append(UInt32(try add(identity.code, label: identity.label, line: mention.line)))
            guard categories.count <= limit else {
                throw Reason("More than \(limit) categories", line: mention.line, expected: "at most \(limit)")
            }
        }
    }

    /// How many names of totals there are, whatever their case.
    private static func totals(of mentions: [Mention], _ known: LabelCodes) -> Int {
        let totals = mentions.lazy.map { LabelText.normalized($0.text) }
            .filter { TotalLabel.matches($0) && CodedLabel($0) == nil }
        return Set(totals.map { known.label($0).lowercased() }).count
    }

    private static func looksTheSame(_ mention: Mention, _ first: Mention) -> Finding {
        Finding(
            "label-variants",
            "`\(mention.text)` is taken for `\(first.text)` in line \(first.line): they differ by spaces or by characters "
                + "that can't be seen", line: mention.line)
    }

    /// What a printed label stands for.
    private struct Identity {
        var code: String
        var label: String
        /// Whether the code is printed elsewhere, and missing here.
        var hasLostCode = false
    }

    private func identity(
        of label: String, at line: Int, known: LabelCodes,
        definition: DatasetDefinition.DimensionDefinition?
    ) throws(Reason) -> Identity {
        if let definition, let total = definition.totalCode,
            label == total || definition.totalSlugs.contains(Slug.name(label))
        {
            return Identity(code: total, label: label)
        }
        if known.hasPrinted, let coded = CodedLabel(label) { return Identity(code: coded.code, label: coded.label) }
        if let codes = known.lostCodes(of: label) {
            guard codes.count == 1, let code = codes.first else {
                throw Reason(
                    "The label has lost its code, and more than one code has it", line: line, column: 1, found: label,
                    expected: codes.sorted().joined(separator: " or "), remedy: "Write the code in front of the label")
            }
            return Identity(code: code, label: label, hasLostCode: true)
        }
        let total = definition?.totalCode ?? "total"
        if hasOneTotal, TotalLabel.matches(label) { return Identity(code: total, label: label) }
        return Identity(code: known.code(of: label, total: total), label: label)
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
        guard known.aliases.count < Self.maximumSpellings else {
            throw Reason(
                "The code \(code) has more than \(Self.maximumSpellings) spellings", line: line, column: 1,
                found: label,
                expected: known.label, remedy: "Correct the code or the label")
        }
        categories[index].aliases.append(label)
        let message = "\(code) is spelled `\(known.label)` in line \(firstLine[index]) and `\(label)` in line \(line)"
        findings.append(Finding("label-variants", message, line: line))
        return index
    }
}
