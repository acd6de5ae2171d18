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
            case .other(let reason): return .accepts(RefusedPage(reason: reason))
            case .none: return .declines("it doesn't begin as a web page does")
            }
        } catch {
            return .accepts(RefusedPage(reason: error))
        }
    }
}

/// What comes in tags and is no page that can be read.
private struct RefusedPage: OpenedFile {
    let reason: Reason

    func read() throws(Reason) -> Reading { throw reason }
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
        do throws(Reason) {
            let file = try DelimitedFile(
                DecodedText(bytes: text.bytes, start: 0, encoding: encoding), delimiter: HTMLTableText.delimiter,
                layout: layout, text.hasStoredFractions ? input.assumingPoint(identity.dialect) : input)
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
        guard let first = tables.first else { throw Reason("The page has no table") }
        var whole = try HTMLTableReading(candidate: first).read(input, encoding: encoding)
        for table in tables.dropFirst() {
            var next = input
            // The first table says what the columns of all are for.
            if next.bound == nil { next.bound = whole.plan }
            let reading = try HTMLTableReading(candidate: table).read(next, encoding: encoding)
            try check(reading, table, against: whole, first)
            whole.tables += reading.tables
            whole.origins += reading.origins
            whole.findings += reading.findings.filter { !whole.findings.contains($0) }
        }
        let order = whole.tables.indices.sorted { whole.tables[$0].period.year < whole.tables[$1].period.year }
        if whole.origins.count == whole.tables.count { whole.origins = order.map { whole.origins[$0] } }
        whole.tables = order.map { whole.tables[$0] }
        return whole
    }

    private func check(
        _ reading: Reading, _ candidate: HTMLTableChoice.Candidate, against whole: Reading,
        _ first: HTMLTableChoice.Candidate
    ) throws(Reason) {
        guard let table = reading.tables.first, let other = whole.tables.first else { return }
        let known = Set(whole.tables.map(\.period.year))
        func units(_ table: Table) -> [String] { table.measures.map { "\($0.unit ?? "no unit"), 10^\($0.multiplier)" } }
        let sides: [(what: String, here: [String], there: [String])] = [
            ("another dataset", [reading.dataset.slug], [whole.dataset.slug]),
            ("other dimensions", table.keySpace.dimensions.map(\.id), other.keySpace.dimensions.map(\.id)),
            ("other measures", table.measures.map(\.code), other.measures.map(\.code)),
            ("another unit", units(table), units(other)),
        ]
        let twice = reading.tables.first { known.contains($0.period.year) }
        let found =
            sides.first { $0.here != $0.there }
            ?? twice.map { ("a year that another table has", [$0.period.label], ["each year once"]) }
        guard let found else { return }
        throw Reason(
            "Table \(candidate.table.number) of the page, `\(candidate.name)`, has \(found.what), beside table "
                + "\(first.table.number), `\(first.name)`",
            line: candidate.table.place.line, found: found.here.joined(separator: ", "),
            expected: found.there.joined(separator: ", "),
            remedy: "Say which table is meant in a sidecar NAME.meta.yaml: `table: \(first.table.number)` or "
                + "`table: \(candidate.table.number)`")
    }
}

extension ReaderInput {
    /// For a reader of numbers that a program stored with a point, where no dialect says another mark.
    fileprivate func assumingPoint(_ dialect: Dialect) -> ReaderInput {
        guard dialect.decimalMark == nil else { return self }
        var input = self
        input.definitions.dialects[dialect.name]?.decimalMark = .point
        input.definitions.dialects[dialect.name]?.thousandsSeparators.remove(".")
        return input
    }
}
