import Annals
import Definitions

/// Reads a table as a page prints it: title, stacked blocks of rows under repeated headings, footnotes.
///
/// Fields are parted by tabs. The first line of a block, with an empty field in front, names the columns; each row has its
/// label in front. Blocks that share row labels lie side by side in the table.
package struct PageTextReader: TableReader {
    package let name = "page-text"

    package init() {}

    /// Longest page; more is no page.
    static let maximumBytes = 16 << 20

    /// What is looked at to tell a page, in whole lines: as telling as the rest would be.
    private static let beginningBytes = 1 << 18

    package func open(_ input: ReaderInput) -> Opening {
        guard case .success(let text) = input.text else { return .declines("the bytes are no text") }
        guard text.bytes.count <= Self.maximumBytes else { return .declines("longer than a page") }
        var page = PageText(text)
        guard text.contains(0x09) else { return .declines("no lines parted by tabs") }
        do throws(Reason) {
            try page.cut(beginning: Self.beginningBytes, lineLimit: input.limits.lineBytes)
        } catch {
            return .declines("a line is too long")
        }
        if let why = Self.whyNoPage(page) { return .declines(why) }
        return .accepts(OpenedPage(page, input: input))
    }

    /// Nil where the lines are those of a page.
    private static func whyNoPage(_ page: PageText) -> String? {
        var rows = 0
        var hasOpenHeading = false
        var figures = 0
        var others = 0
        for line in page.lines {
            guard case .fields(let fields) = line.form else { continue }
            rows += 1
            // Two fields at least, as there is a tab.
            if page.fields[fields.lowerBound].isEmpty {
                hasOpenHeading = true
                continue
            }
            for field in page.fields[fields.dropFirst()] where !field.isEmpty {
                if page.withBytes(field, FieldText.looksLikeFigure) { figures += 1 } else { others += 1 }
            }
        }
        guard rows >= 2 else { return "no lines parted by tabs" }
        guard hasOpenHeading else { return "no line of headings with an empty field in front" }
        return figures >= others ? nil : "texts, not figures, stand right of the labels"
    }
}

/// A file that is a page, its beginning cut into lines.
private struct OpenedPage: OpenedFile {
    private let beginning: PageText
    private let input: ReaderInput

    init(_ beginning: PageText, input: ReaderInput) {
        self.beginning = beginning
        self.input = input
    }

    func read() throws(Reason) -> Reading {
        var text = beginning
        try text.cut(beginning: nil, lineLimit: input.limits.lineBytes)
        let layout = try PageLayout(text)
        guard let first = layout.headings.first, !layout.rows.isEmpty else {
            throw Reason(
                "The page has headings but no rows", line: layout.headings.first?.line, expected: "rows of figures",
                remedy: "Export the whole table")
        }
        let notes = layout.below.map(\.text)
        let title = Self.title(layout.above, notes: notes)
        let identity = try TableIdentity(input, title: title?.title)
        var page = try PageTable(layout, identity: identity, input: input)
        let others = layout.above.filter { $0.line != title?.line }.map(\.text)
        try page.assignPeriods(input, title: identity.title, lines: others)
        let columns = try page.tableColumns(title: identity.name, notes: others + notes)
        let results: [TableAssembly.Result]
        do throws(AssemblyError) {
            results = try TableAssembly(columns, wantsFields: input.wantsOrigins).tables()
        } catch {
            throw Self.reason(error, columns: columns, origins: page.origins, line: first.line)
        }
        let dimensions = columns.keys.map(\.dimension)
        let places = input.wantsOrigins ? page.origins : []
        return Reading(
            dataset: try identity.dataset(dimensions: dimensions.map(\.id)), title: identity.name,
            tables: results.map(\.table), dialect: identity.dialect.name, definition: identity.definition,
            findings: (page.findings + LostCharacters.findings(dimensions)).sorted { ($0.line ?? 0) < ($1.line ?? 0) },
            origins: input.wantsOrigins
                ? results.map { result in CellOrigins(fields: result.fields) { row, _ in places[row] } } : [])
    }

    private static func reason(
        _ error: AssemblyError, columns: TableColumns, origins: [CellOrigin], line: Int
    ) -> Reason {
        guard case .duplicate(let first, let second) = error else {
            return Reason("The page has more combinations of labels than can be numbered", line: line)
        }
        return Reason(
            "Two figures stand for one cell: lines \(origins[first].line) and \(origins[second].line)",
            line: origins[second].line, column: origins[second].column, found: origins[second].text,
            expected: origins[first].text, remedy: "Remove the wrong one, or tell the labels apart")
    }

    /// The line above the table that has a year or a number; else the first with a letter in it.
    private static func title(_ above: [PageLayout.TextLine], notes: [String]) -> (line: Int, title: TitleLine)? {
        let marks = TitleLine.marks(of: notes)
        for line in above {
            let title = TitleLine(line.text, marks: marks)
            if !title.mentions.years.isEmpty || title.agencyID != nil { return (line.line, title) }
        }
        guard let first = above.first(where: { $0.text.contains(where: \.isLetter) }) else { return nil }
        return (first.line, TitleLine(first.text, marks: marks))
    }
}
