import Annals
import Definitions

/// A page on its way to columns: what its stub, its headings and its fields mean.
struct PageTable {
    private let rows: PageCategories
    private let columns: PageCategories
    private let cells: PageCells
    private let decimals: Int
    private let reader: FigureReader
    private let glyphs: GlyphRefusal
    /// Set where each heading names a year.
    private let headingYears: HeadingYears?
    /// Set where each row's label is a year.
    private let stubYears: HeadingYears?
    private let definition: DatasetDefinition?
    private var periods: [Period] = []
    private var periodList: PeriodList?
    private(set) var findings: [Finding] = []

    init(_ layout: PageLayout, identity: TableIdentity, input: ReaderInput) throws(Reason) {
        definition = identity.definition
        glyphs = GlyphRefusal(definitions: input.definitions, dialect: identity.dialect.name)
        let labels = layout.headings.flatMap { heading in
            heading.labels.map { PageCategories.Mention(text: $0, line: heading.line) }
        }
        let stubs = layout.rows.map { PageCategories.Mention(text: $0.label, line: $0.line) }
        let (labelTexts, stubTexts) = (Self.distinct(labels.map(\.text)), Self.distinct(stubs.map(\.text)))
        try HeadingYears.refuseParts(labelTexts, line: layout.headings.first?.line ?? 1, column: 2)
        headingYears = HeadingYears(labelTexts)
        stubYears = Self.bareYears(stubTexts)
        // The same codes stand on both sides of a matrix, so that one side knows what the other lost.
        let known = PageCategories.codes(of: stubTexts).merging(PageCategories.codes(of: labelTexts)) { $0.union($1) }
        let limit = input.limits.categories
        rows = try PageCategories(
            stubs, known: stubYears == nil ? known : [:], definition: identity.definition?.stub, limit: limit)
        columns = try PageCategories(
            labels, known: headingYears == nil ? known : [:], definition: identity.definition?.heading, limit: limit)
        reader = FigureReader(dialect: identity.dialect, style: try Self.style(layout, identity.dialect))
        var cells = try PageCells(layout, rows: rows, columns: columns, reader: reader, glyphs: glyphs)
        decimals = try cells.alignDecimals(glyphs)
        self.cells = cells
        findings = rows.findings + columns.findings + cells.findings
        guard cells.cells.count <= input.limits.cells else {
            throw Reason("The page has more cells than the limit", expected: "at most \(input.limits.cells)")
        }
    }

    private static func distinct(_ texts: [String]) -> [String] {
        var seen = Set<String>(minimumCapacity: texts.count)
        return texts.filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    private static func bareYears(_ labels: [String]) -> HeadingYears? {
        HeadingYears(labels).flatMap { $0.remainders.allSatisfy(\.isEmpty) ? $0 : nil }
    }

    private static func style(_ layout: PageLayout, _ dialect: Dialect) throws(Reason) -> NumberStyle {
        var survey = NumberStyleSurvey()
        for row in layout.rows {
            for (place, field) in layout.text.fields[row.fields].enumerated() where !field.isEmpty {
                guard let shape = layout.text.withBytes(field, NumberShape.init) else { continue }
                survey.add(shape) { .init(line: row.line, column: place + 2, text: layout.text.string(field)) }
            }
        }
        return try survey.style(dialect)
    }

    /// Decides the years: rows or headings that name them, else the file as a whole.
    mutating func assignPeriods(_ input: ReaderInput, title: TitleLine?, lines: [String]) throws(Reason) {
        if let years = headingYears ?? stubYears {
            let list = try PeriodList(years.mentions, input: input)
            periodList = list
            periods = list.periods
        } else {
            periods = [
                try YearResolution.period(input, heading: nil, title: title, lines: lines, findings: &findings)
            ]
        }
        for index in periods.indices { periods[index].kind = definition?.periodKind }
    }

    /// One row a cell, with its categories as keys.
    func tableColumns(title: String, notes: [String]) throws(Reason) -> TableColumns {
        let figure = FigureColumn(
            values: cells.cells.map(\.value), marks: cells.cells.map(\.mark), decimals: decimals)
        var columns = TableColumns(
            rowCount: cells.cells.count, keys: keys, periods: periods, rowPeriods: rowPeriods, extra: nil,
            figures: [figure], measures: [definition?.measures.first ?? Measure(code: "value")],
            palette: cells.palette.marks,
            title: title, notes: notes)
        if let overflow = columns.alignDecimals() { throw refuse(cell: overflow.row) }
        if let suspect = SentinelCheck.suspect(columns, measure: 0, in: [0], reader: reader) {
            let cell = cells.cells[suspect.row]
            throw SentinelCheck.reason(suspect, measure: columns.measures[0], line: cell.line, column: cell.field)
        }
        return columns
    }

    /// *Shape:* one a row of ``tableColumns(title:notes:)``.
    var origins: [CellOrigin] { cells.origins }

    private func refuse(cell index: Int) -> Reason { cells.overflow(cells.cells[index], glyphs) }

    private var rowPeriods: [UInt32]? {
        guard let periodList else { return nil }
        let categories = headingYears == nil ? rows.categories : columns.categories
        let years = categories.map { periodList.index(of: YearMentions(in: $0.label).years.first?.year ?? 0) }
        return cells.cells.map { UInt32(years[Int(headingYears == nil ? $0.row : $0.column)]) }
    }

    private var keys: [KeyColumn] {
        var keys: [KeyColumn] = []
        if stubYears == nil || headingYears != nil {
            keys.append(
                KeyColumn(
                    dimension: Self.dimension("row", definition?.stub, rows.categories), indices: cells.cells.map(\.row)
                ))
        }
        guard headingYears != nil else {
            let dimension = Self.dimension("column", definition?.heading, columns.categories)
            return keys + [KeyColumn(dimension: dimension, indices: cells.cells.map(\.column))]
        }
        // Headings that say more than the year: what they say is the other dimension.
        let names = columns.categories.map { TitleLine.withoutEdges(YearMentions(in: $0.label).remainder) ?? "" }
        let distinct = Self.distinct(names)
        guard distinct.count > 1 || Set(names).count > 1 else { return keys }
        let categories = CategoryCodes.categories(of: distinct)
        let places = names.map { name in UInt32(distinct.firstIndex(of: name) ?? 0) }
        let dimension = Self.dimension("column", definition?.heading, categories)
        return keys + [KeyColumn(dimension: dimension, indices: cells.cells.map { places[Int($0.column)] })]
    }

    private static func dimension(
        _ id: String, _ definition: DatasetDefinition.DimensionDefinition?, _ categories: [Category]
    ) -> Dimension {
        let total = definition?.totalCode.flatMap { code in categories.contains { $0.code == code } ? code : nil }
        return Dimension(
            id: definition?.id ?? id, label: definition?.label ?? id, categories: categories, totalCode: total)
    }
}
