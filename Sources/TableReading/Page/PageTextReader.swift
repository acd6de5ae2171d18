import Annals
import Definitions

/// Reads a table as a page prints it: title, stacked blocks of rows under repeated headings, footnotes.
///
/// Fields are parted by tabs, by pipes, or by spaces. The first line of a block, with an empty field in front, names the columns; each row has its
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
        let beginning = text.bytes[text.start...].prefix(Self.beginningBytes)
        let separator: PageSeparator =
            PageSeparator.arePipes(beginning) ? .pipes : text.contains(0x09) ? .tabs : .spaces
        var page = PageText(text, separator: separator)
        do throws(Reason) {
            try page.cut(beginning: Self.beginningBytes, lineLimit: input.limits.lineBytes)
        } catch {
            return .declines("a line is too long")
        }
        if separator != .tabs, Self.hasOwnLayout(input) { return .declines("a definition says how its lines are cut") }
        if separator == .spaces, SpacedPage.isPartedByCommas(page) { return .declines("commas part its lines") }
        if separator == .spaces {
            if let reason = RunTogether.refusal(page) { return .accepts(RefusedPage(reason: reason)) }
            guard SpacedPage.looksLikePage(page) else { return .declines("no lines parted by tabs, pipes or spaces") }
        } else if let why = PageLikeness(page, separator).objection {
            return .declines(why)
        }
        return .accepts(OpenedPage(page, separator, input: input))
    }

    /// Whether a definition says where the table begins, or where its fields stand.
    private static func hasOwnLayout(_ input: ReaderInput) -> Bool {
        // What contradicts itself is the delimited reader's to refuse.
        guard let identity = try? TableIdentity(input, title: nil) else { return true }
        return identity.definition.map { $0.layout != DatasetDefinition.Layout() } ?? false
    }
}

/// A page that can't be cut into fields at all.
private struct RefusedPage: OpenedFile {
    let reason: Reason

    func read() throws(Reason) -> Reading { throw reason }
}

/// A file that is a page, its beginning cut into lines.
private struct OpenedPage: OpenedFile {
    private let beginning: PageText
    private let separator: PageSeparator
    private let input: ReaderInput

    init(_ beginning: PageText, _ separator: PageSeparator, input: ReaderInput) {
        self.beginning = beginning
        self.separator = separator
        self.input = input
    }

    func read() throws(Reason) -> Reading {
        var text = beginning
        try text.cut(beginning: nil, lineLimit: input.limits.lineBytes)
        switch separator {
        case .tabs: break
        case .pipes: text.dropPadding()
        case .spaces: text = try SpacedPage.cut(text)
        }
        let layout = try PageLayout(text)
        guard let first = layout.headings.first, !layout.rows.isEmpty else {
            throw Reason(
                "The page has headings but no rows", line: layout.headings.first?.line, expected: "rows of figures",
                remedy: "Export the whole table")
        }
        if separator != .tabs { try PageChecks.refuseLists(layout) }
        let notes = layout.below.map(\.text)
        let title = Self.title(layout.above, notes: notes)
        let identity = try TableIdentity(input, title: title?.title)
        var page = try PageTable(layout, identity: identity, input: input)
        let others = layout.above.filter { $0.line != title?.line }.map(\.text)
        try page.assignPeriods(input, title: identity.title, lines: others)
        var columns = try page.tableColumns(
            title: identity.name, flags: TitleLine.flags(identity.title, lines: others), notes: others + notes)
        if let unit = UnitLine.unit(of: others) { columns.take(unit) }
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
            findings: (page.findings + (identity.title?.findings ?? []) + LostCharacters.findings(dimensions)
                + dimensions.flatMap(LabelFindings.all)).sorted { ($0.line ?? 0) < ($1.line ?? 0) },
            plan: page.plan(keys: dimensions.map(\.id)),
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
