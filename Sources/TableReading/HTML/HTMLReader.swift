import Annals
import Definitions

/// Reads tables of web pages, as a browser saves them or a statistics bank writes them, whatever the file is called.
///
/// A table of the page becomes delimited text (``HTMLTableText``), and that a table by the rules of all delimited text.
package struct HTMLReader: TableReader {
    package let name = "html"

    package init() {}

    package func open(_ input: ReaderInput) -> Opening {
        guard case .success(let text) = input.text else { return .declines("the bytes are no text") }
        do throws(Reason) {
            let likeness = try text.withBytes { (bytes) throws(Reason) in HTMLLikeness(bytes) }
            switch likeness {
            case .page: return .accepts(OpenedPage(text: text, input: input))
            case .other(let reason): return .accepts(RefusedFile(reason: reason))
            case .none: return .declines("it doesn't begin as a web page does")
            }
        } catch {
            return .accepts(RefusedFile(reason: error))
        }
    }
}

/// A web page.
private struct OpenedPage: OpenedFile {
    let text: DecodedText
    let input: ReaderInput

    func read() throws(Reason) -> Reading {
        let page = try text.withBytes { (bytes) throws(Reason) in
            var builder = HTMLPageBuilder()
            var tokenizer = HTMLTokenizer(bytes)
            try tokenizer.run(&builder)
            return builder.page
        }
        let layout = try TableIdentity(input, title: nil).definition?.layout
        let choice = try HTMLTableChoice(page, wanted: input.document.sidecar?.table ?? layout?.table)
        var reading = try HTMLTablesOfYears(choice.chosen).read(input, encoding: text.encoding)
        if let place = page.cutOff {
            reading.findings.append(
                Finding(
                    "page-cut-off", "The page ends in the middle of a tag, a comment or a script, behind its table",
                    line: place.line))
        }
        return reading
    }
}

/// A table of a page, read by the rules of delimited text.
struct HTMLTableReading {
    let candidate: HTMLTableChoice.Candidate

    func read(_ input: ReaderInput, encoding: String) throws(Reason) -> Reading {
        let around = candidate.surroundings
        let identity = try TableIdentity(
            input, title: around.title.map { TitleLine($0.text, notes: around.notes.map(\.text)) })
        let text = try HTMLTableText(candidate.table, around, dialect: identity.dialect)
        let places = HTMLPlaces(lines: text.lines, columns: text.columns, table: candidate.table.number)
        let layout = try layout(identity.definition?.layout, isKnown: text.hasKnownHeading)
        var asStored = input
        // Numbers that a program stored have a point, where no dialect says another mark.
        if text.hasStoredFractions { asStored.decimalMark = .point }
        do throws(Reason) {
            let file = try DelimitedFile(
                DecodedText(bytes: text.bytes, start: 0, encoding: encoding), delimiter: HTMLTableText.delimiter,
                layout: layout, asStored)
            var reading = try file.read()
            reading.findings = text.findings + reading.findings.map(places.placed)
            reading.origins = reading.origins.map { $0.mapped(places.placed) }
            for index in reading.plan.columns.indices {
                reading.plan.columns[index].number = places.column(ofField: reading.plan.columns[index].number)
            }
            return reading
        } catch {
            throw places.placed(error)
        }
    }

    /// What a definition says of the heading, where the page doesn't mark it.
    private func layout(
        _ declared: DatasetDefinition.Layout?, isKnown: Bool
    ) throws(Reason) -> DatasetDefinition.Layout {
        let declared = declared ?? DatasetDefinition.Layout()
        let isOfLines =
            switch declared.header {
            case .line, .none: true
            case .found, .lines: false
            }
        guard !isOfLines, declared.skip == 0, declared.positions.isEmpty else {
            throw Reason(
                "The definition counts lines or characters of a text, and the file is a web page",
                expected: "`header: {lines: …}` at most",
                remedy:
                    "Take `header`, `skip`, `names` and `positions` out of the definition, or export the table as CSV")
        }
        return isKnown ? DatasetDefinition.Layout(header: .lines(1)) : DatasetDefinition.Layout(header: declared.header)
    }
}

/// The tables of a page that are read together: one, or one of each year.
struct HTMLTablesOfYears {
    private let tables: [HTMLTableChoice.Candidate]

    init(_ tables: [HTMLTableChoice.Candidate]) { self.tables = tables }

    /// - Throws: Why a table can't be taken; and where one is of another dataset, has other dimensions or measures, or a
    ///   year that another one has.
    func read(_ input: ReaderInput, encoding: String) throws(Reason) -> Reading {
        guard !tables.isEmpty else { throw Reason("The page has no table") }
        return try YearsOfOneFile.reading(tables, input) { (table, input) throws(Reason) in
            try HTMLTableReading(candidate: table).read(input, encoding: encoding)
        } refusal: { table, first, found in
            Reason(
                "Table \(table.table.number) of the page, `\(table.name)`, has \(found.what), beside table "
                    + "\(first.table.number), `\(first.name)`",
                line: table.table.place.line, found: found.here, expected: found.there,
                remedy: "Say which table is meant in a sidecar NAME.meta.yaml: `table: \(first.table.number)` or "
                    + "`table: \(table.table.number)`")
        }
    }
}
