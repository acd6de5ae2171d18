import Annals
import Comparison
import Testing

/// Which rows of a delta go across a break, and what flags sums have.
@Suite struct SeriesBreaksTests {
    /// region × sex, all figures 1, with the flags of single cells by `region sex`.
    private func table(
        _ year: Int, regions: [String] = ["a", "b"], _ flags: [String: CellFlags] = [:], total: String? = nil
    ) -> Table {
        let sexes = ["f", "m"]
        let keySpace = KeySpace([
            Dimension(
                id: "region", label: "region", categories: regions.map { Category(code: $0, label: "Region \($0)") },
                totalCode: total),
            Dimension(id: "sex", label: "sex", categories: sexes.map { Category(code: $0, label: $0) }),
        ])!
        var cells = CellsBuilder()
        for region in regions {
            for sex in sexes { _ = cells.append(1, Mark(.value, flags: flags["\(region) \(sex)"] ?? [])) }
        }
        return Table(
            title: "t", period: Period(year: year), notes: [], measures: [Measure(code: "n", kind: .count)],
            keySpace: keySpace, presence: .dense, cells: cells.finish())
    }

    /// The rows across a break as `region sex`, and what the summary says.
    private func across(
        _ from: Table, _ to: Table, between: [Table] = [], isBackwards: Bool = false,
        by concordance: ConcordanceChoice? = nil, options: DeltaOptions = DeltaOptions()
    ) throws -> (rows: [String], count: Int) {
        let tables = try ConcordedTables(from: from, to: to, by: concordance)
        let pair = try ComparedPair(from: tables.from, to: tables.to, options: options)
        let delta = pair.delta(options)
        var places = BreakPlaces(in: delta, tables)
        for table in between { places.note(table) }
        let breaks = SeriesBreaks(of: pair, isBackwards: isBackwards, between: places)
        let rows = (0..<delta.count).filter { breaks.isAcross(delta.row($0)) }
        return (rows.map { delta.codes(at: $0).joined(separator: " ") }, breaks.count)
    }

    @Test func `the later year's break counts, the earlier one's is another`() throws {
        let (from, to) = (table(2010, ["a m": .seriesBreak]), table(2011, ["b f": [.seriesBreak, .provisional]]))
        #expect(try across(from, to) == (["b f"], 1))
        #expect(try across(to, from, isBackwards: true) == (["b f"], 1))
        #expect(try across(table(2010), table(2011)) == ([], 0))
    }

    @Test func aBreakInAYearBetweenCounts() throws {
        let between = [
            table(2011, regions: ["b", "c", "a"], ["a f": .seriesBreak, "c m": .seriesBreak]),
            table(2012, ["a f": .seriesBreak, "a m": .revised]),
        ]
        #expect(try across(table(2010), table(2013), between: between) == (["a f"], 1))
        #expect(try across(table(2013), table(2010), between: between, isBackwards: true) == (["a f"], 1))
    }

    @Test func totalsAndWhatTopLeavesOutAreCountedAsTheSummaryCounts() throws {
        let flags: [String: CellFlags] = ["a f": .seriesBreak, "b f": .seriesBreak]
        let (from, to) = (table(2010, total: "b"), table(2011, flags, total: "b"))
        #expect(try across(from, to) == (["a f", "b f"], 1))
        #expect(try across(from, to, options: DeltaOptions(top: 1)) == ([], 1))
    }

    @Test func aYearBetweenIsFoundUnderTheCodesOfGroups() throws {
        let links = ["a", "b"].map { Concordance.Link(CalendarDay(startOf: 2012), $0, "c", .whole) }
        let choice = ConcordanceChoice(Concordance(name: "test", dimensions: ["region"], links: links))
        let between = [table(2011, regions: ["a", "b", "x"], ["b m": .seriesBreak])]
        let (from, to) = (table(2010, regions: ["a", "b", "x"]), table(2013, regions: ["c", "x"]))
        #expect(try across(from, to, between: between, by: choice) == (["c m"], 1))
    }

    /// b was called r for a while, then q; c was divided into d and e, and is whole again.
    private static let passing = Concordance(
        name: "passing", dimensions: ["region"],
        links: [
            Concordance.Link(CalendarDay(startOf: 2011), "b", "r", .whole),
            Concordance.Link(CalendarDay(startOf: 2011), "c", "d", .split),
            Concordance.Link(CalendarDay(startOf: 2011), "c", "e", .split),
            Concordance.Link(CalendarDay(startOf: 2013), "r", "q", .whole),
            Concordance.Link(CalendarDay(startOf: 2013), "d", "c", .whole),
            Concordance.Link(CalendarDay(startOf: 2013), "e", "c", .whole),
        ])

    @Test(arguments: [Concordance.Minor.merge, .ignore])
    func aBreakOfACodeThatNeitherEndHasCounts(minor: Concordance.Minor) throws {
        let choice = ConcordanceChoice(Self.passing, minor: minor)
        let (from, to) = (table(2010, regions: ["a", "b", "c"]), table(2014, regions: ["a", "c", "q"]))
        let between = [
            table(2011, regions: ["a", "r", "d", "e"], ["r f": .seriesBreak]),
            table(2012, regions: ["a", "r", "d", "e"], ["e m": .seriesBreak]),
        ]
        #expect(try across(from, to, between: between, by: choice) == (["c m", "q f"], 2))
        #expect(try across(to, from, between: between, isBackwards: true, by: choice) == (["b f", "c m"], 2))
        let tables = try ConcordedTables(from: from, to: to, by: choice)
        for (wanted, expected) in [(nil, [true, true]), ("q", [true, false]), ("a", [false, false])] {
            let summation = try Summation(
                by: "sex", from: tables.from, to: tables.to, where: wanted.map { ["region": $0] } ?? [:])
            let sums = try ComparedSums(summation, from: tables.from, to: tables.to)
            var places = BreakPlaces(in: sums.delta, tables, summed: summation)
            for table in between { places.note(table) }
            let breaks = SeriesBreaks(of: sums.pair, isBackwards: false, between: places)
            #expect((0..<2).map { breaks.isAcross(sums.delta.row($0)) } == expected, "\(wanted ?? "all")")
        }
    }

    /// Both ends have today's codes, and the year in between those of then: r is what became q.
    @Test func aYearBetweenMayHaveTheCodesOfAnotherDay() throws {
        let choice = ConcordanceChoice(Self.passing)
        let (from, to) = (table(2010, regions: ["a", "c", "q"]), table(2014, regions: ["a", "c", "q"]))
        let between = [table(2012, regions: ["a", "r", "d", "e"], ["r f": .seriesBreak, "d f": .seriesBreak])]
        #expect(try across(from, to, between: between, by: choice) == (["c f", "q f"], 2))
    }

    @Test func aSumHasTheFlagsOfItsParts() throws {
        let from = table(2010, ["a f": .estimated, "b m": .derived])
        let to = table(2012, ["a m": [.seriesBreak, .derived], "b f": .provisional])
        let summation = try Summation(by: "region", from: from, to: to)
        let sums = try ComparedSums(summation, from: from, to: to)
        #expect((0..<2).map { sums.delta.row($0).fromFlags } == [.estimated, []])
        #expect((0..<2).map { sums.delta.row($0).toFlags } == [.seriesBreak, .provisional])
        let tables = try ConcordedTables(from: from, to: to, by: nil)
        var places = BreakPlaces(in: sums.delta, tables, summed: summation)
        #expect(SeriesBreaks(of: sums.pair, isBackwards: false, between: places).count == 1)
        places.note(table(2011, ["b m": .seriesBreak]))
        let breaks = SeriesBreaks(of: sums.pair, isBackwards: false, between: places)
        #expect(breaks.count == 2)
        #expect((0..<2).allSatisfy { breaks.isAcross(sums.delta.row($0)) })
    }

    @Test func whatASumLeavesOutIsNoBreakOfIt() throws {
        let (from, to) = (table(2010), table(2012))
        let summation = try Summation(by: "region", from: from, to: to, where: ["sex": "f"])
        let sums = try ComparedSums(summation, from: from, to: to)
        var places = BreakPlaces(in: sums.delta, try ConcordedTables(from: from, to: to, by: nil), summed: summation)
        places.note(table(2011, ["a m": .seriesBreak, "b f": .seriesBreak]))
        let breaks = SeriesBreaks(of: sums.pair, isBackwards: false, between: places)
        #expect((0..<2).map { breaks.isAcross(sums.delta.row($0)) } == [false, true])
    }

    @Test func aTotalThatOnlyAYearInBetweenHasIsNoPart() throws {
        let (from, to) = (table(2010), table(2012))
        let summation = try Summation(by: "sex", from: from, to: to)
        let sums = try ComparedSums(summation, from: from, to: to)
        var places = BreakPlaces(in: sums.delta, try ConcordedTables(from: from, to: to, by: nil), summed: summation)
        places.note(table(2011, regions: ["a", "b", "all"], ["all m": .seriesBreak], total: "all"))
        let breaks = SeriesBreaks(of: sums.pair, isBackwards: false, between: places)
        #expect((0..<2).map { breaks.isAcross(sums.delta.row($0)) } == [false, false])
    }
}
