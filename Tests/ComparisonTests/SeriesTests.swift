import Annals
import Comparison
import Testing

struct SeriesTests {
    private let tables: [(year: Int, version: Int, table: Table)] = [
        (2009, 1, ComparisonTests.table([(7, .value), (0, .confidential)], codes: "ab")),
        (2010, 2, ComparisonTests.table([(0, .nilFigure)], codes: "b")),
        (2011, 1, ComparisonTests.table([(9, .value), (5, .value)], codes: "ca")),
    ]

    @Test func hasAPointAYear() throws {
        let series = try Series(where: ["d": "a"], in: tables)
        #expect(series.at == ["a"])
        #expect(series.dimensions == ["d"])
        #expect(series.points.map(\.year) == [2009, 2010, 2011])
        #expect(series.points.map(\.version) == [1, 2, 1])
        #expect(series.points.map(\.value) == [7, nil, 5])
        #expect(series.points.map(\.status) == [.value, nil, .value])
    }

    @Test func codeThatTheLastYearLacksIsKnown() throws {
        let series = try Series(where: ["d": "b"], in: tables)
        #expect(series.points.map(\.status) == [.confidential, .nilFigure, nil])
        #expect(series.points.map(\.value) == [nil, 0, nil])
    }

    @Test func wantsOneCell() {
        #expect(throws: ComparisonRefusal.openDimensions(["d"])) { try Series(where: [:], in: tables) }
        #expect(throws: ComparisonRefusal.unknownCode("x", dimension: "d", known: ["c", "a"])) {
            try Series(where: ["d": "x"], in: tables)
        }
        #expect(throws: ComparisonRefusal.unknownDimension("e", known: ["d"])) {
            try Series(where: ["d": "a", "e": "1"], in: tables)
        }
    }

    @Test func nothingOfNothing() throws {
        #expect(try Series(where: ["d": "a"], in: []).points.isEmpty)
    }

    /// a and b became c in 2012, and c became d and e in 2014.
    private static let concordance = Concordance(
        name: "test", dimensions: ["d"],
        links: [
            Concordance.Link(CalendarDay(startOf: 2012), "a", "c", .whole),
            Concordance.Link(CalendarDay(startOf: 2012), "b", "c", .whole),
            Concordance.Link(CalendarDay(startOf: 2014), "c", "d", .split),
            Concordance.Link(CalendarDay(startOf: 2014), "c", "e", .split),
        ])

    private func years(_ tables: (Int, String, [Int64])...) -> [(year: Int, version: Int, table: Table)] {
        tables.map { year, codes, figures in
            var table = ComparisonTests.table(figures.map { ($0, .value) }, codes: codes)
            table.period = Period(year: year)
            return (year, 1, table)
        }
    }

    @Test func pointsAreSumsOverChangesOfCodes() throws {
        let tables = years(
            (2010, "axb", [1, 7, 2]), (2011, "ax", [1, 8]), (2013, "xc", [9, 4]), (2014, "dxe", [2, 10, 3]))
        for code in ["a", "b", "c", "d", "e", "d+e"] {
            let series = try Series(where: ["d": code], in: tables, by: ConcordanceChoice(Self.concordance))
            #expect(series.at == ["d+e"])
            #expect(series.points.map(\.value) == [3, nil, 4, 5])
            #expect(series.points.map(\.status) == [.value, .incomplete, .value, .value])
            #expect(series.concordance?.groups.map(\.from) == [["a", "b"]])
        }
        let plain = try Series(where: ["d": "x"], in: tables, by: ConcordanceChoice(Self.concordance))
        #expect(plain.points.map(\.value) == [7, 8, 9, 10])
        #expect(plain.concordance == nil)
        #expect(throws: ComparisonRefusal.self) {
            try Series(where: ["d": "nowhere"], in: tables, by: ConcordanceChoice(Self.concordance))
        }
        let none = try Series(where: ["d": "a"], in: tables, by: nil)
        #expect(none.points.map(\.value) == [1, 1, nil, nil])
    }
}
