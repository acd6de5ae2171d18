import Annals
import Definitions

/// Makes a reading of a cube: one table a year.
struct CubeTable {
    private var cube: Cube
    private let identity: TableIdentity
    private let input: ReaderInput
    private let roles: CubeRoles
    private let time: CubeTime?
    private let measures: CubeMeasures
    private let keys: CubeKeys
    /// *Shape:* one a dimension of the cube: how far apart its neighbouring categories are.
    private let strides: [Int]
    private var findings: [Finding]

    /// - Parameters:
    ///   - cube: Its figures finished.
    ///   - identity: Made of its title, before its figures were read: these want the dialect.
    ///   - input: The file.
    /// - Throws: Why the cube makes no yearly tables.
    init(_ cube: Cube, identity: TableIdentity, input: ReaderInput) throws(Reason) {
        if let empty = cube.dimensions.first(where: \.categories.isEmpty) {
            throw Reason(
                "The dimension `\(empty.name)` has no categories", line: empty.line, expected: "one at least",
                remedy: "Export the whole table")
        }
        let roles = try CubeRoles(cube, definition: identity.definition, bound: input.bound)
        let contents = roles.place(.contents)
        let measures = try CubeMeasures(
            cube, contents: contents.map { cube.dimensions[$0] }, definition: identity.definition)
        let keys = try CubeKeys(
            cube, roles, definition: identity.definition, limit: input.limits.categories)
        time = try roles.place(.time).map { (place) throws(Reason) in
            try CubeTime(cube.dimensions[place], day: identity.definition?.columns.year?.day, input: input)
        }
        self.cube = cube
        self.identity = identity
        self.input = input
        self.roles = roles
        self.measures = measures
        self.keys = keys
        strides = Self.strides(cube.dimensions.map(\.categories.count))
        if let figure = self.cube.figures.raise(to: measures.measures.map(\.decimals)) {
            let place = cube.origin(figure)
            throw GlyphRefusal(definitions: input.definitions, dialect: identity.dialect.name)
                .overflow(place.text, line: place.line, column: place.column)
        }
        findings = cube.findings + keys.findings + measures.findings
        findings += (time?.findings ?? []) + (identity.title?.findings ?? [])
    }

    /// How far apart neighbouring categories are, row-major.
    ///
    /// - Parameter counts: Whose product fits; see ``combinations(_:limit:line:)``.
    /// - Returns: *Shape:* one a dimension.
    static func strides(_ counts: [Int]) -> [Int] {
        var strides = [Int](repeating: 1, count: counts.count)
        for index in counts.indices.dropLast().reversed() { strides[index] = strides[index + 1] * counts[index + 1] }
        return strides
    }

    /// How many combinations dimensions have, before anything is allocated for them.
    ///
    /// - Parameters:
    ///   - counts: How many categories each has.
    ///   - limit: The most.
    ///   - line: Where the last of them stands.
    /// - Returns: Their product.
    /// - Throws: Where they are more than the limit.
    static func combinations(_ counts: [Int], limit: Int, line: Int?) throws(Reason) -> Int {
        var product = 1
        for count in counts {
            let (next, overflow) = product.multipliedReportingOverflow(by: count)
            guard !overflow, next <= limit else {
                throw Reason(
                    "The table has more cells than the limit", line: line,
                    found: counts.map(String.init).joined(separator: " × ") + " cells", expected: "at most \(limit)",
                    remedy: "Export a part of the table, a year for example, or raise the limit")
            }
            product = next
        }
        return product
    }

    /// - Throws: Where a figure stands twice, or stands for something else.
    func reading() throws(Reason) -> Reading {
        var findings = findings
        var columns = TableColumns(
            rowCount: 0, keys: [], periods: try periods(&findings), rowPeriods: nil, extra: nil, figures: [],
            measures: measures.measures, palette: cube.figures.palette.marks, title: identity.name,
            titleFlags: time == nil ? TitleLine.flags(identity.title, lines: cube.linesOnTime) : [:],
            notes: cube.notes)
        // Where every combination is there, columns side by side need no sorting.
        let lanes = (time?.list.periods.count ?? 1) * measures.measures.count
        let find: @Sendable (Int, Int) -> CellOrigin
        let isWhole = cube.figures.ordinals == nil && cube.figures.count == combinations
        if isWhole, lanes <= Self.mostLanes {
            find = fillWide(&columns)
        } else {
            find = fillLong(&columns)
        }
        try refuseSentinels(columns, find, &findings)
        if time == nil, let odd = YearLabels.named(columns) {
            throw YearLabels.reason(
                odd, keys: columns.keys.map(\.dimension.label), of: columns.periods.first?.label ?? "",
                line: cube.dimensions.first?.line ?? 1)
        }
        let results: [TableAssembly.Result]
        do throws(AssemblyError) {
            results = try TableAssembly(columns, wantsFields: input.wantsOrigins).tables()
        } catch {
            throw reason(error, find)
        }
        guard !results.isEmpty else {
            throw Reason(
                "The file has no figures", line: cube.dimensions.first?.line, expected: "a figure at least",
                remedy: "Export the whole table")
        }
        var tables = results.map(\.table)
        addNotes(to: &tables)
        return Reading(
            dataset: try identity.dataset(dimensions: keys.dimensions.compactMap(\.?.id)), title: identity.name,
            tables: tables, dialect: identity.dialect.name, definition: identity.definition, findings: findings,
            published: cube.published, agencyID: identity.title?.agencyID, plan: roles.plan,
            origins: input.wantsOrigins ? results.map { CellOrigins(fields: $0.fields, find: find) } : [])
    }

    private static let mostLanes = 4096

    /// The reader saw that they can be counted.
    private var combinations: Int { (strides.first ?? 1) * (cube.dimensions.first?.categories.count ?? 1) }

    // MARK: Years

    private func periods(_ findings: inout [Finding]) throws(Reason) -> [Period] {
        var periods: [Period]
        if let time {
            periods = time.list.periods
        } else {
            periods = [
                try YearResolution.period(
                    input, heading: nil, title: identity.title, lines: cube.linesOnTime, findings: &findings)
            ]
        }
        for index in periods.indices { periods[index].kind = identity.definition?.periodKind ?? cube.periodKind }
        return periods
    }

    private func addNotes(to tables: inout [Table]) {
        guard let time, !cube.notesOfTime.isEmpty else { return }
        for index in tables.indices {
            guard let period = time.list.periods.firstIndex(where: { $0.year == tables[index].period.year }),
                let category = time.periods.firstIndex(of: period)
            else { continue }
            tables[index].notes += cube.notesOfTime[category] ?? []
        }
    }

    // MARK: Every combination is there

    /// Places of the dimensions that are keys.
    private var keyPlaces: [Int] { roles.roles.indices.filter { roles.roles[$0] == .key } }

    /// One row a combination of keys, one column a measure and a year.
    private func fillWide(_ columns: inout TableColumns) -> @Sendable (Int, Int) -> CellOrigin {
        let places = keyPlaces
        let counts = places.map { cube.dimensions[$0].categories.count }
        // Fits: it is a part of the number of figures.
        let rowCount = counts.reduce(1, *)
        let inner = Self.strides(counts)
        columns.rowCount = rowCount
        columns.keys = zip(places, zip(inner, counts)).compactMap { place, size in
            keys.dimensions[place].map {
                KeyColumn(
                    dimension: $0,
                    indices: EntryRows((0..<rowCount).lazy.map { UInt32($0 / size.0 % size.1) }))
            }
        }
        var starts = [Int](repeating: 0, count: rowCount)
        for (place, (step, count)) in zip(places, zip(inner, counts)) {
            let stride = strides[place]
            for row in starts.indices { starts[row] += row / step % count * stride }
        }
        columns.extra = measures.dimension
        let timeStride = roles.place(.time).map { strides[$0] } ?? 0
        let contentsStride = roles.place(.contents).map { strides[$0] } ?? 0
        var offsets: [Int] = []
        var palette = cube.figures.palette
        for measure in measures.measures.indices {
            for category in 0..<(time?.periods.count ?? 1) {
                let offset = measure * contentsStride + category * timeStride
                var figure = FigureColumn(
                    values: starts.map { cube.figures.values[$0 + offset] },
                    marks: starts.map { cube.figures.marks[$0 + offset] },
                    decimals: measures.measures[measure].decimals, measure: measure,
                    period: time?.periods[category], extra: measure)
                Self.mark(&figure.marks, time?.flags[category] ?? [], &palette)
                columns.figures.append(figure)
                offsets.append(offset)
            }
        }
        columns.palette = palette.marks
        let (origin, rows, steps) = (cube.origin, starts, offsets)
        return { row, column in origin(rows[row] + steps[column]) }
    }

    /// Adds what a mark at the year says of its figures.
    private static func mark(_ marks: inout [UInt16], _ flags: CellFlags, _ palette: inout MarkPalette) {
        guard !flags.codes.isEmpty else { return }
        var known: [UInt16: UInt16] = [:]
        for row in marks.indices {
            marks[row] = flagged(marks[row], flags, &known, &palette)
        }
    }

    private static func flagged(
        _ own: UInt16, _ flags: CellFlags, _ known: inout [UInt16: UInt16], _ palette: inout MarkPalette
    ) -> UInt16 {
        if let index = known[own] { return index }
        let mark = palette.marks[Int(own)]
        // A file has a handful of marks; the palette holds 65,536.
        let index = palette.index(of: Mark(mark.status, flags: mark.flags.union(flags), glyph: mark.glyph)) ?? own
        known[own] = index
        return index
    }

    // MARK: Combinations may be missing

    /// One row a figure, what is counted among its keys.
    private func fillLong(_ columns: inout TableColumns) -> @Sendable (Int, Int) -> CellOrigin {
        let figures = cube.figures
        columns.rowCount = figures.count
        let contents = roles.place(.contents)
        let places = keyPlaces + (measures.dimension == nil ? [] : contents.map { [$0] } ?? [])
        columns.keys = places.compactMap { place in
            guard let dimension = place == contents ? measures.dimension : keys.dimensions[place] else { return nil }
            return KeyColumn(dimension: dimension, indices: entries(of: place))
        }
        var palette = figures.palette
        var marks = figures.marks
        if let time, let place = roles.place(.time) {
            let categories = entries(of: place)
            columns.rowPeriods = categories.map { UInt32(time.periods[Int($0)]) }
            var known: [Int: [UInt16: UInt16]] = [:]
            for (row, category) in categories.enumerated() where !time.flags[Int(category)].codes.isEmpty {
                let flags = time.flags[Int(category)]
                marks[row] = Self.flagged(marks[row], flags, &known[Int(category), default: [:]], &palette)
            }
        }
        // Each figure has the decimals of its own measure, and a table has its measures by their codes.
        columns.figures = [
            FigureColumn(values: figures.values, marks: marks, decimals: measures.measures[0].decimals)
        ]
        columns.palette = palette.marks
        let origin = cube.origin
        return { row, _ in origin(row) }
    }

    /// *Shape:* one a figure: its category in a dimension.
    private func entries(of place: Int) -> EntryRows {
        let (stride, count) = (strides[place], cube.dimensions[place].categories.count)
        guard let ordinals = cube.figures.ordinals else {
            return EntryRows((0..<cube.figures.count).lazy.map { UInt32($0 / stride % count) })
        }
        return EntryRows(ordinals.lazy.map { UInt32(Int($0) / stride % count) })
    }

    // MARK: Figures that stand for something else

    private func refuseSentinels(
        _ columns: TableColumns, _ find: (Int, Int) -> CellOrigin, _ findings: inout [Finding]
    ) throws(Reason) {
        let reader = FigureReader(dialect: identity.dialect, style: NumberStyle(decimalMark: ".", grouping: []))
        let isLong = columns.extra == nil && measures.measures.count > 1
        let rows = isLong ? rowsByMeasure() : []
        for measure in measures.measures.indices {
            var judged = columns
            var places = columns.figures.indices.filter { columns.figures[$0].measure == measure }
            if isLong {
                let all = columns.figures[0]
                judged.figures = [
                    FigureColumn(
                        values: rows[measure].map { all.values[$0] }, marks: rows[measure].map { all.marks[$0] },
                        decimals: measures.measures[measure].decimals)
                ]
                places = [0]
            }
            let outcome = SentinelCheck.outcome(judged, measure: measure, in: places, reader: reader)
            func place(_ suspect: SentinelCheck.Suspect) -> CellOrigin {
                find(isLong ? rows[measure][suspect.row] : suspect.row, suspect.column)
            }
            let own = measures.measures[measure]
            if let first = outcome.doubtful.first {
                findings.append(SentinelCheck.finding(outcome.doubtful, measure: own, line: place(first).line))
            }
            guard let suspect = outcome.refused else { continue }
            throw SentinelCheck.reason(
                suspect, measure: own, line: place(suspect).line, column: place(suspect).column)
        }
    }

    /// *Shape:* one a measure: its figures.
    private func rowsByMeasure() -> [[Int]] {
        var rows = [[Int]](repeating: [], count: measures.measures.count)
        for row in cube.figures.values.indices {
            rows[cube.figures.measure(atOrdinal: cube.figures.ordinal(ofFigure: row))].append(row)
        }
        return rows
    }

    private func reason(_ error: AssemblyError, _ find: (Int, Int) -> CellOrigin) -> Reason {
        guard case .duplicate(let first, let second) = error else {
            return Reason(
                "The dimensions have more combinations than can be numbered", line: cube.dimensions.first?.line,
                remedy: "Export a part of the table")
        }
        let (earlier, later) = (find(first, 0), find(second, 0))
        return Reason(
            "Two figures stand for one cell: lines \(earlier.line) and \(later.line)", line: later.line,
            column: later.column, found: later.text, expected: "each combination once",
            remedy: "Remove the wrong one")
    }
}
