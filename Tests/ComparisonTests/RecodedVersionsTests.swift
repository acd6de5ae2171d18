import Annals
import Comparison
import TestSupport
import Testing

/// Changes taken apart where a year was published anew in the codes of another year.
@Suite struct RecodedVersionsTests {
    private typealias Figures = [(code: String, value: Int64)]

    /// region × sex: each figure for both, the men's twice the women's.
    private func table(_ year: Int, _ figures: Figures) -> Table {
        let keySpace = KeySpace([
            Dimension(
                id: "region", label: "", categories: figures.map { Category(code: $0.code, label: $0.code) }),
            Dimension(id: "sex", label: "", categories: ["f", "m"].map { Category(code: $0, label: $0) }),
        ])!
        let values = figures.flatMap { [$0.value, 2 * $0.value] }
        return Table(
            title: "", period: Period(year: year), notes: [], measures: [Measure(code: "n", kind: .count)],
            keySpace: keySpace, presence: .dense,
            cells: Cells(values: values, marks: values.map { _ in 0 }, palette: [.plain]))
    }

    private static func release(_ year: Int, _ version: Int, day: Int64) -> Release {
        Release(
            year: year, version: version, published: Instant(microseconds: day), recorded: Instant(microseconds: 0),
            sequence: UInt64(day), kind: .classification, content: Int(day))
    }

    /// Versions of both years, each with the day of its publication; the last of each is compared.
    private struct Years {
        var from: [(day: Int64, table: Table)]
        var to: [(day: Int64, table: Table)]

        var releases: (from: [Release], to: [Release]) {
            (
                from.enumerated().map { RecodedVersionsTests.release(2010, $0 + 1, day: $1.day) },
                to.enumerated().map { RecodedVersionsTests.release(2011, $0 + 1, day: $1.day) }
            )
        }

        func table(_ release: Release) -> Table {
            (release.year == 2010 ? from : to)[release.version - 1].table
        }
    }

    /// What each row was as published, by its codes; nil where that can't be told.
    ///
    /// Without a dimension rows are cells.
    private func published(
        _ years: Years, by choice: ConcordanceChoice, over dimension: String? = nil,
        where wanted: [String: String] = [:]
    ) throws -> (rows: [String: Int128?], explained: Int, unexplained: Int) {
        let (from, to) = (years.from.last!.table, years.to.last!.table)
        let options = DeltaOptions(where: wanted)
        let tables = try ConcordedTables(from: from, to: to, by: choice, options: options)
        let (fromReleases, toReleases) = years.releases
        func version(_ release: Release) throws -> Table {
            try tables.regrouped(years.table(release), isFirst: release.year == 2010)
        }
        let (delta, explanation): (Delta, Explanation)
        if let dimension {
            let summation = try Summation(
                by: dimension, from: tables.from, to: tables.to, where: tables.translated(wanted))
            let sums = try ComparedSums(summation, from: tables.from, to: tables.to)
            delta = sums.delta
            explanation = try Explanation(of: delta, sums.pair, from: fromReleases, to: toReleases) { release in
                try summation.sums(of: version(release))
            }
        } else {
            let pair = try ComparedPair(from: tables.from, to: tables.to)
            delta = pair.delta(DeltaOptions())
            explanation = try Explanation(
                of: delta, pair, from: fromReleases, to: toReleases, table: { release in try version(release) })
        }
        var rows: [String: Int128?] = [:]
        for row in 0..<delta.count where delta.row(row).comparison == .compared {
            let parts = explanation.row(at: row)
            if let parts {
                #expect(parts.asPublished + parts.toRevision + parts.fromRevision == delta.row(row).change)
            }
            rows[delta.codes(at: row).joined(separator: " ")] = .some(parts?.asPublished)
        }
        return (rows, explanation.explained, explanation.unexplained)
    }

    /// a and b became x; a part of c went to d.
    private static let choice = ConcordanceChoice(
        Concordance(
            name: "recoded", dimensions: ["region"],
            links: [
                ("a", "x", Concordance.Scope.whole), ("b", "x", .whole), ("c", "c", .part), ("c", "d", .part),
            ].map { Concordance.Link(CalendarDay(startOf: 2011), $0, $1, $2) }))

    private var recalculated: Years {
        Years(
            from: [
                (1, table(2010, [("a", 10), ("b", 20), ("c", 30), ("d", 40)])),
                (3, table(2010, [("x", 31), ("c", 26), ("d", 44)])),
            ], to: [(2, table(2011, [("x", 35), ("c", 27), ("d", 45)]))])
    }

    @Test func asPublishedIsToldInTodaysCodesOrNotAtAll() throws {
        let answer = try published(recalculated, by: Self.choice)
        #expect(answer.rows == ["x f": 5, "x m": 10, "c f": nil, "c m": nil, "d f": nil, "d m": nil])
        #expect((answer.explained, answer.unexplained) == (2, 4))
    }

    @Test func whatMovedWithinASumIsTold() throws {
        let (years, choice) = (recalculated, Self.choice)
        // 107 and 100, as they were published.
        #expect(try published(years, by: choice, over: "sex").rows == ["f": 7, "m": 14])
        #expect(try published(years, by: choice, over: "region").rows == ["x": 15, "c": nil, "d": nil])
        #expect(try published(years, by: choice, over: "sex", where: ["region": "x"]).rows == ["f": 5, "m": 10])
        #expect(try published(years, by: choice, over: "sex", where: ["region": "x,c"]).rows == ["f": nil, "m": nil])
    }

    /// a and b became a, c was renamed: the code a alone doesn't say which of the two it is.
    @Test func aCodeThatKeptItsNameIsNotTakenForItself() throws {
        let links = [("a", "a"), ("b", "a"), ("c", "e")].map {
            Concordance.Link(CalendarDay(startOf: 2011), $0, $1, .whole)
        }
        let choice = ConcordanceChoice(Concordance(name: "kept", dimensions: ["region"], links: links))
        let old: Figures = [("a", 10), ("b", 20), ("c", 40)]
        let from = [(Int64(1), table(2010, old)), (4, table(2010, [("a", 30), ("e", 40)]))]
        let to = [(Int64(2), table(2011, [("a", 35), ("e", 45)]))]
        #expect(
            try published(Years(from: from, to: to), by: choice).rows == ["a f": 5, "a m": 10, "e f": 5, "e m": 10])
        // The later year came out in the codes of before, and was published anew in its own.
        let late = Years(from: [from[0]], to: [(2, table(2011, [("a", 11), ("b", 22), ("c", 44)])), (3, to[0].1)])
        #expect(try published(late, by: choice).rows == ["a f": 3, "a m": 6, "e f": 4, "e m": 8])
        let both = Years(from: from, to: late.to)
        #expect(try published(both, by: choice).rows == ["a f": 3, "a m": 6, "e f": 4, "e m": 8])
    }

    @Test func ratesAreNotSummedForIt() throws {
        var years = recalculated
        for place in years.from.indices { years.from[place].table.measures[0].kind = .rate }
        for place in years.to.indices { years.to[place].table.measures[0].kind = .rate }
        let rows = try published(years, by: Self.choice).rows
        #expect(rows["x f"] == .some(nil) && rows.count == 6)
    }

    /// A version of then that lacks what it should have, in a sum.
    @Test func aVersionThatLacksACodeHasNoSum() throws {
        let years = Years(
            from: [(1, table(2010, [("a", 10), ("c", 30), ("d", 40)])), (3, recalculated.from[1].table)],
            to: recalculated.to)
        #expect(try published(years, by: Self.choice).rows["x f"] == .some(nil))
        #expect(try published(years, by: Self.choice, over: "sex").rows == ["f": nil, "m": nil])
        // The same codes, and one of them is gone: nothing is to be brought together.
        let same = ConcordanceChoice(
            Concordance(
                name: "same", dimensions: ["region"],
                links: [Concordance.Link(CalendarDay(startOf: 2000), "a", "a", .part)]))
        let whole: Figures = [("a", 1), ("b", 2)]
        let lacking = Years(
            from: [(1, table(2010, [("b", 2)])), (3, table(2010, whole))], to: [(2, table(2011, whole))])
        #expect(try published(lacking, by: same, over: "sex").rows == ["f": nil, "m": nil])
        #expect(try published(lacking, by: same).rows["b f"] == .some(0))
    }

    /// Random classifications: what is told is what the delta of then says, row by row.
    @Test func asPublishedIsWhatTheDeltaOfThenSays() throws {
        for seed in 0..<UInt64(300) {
            var generator = SeededGenerator(seed: seed)
            let history = RandomCodes(years: 5, using: &generator)
            let links = history.links.map { link in
                var link = link
                let later = link.validFrom.year - RandomCodes.firstYear + 2006
                link.validFrom = CalendarDay(startOf: later)
                return link
            }
            let choice = ConcordanceChoice(
                Concordance(name: "random", dimensions: ["region"], links: links), isAskedFor: true)
            func table(_ year: Int, codesOf place: Int) -> Table {
                self.table(year, history.codesByYear[place].map { ($0, .random(in: 1...99, using: &generator)) })
            }
            // The links of the last two steps are those of 2009 and 2010, those of 2011 haven't come.
            let years = Years(
                from: [(1, table(2009, codesOf: 3)), (3, table(2009, codesOf: 4))], to: [(2, table(2010, codesOf: 4))])
            let then = try ConcordedTables(from: years.from[0].table, to: years.to[0].table, by: choice)
            let delta = try Comparison.delta(from: then.from, to: then.to)
            let changes = Dictionary(
                uniqueKeysWithValues: (0..<delta.count).map { row in
                    (delta.codes(at: row).joined(separator: " "), delta.row(row).change)
                })
            let now = try ConcordedTables(from: years.from[1].table, to: years.to[0].table, by: choice)
            guard now.outcome?.groups.contains(where: \.isJoined) == false else { continue }
            let answer = try published(years, by: choice)
            for (row, asPublished) in answer.rows {
                let code = String(row.split(separator: " ")[0])
                let group = try #require(then.outcome?.groups.first { $0.to.contains(code) }, "seed \(seed)")
                let expected = group.to.count == 1 ? changes[row] ?? nil : nil
                #expect(asPublished == expected, "seed \(seed), \(row)")
            }
        }
    }
}
