import Annals

/// The parts of a page: what stands above the table, its blocks, what stands below.
///
/// A line is told by what it is and by what stands around it: a heading has an empty field, or the stub's name, in front of
/// labels; a row has a label in front of its fields; anything else is text. Text has its place above the first heading and
/// below the last row; between them it is a repeated title, a page's number or a note, or the page is refused there.
struct PageLayout {
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
        /// Whether a blank line, or the page's beginning, stands before it.
        var isApart: Bool
        /// Whether a blank line stands between it and what was there before, a line of text too.
        var isBehindGap = false
    }

    let text: PageText
    private(set) var above: [TextLine] = []
    var headings: [PageHeading] = []
    var rows: [Row] = []
    var findings: [Finding] = []
    /// Notes, wherever they stand.
    private(set) var below: [TextLine] = []

    /// Lines of text since the last row or heading.
    private var pending: [TextLine] = []
    /// Headings of two lines, one for each pair of lines.
    private var headingLines: [HeadingLines] = []
    /// Whether a row stands below the last heading.
    private var hasRows = true
    /// Whether the line before was one of fields.
    private var isBehindFields = false
    /// Whether the line before was blank.
    private var isBehindGap = false
    /// Slugs of the first lines above the table.
    private var titles: [String] = []

    /// - Throws: The first line that can't stand where it stands.
    init(_ text: PageText) throws(Reason) {
        self.text = text
        let kinds = LabelsWithoutFigures(text)
        for (index, line) in text.lines.enumerated() {
            switch line.form {
            case .furniture: continue
            case .blank:
                isBehindFields = false
                isBehindGap = true
                continue
            case .text:
                takeText(string(line.text), line: line.number)
                isBehindFields = false
            case .fields(let fields):
                if let label = kinds.text(ofLine: index, isFirst: headings.isEmpty, isApart: !isBehindFields) {
                    takeText(LabelText.normalized(label), line: line.number)
                } else {
                    try take(fields, line: line.number)
                }
                isBehindFields = true
            }
            isBehindGap = false
        }
        try finish()
    }

    /// *Shape:* one a heading; the place of its first label among the labels of all headings.
    var labelStarts: [Int] {
        var start = 0
        return headings.map { heading in
            defer { start += heading.labels.count }
            return start
        }
    }

    /// Line and field of the first heading that a label is.
    func place(ofHeading label: String) -> (line: Int, column: Int) {
        for heading in headings {
            if let place = heading.labels.firstIndex(of: label) { return (heading.line, place + 2) }
        }
        return (headings.first?.line ?? 1, 2)
    }

    // MARK: Headings and rows

    private mutating func take(_ fields: Range<Int>, line: Int) throws(Reason) {
        let label = label(fields.lowerBound)
        var others = fields.dropFirst()
        if let heading = heading(label, others, line: line) {
            try take(heading)
            return
        }
        guard let heading = headings.last else {
            throw Reason(
                "A row stands before any heading", line: line, found: fields.map(raw).joined(separator: "⇥"),
                expected: "a line of column headings first", remedy: "Keep the heading line of the table")
        }
        if others.count == heading.labels.count + 1, repeatsCode(label, field: others.upperBound - 1) {
            others.removeLast()
            noteRepeated("The last field of a row repeats its number, under no heading", line: line)
        }
        guard others.count == heading.labels.count else {
            throw Self.widthReason(line: line, found: fields.count, expected: heading.width)
        }
        guard !label.isEmpty else {
            throw HeadingLines.noLabel(PageHeading(line: line, stub: "", labels: others.map(raw)))
        }
        try takePending(beforeRowOf: heading.width)
        rows.append(Row(line: line, label: raw(fields.lowerBound), fields: others, heading: headings.count - 1))
        hasRows = true
    }

    private mutating func take(_ heading: PageHeading) throws(Reason) {
        if !hasRows, let upper = headings.last {
            if isBehindFields, pending.isEmpty, heading.labels != upper.labels {
                guard heading.width == upper.width else {
                    throw Self.widthReason(line: heading.line, found: heading.width, expected: upper.width)
                }
                let lines = HeadingLines(upper: upper, lower: heading)
                try lines.refuseOthers()
                if let finding = lines.finding { findings.append(finding) }
                headingLines.append(lines)
                headings[headings.count - 1] = try upper.joined(with: heading, isPlaced: text.separator == .spaces)
                return
            }
            guard heading.labels == upper.labels else { throw Self.noRows(upper) }
            headings.removeLast()
        }
        if headings.isEmpty { titles = above.prefix(Self.comparedTitles).map { Slug.name(Self.beginning($0.text)) } }
        try takePending(before: heading)
        headings.append(heading)
        hasRows = false
    }

    /// Notes a column that is left out, once.
    mutating func noteRepeated(_ message: String, line: Int) {
        guard !findings.contains(where: { $0.message == message }) else { return }
        findings.append(Finding("column-repeated", message, line: line))
    }

    private static func noRows(_ heading: PageHeading) -> Reason {
        Reason(
            "A heading has no rows below it", line: heading.line,
            found: heading.labels.filter { !$0.isEmpty }.joined(separator: ", "), expected: "rows of figures",
            remedy: "Export the whole table")
    }

    private func raw(_ field: Int) -> String { text.string(text.fields[field]) }
    private func label(_ field: Int) -> String { LabelText.normalized(raw(field)) }
    private func string(_ piece: PageText.Piece) -> String { LabelText.withoutInvisible(text.string(piece)) }

    static func widthReason(line: Int, found: Int, expected: Int) -> Reason {
        Reason(
            found < expected ? "The row is too short" : "The row is too long", line: line, found: "\(found) fields",
            expected: "\(expected) fields, as in the heading",
            remedy: "Compare the row with the heading above it; a figure or a separator is missing or too many")
    }

    private static func textReason(_ line: TextLine, expected: Int) -> Reason {
        Reason(
            "A line of text stands between the rows", line: line.line, found: line.text,
            expected: "a row of \(expected) fields, or a note",
            remedy: "Complete the row; begin a note with `Note:`; drop each table as a file of its own")
    }

    /// The heading that a line of fields is; nil for a row.
    private func heading(_ stub: String, _ fields: Range<Int>, line: Int) -> PageHeading? {
        let places = fields.filter { !text.fields[$0].isEmpty }
        guard !places.isEmpty else { return nil }
        // Right below another heading, or the first of all, or the first line behind a gap.
        let mayBegin = headings.isEmpty || !hasRows || !isBehindFields
        func isFigure(_ field: Int) -> Bool {
            looksLikeFigure(field) && !(mayBegin && namesYear(field))
        }
        // Most lines are rows: a label that is no stub's, and a figure behind it.
        let isStub = stub.isEmpty || headings.isEmpty || headings.first?.stub == stub || headings.last?.stub == stub
        if !isStub, !mayBegin || places.contains(where: isFigure) { return nil }
        let heading = PageHeading(line: line, stub: stub, labels: fields.map(label))
        if let last = headings.last, last.stub == stub, last.labels == heading.labels { return heading }
        let names = places.map(label)
        let areYears = names.allSatisfy(HeadingLines.namesYear)
        let figures = places.count(where: isFigure)
        if stub.isEmpty {
            if areYears { return mayBegin ? heading : nil }
            if figures * 2 <= places.count { return heading }
            return mayBegin && HeadingLines.areCodes(names) ? heading : nil
        }
        let isStubAgain = headings.first.map { $0.stub == stub } ?? true
        // Years behind the stub's name are no figures of a row, wherever they stand.
        if isStubAgain, areYears, Set(names).count == names.count { return heading }
        guard figures == 0, mayBegin || isStubAgain else { return nil }
        if headings.isEmpty || isStubAgain { return heading }
        guard CodedLabel(stub) == nil, places.count * 2 >= fields.count else { return nil }
        // A figure with a mark behind it (`100¹`) is no word.
        guard names.allSatisfy({ CodedLabel($0) != nil || !NumberShape.isDigit($0.utf8.first ?? 0) }) else {
            return nil
        }
        // Words below an open heading that covers several of them.
        if !hasRows, isBehindFields, let upper = headings.last, upper.stub.isEmpty, upper.width == heading.width,
            heading.labels.indices.contains(where: { upper.labels[$0].isEmpty && !heading.labels[$0].isEmpty })
        {
            return heading
        }
        return names.allSatisfy { $0.count > 3 && !HeadingLines.namesYear($0) } ? heading : nil
    }

    private func namesYear(_ field: Int) -> Bool { HeadingLines.namesYear(label(field)) }

    private func looksLikeFigure(_ field: Int) -> Bool {
        text.withBytes(text.fields[field], FieldText.looksLikeFigure)
    }

    // MARK: Text

    private mutating func takeText(_ string: String, line: Int) {
        let text = TextLine(
            line: line, text: string, isApart: !isBehindFields && pending.isEmpty, isBehindGap: isBehindGap)
        if headings.isEmpty { above.append(text) } else { pending.append(text) }
    }

    /// Files what stands before a row: notes, and what says the unit of a heading right above.
    private mutating func takePending(beforeRowOf width: Int) throws(Reason) {
        for line in pending {
            let isUnit = !hasRows && UnitText(line.text.trimmingBrackets) != nil
            guard
                isNote(line) || isUnit || repeatsTitle(line.text) || PageFurniture.isCertain(line.text)
            else { throw Self.textReason(line, expected: width) }
        }
        below += pending.filter { !repeatsTitle($0.text) && !PageFurniture.isCertain($0.text) }
        pending = []
    }

    /// Whether a line between rows is a note: a word says so, or a mark that something above bears.
    ///
    /// `2. Deaths` and `# Deaths` behind a gap are titles of what follows.
    private func isNote(_ line: TextLine) -> Bool {
        guard NoteLine.beginsLikeNote(line.text) else { return false }
        guard line.isBehindGap, let mark = NoteLine.mark(of: line.text) else { return true }
        return text.lines.prefix { $0.number < line.line }.contains { other in
            switch other.form {
            case .blank, .furniture: false
            case .text: NoteLine.mark(of: string(other.text)) != mark && NoteLine.bears(string(other.text), mark: mark)
            case .fields(let fields): fields.contains { NoteLine.bears(raw($0), mark: mark) }
            }
        }
    }

    /// Files what stands between two blocks: a title printed again, a page's number.
    private mutating func takePending(before heading: PageHeading) throws(Reason) {
        guard !pending.isEmpty else { return }
        let isAgain = headings.last?.labels == heading.labels || headings.first?.labels == heading.labels
        for line in pending where !repeatsTitle(line.text) && !PageFurniture.isPageNumber(line.text) {
            if isAgain, isNote(line) { continue }
            guard line.isApart || NoteLine.isNote(line.text, isApart: true) else {
                throw Self.textReason(line, expected: headings.last?.width ?? heading.width)
            }
            throw Reason(
                "A second table begins here: a title or a note parts it from the first", line: line.line,
                found: line.text, expected: "one table a file", remedy: "Drop the two tables as two files")
        }
        below += pending.filter { !repeatsTitle($0.text) && !PageFurniture.isPageNumber($0.text) }
        pending = []
    }

    /// Files what stands below the table.
    private mutating func finish() throws(Reason) {
        if !hasRows, let heading = headings.last, !rows.isEmpty { throw Self.noRows(heading) }
        let labels = headingLines.isEmpty ? [] : Set(rows.map { LabelText.normalized($0.label) })
        if let lines = headingLines.first(where: { $0.nameTwo(of: labels) }) { throw lines.contradiction }
        pending.removeAll { PageFurniture.isCertain($0.text) }
        var isBehindNote = false
        for line in pending {
            guard isBehindNote || NoteLine.isNote(line.text, isApart: line.isApart) else {
                throw Reason(
                    "A line below the rows is neither a row nor a note", line: line.line, found: line.text,
                    expected: "\(headings.last?.width ?? 2) fields, as in the heading, or a note",
                    remedy: "If the file was cut off, export it again; begin a note with `Note:` or `Source:`")
            }
            isBehindNote = true
        }
        below += pending
        pending = []
        dropRepeatedColumns()
        dropColumnNumbers()
    }

    /// `Table 6 (continued)`, or the title once more.
    private func repeatsTitle(_ line: String) -> Bool {
        let slug = Slug.name(Self.beginning(line))
        guard !slug.isEmpty else { return false }
        let again = Self.withoutContinuation(slug)
        return titles.contains { title in
            title == slug || title == again || !again.isEmpty && slug != again && title.hasPrefix(again)
        }
    }

    private static let comparedTitles = 20

    /// As much of a line as a title has.
    private static func beginning(_ line: String) -> String { String(line.prefix(400)) }

    private static func withoutContinuation(_ slug: String) -> String {
        for word in ["-cont", "-continued", "-forts", "-fortsatt", "-fortsetzung", "-suite"] where slug.hasSuffix(word)
        {
            return String(slug.dropLast(word.count))
        }
        return slug
    }
}

extension String {
    fileprivate var trimmingBrackets: String {
        hasPrefix("(") && hasSuffix(")") ? String(dropFirst().dropLast()) : self
    }
}
