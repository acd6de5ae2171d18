import Annals
import Comparison
import Testing

/// Each line of what SEMANTICS says of the triangle, on figures that can be read off.
@Suite struct TriangleTests {
    private static func table(
        _ cells: [(Int64, CellStatus)], decimals: Int = 0, unit: String? = nil, kind: Measure.Kind? = .count,
        total: String? = nil
    ) -> Table {
        ComparisonTests.table(
            cells, measure: Measure(code: "v", unit: unit, decimals: decimals, kind: kind), total: total)
    }

    private static func release(_ year: Int, day: Int64, _ sequence: UInt64) -> Release {
        Release(
            year: year, version: Int(sequence), published: Instant(microseconds: day),
            recorded: Instant(microseconds: 0),
            sequence: sequence, content: Int(sequence))
    }

    /// One table a point, of one cell each.
    private func triangle(_ points: [(year: Int, day: Int64, table: Table)], nth: Int? = nil) throws -> Triangle {
        let selection = try FigureSelection(where: ["d": "a"], in: points.map(\.table.keySpace))
        return Triangle(
            try points.enumerated().map { place, point in
                Triangle.Point(
                    Self.release(point.year, day: point.day, UInt64(place + 1)), try selection.figure(in: point.table))
            }, nth: nth)
    }

    private func one(_ value: Int64, _ decimals: Int = 0, unit: String? = nil) -> Table {
        Self.table([(value, .value)], decimals: decimals, unit: unit)
    }

    private let hidden = table([(0, .confidential)])

    @Test func `points by year, then (published, sequence)`() throws {
        let triangle = try triangle([
            (2011, 5, one(1)), (2010, 9, one(2)), (2010, 3, one(3)), (2011, 5, one(4)), (2011, 1, one(5)),
        ])
        #expect(triangle.points.map(\.release.version) == [3, 2, 5, 1, 4])
        #expect(triangle.years.map(\.first.value) == [3, 5])
        #expect(triangle.years.map(\.latest.value) == [2, 4])
        #expect(triangle.years.map(\.releases) == [2, 3])
    }

    @Test func `first and latest are theirs even if null, then revision is null and the year out of the means`() throws
    {
        let triangle = try triangle([
            (2010, 1, one(10)), (2010, 2, hidden), (2011, 1, hidden), (2011, 2, one(4)), (2012, 1, one(1)),
            (2012, 2, one(4)), (2013, 1, one(7)),
        ])
        #expect(triangle.years.map(\.first.value) == [10, nil, 1, 7])
        #expect(triangle.years.map(\.latest.value) == [nil, 4, 4, 7])
        #expect(triangle.years.map(\.revision?.change) == [nil, nil, 3, 0])
        #expect(triangle.summary.years == 4)
        #expect(triangle.summary.revised == 3, "years with more than one release")
        #expect(triangle.summary.meanRevisionMicros == 3_000_000)
    }

    @Test func `means are over years with more than one release, six decimals half-even`() throws {
        let triangle = try triangle([
            (2010, 1, one(0)), (2010, 2, one(1)), (2011, 1, one(0)), (2011, 2, one(-3)), (2012, 1, one(0)),
            (2012, 2, one(0)), (2013, 1, one(99)),
        ])
        #expect(triangle.summary.meanRevisionMicros == -666_667)
        #expect(triangle.summary.meanAbsoluteRevisionMicros == 1_333_333)
        #expect(try self.triangle([(2010, 1, one(5))]).summary.meanRevisionMicros == nil)
    }

    @Test func `a sign change is from one sign to the other, 0 is none`() throws {
        let triangle = try triangle([
            (2010, 1, one(-5)), (2010, 2, one(5)), (2011, 1, one(0)), (2011, 2, one(-5)), (2012, 1, one(5)),
            (2012, 2, one(0)), (2013, 1, one(5)), (2013, 2, one(-1)), (2014, 1, one(5)), (2014, 2, one(1)),
        ])
        #expect(triangle.summary.signChanges == 2)
    }

    @Test func `each point has its own decimals, a revision the coarser's`() throws {
        let triangle = try triangle([(2010, 1, one(125, 2)), (2010, 2, one(14, 1))])
        #expect(triangle.points.map(\.figure.decimals) == [2, 1])
        #expect(triangle.years[0].revision?.change == 2, "1.25 is 1.2, half-even")
        #expect(triangle.years[0].revision?.decimals == 1)
        #expect(triangle.decimals == 1)
    }

    @Test func `figures in another unit make no revision`() throws {
        let triangle = try triangle([(2010, 1, one(125, unit: "NOK")), (2010, 2, one(14, unit: "EUR"))])
        #expect(triangle.years[0].revision == nil)
        #expect(triangle.summary.revised == 1)
    }

    @Test func `the n-th release, where there are so many`() throws {
        let points = [(2010, Int64(1), one(1)), (2010, 2, one(2)), (2010, 3, one(3)), (2011, 1, one(4))]
        #expect(try triangle(points, nth: 2).years.map(\.nth?.value) == [2, nil])
        #expect(try triangle(points).years.map(\.nth?.value) == [nil, nil])
    }

    @Test func `where that fixes all dimensions gives at, else the sum, totals left out unless named`() throws {
        let table = Self.table([(9, .value), (2, .value), (7, .value)], total: "a")
        func figure(_ wanted: [String: String]) throws -> (at: [String]?, value: Int64?) {
            let selection = try FigureSelection(where: wanted, in: [table.keySpace])
            return (selection.at, try selection.figure(in: table).value)
        }
        #expect(try figure(["d": "b"]) == (["b"], 2))
        #expect(try figure(["d": "a"]) == (["a"], 9))
        #expect(try figure([:]) == (nil, 9))
        #expect(try figure(["d": "a,b"]) == (nil, 11))
        #expect(try figure(["d": "b,c"]) == (nil, 9))
    }

    @Test func `what is a sum is one in every table, also in one that has a single part of it`() throws {
        let table = Self.table([(9, .value), (2, .value), (7, .value)], total: "a")
        let alone = Self.table([(9, .value)], total: "a")
        let open = try FigureSelection(where: [:], in: [alone.keySpace, table.keySpace])
        #expect(try open.figure(in: alone).status == nil, "its total is left out as the others' are")
        #expect(try FigureSelection(where: [:], in: [alone.keySpace]).figure(in: alone).value == 9)
        let dash = Self.table([(0, .nilFigure)])
        let named = try FigureSelection(where: ["d": "a,b"], in: [dash.keySpace, table.keySpace])
        #expect(try named.figure(in: dash).status == .nilFigure, "a sum of dashes is one")
        let rate = Self.table([(1, .value)], kind: .rate)
        let rates = try FigureSelection(where: [:], in: [rate.keySpace, table.keySpace])
        #expect(throws: ComparisonRefusal.self) { try rates.figure(in: rate) }
    }

    @Test func `a sum with a part without a figure is null with its status, of nothing it is absent`() throws {
        let table = Self.table([(9, .value), (0, .notAvailable), (7, .value)])
        let selection = try FigureSelection(where: [:], in: [table.keySpace])
        #expect(try selection.figure(in: table).status == .notAvailable)
        #expect(try selection.figure(in: table).value == nil)
        let other = ComparisonTests.table(ComparisonTests.values(1), codes: "x")
        let joined = try FigureSelection(where: ["d": "a,b"], in: [other.keySpace, table.keySpace])
        #expect(try joined.figure(in: other).status == nil)
    }

    @Test func `sums of rates and of several measures are refused`() throws {
        let rate = Self.table([(1, .value), (2, .value)], kind: .rate)
        let selection = try FigureSelection(where: [:], in: [rate.keySpace])
        #expect(throws: ComparisonRefusal.self) { try selection.figure(in: rate) }
        #expect(try FigureSelection(where: ["d": "a"], in: [rate.keySpace]).figure(in: rate).value == 1)
        let measures = ["m", "n"].map { Category(code: $0, label: $0) }
        let keySpace = KeySpace([Dimension(id: "what", label: "what", categories: measures, isMeasure: true)])!
        #expect(throws: ComparisonRefusal.severalMeasures(dimension: "what", codes: ["m", "n"])) {
            try FigureSelection(where: [:], in: [keySpace])
        }
    }

    @Test(arguments: 0..<RandomHistory.count) func everyFigureIsWhatTheRulesSay(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let history = RandomHistory(&generator, years: [2010, 2011, 2012])
        let tables = history.years.keys.sorted().flatMap { history.sorted($0) }
        var wanted: [String: Set<String>] = [:]
        for dimension in tables.last!.table.keySpace.dimensions
        where dimension.isMeasure || Bool.random(using: &generator) {
            let codes = Set(
                tables.flatMap { vintage in
                    vintage.table.keySpace.dimensions.first { $0.id == dimension.id }!.categories.map(\.code)
                })
            let count = dimension.isMeasure ? 1 : Int.random(in: 1...2, using: &generator)
            wanted[dimension.id] = Set(codes.sorted().shuffled(using: &generator).prefix(count))
        }
        let selection = try FigureSelection(
            where: wanted.mapValues { $0.sorted().joined(separator: ",") }, in: tables.map(\.table.keySpace))
        let points = try tables.shuffled(using: &generator).map {
            Triangle.Point($0.release, try selection.figure(in: $0.table))
        }
        let triangle = Triangle(points)
        #expect(triangle.points.map(\.release) == tables.map(\.release), "seed \(seed)")
        let known = Self.known(tables)
        for (point, (_, table)) in zip(triangle.points, tables) {
            let (value, status) = Self.naive(table, wanted, known)
            #expect(point.figure.value == value && point.figure.status == status, "seed \(seed)")
        }
        for year in triangle.years {
            let own = triangle.points.filter { $0.release.year == year.year }
            #expect(year.releases == own.count && year.first == own[0].figure && year.latest == own.last!.figure)
        }
        #expect(triangle.summary == Self.summary(of: tables, wanted), "seed \(seed)")
    }

    /// What became of all years, worked out from the tables once more; all decimals are at most two.
    private static func summary(of tables: [RandomHistory.Vintage], _ wanted: [String: Set<String>]) -> Triangle.Summary
    {
        var summary = Triangle.Summary()
        var revisions: [Int64] = []
        let known = known(tables)
        for (_, own) in Dictionary(grouping: tables, by: \.release.year) {
            summary.years += 1
            guard own.count > 1 else { continue }
            summary.revised += 1
            let (first, latest) = (own[0].table, own[own.count - 1].table)
            let measures = [first, latest].map { table in
                let place = table.keySpace.measureDimension
                let code = place.flatMap { wanted[table.keySpace.dimensions[$0].id]?.first }
                return table.measures.first { $0.code == code } ?? table.measures[0]
            }
            guard let from = naive(first, wanted, known).0, let to = naive(latest, wanted, known).0,
                measures[0].unit == measures[1].unit
            else { continue }
            let decimals = measures.map(\.decimals).min()!
            func rounded(_ value: Int64, _ own: Int) -> Int64 {
                NaiveDelta.halfEven(value, [1, 10, 100][own - decimals]) * [100, 10, 1][decimals]
            }
            revisions.append(rounded(to, measures[1].decimals) - rounded(from, measures[0].decimals))
            if from > 0 && to < 0 || from < 0 && to > 0 { summary.signChanges += 1 }
        }
        guard !revisions.isEmpty else { return summary }
        let divisor = Int64(revisions.count) * 100
        summary.meanRevisionMicros = NaiveDelta.halfEven(revisions.reduce(0, +) * 1_000_000, divisor)
        summary.meanAbsoluteRevisionMicros = NaiveDelta.halfEven(revisions.map(abs).reduce(0, +) * 1_000_000, divisor)
        return summary
    }

    /// The codes that the tables have together, by id of dimension, and which of them are totals in any.
    private static func known(_ tables: [RandomHistory.Vintage]) -> [String: (codes: Set<String>, totals: Set<String>)]
    {
        tables.flatMap(\.table.keySpace.dimensions).reduce(into: [:]) { known, dimension in
            known[dimension.id, default: ([], [])].codes.formUnion(dimension.categories.map(\.code))
            known[dimension.id]!.totals.formUnion([dimension.totalCode].compactMap(\.self))
        }
    }

    /// The figure of a table, cell after cell.
    private static func naive(
        _ table: Table, _ wanted: [String: Set<String>], _ known: [String: (codes: Set<String>, totals: Set<String>)]
    ) -> (Int64?, CellStatus?) {
        let cells = (0..<table.cells.count).filter { cell in
            let codes = table.keySpace.codes(at: table.ordinal(ofCell: cell))
            return zip(table.keySpace.dimensions, codes).allSatisfy { dimension, code in
                let all = known[dimension.id]!
                return wanted[dimension.id].map { $0.contains(code) }
                    ?? (!all.totals.contains(code) || all.codes.count == 1)
            }
        }
        let isCell = known.allSatisfy { id, all in (wanted[id] ?? all.codes).count == 1 }
        guard let first = cells.first else { return (nil, nil) }
        if isCell { return (table.cells.number(at: first), table.cells.status(at: first)) }
        let status = CellStatus.ofSum(cells.map(table.cells.status))
        return (status.countsAsNumber ? cells.reduce(0) { $0 + table.cells.values[$1] } : nil, status)
    }
}
