import Annals
import Comparison
import Testing

/// Codes that are sums of others, whoever says so, are never summed with their parts.
@Suite struct SumsBesidePartsTests {
    /// A country `N` of the regions `a` and `b` of the towns `p` to `s`, by sex: the country has 40 and 44 of each.
    private func country(_ year: Int, knows: Bool, _ more: Int64 = 0) -> Table {
        let towns: [(String, Int64)] = [("p", 4 + more), ("q", 6), ("r", 10), ("s", 20)]
        let rows: [(String, Int64)] =
            [("N", 40 + more), ("a", 10 + more)] + towns[..<2] + [("b", 30)] + towns[2...]
        let table = Self.table(year, rows.map { [$0.1, $0.1] }, codes: rows.map(\.0))
        return knows ? table.withSums(of: Self.audits.map(\.identity)) : table
    }

    private static let audits = [("N", ["a", "b"]), ("a", ["p", "q"]), ("b", ["r", "s"])].map { code, parts in
        Audit(
            identity: .sum(dimension: "region", code: code, parts: parts), origin: .inferred, result: .holds,
            checked: 2,
            unchecked: 0)
    }

    private static func table(_ year: Int, _ rows: [[Int64]], codes: [String], total: String? = nil) -> Table {
        var cells = CellsBuilder()
        for value in rows.joined() { _ = cells.append(value, Mark(.value)) }
        let keySpace = KeySpace([
            Dimension(
                id: "region", label: "region", categories: codes.map { Category(code: $0, label: $0) }, totalCode: total
            ),
            Dimension(id: "sex", label: "sex", categories: ["f", "m"].map { Category(code: $0, label: $0) }),
        ])!
        return Table(
            title: "t", period: Period(year: year), notes: [], measures: [Measure(code: "n", kind: .count)],
            keySpace: keySpace, presence: .dense, cells: cells.finish())
    }

    private func sums(
        _ from: Table, _ to: Table, by dimension: String = "sex", where wanted: [String: String] = [:]
    ) throws -> (at: [[String]], from: [Int64?], to: [Int64?], contributions: [Int64?]) {
        let sums = try ComparedSums(Summation(by: dimension, from: from, to: to, where: wanted), from: from, to: to)
        let rows = (0..<sums.delta.count).map { sums.delta.row($0) }
        return (
            (0..<sums.delta.count).map(sums.delta.codes), rows.map(\.from), rows.map(\.to),
            rows.map { sums.contributions.micros(of: $0, in: sums.delta) }
        )
    }

    private func triangle(_ tables: [Table], where wanted: [String: String] = [:]) throws -> [Int64?] {
        let selection = try FigureSelection(where: wanted, in: tables.map(\.keySpace))
        return try tables.map { try selection.figure(in: $0).value }
    }

    @Test(arguments: [(true, true), (true, false), (false, true)])
    func `what one table's audits say is a sum, is one in both`(_ knows: (Bool, Bool)) throws {
        let (from, to) = (country(2010, knows: knows.0), country(2011, knows: knows.1, 4))
        let bySex = try sums(from, to)
        #expect(bySex.from == [40, 40] && bySex.to == [44, 44])
        #expect(bySex.contributions == [50_000, 50_000])
        let byRegion = try sums(from, to, by: "region")
        #expect(byRegion.at == [["p"], ["q"], ["r"], ["s"]])
        #expect(byRegion.contributions == [100_000, 0, 0, 0])
        let top = try Comparison.delta(from: from, to: to, options: DeltaOptions(top: 10))
        #expect((0..<top.count).map(top.codes) == [["p", "f"], ["p", "m"]])
        #expect(try triangle([from, to]) == [80, 88])
    }

    @Test func `a sum that is named counts, and is refused with a part of it`() throws {
        let (from, to) = (country(2010, knows: true), country(2011, knows: true, 4))
        #expect(try sums(from, to, where: ["region": "a"]).to == [14, 14])
        #expect(try sums(from, to, where: ["region": "a,b"]).to == [44, 44])
        // Rows of their own aren't summed with one another.
        #expect(try sums(from, to, by: "region", where: ["region": "a,p"]).at == [["a"], ["p"]])
        #expect(try sums(from, to, by: "region", where: ["region": "a,p"]).contributions == [100_000, 100_000])
        #expect(try triangle([from, to], where: ["region": "a", "sex": "f"]) == [10, 14])
        for chosen in ["a,p", "N,b", "N,s"] {
            let parts = chosen.split(separator: ",").map(String.init)
            let refusal = ComparisonRefusal.sumBesidePart(dimension: "region", sum: parts[0], part: parts[1])
            #expect(throws: refusal) { try sums(from, to, where: ["region": chosen]) }
            #expect(throws: refusal) { try triangle([from, to], where: ["region": chosen]) }
        }
    }

    /// A total that is off by rounding, and one that is exact a year later.
    @Test func `a category called a total is none of the parts, proved or not`() throws {
        let codes = ["a", "b", "Total"]
        let from = Self.table(2010, [[10, 10], [20, 20], [31, 30]], codes: codes)
        let to = Self.table(2011, [[11, 11], [20, 20], [31, 31]], codes: codes, total: "Total")
        for (from, to) in [(from, to), (to, from), (from, from)] {
            #expect(try sums(from, to).from.first == (from.period.year == 2010 ? 30 : 31))
        }
        #expect(try sums(from, to, by: "region").at == [["a"], ["b"]])
        #expect(try triangle([from, to]) == [60, 62])
        #expect(try triangle([from, to], where: ["region": "Total", "sex": "f"]) == [31, 31])
        let delta = try Comparison.delta(from: from, to: to)
        #expect(delta.summary.increased == 2)
    }

    @Test func `a list of nothing but totals has none, and a country alone is no sum of its parts`() throws {
        let both = Self.table(2010, [[1, 2], [3, 4]], codes: ["Total north", "Total south"])
        #expect(try sums(both, both).from == [4, 6])
        let country = Self.table(2010, [[5, 7]], codes: ["Total"])
        let parts = Self.table(2011, [[3, 3], [2, 5], [5, 8]], codes: ["a", "b", "Total"], total: "Total")
        #expect(try triangle([country, parts]) == [nil, 13])
        #expect(try triangle([country]) == [12])
    }

    @Test func `what a table called a total stays one where another table knows another`() throws {
        let known = Self.table(2010, [[1, 1], [2, 2], [3, 3]], codes: ["a", "b", "I alt"], total: "I alt")
        let called = Self.table(2011, [[1, 1], [2, 2], [4, 4]], codes: ["a", "b", "Total"])
        #expect(try triangle([known, called]) == [6, 6])
        #expect(try sums(known, called).to == [3, 3])
    }

    /// A county without its towns stands for them; in the other table it doesn't.
    @Test func `a sum without its parts is no sum there`() throws {
        let whole = country(2010, knows: true)
        let short = Self.table(
            2011, [[44, 44], [14, 14], [8, 8], [6, 6], [30, 30]], codes: ["N", "a", "p", "q", "b"])
        #expect(try sums(whole, short).to == [44, 44])
        #expect(try sums(short, whole).from == [44, 44])
        #expect(try triangle([whole, short]) == [80, 88])
    }

    @Test func `a sum that is named is a row that counts`() throws {
        var (from, to) = (country(2010, knows: true), country(2011, knows: true, 4))
        for place in [0, 1] {
            var dimensions = from.keySpace.dimensions
            dimensions[0].categories[0].label = "Hele landet"
            let keySpace = try #require(KeySpace(dimensions))
            if place == 0 { from.keySpace = keySpace } else { to.keySpace = keySpace }
        }
        let summation = try Summation(by: "region", from: from, to: to, where: ["region": "N"])
        let sums = try ComparedSums(summation, from: from, to: to, top: 5)
        #expect(sums.delta.summary.increased == 1 && sums.delta.count == 1)
    }

    @Test func `one of several rates is no figure of them all`() throws {
        func rate(_ codes: [String]) -> Table {
            var table = Self.table(2010, codes.map { _ in [1, 2] }, codes: codes)
            table.measures[0].kind = .rate
            return table
        }
        let (one, other) = (rate(["a"]), rate(["b"]))
        #expect(throws: ComparisonRefusal.notAdditive(measure: one.measures[0])) {
            try triangle([one, other], where: ["region": "a,b", "sex": "f"])
        }
        #expect(try triangle([one], where: ["sex": "f"]) == [1])
    }
}
