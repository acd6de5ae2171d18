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
}
