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
        var fields: [String]
        /// Index into the headings.
        var heading: Int
    }

    private(set) var above: [PageLine] = []
    private(set) var headings: [Heading] = []
    private(set) var rows: [Row] = []
    private(set) var below: [PageLine] = []

    /// - Throws: The first line that can't stand where it stands.
    init(_ lines: [PageLine]) throws(Reason) {
        for (index, line) in lines.enumerated() {
            switch line.form {
            case .blank, .link: continue
            case .text:
                if headings.isEmpty {
                    above.append(line)
                } else if Self.standsBetweenRows(lines, index) {
                    throw Self.widthReason(line: line.number, found: 1, expected: headings[headings.count - 1].width)
                } else {
                    below.append(line)
                }
            case .fields(let fields):
                try take(fields, line: line.number, isFirstOfBlock: Self.standsFirst(lines, index))
            }
        }
    }

    private mutating func take(_ fields: [String], line: Int, isFirstOfBlock: Bool) throws(Reason) {
        if isHeading(fields, isFirstOfBlock: isFirstOfBlock) {
            headings.append(Heading(line: line, stub: fields[0], labels: Array(fields.dropFirst())))
            return
        }
        guard let heading = headings.last else {
            throw Reason(
                "A row stands before any heading", line: line, found: fields.joined(separator: "⇥"),
                expected: "a line of column headings first", remedy: "Keep the heading line of the table")
        }
        guard fields.count == heading.width else {
            throw Self.widthReason(line: line, found: fields.count, expected: heading.width)
        }
        guard !fields[0].isEmpty else {
            throw Reason(
                "A row has no label", line: line, column: 1, found: fields.dropFirst().joined(separator: "⇥"),
                expected: "a label in the first field", remedy: "Write the label in front of the figures")
        }
        rows.append(Row(line: line, label: fields[0], fields: Array(fields.dropFirst()), heading: headings.count - 1))
    }

    static func widthReason(line: Int, found: Int, expected: Int) -> Reason {
        Reason(
            found < expected ? "The row is too short" : "The row is too long", line: line, found: "\(found) fields",
            expected: "\(expected) fields, as in the heading",
            remedy: "Compare the row with the heading above it; a figure or a separator is missing or too many")
    }

    private func isHeading(_ fields: [String], isFirstOfBlock: Bool) -> Bool {
        let labels = fields.dropFirst().filter { !$0.isEmpty }
        if labels.isEmpty { return false }
        if let last = headings.last, last.stub == fields[0], last.labels == Array(fields.dropFirst()) { return true }
        let areFigures = labels.allSatisfy(PageLine.looksLikeFigure)
        if fields[0].isEmpty {
            return !areFigures || HeadingYears(Array(labels)) != nil
        }
        if labels.contains(where: PageLine.looksLikeFigure) { return false }
        return headings.isEmpty || (isFirstOfBlock && labels.allSatisfy { $0.count > 3 })
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
