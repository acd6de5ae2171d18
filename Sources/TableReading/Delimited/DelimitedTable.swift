import Annals
import Definitions

/// A scanned file on its way to tables: what its keys, headings, years and marks make of its figures.
struct DelimitedTable {
    let scanned: DelimitedScan
    let form: DelimitedForm
    let identity: TableIdentity
    private let input: ReaderInput
    private let layout: FigureLayout
    /// Places of the measures among the columns of the plan.
    let measures: [Int]
    private var palette: MarkPalette
    private var findings: [Finding] = []
    var columns: TableColumns
    private let corner: YearMention?

    func line(ofRow row: Int) -> Int { scanned.scan.places.line(ofRow: row) }

    init(_ scanned: DelimitedScan, form: DelimitedForm, identity: TableIdentity, input: ReaderInput) throws(Reason) {
        self.scanned = scanned
        self.form = form
        self.identity = identity
        self.input = input
        palette = scanned.palette
        measures = scanned.table.places(.measure)
        let places = scanned.scan.places
        var sources = try KeySources.all(scanned.table, definition: identity.definition, delimiter: form.delimiter)
        for place in sources.indices { sources[place].title = scanned.format?.title(ofColumn: sources[place].column) }
        let (layout, codes) = try Self.layout(scanned.table, sources, form: form, identity: identity, input: input)
        corner = layout.headings == nil && scanned.table.places(.year).isEmpty ? Self.takeCorner(&sources) : nil
        let keys = try KeyColumns(
            sources, definition: identity.definition, matrixCodes: codes,
            marks: FootnoteMarks(notes: form.remarks + scanned.scan.notes), limit: input.limits.categories,
            lineOfRow: places.line(ofRow:))
        self.layout = layout
        findings = form.findings + scanned.table.findings + scanned.scan.findings + layout.findings + keys.findings
        findings += identity.title?.findings ?? []
        columns = TableColumns(
            rowCount: scanned.scan.rowCount, keys: keys.keys, periods: [], rowPeriods: nil, extra: layout.extra,
            figures: [], measures: layout.measures, palette: [], title: identity.name,
            titleFlags: TitleLine.flags(identity.title, lines: form.remarks),
            notes: form.remarks + scanned.scan.notes)
        let years = try assignPeriods()
        columns.palette = palette.marks
        try fillFigures(years)
        columns.palette = palette.marks
        if !form.isExact {
            try refuseSecondHeading()
            try refuseGroups()
        }
        if layout.headings == nil, years == nil { try refuseYearLabels() }
        noteEmptyRows()
        try takePercent()
        takeUnit()
        try takeMultiplier()
        if scanned.format?.hasDecimals == true { takeDecimals() }
        takeRemarks()
        try splitMeasures()
    }

    /// The year that stands above the labels, in place of a name for them.
    private static func takeCorner(_ sources: inout [KeyColumns.Source]) -> YearMention? {
        guard let first = sources.first, case .year(let heading) = YearHeading.parse(first.name),
            heading.remainder.isEmpty
        else { return nil }
        sources[0].name = ""
        return heading.mention
    }

    private static let years: ClosedRange<Int64> = 1900...2100

    /// A row whose figures are years that count on as those of the heading do is the heading of another table.
    private func refuseSecondHeading() throws(Reason) {
        guard let headings = layout.headings, columns.figures.count > 1 else { return }
        let years = headings.map { $0.map { Int64($0.mention.year) } }
        guard years.allSatisfy({ $0 != nil }), Set(years).count == years.count else { return }
        for row in 0..<columns.rowCount {
            let values = columns.figures.map { figure -> Int64 in
                let isPlain = palette.marks[Int(figure.marks[row])].status == .value
                return isPlain ? figure.values[row] / ScaledDecimal.powerOfTen(figure.decimals) : 0
            }
            guard let first = values.first, Self.years.contains(first) else { continue }
            let offsets = Set(zip(values, years).map { $0 - ($1 ?? 0) })
            guard offsets.count == 1, values.allSatisfy(Self.years.contains) else { continue }
            throw Reason(
                "The heading of another table seems to stand among the rows", line: line(ofRow: row),
                found: values.map(String.init).joined(separator: ", "),
                expected: "figures below the years of the heading",
                remedy: "Drop each table as a file of its own")
        }
    }

    /// Years among the labels of rows, or in most categories of a column that no definition calls a key.
    private func refuseYearLabels() throws(Reason) {
        if let odd = YearLabels.first(columns) { throw YearLabels.reason(odd.label, line: line(ofRow: odd.row)) }
        let declared = identity.definition?.columns.keyNames ?? []
        guard declared.isEmpty, identity.definition?.dimensions.isEmpty ?? true,
            let odd = YearLabels.named(columns)
        else { return }
        let keys = scanned.table.places(.key).map { scanned.table.columns[$0].title }
        throw YearLabels.reason(odd, keys: keys, of: columns.periods.first?.label ?? "", line: line(ofRow: odd.row))
    }

    /// Rows that are headings of groups: by their place, or by what they leave empty beside the label.
    private func refuseGroups() throws(Reason) {
        func isBlank(_ mark: UInt16) -> Bool { palette.marks[Int(mark)].status == .blank }
        if let group = GroupRows.first(columns, isBlank: isBlank) {
            throw GroupRows.reason(columns, group, line: line(ofRow: group))
        }
        let table = scanned.table
        let companions = (table.places(.label) + table.places(.attribute)).compactMap { table.columns[$0] }
            .filter { $0.profile.hasBlanks && $0.profile.filled > 1 && !$0.heading.isRemark }
            .compactMap(\.texts)
        if let row = GroupRows.first(columns, without: companions, isBlank: isBlank) {
            throw GroupRows.reason(columns, row, line: line(ofRow: row))
        }
    }

    /// A row without any figure between others: a region of which nothing is known, or the heading of a group.
    private mutating func noteEmptyRows() {
        guard columns.keys.count == 1, columns.figures.count > 1, let key = columns.keys.first else { return }
        let empty = (0..<columns.rowCount).filter { row in
            columns.figures.allSatisfy { palette.marks[Int($0.marks[row])].status == .blank }
        }
        guard let first = empty.first else { return }
        let label = key.dimension.categories[Int(key.indices[first])].label
        findings.append(
            Finding(
                "row-without-figures",
                "`\(label)` in line \(line(ofRow: first)) has no figures\(empty.count > 1 ? ", as \(empty.count - 1) others" : "")",
                line: line(ofRow: first)))
    }

    private static func layout(
        _ table: RoleTable, _ sources: [KeyColumns.Source], form: DelimitedForm, identity: TableIdentity,
        input: ReaderInput
    ) throws(Reason) -> (FigureLayout, codes: LabelCodes?) {
        let definition = identity.definition
        let names = table.places(.measure).map { withUnit(table.columns[$0].name, definition) }
        if table.places(.year).isEmpty, !table.namesHaveYears {
            let headings = FigureChoice.yearHeadings(names, claimed: identity.claimedYears)
            if headings.contains(where: { $0 != nil }) {
                try refuseTwice(headings, table, line: form.headerLine)
                return (.years(headings, names: names, definition: definition), nil)
            }
        }
        let stub = sources.count == 1 && sources[0].texts.count <= 10_000 ? sources[0].texts.strings : []
        guard names.count > 1, definition?.heading != nil || FigureLayout.isMatrix(names, stub: stub) else {
            return (.named(names, definition: definition, keepingYears: table.namesHaveYears), nil)
        }
        let codes = LabelCodes(sources.count == 1 ? sources[0].texts.strings : [], besides: names)
        let layout = try FigureLayout.matrix(
            names, line: form.headerLine, known: codes, definition: definition, limit: input.limits.categories)
        return (layout, codes)
    }

    /// A heading with the unit that the definition gives it, as if it were printed there.
    private static func withUnit(_ name: String, _ definition: DatasetDefinition?) -> String {
        guard let units = definition?.units, !units.isEmpty else { return name }
        let found =
            units[name] ?? units.sorted { $0.key < $1.key }.first { DeclaredRoles.isHeading(name, of: $0.key) }?.value
        return found.map { "\(name) (\($0))" } ?? name
    }

    /// Two days of one year are two columns of one figure.
    private static func refuseTwice(
        _ headings: [YearHeading?], _ table: RoleTable, line: Int
    ) throws(Reason) {
        var seen: [String: String] = [:]
        for (heading, place) in zip(headings, table.places(.measure)) {
            let name = table.columns[place].name
            guard let heading else {
                let clash = headings.contains { $0.map { ColumnName.areSame($0.remainder, name) } ?? false }
                guard clash else { continue }
                throw Reason(
                    "`\(name)` belongs to every year, and other columns give the same figure a year", line: line,
                    column: table.columns[place].place + 1, found: name, expected: "one column a year and measure",
                    remedy: "Leave one out by a definition: \(DatasetDefinition.Columns(ignored: [name]).line)")
            }
            // `2010 %` is a share beside the count of 2010.
            let slug = Slug.name(heading.remainder)
            let key = "\(heading.mention.year) \(slug.isEmpty ? heading.remainder : slug)"
            if let first = seen[key] {
                throw Reason(
                    "Two columns give the same figure of \(heading.mention.label): `\(first)` and `\(name)`",
                    line: line,
                    column: table.columns[place].place + 1, found: name, expected: "one column a year and measure",
                    remedy: "Leave one out by a definition: `\(DatasetDefinition.Columns(ignored: [name]).line)`")
            }
            seen[key] = name
        }
    }

    // MARK: Years and figures

    private mutating func assignPeriods() throws(Reason) -> YearColumn? {
        var yearColumn: YearColumn?
        if let place = scanned.table.places(.year).first, let texts = scanned.table.columns[place].texts {
            let places = scanned.scan.places
            let column = scanned.table.columns[place]
            let years = try YearColumn(
                texts, name: column.name, column: column.place, day: identity.definition?.columns.year?.day,
                isDeclared: identity.definition?.columns.year != nil, input: input, lineOfRow: places.line(ofRow:))
            findings += years.findings
            columns.periods = years.list.periods
            columns.rowPeriods = years.rowPeriods
            yearColumn = years
        } else if let headings = layout.headings {
            columns.periods = try PeriodList(headings.compactMap { $0?.mention }, input: input).periods
        } else {
            columns.periods = [
                try YearResolution.period(
                    input, heading: corner, title: identity.title, lines: form.remarks,
                    findings: &findings)
            ]
        }
        let day = identity.definition?.columns.year?.day
        for index in columns.periods.indices {
            columns.periods[index].kind = identity.definition?.periodKind ?? (day == nil ? nil : .stock)
        }
        return yearColumn
    }

    private mutating func fillFigures(_ years: YearColumn?) throws(Reason) {
        let list = try layout.headings.map { (headings) throws(Reason) in
            try PeriodList(headings.compactMap { $0?.mention }, input: input)
        }
        let flags = try flagColumns()
        for (index, place) in measures.enumerated() {
            guard let builder = scanned.figures[place] else { continue }
            switch builder.finish() {
            case .success(var figure):
                figure.measure = layout.measureIndices[index]
                figure.extra = layout.extraIndices[index]
                if let heading = layout.headings?[index] {
                    figure.period = list?.index(of: heading.mention.year)
                    heading.mark(&figure, palette: &palette)
                }
                years?.mark(&figure, palette: &palette)
                for (owner, isOfOneYear, column) in flags {
                    let applies = owner.map { isOfOneYear ? $0 == place : isOfSameValue($0, index) } ?? true
                    guard applies else { continue }
                    try column.apply(to: &figure, palette: &palette)
                }
                columns.figures.append(figure)
            case .failure(let overflow):
                throw scanned.glyphs.overflow("", line: line(ofRow: overflow.row), column: fileColumn(index))
            }
        }
        if let overflow = columns.alignDecimals() {
            throw scanned.glyphs.overflow("", line: line(ofRow: overflow.row), column: fileColumn(overflow.column))
        }
        try checkSentinels()
    }

    private mutating func checkSentinels() throws(Reason) {
        var places = [[Int]](repeating: [], count: columns.measures.count)
        for (place, figure) in columns.figures.enumerated() { places[figure.measure].append(place) }
        for measure in columns.measures.indices {
            guard let first = places[measure].first else { continue }
            let reader = scanned.readers[scanned.table.columns[measures[first]].place]
            let outcome = SentinelCheck.outcome(columns, measure: measure, in: places[measure], reader: reader)
            if let first = outcome.doubtful.first {
                findings.append(
                    SentinelCheck.finding(
                        outcome.doubtful, measure: columns.measures[measure], line: line(ofRow: first.row)))
            }
            guard let suspect = outcome.refused else { continue }
            throw SentinelCheck.reason(
                suspect, measure: columns.measures[measure], line: line(ofRow: suspect.row),
                column: fileColumn(suspect.column))
        }
    }

    /// Whether a column of figures counts what another one does, in the same year or in another.
    private func isOfSameValue(_ owner: Int, _ index: Int) -> Bool {
        guard let other = measures.firstIndex(of: owner) else { return false }
        return layout.measureIndices[other] == layout.measureIndices[index]
            && layout.extraIndices[other] == layout.extraIndices[index]
    }

    private func flagColumns() throws(Reason) -> [(owner: Int?, isOfOneYear: Bool, column: FlagColumn)] {
        var flags: [(owner: Int?, isOfOneYear: Bool, column: FlagColumn)] = []
        let places = scanned.scan.places
        for place in scanned.table.places(.flag) {
            let column = scanned.table.columns[place]
            guard let texts = column.texts else { continue }
            let isOfOneYear = column.heading.year != nil || scanned.table.isCalledAfterOwner(place)
            flags.append(
                (
                    scanned.table.owner(place), isOfOneYear,
                    try FlagColumn(
                        texts, name: column.name, column: column.place + 1, reader: scanned.readers[column.place],
                        glyphs: scanned.glyphs, lineOfRow: places.line(ofRow:))
                ))
        }
        return flags
    }

    /// The column of the file, from 1, in which a figure column stands.
    private func fileColumn(_ figure: Int) -> Int { scanned.table.columns[measures[figure]].place + 1 }

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
            dataset: try identity.dataset(dimensions: dimensions.filter { !$0.isMeasure }.map(\.id)),
            title: columns.title,
            tables: results.map(\.table), dialect: identity.dialect.name, definition: identity.definition,
            findings: findings, published: scanned.format?.published(scanned.table), plan: scanned.table.plan,
            origins: input.wantsOrigins ? results.map { CellOrigins(fields: $0.fields, find: find) } : [])
    }

    /// Cuts one field out of the text again.
    private func origins(_ text: DecodedText) -> @Sendable (Int, Int) -> CellOrigin {
        let places = scanned.scan.places
        let figures = measures.map { scanned.table.columns[$0].place }
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
            remedy: remedy(isSame: isSame))
    }

    private func codes(ofRow row: Int) -> String {
        columns.keys.map { $0.dimension.categories[Int($0.indices[row])].code }.joined(separator: ", ")
    }

    private func remedy(isSame: Bool) -> String {
        if let column = KeyProposal.leftOut(columns, scanned.table) {
            return "`\(column)` tells these rows apart, and is no key: say so in a definition: `\(asKey(column))`"
        }
        if KeyProposal.isInFront(columns) {
            let line = asKey(scanned.table.columns[measures[0]].title)
            return "If its first column of figures names the rows, say so in a definition: `\(line)`"
        }
        let candidates = measures.enumerated().compactMap { index, place in
            let column = scanned.table.columns[place]
            return column.profile.isOfWholeNumbers ? (figure: index, name: column.title) : nil
        }
        guard let first = KeyProposal.names(columns, candidates: candidates).first else {
            let inFront = KeyProposal.inFront(columns, scanned.table)
            if !inFront.isEmpty {
                let line = DatasetDefinition.Columns(keys: inFront.map { .init(columns: [$0]) }).line
                let names = inFront.map { "`\($0)`" }.joined(separator: " and ")
                return
                    "If \(names) \(inFront.count == 1 ? "names" : "name") the rows, say so in a definition: `\(line)`"
            }
            return isSame ? "Remove the repeated row" : "Remove the wrong row, or add the column that tells them apart"
        }
        return "If `\(first)` tells the rows apart, say so in a definition: `\(asKey(first))`"
    }

    /// The line of a definition that has a column for a key beside those there are.
    private func asKey(_ column: String) -> String {
        let own = scanned.table.places(.key).map { scanned.table.columns[$0].title }
        let declared = identity.definition?.columns.keys ?? []
        let keys = (declared.isEmpty ? own.map { .init(columns: [$0]) } : declared) + [.init(columns: [column])]
        return DatasetDefinition.Columns(keys: keys).line
    }
}
