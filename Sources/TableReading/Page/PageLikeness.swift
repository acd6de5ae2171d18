/// Whether lines parted by tabs or pipes are those of a page, or those of a list, which the reader of delimited text reads.
///
/// A page has an empty field in front of its headings, or prints them again above other columns or behind text; a
/// matrix has its rows' codes above its columns. Right of the labels stand figures; a column of words there, or one of
/// years under its name, is a key, and the lines are a list. So one that deviates from a plain list (no name above the
/// first column, the heading once more) is read as it would be with commas.
struct PageLikeness {
    private let page: PageText
    private let separator: PageSeparator
    /// Lines of fields, headings and rows.
    private var rows = 0
    /// The first line with a filled field right of the first.
    private var heading: Range<Int>?
    private var hasOpenHeading = false
    /// Whether a row of figures was met.
    private var hasFigures = false
    /// Whether a heading with a name above the labels stands there again, above other columns or behind text.
    private var hasOtherBlock = false
    private var isBehindText = false
    private var codes: Set<String> = []
    /// Rows whose codes stand above columns.
    private var codedRows = 0
    private var figures = 0
    private var others = 0
    /// *Shape:* one a field right of the label; what rows have there.
    private var columns: [Column] = []

    private struct Column {
        var figures = 0
        /// Those of the figures that name years.
        var years = 0
        var words = 0
        /// The first word, and whether there is another.
        var first = ""
        var differ = false
    }

    init(_ page: PageText, _ separator: PageSeparator) {
        self.page = page
        self.separator = separator
        for line in page.lines {
            switch line.form {
            case .fields(let fields): take(fields)
            case .text where heading != nil: isBehindText = true
            default: continue
            }
        }
    }

    /// Why the lines are no page's, as the rest of a sentence; nil where they are.
    var objection: String? {
        guard rows >= 2 else { return "no lines parted by tabs" }
        if separator == .tabs {
            guard hasOpenHeading || hasOtherBlock || codedRows > 1 else {
                return "no line of headings with an empty field in front"
            }
            if namesKeys { return "a heading names years or keys, as those of a list do" }
            if hasWords { return "words stand in a column right of the labels, as in a list" }
        }
        if figures >= others { return nil }
        return separator == .pipes
            ? "a list parted by pipes; export it as CSV" : "texts, not figures, stand right of the labels"
    }

    private mutating func take(_ fields: Range<Int>) {
        rows += 1
        let others = page.fields[fields.dropFirst()]
        let isFirst = heading == nil
        if isFirst, others.contains(where: { !$0.isEmpty }) { heading = fields }
        let areFigures = others.map { !$0.isEmpty && isFigure($0) }
        let isOfFigures = !isFirst && zip(others, areFigures).contains { $1 && hasDigits($0) }
        if isOfFigures { takeColumns(others, areFigures) }
        // Two fields at least, as there is a tab.
        if page.fields[fields.lowerBound].isEmpty {
            // A second line below the names of columns, of years or of units, is a list's too.
            if isFirst ? heading != nil : hasFigures && areLabels(others) { hasOpenHeading = true }
            takeCodes(fields)
            return
        }
        // The stub has a name of its own, and the heading stands above each block.
        let label = page.string(page.fields[fields.lowerBound])
        if codes.isEmpty {
            takeCodes(fields)
        } else if let code = CodedLabel(label)?.code, codes.contains(code) {
            codedRows += 1
        }
        if !isFirst, let heading, label == page.string(page.fields[heading.lowerBound]) {
            if isBehindText || !isSame(heading, fields) { hasOtherBlock = true }
        }
        for (place, field) in others.enumerated() where !field.isEmpty {
            if areFigures[place] { figures += 1 } else { self.others += 1 }
        }
        hasFigures = hasFigures || isOfFigures
    }

    private mutating func takeCodes(_ fields: Range<Int>) {
        guard codes.isEmpty else { return }
        codes = Set(fields.dropFirst().compactMap { CodedLabel(page.string(page.fields[$0]))?.code })
    }

    /// Whether what stands right of an empty field are headings, and no figures of a row without a label.
    private func areLabels(_ fields: ArraySlice<PageText.Piece>) -> Bool {
        let names = fields.filter { !$0.isEmpty }.map { LabelText.normalized(page.string($0)) }
        guard !names.isEmpty else { return false }
        return names.allSatisfy { !FieldText.looksLikeFigure($0) || HeadingLines.namesYear($0) }
            || HeadingLines.areCodes(names)
    }

    private func isSame(_ first: Range<Int>, _ second: Range<Int>) -> Bool {
        first.count == second.count
            && zip(first, second).allSatisfy { page.string(page.fields[$0]) == page.string(page.fields[$1]) }
    }

    private func isFigure(_ field: PageText.Piece) -> Bool { page.withBytes(field, FieldText.looksLikeFigure) }

    // MARK: Columns

    /// Counts figures and words of a row; a line without any figure is a heading.
    private mutating func takeColumns(_ fields: ArraySlice<PageText.Piece>, _ areFigures: [Bool]) {
        guard separator == .tabs else { return }
        while columns.count < fields.count { columns.append(Column()) }
        for (place, field) in fields.enumerated() where !field.isEmpty {
            if areFigures[place] {
                columns[place].figures += 1
                if namesYear(field) { columns[place].years += 1 }
                continue
            }
            columns[place].words += 1
            if columns[place].words == 1 {
                columns[place].first = page.string(field)
            } else if !columns[place].differ {
                columns[place].differ = page.string(field) != columns[place].first
            }
        }
    }

    private func namesYear(_ field: PageText.Piece) -> Bool {
        page.withBytes(field, YearMentions.mayNameYear) && HeadingLines.namesYear(page.string(field))
    }

    private func hasDigits(_ field: PageText.Piece) -> Bool {
        page.withBytes(field) { $0.contains(where: NumberShape.isDigit) }
    }

    /// Whether a column holds several words, and no year stands above it: the same word all over is an unknown symbol.
    private var hasWords: Bool {
        columns.indices.contains { place in
            let column = columns[place]
            return column.differ && column.words > column.figures
                && heading(of: place).map { !HeadingLines.namesYear($0) } ?? true
        }
    }

    private func heading(of place: Int) -> String? {
        guard let heading, heading.lowerBound + 1 + place < heading.upperBound else { return nil }
        return LabelText.normalized(page.string(page.fields[heading.lowerBound + 1 + place]))
    }

    /// Whether a heading is that of years, of values or of what crosses with everything; `Year` behind months is a total.
    private var namesKeys: Bool {
        guard let heading else { return false }
        return page.fields[heading.dropFirst()].enumerated().contains { place, field in
            let name = ColumnKind(page.string(field))
            if name.isYear { return place < columns.count && columns[place].years * 2 > columns[place].figures }
            return name.isValue || name.isOfItsOwn
        }
    }
}
