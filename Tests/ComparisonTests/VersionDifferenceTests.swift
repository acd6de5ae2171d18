import Annals
import Comparison
import Testing

/// What one version differs in from another, and how much of it is material.
@Suite struct VersionDifferenceTests {
    private func table(
        _ cells: [(Int64, CellStatus)], flags: [Int: CellFlags] = [:], total: String? = nil, notes: [String] = []
    ) -> Table {
        var table = ComparisonTests.table(cells, total: total)
        table.notes = notes
        for (cell, flags) in flags {
            table.cells.palette.append(Mark(cells[cell].1, flags: flags))
            table.cells.marks[cell] = UInt16(table.cells.palette.count - 1)
        }
        return table
    }

    @Test func everythingIsCountedByItself() throws {
        var from = table(
            [(10, .value), (5, .value), (0, .confidential), (7, .value), (22, .value)], flags: [3: .provisional],
            total: "e", notes: ["a", "b"])
        let to = table(
            [(7, .value), (0, .confidential), (0, .blank), (7, .value), (14, .value)], total: "e", notes: ["b", "c"])
        from.keySpace = KeySpace(
            from.keySpace.dimensions.map { dimension in
                var dimension = dimension
                dimension.categories[3].label = "Dee"
                return dimension
            })!
        let difference = try VersionDifference(from: from, to: to)
        #expect((difference.cells, difference.statuses, difference.flags, difference.totals) == (1, 2, 1, 1))
        #expect((difference.labels, difference.notes) == (1, 2))
        #expect(difference.measures.map(\.absolute) == [3])
        #expect(difference.measures[0].largest.map { [$0.from, $0.to] } == [10, 7])
        #expect(difference.measures[0].largest?.at == ["a"])
        #expect(difference.summary == (try Comparison.delta(from: from, to: to)).summary)
    }

    @Test func whatOnlyOneHasIsACell() throws {
        let from = ComparisonTests.table(ComparisonTests.values(1, 2), codes: "ab")
        let to = ComparisonTests.table(ComparisonTests.values(1, 9, 4), codes: "abc")
        let difference = try VersionDifference(from: from, to: to)
        #expect(difference.cells == 2)
        #expect(difference.measures[0].largest?.at == ["b"])
        let same = try VersionDifference(from: to, to: to)
        #expect(same.cells == 0 && same.measures[0].absolute == 0 && same.measures[0].largest == nil)
    }

    @Test func sumsGoBeyond64Bits() throws {
        let from = ComparisonTests.table(ComparisonTests.values(.min, .min))
        let to = ComparisonTests.table(ComparisonTests.values(.max, .max))
        #expect(try VersionDifference(from: from, to: to).measures[0].absolute == 2 * Int128(UInt64.max))
    }

    @Test func materialIsWhatExceedsTheTolerance() throws {
        let tolerance = Tolerance(absolute: DecimalNumber("5"))
        let from = table([(10, .value), (20, .value), (0, .blank), (30, .value)], total: "d")
        let to = table([(15, .value), (26, .value), (0, .blank), (41, .value)], total: "d")
        // The total counts with the others.
        #expect(try Materiality.count(from: from, to: to, beyond: tolerance) == 2)
        #expect(try Materiality.count(from: from, to: from, beyond: tolerance) == 0)
        let hidden = table([(10, .value), (0, .confidential), (0, .notAvailable), (30, .value)], total: "d")
        #expect(try Materiality.count(from: from, to: hidden, beyond: tolerance) == 2)
    }
}
