import Annals
import Definitions

/// A scanned file on its way to tables: which columns are keys, what the headings mean, which years there are.
struct DelimitedTable {
    private let scanned: DelimitedScan
    private let form: DelimitedForm
    private let identity: TableIdentity
    private let input: ReaderInput
    private let layout: FigureLayout
    private var findings: [Finding] = []
    private var columns: TableColumns

    private func line(ofRow row: Int) -> Int { scanned.scan.places.line(ofRow: row) }

    init(_ scanned: DelimitedScan, form: DelimitedForm, identity: TableIdentity, input: ReaderInput) throws(Reason) {
        self.scanned = scanned
        self.form = form
        self.identity = identity
        self.input = input
        let places = scanned.scan.places
        let sources = scanned.roles.keys.compactMap { column in
            scanned.dictionary(column).map { dictionary in
                KeyColumns.Source(
                    column: column, name: form.header[column], dictionary: dictionary,
                    isDeclared: scanned.roles.declaredKeys.contains(column))
            }
        }
        let (layout, codes) = try Self.layout(scanned.roles, sources, form: form, identity: identity, input: input)
        let keys = try KeyColumns(
            sources, definition: identity.definition, matrixCodes: codes, limit: input.limits.categories,
            lineOfRow: places.line(ofRow:))
        self.layout = layout
        findings = layout.findings + keys.findings
        columns = TableColumns(
            rowCount: scanned.scan.rowCount, keys: keys.keys, periods: [], rowPeriods: nil, extra: layout.extra,
            figures: [], measures: layout.measures, palette: scanned.scan.palette.marks, title: identity.name,
            notes: form.above.filter { !$0.isEmpty }.dropFirst() + scanned.scan.notes)
        try assignPeriods()
        try fillFigures()
    }

    private static func layout(
        _ roles: DelimitedRoles, _ sources: [KeyColumns.Source], form: DelimitedForm, identity: TableIdentity,
        input: ReaderInput
    ) throws(Reason) -> (FigureLayout, codes: [String: Set<String>]?) {
        let names = roles.figures.map { form.header[$0] }
        let definition = identity.definition
        try HeadingYears.refuseParts(names, line: form.headerLine, column: (roles.figures.first ?? 0) + 1)
        if roles.year == nil, let years = HeadingYears(names) {
            return (.years(years, definition: definition), nil)
        }
        let stub = sources.count == 1 && sources[0].dictionary.count <= 10_000 ? sources[0].dictionary.strings : []
        guard names.count > 1, definition?.heading != nil || FigureLayout.isMatrix(names, stub: stub) else {
            return (.named(names, definition: definition), nil)
        }
        let codes = PageCategories.codes(of: stub).merging(PageCategories.codes(of: names)) { $0.union($1) }
        let layout = try FigureLayout.matrix(
            names, line: form.headerLine, known: codes, definition: definition, limit: input.limits.categories)
        return (layout, codes)
    }

    // MARK: Years and figures

    private mutating func assignPeriods() throws(Reason) {
        if let column = scanned.roles.year, let dictionary = scanned.dictionary(column) {
            let places = scanned.scan.places
            let years = try YearColumn(
                dictionary, name: form.header[column], column: column, input: input, lineOfRow: places.line(ofRow:))
            columns.periods = years.list.periods
            columns.rowPeriods = years.rowPeriods
        } else if let mentions = layout.mentions {
            columns.periods = try PeriodList(mentions, input: input).periods
        } else {
            columns.periods = [
                try YearResolution.period(
                    input, heading: nil, title: identity.title, lines: Array(form.above.dropFirst()),
                    findings: &findings)
            ]
        }
        for index in columns.periods.indices { columns.periods[index].kind = identity.definition?.periodKind }
    }

    private mutating func fillFigures() throws(Reason) {
        let list = try layout.mentions.map { (mentions) throws(Reason) in try PeriodList(mentions, input: input) }
        for (place, column) in scanned.roles.figures.enumerated() {
            guard let builder = scanned.builder(column) else { continue }
            switch builder.finish() {
            case .success(var figure):
                figure.measure = layout.measureIndices[place]
                figure.extra = layout.extraIndices[place]
                figure.period = list.flatMap { list in layout.mentions.map { list.index(of: $0[place].year) } }
                columns.figures.append(figure)
            case .failure(let overflow):
                throw scanned.glyphs.overflow("", line: line(ofRow: overflow.row), column: column + 1)
            }
        }
        if let overflow = columns.alignDecimals() {
            throw scanned.glyphs.overflow(
                "", line: line(ofRow: overflow.row), column: scanned.roles.figures[overflow.column] + 1)
        }
        var places = [[Int]](repeating: [], count: columns.measures.count)
        for (place, figure) in columns.figures.enumerated() { places[figure.measure].append(place) }
        for measure in columns.measures.indices {
            guard
                let suspect = SentinelCheck.suspect(
                    columns, measure: measure, in: places[measure], reader: scanned.reader)
            else { continue }
            throw SentinelCheck.reason(
                suspect, measure: columns.measures[measure], line: line(ofRow: suspect.row),
                column: scanned.roles.figures[suspect.column] + 1)
        }
    }

    // MARK: Tables

    func reading(_ text: DecodedText) throws(Reason) -> Reading {
        let results: [TableAssembly.Result]
        do throws(AssemblyError) {
            results = try TableAssembly(columns, wantsFields: input.wantsOrigins).tables()
        } catch {
            throw reason(error)
        }
        let dimensions = columns.keys.map(\.dimension) + (columns.extra.map { $0.isMeasure ? [] : [$0] } ?? [])
        let find = origins(text)
        return Reading(
            dataset: try identity.dataset(dimensions: dimensions.map(\.id)), title: identity.name,
            tables: results.map(\.table), dialect: identity.dialect.name, definition: identity.definition,
            findings: findings,
            origins: input.wantsOrigins ? results.map { CellOrigins(fields: $0.fields, find: find) } : [])
    }

    /// Cuts one field out of the text again.
    private func origins(_ text: DecodedText) -> @Sendable (Int, Int) -> CellOrigin {
        let places = scanned.scan.places
        let figures = scanned.roles.figures
        let delimiter = form.delimiter
        return { row, figure in
            let column = figures[figure]
            let content = text.bytes.withUnsafeBufferPointer { whole in
                var records = RecordScanner(
                    UnsafeBufferPointer(rebasing: whole[text.start...]), delimiter: delimiter,
                    position: places.offset(ofRow: row), line: places.line(ofRow: row), lineLimit: .max)
                var fields: [Field] = []
                // The same record was read without error a moment ago.
                guard (try? records.next(&fields)) != nil, column < fields.count else { return "" }
                return records.scanner.string(fields[column])
            }
            return CellOrigin(
                line: places.line(ofRow: row), column: column + 1, text: FieldText.withoutWhitespace(content))
        }
    }

    private func reason(_ error: AssemblyError) -> Reason {
        guard case .duplicate(let first, let second) = error else {
            return Reason(
                "The columns have more combinations than can be numbered", remedy: "Name the keys in a definition")
        }
        let lines = "\(line(ofRow: first)) and \(line(ofRow: second))"
        let isSame = columns.figures.allSatisfy {
            $0.values[first] == $0.values[second] && $0.marks[first] == $0.marks[second]
        }
        let names = columns.keys.map(\.dimension.label)
        let message =
            names.isEmpty
            ? "No column of text tells the rows apart: lines \(lines)"
            : "Lines \(lines) have the same keys and \(isSame ? "the same figures" : "different figures")"
        return Reason(
            message, line: line(ofRow: second), found: codes(ofRow: second),
            expected: "each combination of \(names.isEmpty ? "keys" : names.joined(separator: ", ")) once",
            remedy: remedy(names, isSame: isSame))
    }

    private func codes(ofRow row: Int) -> String {
        columns.keys.map { $0.dimension.categories[Int($0.indices[row])].code }.joined(separator: ", ")
    }

    private func remedy(_ names: [String], isSame: Bool) -> String {
        let candidates = scanned.roles.figures.enumerated().compactMap { place, column in
            scanned.roles.candidates.contains(column) ? (figure: place, name: form.header[column]) : nil
        }
        let proposed = KeyProposal.names(columns, candidates: candidates)
        guard let first = proposed.first else {
            return isSame ? "Remove the repeated row" : "Remove the wrong row, or add the column that tells them apart"
        }
        let keys = (names + [first]).joined(separator: ", ")
        return "If `\(first)` tells the rows apart, say so in a definition: `columns: {keys: [\(keys)]}`"
    }
}
