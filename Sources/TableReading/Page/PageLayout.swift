import Annals

/// The parts of a page: what stands above the table, its blocks, what stands below.
struct PageLayout {
    /// The labels above a block; repeated where a page breaks.
    struct Heading {
        var line: Int
        var stub: String
        var labels: [String]
    }

    /// One printed row.
    struct Row {
        var line: Int
        var label: String
        /// The fields right of the label: their places among ``PageText/fields``.
        var fields: Range<Int>
        /// Index into the headings.
        var heading: Int
    }

    /// A line of the text around the table.
    struct TextLine {
        var line: Int
        var text: String
    }

    let text: PageText
    private(set) var above: [TextLine] = []
    private(set) var headings: [Heading] = []
    private(set) var rows: [Row] = []
    private(set) var below: [TextLine] = []

    /// - Throws: The first line that can't stand where it stands.
    init(_ text: PageText) throws(Reason) {
        self.text = text
        for (index, line) in text.lines.enumerated() {
            switch line.form {
            case .blank, .link: continue
            case .text:
                if headings.isEmpty {
                    above.append(TextLine(line: line.number, text: text.string(line.text)))
                } else if Self.standsBetweenRows(text.lines, index) {
                    throw Self.widthReason(line: line.number, found: 1, expected: headings[headings.count - 1].width)
                } else {
                    below.append(TextLine(line: line.number, text: text.string(line.text)))
                }
            case .fields(let fields):
                try take(fields, line: line.number, isFirstOfBlock: Self.standsFirst(text.lines, index))
            }
        }
    }

    private mutating func take(_ fields: Range<Int>, line: Int, isFirstOfBlock: Bool) throws(Reason) {
        let label = string(fields.lowerBound)
        let others = fields.dropFirst()
        if isHeading(label, others, isFirstOfBlock: isFirstOfBlock) {
            headings.append(Heading(line: line, stub: label, labels: others.map(string)))
            return
        }
        guard let heading = headings.last else {
            throw Reason(
                "A row stands before any heading", line: line, found: fields.map(string).joined(separator: "⇥"),
                expected: "a line of column headings first", remedy: "Keep the heading line of the table")
        }
        guard fields.count == heading.width else {
            throw Self.widthReason(line: line, found: fields.count, expected: heading.width)
        }
        guard !label.isEmpty else {
            throw Reason(
                "A row has no label", line: line, column: 1, found: others.map(string).joined(separator: "⇥"),
                expected: "a label in the first field", remedy: "Write the label in front of the figures")
        }
        rows.append(Row(line: line, label: label, fields: others, heading: headings.count - 1))
    }

    private func string(_ field: Int) -> String { text.string(text.fields[field]) }

    static func widthReason(line: Int, found: Int, expected: Int) -> Reason {
        Reason(
            found < expected ? "The row is too short" : "The row is too long", line: line, found: "\(found) fields",
            expected: "\(expected) fields, as in the heading",
            remedy: "Compare the row with the heading above it; a figure or a separator is missing or too many")
    }

    private func isHeading(_ stub: String, _ fields: Range<Int>, isFirstOfBlock: Bool) -> Bool {
        let labels = fields.filter { !text.fields[$0].isEmpty }
        if labels.isEmpty { return false }
        if let last = headings.last, last.stub == stub, last.labels == fields.map(string) { return true }
        if stub.isEmpty {
            return !labels.allSatisfy(looksLikeFigure) || HeadingYears(labels.map(string)) != nil
        }
        if labels.contains(where: looksLikeFigure) { return false }
        return headings.isEmpty || (isFirstOfBlock && labels.allSatisfy { string($0).count > 3 })
    }

    private func looksLikeFigure(_ field: Int) -> Bool {
        text.withBytes(text.fields[field], FieldText.looksLikeFigure)
    }

    /// Whether nothing but blank lines, or the page's beginning, stands before a line.
    private static func standsFirst(_ lines: [PageLine], _ index: Int) -> Bool {
        guard index > 0 else { return true }
        if case .fields = lines[index - 1].form { return false }
        return true
    }

    /// Whether rows stand right before and right after a line, so that it is a row without its fields.
    private static func standsBetweenRows(_ lines: [PageLine], _ index: Int) -> Bool {
        guard index > 0, index + 1 < lines.count, case .fields = lines[index - 1].form,
            case .fields = lines[index + 1].form
        else { return false }
        return true
    }
}

extension PageLayout.Heading {
    /// Fields of the line, the stub's included.
    var width: Int { labels.count + 1 }
}
