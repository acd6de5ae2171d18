import Annals
import Comparison
import Definitions
import Testing

/// Two tables in codes that both can be summed to.
@Suite struct ConcordedTablesTests {
    /// a and b became c in 2012; a part of d became c; d goes on.
    private static let concordance = Concordance(
        name: "test", dimensions: ["region"],
        links: [
            Concordance.Link(CalendarDay(startOf: 2012), "a", "c", .whole),
            Concordance.Link(CalendarDay(startOf: 2012), "b", "c", .whole),
        ])

    private func table(
        _ year: Int, _ regions: [String], _ cells: [(Int64, CellStatus)], measure: Measure = Measure(code: "n"),
        total: String? = nil
    ) -> Table {
        matrix(year, [("region", regions)], cells, measure: measure, total: total)
    }

    private func matrix(
        _ year: Int, _ dimensions: [(id: String, codes: [String])], _ cells: [(Int64, CellStatus)],
        measure: Measure = Measure(code: "n"), total: String? = nil
    ) -> Table {
        var builder = CellsBuilder()
        for (value, status) in cells { _ = builder.append(value, Mark(status)) }
        let keySpace = KeySpace(
            dimensions.map { id, codes in
                Dimension(
                    id: id, label: id, categories: codes.map { Category(code: $0, label: "Region \($0)") },
                    totalCode: total.flatMap { codes.contains($0) ? $0 : nil })
            })!
        return Table(
            title: "t", period: Period(year: year), notes: [], measures: [measure], keySpace: keySpace,
            presence: .dense, cells: builder.finish())
    }

    private func values(_ figures: Int64...) -> [(Int64, CellStatus)] { figures.map { ($0, .value) } }

    private func concord(
        _ from: Table, _ to: Table, _ concordance: Concordance = concordance, options: DeltaOptions = DeltaOptions()
    ) throws -> ConcordedTables {
        try ConcordedTables(from: from, to: to, by: ConcordanceChoice(concordance), options: options)
    }

    /// `code: value` or `code: status`, by key.
    private func cells(_ table: Table) -> [String: String] {
        var texts: [String: String] = [:]
        for cell in 0..<table.cells.count {
            let codes = table.keySpace.codes(at: table.ordinal(ofCell: cell)).joined(separator: " ")
            texts[codes] = table.cells.number(at: cell).map(String.init) ?? table.cells.status(at: cell).code
        }
        return texts
    }

    /// `s` became `t`, which the later table lacks: sums over regions would be those of the rest.
    @Test func aCodeThatShouldBeThereMakesSumsIncomplete() throws {
        let concordance = Concordance(
            name: "test", dimensions: ["region"],
            links: [Concordance.Link(CalendarDay(startOf: 2012), "s", "t", .whole)])
        func table(_ year: Int, _ regions: [String]) -> Table {
            matrix(
                year, [("region", regions), ("sex", ["f", "m"])],
                values(1, 2) + values(3, 4) + (regions.count > 2 ? values(5, 6) : []))
        }
        func sums(
            _ from: Table, _ to: Table, by dimension: String, where wanted: [String: String] = [:]
        ) throws -> [DeltaRow] {
            let concorded = try concord(from, to, concordance)
            let sums = try ComparedSums(
                Summation(by: dimension, from: concorded.from, to: concorded.to, where: wanted), from: concorded.from,
                to: concorded.to)
            return (0..<sums.delta.count).map { sums.delta.row($0) }
        }
        let (earlier, later) = (table(2011, ["s", "x", "y"]), table(2012, ["x", "y"]))
        for row in try sums(earlier, later, by: "sex") {
            #expect(row.toStatus == .incomplete && row.to == nil && row.from != nil)
        }
        #expect(try sums(later, earlier, by: "sex").allSatisfy { $0.fromStatus == .incomplete })
        #expect(try sums(earlier, later, by: "sex", where: ["region": "x,y"]).allSatisfy { $0.to != nil })
        // Its own row is no sum over it: nothing is there.
        #expect(try sums(earlier, later, by: "region").filter { $0.toStatus == nil }.count == 1)
        // A code of which the concordance says nothing may come and go.
        let (more, less) = (table(2011, ["t", "x", "y"]), table(2012, ["t", "x"]))
        #expect(try sums(more, less, by: "sex").allSatisfy { $0.to != nil })
    }

    @Test func aGroupHasNoOtherCategorysCode() throws {
        let from = table(2011, ["a", "b", "a+b"], values(1, 2, 40))
        let to = table(2012, ["a+b", "c"], values(41, 3))
        let split = Concordance(
            name: "test", dimensions: ["region"],
            links: [
                Concordance.Link(CalendarDay(startOf: 2012), "c", "a", .whole),
                Concordance.Link(CalendarDay(startOf: 2012), "c", "b", .whole),
            ])
        let turned = Concordance(name: "test", dimensions: ["region"], links: Self.concordance.links)
        #expect(cells(try concord(from, to, turned).from) == ["c": "3", "a+b": "40"])
        let parts = try concord(
            table(2011, ["c", "a+b"], values(3, 41)), table(2012, ["a", "b", "a+b"], values(1, 2, 40)), split)
        #expect(cells(parts.from) == ["(a+b)": "3", "a+b": "41"])
        #expect(cells(parts.to) == ["(a+b)": "3", "a+b": "40"])
    }

    @Test func mergedCodesAreSummedAndTotalsStay() throws {
        let from = table(2011, ["all", "a", "x", "b"], values(111, 10, 1, 100), total: "all")
        let to = table(2012, ["c", "all", "x"], values(120, 123, 3), total: "all")
        let tables = try concord(from, to)
        #expect(cells(tables.from) == ["all": "111", "c": "110", "x": "1"])
        #expect(cells(tables.to) == ["all": "123", "c": "120", "x": "3"])
        #expect(tables.outcome?.groups.map(\.code) == ["c", "x"])
        #expect(tables.outcome?.groups.first?.from == ["a", "b"])
        #expect(tables.from.keySpace.dimensions[0].categories.map(\.label) == ["Region all", "Region c", "Region x"])
        let delta = try Comparison.delta(from: tables.from, to: tables.to)
        #expect((0..<delta.count).map { delta.codes(at: $0) } == [["c"], ["all"], ["x"]])
        #expect(delta.row(0).change == 10)
        let back = try concord(to, from)
        #expect(back.outcome?.groups.map(\.code) == ["a+b", "x"])
        #expect(cells(back.from) == ["all": "123", "a+b": "120", "x": "3"])
        #expect(back.to.keySpace.dimensions[0].categories[1].label == "Region a + Region b")
    }

    @Test func nothingIsTouchedWhereNothingChanged() throws {
        let from = table(2011, ["a", "b"], values(1, 2))
        let to = table(2011, ["a", "b"], values(1, 2))
        #expect(try concord(from, to).outcome == nil)
        let others = (table(2011, ["x", "y"], values(1, 2)), table(2012, ["x", "z"], values(1, 2)))
        let tables = try concord(others.0, others.1)
        #expect(tables.outcome == nil)
        #expect(tables.from == others.0)
        let asked = try ConcordedTables(
            from: others.0, to: others.1, by: ConcordanceChoice(Self.concordance, isAskedFor: true))
        #expect(asked.outcome?.groups.map(\.code) == ["x", "z", "y"])
        #expect(asked.from == others.0)
    }

    @Test func partsWithoutFiguresSpoilTheSum() throws {
        let to = table(2012, ["c"], values(5))
        #expect(
            try cells(concord(table(2011, ["a", "b"], [(1, .value), (0, .confidential)]), to).from) == [
                "c": "confidential"
            ])
        for parts: [(Int64, CellStatus)] in [[(0, .blank), (0, .confidential)], [(0, .confidential), (0, .blank)]] {
            #expect(try cells(concord(table(2011, ["a", "b"], parts), to).from) == ["c": "confidential"])
        }
        #expect(try cells(concord(table(2011, ["a", "b"], [(0, .nilFigure), (3, .value)]), to).from) == ["c": "3"])
        #expect(try cells(concord(table(2011, ["a"], values(1)), to).from) == ["c": "incomplete"])
        let delta = try concord(table(2011, ["a"], values(1)), to)
        let row = try Comparison.delta(from: delta.from, to: delta.to).row(0)
        #expect(row.fromStatus == .incomplete)
        #expect(row.comparison == .transition)
    }

    /// A sum may become too large on the way, whatever the order of its parts.
    @Test func aSumIsExactWhateverItsPartsComeTo() throws {
        let parts: [Int64] = [.max, 7, -9]
        for order in [[0, 1, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let links = ["a", "b", "d"].map { Concordance.Link(CalendarDay(startOf: 2012), $0, "c", .whole) }
            let concordance = Concordance(name: "three", dimensions: ["region"], links: links)
            let from = table(2011, ["a", "b", "d"], order.map { (parts[$0], .value) })
            #expect(
                try cells(concord(from, table(2012, ["c"], values(1)), concordance).from) == ["c": "\(Int64.max - 2)"])
        }
        let from = table(2011, ["a", "b"], [(.max, .value), (1, .value)])
        #expect(throws: ComparisonRefusal.sumTooLarge(at: ["c"])) {
            try concord(from, table(2012, ["c"], values(1)))
        }
    }

    /// d is known to be there in 2014, though nothing changes between 2013 and 2014.
    @Test func anExpectedCodeIsMissedWhereNoLinkLiesBetween() throws {
        let links = Self.concordance.links + [Concordance.Link(CalendarDay(startOf: 2012), "d", "d", .part)]
        let concordance = Concordance(name: "known", dimensions: ["region"], links: links)
        let whole = matrix(2013, [("region", ["c", "d", "x"]), ("sex", ["f"])], values(1, 2, 3))
        let lacking = matrix(2014, [("region", ["c", "x"]), ("sex", ["f"])], values(1, 3))
        for (from, to) in [(whole, lacking), (lacking, whole)] {
            let tables = try concord(from, to, concordance)
            #expect(tables.outcome?.groups.contains { $0.code == "d" && $0.from == ["d"] && $0.to == ["d"] } == true)
            let sums = try ComparedSums(
                Summation(by: "sex", from: tables.from, to: tables.to), from: tables.from, to: tables.to)
            let row = sums.delta.row(0)
            #expect([row.fromStatus, row.toStatus].contains(.incomplete) && row.comparison == .transition)
            let rest = try Summation(by: "sex", from: tables.from, to: tables.to, where: ["region": "c,x"])
            #expect(try ComparedSums(rest, from: tables.from, to: tables.to).delta.row(0).change == 0)
        }
        // What no link names may come and go.
        let without = matrix(2014, [("region", ["c", "d"]), ("sex", ["f"])], values(1, 3))
        #expect(try concord(whole, without, concordance).outcome == nil)
    }

    @Test func whatIsOnlyRenamedOrNotTouchedNeedNotAddUp() throws {
        let rate = Measure(code: "rate", kind: .rate)
        let links = Self.concordance.links + [Concordance.Link(CalendarDay(startOf: 2012), "r", "q", .whole)]
        let concordance = Concordance(name: "renamed", dimensions: ["region"], links: links)
        let from = table(2011, ["a", "b", "r", "x"], values(1, 2, 3, 4), measure: rate)
        let to = table(2012, ["c", "q", "x"], values(5, 6, 7), measure: rate)
        for (code, expected) in [("q", "3"), ("r", "3"), ("x", "4")] {
            let options = DeltaOptions(where: ["region": code])
            let tables = try concord(from, to, concordance, options: options)
            let group = try #require(tables.translated(options.where)["region"])
            #expect(cells(tables.from)[group] == expected)
        }
        for wanted in [[:], ["region": "c"], ["region": "a"], ["region": "x,c"]] {
            #expect(throws: ComparisonRefusal.self) {
                try concord(from, to, concordance, options: DeltaOptions(where: wanted))
            }
        }
    }

    /// Where a part moved and nothing else, no code is touched, and figures are approximate all the same.
    @Test func whatIsIgnoredIsSaidWhereNoCodeIsTouched() throws {
        let links = [("c", "c"), ("c", "d")].map { Concordance.Link(CalendarDay(startOf: 2012), $0, $1, .part) }
        let concordance = Concordance(name: "part", dimensions: ["region"], links: links)
        let (from, to) = (
            table(2011, ["c", "d", "e"], values(30, 40, 5)), table(2012, ["c", "d", "e"], values(26, 45, 5))
        )
        let choice = ConcordanceChoice(concordance, minor: .ignore)
        let tables = try ConcordedTables(from: from, to: to, by: choice)
        #expect(tables.from == from && tables.to == to)
        #expect(tables.outcome?.isApproximate == true && tables.outcome?.ignored.map(\.to) == ["d"])
        let all = [(2011, 1, from), (2012, 1, to)]
        for code in ["c", "d"] {
            let series = try Series(where: ["region": code], in: all, by: choice)
            #expect(series.points.map(\.value) == (code == "c" ? [30, 26] : [40, 45]))
            #expect(series.concordance?.isApproximate == true && series.concordance?.ignored.map(\.to) == ["d"])
        }
        #expect(try Series(where: ["region": "e"], in: all, by: choice).concordance == nil)
        #expect(
            try Series(where: ["region": "c"], in: all, by: ConcordanceChoice(concordance)).concordance?.isApproximate
                == false)
    }

    @Test func codesOutsideTheirYearsWithoutFiguresAreNotInUse() throws {
        let from = table(2011, ["a", "b", "c"], [(1, .value), (2, .value), (0, .nilFigure)])
        let to = table(2012, ["a", "b", "c"], [(0, .value), (0, .notApplicable), (4, .value)])
        let tables = try concord(from, to)
        #expect(cells(tables.from) == ["c": "3"])
        #expect(cells(tables.to) == ["c": "4"])
        #expect(tables.outcome?.notInUse == ["a", "b", "c"])
    }

    @Test func aTableInTheCodesOfAnotherYearIsTakenAsSuch() throws {
        // Old figures, published anew in the codes of 2012.
        let from = table(2010, ["a", "b"], values(1, 2))
        let to = table(2011, ["c"], values(4))
        let tables = try concord(from, to)
        #expect(cells(tables.from) == ["c": "3"])
        #expect(tables.outcome?.toCodesOf == CalendarDay(startOf: 2012))
        // Both in the same codes: there is nothing to do but to say so.
        let same = try concord(table(2010, ["c"], values(1)), table(2013, ["c"], values(4)))
        #expect(cells(same.from) == ["c": "1"] && cells(same.to) == ["c": "4"])
        #expect(same.outcome?.fromCodesOf == CalendarDay(startOf: 2012) && same.outcome?.toCodesOf == nil)
    }

    /// The year after the founding table, in the counties of three reforms: the groups are those of the reforms.
    @Test func anOldYearInNewCounties() throws {
        func table(_ year: Int, _ codes: [String]) -> Table {
            self.table(year, codes, codes.indices.map { (Int64($0 + 1), .value) })
        }
        let from = table(2011, CodeGroupingTests.codes2011)
        let choice = ConcordanceChoice(CodeGroupingTests.counties, dimensions: ["region"])
        for (reform, codes, groups) in [
            (2018, CodeGroupingTests.codes2018, 18), (2020, CodeGroupingTests.codes2020, 6),
            (2024, CodeGroupingTests.codes2024, 6),
        ] {
            let recalculated = try ConcordedTables(from: from, to: table(2012, codes), by: choice)
            let later = try ConcordedTables(from: from, to: table(reform, codes), by: choice)
            #expect(recalculated.outcome?.groups.count == groups)
            #expect(recalculated.outcome?.groups == later.outcome?.groups)
            #expect(recalculated.outcome?.toCodesOf == CalendarDay(startOf: reform))
            #expect(later.outcome?.toCodesOf == nil)
            #expect(recalculated.from.cells == later.from.cells)
        }
    }

    private func net(_ year: Int, _ codes: [String], _ figures: [[Int64]], kind: Measure.Kind) -> Table {
        matrix(
            year, [("region", codes), ("counterpart", codes + ["all"])],
            figures.enumerated().flatMap { row, figures in
                figures.enumerated().map { column, value in (value, row == column ? .notApplicable : .value) }
            }, measure: Measure(code: "n", kind: kind), total: "all")
    }

    @Test func internalFlowsCancelInANetMatrix() throws {
        let from = net(2011, ["a", "x", "b"], [[0, 5, -7, -2], [-5, 0, 3, -2], [7, -3, 0, 4]], kind: .net)
        let to = net(2012, ["c", "x"], [[0, 4, 4], [-4, 0, -4]], kind: .net)
        let tables = try concord(from, to)
        #expect(
            cells(tables.from) == [
                "c c": "0", "c x": "2", "c all": "2", "x c": "-2", "x x": "not-applicable", "x all": "-2",
            ])
        #expect(cells(tables.to)["c c"] == "0")
        #expect(cells(tables.to)["x x"] == "not-applicable")
    }

    @Test func internalFlowsMoveToTheDiagonalOfAGrossMatrix() throws {
        let from = net(2011, ["a", "x", "b"], [[0, 5, 7, 12], [6, 0, 3, 9], [8, 4, 0, 12]], kind: .count)
        let to = net(2012, ["c", "x"], [[0, 4, 4], [5, 0, 5]], kind: .count)
        let tables = try concord(from, to)
        #expect(
            cells(tables.from) == [
                "c c": "15", "c x": "9", "c all": "24", "x c": "9", "x x": "not-applicable", "x all": "9",
            ])
        #expect(cells(tables.to)["c c"] == "not-applicable")
    }

    @Test func whatDoesNotAddUpIsRefused() throws {
        func pair(_ measure: Measure) -> (Table, Table) {
            (
                table(2011, ["a", "b"], values(1, 2), measure: measure),
                table(2012, ["c"], values(3), measure: measure)
            )
        }
        for kind in [Measure.Kind.rate, .percent, .index, .mean] {
            let (from, to) = pair(Measure(code: "n", kind: kind))
            let refusal = #expect(throws: ComparisonRefusal.self) { try concord(from, to) }
            #expect(refusal?.remedy?.contains("none") == true)
            let (additive, other) = pair(Measure(code: "n", kind: kind, isAdditive: true))
            #expect(try cells(concord(additive, other).from) == ["c": "3"])
        }
        let large = table(2011, ["a", "b"], values(.max, 1))
        #expect(throws: ComparisonRefusal.sumTooLarge(at: ["c"])) {
            try concord(large, table(2012, ["c"], values(3)))
        }
        #expect(throws: ComparisonRefusal.self) {
            try concord(
                matrix(2011, [("place", ["a"])], values(1)), matrix(2012, [("place", ["c"])], values(1)))
        }
    }

    @Test func aMemberFindsItsGroup() throws {
        let tables = try concord(
            table(2011, ["a", "b", "x"], values(1, 2, 3)), table(2012, ["c", "x"], values(3, 4)))
        #expect(tables.translated(["region": "a"]) == ["region": "c"])
        #expect(tables.translated(["region": "a,x,b,nowhere"]) == ["region": "c,x,nowhere"])
        #expect(tables.translated(["region": "c", "age": "a"]) == ["region": "c", "age": "a"])
    }

    @Test func codesLeadToThoseOfAnotherYear() {
        let counties = CodeGroupingTests.counties
        let translated = ConcordedCodes.translated(
            CodeGroupingTests.codes2024, of: 2024, to: CodeGroupingTests.codes2011, of: 2011, by: counties)
        #expect(translated == Set(CodeGroupingTests.codes2024))
        #expect(
            ConcordedCodes.translated(["50", "90"], of: 2024, to: ["16", "17"], of: 2011, by: counties) == ["50"])
    }
}
