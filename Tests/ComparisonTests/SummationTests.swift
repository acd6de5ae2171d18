import Annals
import Comparison
import Testing

/// Each line of what SEMANTICS says of `--by`, on tables that can be added up by hand.
@Suite struct SummationTests {
    /// county × sex, with totals of both; rows are counties, columns `f`, `m`, `t`.
    static func table(
        _ figures: [[(Int64, CellStatus)]], counties: String = "abT", sexes: String = "fmt", year: Int = 2010,
        measure: Measure = Measure(code: "persons", kind: .count), absent: Set<Int> = []
    ) -> Table {
        func dimension(_ id: String, _ codes: String, total: String) -> Dimension {
            Dimension(
                id: id, label: id, categories: codes.map { Category(code: String($0), label: String($0)) },
                totalCode: codes.contains(total) ? total : nil)
        }
        let keySpace = KeySpace([
            dimension("county", counties, total: "T"), dimension("sex", sexes, total: "t"),
        ])!
        var cells = CellsBuilder()
        var ordinals: [UInt64] = []
        for (ordinal, (value, status)) in figures.flatMap(\.self).enumerated() where !absent.contains(ordinal) {
            _ = cells.append(value, Mark(status))
            ordinals.append(UInt64(ordinal))
        }
        return Table(
            title: "t", period: Period(year: year), notes: [], measures: [measure], keySpace: keySpace,
            presence: absent.isEmpty ? .dense : .sparse(ordinals), cells: cells.finish())
    }

    static func plain(_ figures: [[Int64]]) -> [[(Int64, CellStatus)]] { figures.map { $0.map { ($0, .value) } } }

    static let earlier = table(plain([[1, 2, 3], [10, 20, 30], [11, 22, 33]]))
    static let later = table(plain([[2, 3, 5], [10, 19, 29], [12, 22, 34]]), year: 2011)

    private func compare(
        _ from: Table = earlier, _ to: Table = later, by dimension: String = "county",
        where wanted: [String: String] = [:],
        top: Int? = nil
    ) throws -> (rows: [DeltaRow], at: [[String]], contributions: [Int64?], delta: Delta) {
        let summation = try Summation(by: dimension, from: from, to: to, where: wanted)
        let sums = try ComparedSums(summation, from: from, to: to, top: top)
        let (delta, contributions) = (sums.delta, sums.contributions)
        let rows = (0..<delta.count).map { delta.row($0) }
        return (
            rows, (0..<delta.count).map(delta.codes), rows.map { contributions.micros(of: $0, in: delta) }, delta
        )
    }

    @Test func `at is [code]; totals never enter`() throws {
        let answer = try compare()
        #expect(answer.at == [["a"], ["b"]])
        #expect(answer.rows.map(\.from) == [3, 30])
        #expect(answer.rows.map(\.change) == [2, -1])
        #expect(answer.delta.summary.compared == 2 && answer.delta.summary.increased == 1)
        #expect(try compare(by: "sex").at == [["f"], ["m"]])
        #expect(try compare(where: ["sex": "t"]).at.isEmpty)
    }

    @Test func `contribution is the change over the whole's from, six decimals half-even`() throws {
        // 2/33 = 0.0606060…, -1/33 = -0.0303030…
        #expect(try compare().contributions == [60_606, -30_303])
    }

    @Test func `contribution has the same denominator with where`() throws {
        #expect(try compare(where: ["county": "b"]).contributions == [-30_303])
        // The change of the women of each county, over all.
        #expect(try compare(where: ["sex": "f"]).contributions == [30_303, 0])
    }

    @Test func `contribution is null for a whole that is not above zero, or has a part without a figure`() throws {
        let none = Self.table(Self.plain([[1, -1, 0], [0, 0, 0], [1, -1, 0]]))
        #expect(try compare(none).contributions == [nil, nil])
        let hidden = Self.table([
            [(1, .value), (2, .value), (3, .value)], [(10, .value), (0, .confidential), (30, .value)],
            [(0, .value), (0, .value), (0, .value)],
        ])
        let answer = try compare(hidden)
        #expect(answer.contributions == [nil, nil])
        #expect(answer.rows.map(\.change) == [2, nil])
        #expect(try compare(hidden, where: ["county": "a"]).contributions == [nil])
    }

    @Test(arguments: [Measure.Kind.net]) func `contribution is null for a net figure`(kind: Measure.Kind) throws {
        let measure = Measure(code: "persons", kind: kind)
        var (from, to) = (Self.earlier, Self.later)
        from.measures = [measure]
        to.measures = [measure]
        #expect(try compare(from, to).contributions == [nil, nil])
        #expect(try compare(from, to).rows.map(\.change) == [2, -1])
    }

    @Test func `a sum with a part without a figure is null with that part's status`() throws {
        let to = Self.table([
            [(2, .value), (0, .notAvailable), (5, .value)], [(0, .confidential), (0, .notAvailable), (29, .value)],
            [(0, .value), (0, .value), (0, .value)],
        ])
        let answer = try compare(to: to)
        #expect(answer.rows.map(\.to) == [nil, nil])
        #expect(answer.rows.map(\.toStatus) == [.notAvailable, .confidential])
        #expect(answer.rows.allSatisfy { $0.comparison == .transition && $0.change == nil })
    }

    @Test func `sums of unlike units are ranked where one measure is chosen`() throws {
        func table(_ year: Int, _ figures: [Int64]) -> Table {
            let measures = [Measure(code: "persons", unit: "persons"), Measure(code: "tax", unit: "NOK")]
            let keySpace = KeySpace([
                Dimension(id: "county", label: "", categories: ["a", "b"].map { Category(code: $0, label: $0) }),
                Dimension(
                    id: "measure", label: "", categories: measures.map { Category(code: $0.code, label: $0.code) },
                    isMeasure: true),
            ])!
            return Table(
                title: "t", period: Period(year: year), notes: [], measures: measures, keySpace: keySpace,
                presence: .dense, cells: Cells(values: figures, marks: [0, 0, 0, 0], palette: [.plain]))
        }
        let (from, to) = (table(2010, [1, 10, 2, 20]), table(2011, [5, 90, 3, 20]))
        let chosen = try compare(from, to, where: ["measure": "persons"], top: 1)
        #expect(chosen.at == [["a", "persons"]])
        #expect(throws: ComparisonRefusal.self) { try compare(from, to, top: 1) }
    }

    private func compare(to: Table) throws -> (rows: [DeltaRow], at: [[String]], contributions: [Int64?], delta: Delta)
    {
        try compare(Self.earlier, to)
    }

    @Test func `an absent part adds nothing, and a sum of nothing is no cell`() throws {
        let sparse = Self.table(Self.plain([[2, 3, 5], [10, 19, 29], [12, 22, 34]]), absent: [0, 3, 4])
        let answer = try compare(to: sparse)
        #expect(answer.rows.map(\.to) == [3, nil])
        #expect(answer.rows.map(\.comparison) == [.compared, .vanished])
    }

    @Test func `a total that neither of the two has is left out of another version's sums`() throws {
        let (from, to) = (
            Self.table(Self.plain([[1, 2], [10, 20]]), counties: "ab", sexes: "fm"),
            Self.table(Self.plain([[2, 3], [10, 19]]), counties: "ab", sexes: "fm", year: 2011)
        )
        let summation = try Summation(by: "county", from: from, to: to)
        let older = try summation.sums(of: Self.earlier)
        #expect(older.keySpace.dimensions.map { $0.categories.map(\.code) } == [["a", "b"]])
        #expect(older.cells.values == [3, 30])
    }

    @Test func `nil and below-unit are zeros in a sum`() throws {
        let to = Self.table([
            [(2, .value), (0, .nilFigure), (5, .value)], [(0, .belowUnit), (4, .value), (29, .value)],
            [(0, .value), (0, .value), (0, .value)],
        ])
        #expect(try compare(to: to).rows.map(\.to) == [2, 4])
    }

    @Test func `top ranks the sums`() throws {
        #expect(try compare(top: 1).at == [["a"]])
        #expect(try compare(top: 5).at == [["a"], ["b"]])
    }

    @Test(arguments: [Measure.Kind.rate, .percent, .index, .mean])
    func `rate, percent, index and mean are refused unless additive`(kind: Measure.Kind) throws {
        var (from, to) = (Self.earlier, Self.later)
        from.measures = [Measure(code: "persons", kind: kind)]
        to.measures = from.measures
        let refusal = try #require(
            #expect(throws: ComparisonRefusal.self) { try Summation(by: "county", from: from, to: to) })
        #expect(refusal == .notAdditive(measure: to.measures[0]))
        #expect(!refusal.isAboutSelection)
        #expect(refusal.remedy?.contains("additive: true") == true)
        from.measures[0].isAdditive = true
        to.measures[0].isAdditive = true
        #expect(try compare(from, to).rows.map(\.change) == [2, -1])
    }

    @Test func `no kind counts as adding up, additive false doesn't`() throws {
        var (from, to) = (Self.earlier, Self.later)
        from.measures = [Measure(code: "persons")]
        to.measures = from.measures
        #expect(try compare(from, to).rows.map(\.change) == [2, -1])
        to.measures[0].isAdditive = false
        #expect(throws: ComparisonRefusal.self) { try compare(from, to) }
    }

    @Test func `pairs of an antisymmetric table are not halved before summing`() throws {
        func matrix(_ ab: Int64, _ ac: Int64, _ bc: Int64) -> Table {
            let codes = "abc".map { Category(code: String($0), label: String($0)) }
            let keySpace = KeySpace([
                Dimension(id: "to", label: "to", categories: codes),
                Dimension(id: "from", label: "from", categories: codes),
            ])!
            var cells = CellsBuilder()
            for (value, isDerived) in [
                (0, false), (ab, false), (ac, false), (-ab, true), (0, false), (bc, false), (-ac, true), (-bc, true),
                (0, false),
            ] {
                _ = cells.append(value, Mark(.value, flags: isDerived ? .derived : []))
            }
            return Table(
                title: "m", period: Period(year: 2010), notes: [], measures: [Measure(code: "net", kind: .net)],
                keySpace: keySpace, presence: .dense, cells: cells.finish())
        }
        let answer = try compare(matrix(1, 2, 3), matrix(5, 5, 5), by: "to")
        #expect(answer.rows.map(\.from) == [3, 2, -5])
        #expect(answer.rows.map(\.to) == [10, 0, -10])
        #expect(answer.delta.summary.compared == 3)
    }

    @Test func `a sum beyond 64 bits is refused, and one that comes back within isn't`() throws {
        let large = Self.table(Self.plain([[Int64.max, 1, 0], [0, 0, 0], [0, 0, 0]]))
        #expect(throws: ComparisonRefusal.sumTooLarge(at: ["a"])) { try compare(to: large) }
        let back = Self.table(Self.plain([[Int64.max, 1, 0], [Int64.max, -7, 0], [0, 0, 0]]))
        #expect(try compare(to: back, where: ["county": "b"]).rows.map(\.to) == [Int64.max - 7])
    }

    private func compare(
        to: Table, where wanted: [String: String]
    ) throws -> (rows: [DeltaRow], at: [[String]], contributions: [Int64?], delta: Delta) {
        try compare(Self.earlier, to, where: wanted)
    }

    @Test func `what isn't there is named`() throws {
        #expect(throws: ComparisonRefusal.unknownDimension("age", known: ["county", "sex"])) { try compare(by: "age") }
        #expect(throws: ComparisonRefusal.self) { try compare(where: ["sex": "x"]) }
    }
}
