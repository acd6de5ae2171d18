package import Annals
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

    package func detect(_ input: ReaderInput) -> Detection {
        guard case .success(let text) = input.text else { return .declines("the bytes are no text") }
        guard text.bytes.count <= Self.maximumBytes else { return .declines("longer than a page") }
        do throws(Reason) {
            let lines = try text.withBytes { (bytes) throws(Reason) in
                guard bytes.contains(0x09) else { return [PageLine]() }
                return try PageLine.lines(Self.beginning(of: bytes), limit: input.limits.lineBytes)
            }
            return Self.detect(lines)
        } catch {
            return .declines("a line is too long")
        }
    }

    /// Whole lines, about 256 KiB of them, which tell as much as the rest would.
    private static func beginning(of bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard bytes.count > 1 << 18, let end = bytes[(1 << 18)...].firstIndex(of: 0x0A) else { return bytes }
        return UnsafeBufferPointer(rebasing: bytes[..<end])
    }

    private static func detect(_ lines: [PageLine]) -> Detection {
        let rows = lines.compactMap { line in
            if case .fields(let fields) = line.form { fields } else { nil }
        }
        guard rows.count >= 2 else { return .declines("no lines parted by tabs") }
        let hasOpenHeading = rows.contains { $0[0].isEmpty && $0.count > 1 }
        guard hasOpenHeading else { return .declines("no line of headings with an empty field in front") }
        var figures = 0
        var others = 0
        for fields in rows where !fields[0].isEmpty {
            for field in fields.dropFirst() where !field.isEmpty {
                if PageLine.looksLikeFigure(field) { figures += 1 } else { others += 1 }
            }
        }
        return figures >= others ? .accepts : .declines("texts, not figures, stand right of the labels")
    }

    package func read(_ input: ReaderInput) throws(Reason) -> Reading {
        let lines = try input.text.get().withBytes { (bytes) throws(Reason) in
            try PageLine.lines(bytes, limit: input.limits.lineBytes)
        }
        let layout = try PageLayout(lines)
        guard let first = layout.headings.first, !layout.rows.isEmpty else {
            throw Reason(
                "The page has headings but no rows", line: layout.headings.first?.line, expected: "rows of figures",
                remedy: "Export the whole table")
        }
        let notes = layout.below.map(\.text)
        let title = Self.titleLine(layout.above, notes: notes)
        let identity = try TableIdentity(input, title: title.map { TitleLine($0.text, notes: notes) })
        var page = try PageTable(layout, identity: identity, input: input)
        let others = layout.above.filter { $0.number != title?.number }.map(\.text)
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

    /// The line above the table that has a year or a number; else the first.
    private static func titleLine(_ above: [PageLine], notes: [String]) -> PageLine? {
        above.first { line in
            let title = TitleLine(line.text, notes: notes)
            return !title.mentions.years.isEmpty || title.agencyID != nil
        } ?? above.first { $0.text.contains(where: \.isLetter) }
    }
}
