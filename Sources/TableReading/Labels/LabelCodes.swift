import Annals

/// Codes for the labels of one side of a page or a matrix, or of both sides, where the same categories stand on both.
///
/// A code that is printed in front of a label is its code. A label without one gets its slug; where two labels have the
/// same slug (`<65` and `>65`, `Bø` and `Bo`) each keeps its own text as code, whichever comes first, so that no code
/// ever stands for two labels, and next year's order changes nothing.
struct LabelCodes {
    /// Codes by label, for labels that have one in front somewhere.
    private var codesByLabel: [String: Set<String>] = [:]
    private var printed: Set<String> = []
    /// Slugs that more than one label has.
    private var sharedSlugs: Set<String> = []
    /// Labels that differ by their footnote marks alone and stand side by side: what looks like marks is part of them.
    private var unmarked: Set<String> = []
    private let marks: Set<String>
    /// *Shape:* one a side; labels without codes.
    private var plain: [[String]] = []

    /// - Parameters:
    ///   - labels: Of one side, each once or more often, as printed.
    ///   - other: Of the side that has the same categories; empty where none has.
    ///   - marks: Digits of footnotes, which may be glued to a label.
    init(_ labels: [String], besides other: [String] = [], marks: Set<String> = []) {
        self.marks = marks
        let sides = [labels, other].map { side in
            var seen = Set<String>()
            return side.map(LabelText.normalized).filter { !$0.isEmpty && seen.insert($0).inserted }
        }
        for side in sides { keepMarks(side) }
        let cleaned = sides.map { $0.map(label) }
        let coded = cleaned.map { $0.map { CodedLabel($0) } }
        for side in coded { takePrinted(Set(side.compactMap(\.self))) }
        plain = zip(cleaned, coded).map { side, coded in
            hasPrinted ? zip(side, coded).filter { $1 == nil }.map(\.0) : side
        }
        var first: [String: String] = [:]
        for label in plain.joined() {
            let slug = Slug.label(label)
            if let other = first[slug], other != label { sharedSlugs.insert(slug) }
            first[slug] = label
        }
    }

    private mutating func keepMarks(_ side: [String]) {
        var forms: [String: String] = [:]
        for text in side {
            let bare = TitleLine.withoutMarks(text, marks: marks)
            guard bare != text else { continue }
            if let other = forms[bare] { unmarked.formUnion([other, text]) }
            forms[bare] = text
        }
    }

    private mutating func takePrinted(_ coded: Set<CodedLabel>) {
        guard CodedLabel.areLabels(Array(coded)) else { return }
        for label in coded {
            codesByLabel[label.label, default: []].insert(label.code)
            printed.insert(label.code)
        }
    }

    /// Whether codes stand in front of labels.
    var hasPrinted: Bool { !printed.isEmpty }

    /// A label, as ``LabelText/normalized(_:)`` makes it, without its footnote marks.
    func label(_ text: String) -> String {
        unmarked.contains(text) ? text : TitleLine.withoutMarks(text, marks: marks)
    }

    /// The codes that stand in front of a label elsewhere; nil where none does.
    func lostCodes(of label: String) -> Set<String>? { codesByLabel[label] }

    /// The code of a label that has none, and that no other label has; nor is it the code of the total.
    func code(of label: String, total: String) -> String {
        if printed.contains(label) { return label }
        let slug = Slug.label(label)
        let isTaken =
            sharedSlugs.contains(slug) || printed.contains(slug) || slug == total && !TotalLabel.matches(label)
        return slug.isEmpty || isTaken ? label : slug
    }

    // MARK: Twins

    private static let namedAtMost = 5

    /// Labels that stand on one side each and differ by letters or capitals alone.
    func twins() -> [Finding] {
        guard plain.count == 2 else { return [] }
        let (rows, columns) = (Set(plain[0]), Set(plain[1]))
        var above: [String: String] = [:]
        for label in plain[1] where !rows.contains(label) { above[LabelText.folded(label)] = label }
        let pairs = plain[0].filter { !columns.contains($0) }.compactMap { label in
            above[LabelText.folded(label)].map { (label, $0) }
        }
        return pairs.prefix(Self.namedAtMost).map { row, column in
            Finding(
                "label-twins",
                "`\(row)` stands in front of a row and `\(column)` heads a column: they differ by letters or capitals alone, "
                    + "and are two categories")
        }
    }
}
