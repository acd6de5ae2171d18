import Annals
import Definitions

/// A page on its way to columns: what its stub, its headings and its fields mean.
struct PageTable {
    private let layout: PageLayout
    private let rows: PageSide
    private let columns: PageSide
    private let cells: PageCells
    private let decimals: Int
    private let reader: FigureReader
    private let glyphs: GlyphRefusal
    private let definition: DatasetDefinition?
    /// Nil where not the same categories stand on both sides.
    private let matrixCodes: MatrixCodes?
    private var periods: [Period] = []
    private var periodList: PeriodList?
    private(set) var findings: [Finding] = []

    init(_ layout: PageLayout, identity: TableIdentity, input: ReaderInput) throws(Reason) {
        self.layout = layout
        definition = identity.definition
        glyphs = GlyphRefusal(definitions: input.definitions, dialect: identity.dialect.name)
        let labels = layout.headings.flatMap { heading in
            heading.labels.map { PageCategories.Mention(text: $0, line: heading.line) }
        }
        let stubs = layout.rows.map { PageCategories.Mention(text: $0.label, line: $0.line) }
        let (labelTexts, stubTexts) = (Self.distinct(labels.map(\.text)), Self.distinct(stubs.map(\.text)))
        let isMatrix = PageSide.share(labelTexts, stubTexts)
        let headingYears = try PageSide.years(labelTexts, stub: stubTexts, claimed: identity.claimedYears) {
            layout.place(ofHeading: $0)
        }
        let stubYears =
            isMatrix || headingYears != nil
            ? nil
            : try PageSide.stubYears(
                stubs, stub: layout.headings.first?.stub ?? "", claimed: identity.claimedYears)
        // The same codes stand on both sides of a matrix, so that one side knows what the other lost.
        let isOneSpace = isMatrix || PageSide.shareCode(labelTexts, stubTexts)
        let marks = TitleLine.marks(of: layout.below.map(\.text))
        let stubCodes = LabelCodes(stubTexts, besides: isOneSpace ? labelTexts : [], marks: marks)
        let labelCodes = isOneSpace ? stubCodes : LabelCodes(labelTexts, marks: marks)
        let limit = input.limits.categories
        if let stubYears {
            rows = PageSide(stubs, headings: stubYears)
        } else {
            rows = PageSide(
                try PageCategories(stubs, known: stubCodes, definition: identity.definition?.stub, limit: limit))
        }
        if let headingYears {
            var side = PageSide(labels, headings: headingYears)
            side.leaveOut(identity.definition?.columns.ignored ?? [])
            try PageChecks.refuseUnits(layout, side)
            columns = side
        } else {
            var side = PageSide(
                try PageCategories(labels, known: labelCodes, definition: identity.definition?.heading, limit: limit))
            side.leaveOut(identity.definition?.columns.ignored ?? [])
            columns = side
        }
        try PageChecks.refuseTwins(layout, columns)
        if stubYears == nil { try PageChecks.refuseTwinRows(layout, rows) }
        if !isMatrix { try PageChecks.refuseGroups(layout, rows) }
        let dialect = DiagonalDots.dialect(identity.dialect, layout, rows: rows, columns: columns)
        reader = FigureReader(dialect: dialect, style: try Self.style(layout, columns, dialect))
        var cells = try PageCells(layout, rows: rows, columns: columns, reader: reader, glyphs: glyphs)
        decimals = try cells.alignDecimals(glyphs)
        self.cells = cells
        findings = layout.findings + rows.findings + columns.findings + cells.findings
        findings += PageChecks.missingRows(layout, rows, columns)
        matrixCodes = isMatrix ? MatrixCodes(rows: rows, columns: columns) : nil
        if let matrixCodes {
            findings += stubCodes.twins() + PageChecks.oddOnes(layout, rows, columns, matrixCodes)
            findings += PageChecks.blankDiagonal(cells, rows, matrixCodes)
            findings += PageChecks.oddTriangle(cells, rows, columns, matrixCodes)
        }
        guard cells.cells.count <= input.limits.cells else {
            throw Reason("The page has more cells than the limit", expected: "at most \(input.limits.cells)")
        }
    }

    private static func distinct(_ texts: [String]) -> [String] {
        var seen = Set<String>(minimumCapacity: texts.count)
        return texts.filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    private static func style(
        _ layout: PageLayout, _ columns: PageSide, _ dialect: Dialect
    ) throws(Reason) -> NumberStyle {
        var survey = NumberStyleSurvey()
        let starts = layout.labelStarts
        for row in layout.rows {
            let start = starts[row.heading]
            for (place, field) in layout.text.fields[row.fields].enumerated() where !field.isEmpty {
                if columns.isLeftOut[Int(columns.indices[start + place])] { continue }
                guard let shape = layout.text.withBytes(field, NumberShape.init) else { continue }
                if shape.separatorCount == 0 { continue }
                survey.add(shape) { .init(line: row.line, column: place + 2, text: layout.text.string(field)) }
            }
        }
        return try survey.style(dialect)
    }

    /// Decides the years: rows or headings that name them, else the file as a whole.
    mutating func assignPeriods(_ input: ReaderInput, title: TitleLine?, lines: [String]) throws(Reason) {
        let mentions = columns.mentions + rows.mentions
        if mentions.isEmpty {
            periods = [
                try YearResolution.period(input, heading: nil, title: title, lines: lines, findings: &findings)
            ]
        } else {
            let list = try PeriodList(mentions, input: input)
            periodList = list
            periods = list.periods
        }
        for index in periods.indices { periods[index].kind = definition?.periodKind }
        try PageChecks.refuseYearAboveLabels(layout, periods)
    }

    /// One row a cell, with its categories as keys.
    mutating func tableColumns(
        title: String, flags: [String: CellFlags], notes: [String]
    ) throws(Reason) -> TableColumns {
        let figure = FigureColumn(
            values: cells.cells.map(\.value), marks: cells.cells.map(\.mark), decimals: decimals)
        var columns = TableColumns(
            rowCount: cells.cells.count, keys: keys, periods: periods, rowPeriods: rowPeriods, extra: nil,
            figures: [figure], measures: [measure],
            palette: cells.palette.marks,
            title: title, titleFlags: flags, notes: notes)
        if let overflow = columns.alignDecimals() { throw refuse(cell: overflow.row) }
        let outcome = SentinelCheck.outcome(columns, measure: 0, in: [0], reader: reader)
        if let suspect = outcome.refused {
            let cell = cells.cells[suspect.row]
            throw SentinelCheck.reason(suspect, measure: columns.measures[0], line: cell.line, column: cell.field)
        }
        if let first = outcome.doubtful.first {
            findings.append(
                SentinelCheck.finding(
                    outcome.doubtful, measure: columns.measures[0], line: cells.cells[first.row].line))
        }
        return columns
    }

    /// What is counted: as the definition says, with the unit that stands beside all years.
    private var measure: Measure {
        let measure = definition?.measures.first ?? Measure(code: "value")
        let used = (columns.years ?? []).indices.filter { !columns.isLeftOut[$0] }
        let remainders = Set(used.compactMap { columns.years?[$0]?.remainder })
        guard remainders.count == 1, let remainder = remainders.first, !remainder.isEmpty else { return measure }
        return MeasureHeading(remainder).completed(measure)
    }

    /// What the stub and each heading were taken for.
    ///
    /// - Parameter keys: Ids of the dimensions that ``tableColumns(title:flags:notes:)`` made.
    /// - Returns: One column for the stub, one for each heading.
    func plan(keys: [String]) -> ReadingPlan {
        PagePlan.plan(layout, rows: rows, columns: columns, keys: keys, matrixCodes: matrixCodes)
    }

    /// *Shape:* one a row of ``tableColumns(title:flags:notes:)``.
    var origins: [CellOrigin] { cells.origins }

    private func refuse(cell index: Int) -> Reason { cells.overflow(cells.cells[index], glyphs) }

    private var rowPeriods: [UInt32]? {
        guard let periodList else { return nil }
        func places(_ side: PageSide) -> [UInt32]? {
            side.years.map { years in years.map { UInt32(periodList.index(of: $0?.mention.year ?? 0)) } }
        }
        if let places = places(columns) { return cells.cells.map { places[Int($0.column)] } }
        return places(rows).map { places in cells.cells.map { places[Int($0.row)] } }
    }

    private var keys: [KeyColumn] {
        var keys: [KeyColumn] = []
        if rows.years == nil {
            let dimension = Self.dimension("row", definition?.stub, rows.categories)
            keys.append(KeyColumn(dimension: dimension, indices: EntryRows(cells.cells.map(\.row))))
        }
        guard let years = columns.years else {
            // What a column that is left out is called is no category.
            let used = columns.categories.indices.filter { !columns.isLeftOut[$0] }
            var places = [UInt32](repeating: 0, count: max(1, columns.categories.count))
            for (place, category) in used.enumerated() { places[category] = UInt32(place) }
            let dimension = Self.dimension("column", definition?.heading, used.map { columns.categories[$0] })
            let indices = EntryRows(cells.cells.map { places[Int($0.column)] })
            return keys + [KeyColumn(dimension: dimension, indices: indices)]
        }
        // Headings that say more than the year: what they say is the other dimension.
        let names = years.map { $0?.remainder ?? "" }
        let used = years.indices.filter { !columns.isLeftOut[$0] }
        guard Set(used.map { names[$0] }).count > 1 else { return keys }
        let distinct = Self.distinct(used.map { names[$0].isEmpty ? "value" : names[$0] })
        let categories = CategoryCodes.categories(of: distinct)
        var placeByName: [String: UInt32] = [:]
        for (place, name) in distinct.enumerated() { placeByName[name] = UInt32(place) }
        let places = names.map { placeByName[$0.isEmpty ? "value" : $0] ?? 0 }
        let dimension = Self.dimension("column", definition?.heading, categories)
        return keys + [KeyColumn(dimension: dimension, indices: EntryRows(cells.cells.map { places[Int($0.column)] }))]
    }

    private static func dimension(
        _ id: String, _ definition: DatasetDefinition.DimensionDefinition?, _ categories: [Category]
    ) -> Dimension {
        let total = definition?.totalCode.flatMap { code in categories.contains { $0.code == code } ? code : nil }
        return Dimension(
            id: definition?.id ?? id, label: definition?.label ?? id, categories: categories, totalCode: total)
    }
}
