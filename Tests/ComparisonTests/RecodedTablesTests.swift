import Annals
import Comparison
import Testing

/// Tables that aren't in the codes of their year alone: versions of a year, leftovers of codes that ended, sums among codes.
@Suite struct RecodedTablesTests {
    private typealias Figures = [(code: String, value: Int64)]

    /// region × sex: each figure for both, the men's twice the women's.
    private func table(_ year: Int, _ figures: Figures, sums: [Identity] = []) -> Table {
        let keySpace = KeySpace([
            Dimension(
                id: "region", label: "", categories: figures.map { Category(code: $0.code, label: $0.code) }),
            Dimension(id: "sex", label: "", categories: ["f", "m"].map { Category(code: $0, label: $0) }),
        ])!
        let values = figures.flatMap { [$0.value, 2 * $0.value] }
        return Table(
            title: "", period: Period(year: year), notes: [], measures: [Measure(code: "n", kind: .count)],
            keySpace: keySpace, presence: .dense,
            cells: Cells(values: values, marks: values.map { _ in 0 }, palette: [.plain])
        ).withSums(of: sums)
    }

    private func choice(_ links: (year: Int, from: String, to: String)...) -> ConcordanceChoice {
        ConcordanceChoice(
            Concordance(
                name: "test", dimensions: ["region"],
                links: links.map { Concordance.Link(CalendarDay(startOf: $0.year), $0.from, $0.to, .whole) }))
    }

    /// What women's rows say, `code: from -> to`.
    private func rows(_ from: Table, _ to: Table, _ choice: ConcordanceChoice?) throws -> [String] {
        let tables = try ConcordedTables(from: from, to: to, by: choice)
        let delta = try Comparison.delta(from: tables.from, to: tables.to, options: DeltaOptions(where: ["sex": "f"]))
        return (0..<delta.count).map { index in
            let row = delta.row(index)
            func text(_ value: Int64?) -> String { value.map(String.init) ?? "nothing" }
            return "\(delta.keySpace.codes(at: row.ordinal)[0]): \(text(row.from)) -> \(text(row.to))"
        }
    }

    private func sumStatuses(_ from: Table, _ to: Table, _ choice: ConcordanceChoice) throws -> [CellStatus?] {
        let tables = try ConcordedTables(from: from, to: to, by: choice)
        let summation = try Summation(by: "sex", from: tables.from, to: tables.to)
        let delta = try ComparedSums(summation, from: tables.from, to: tables.to).delta
        return (0..<delta.count).flatMap { [delta.row($0).fromStatus, delta.row($0).toStatus] }
    }

    // MARK: Versions of a year

    /// a became b and b became c, and 2010 was published anew in the codes of 2012: no figure changed.
    @Test func versionsInCodesOfTwoDays() throws {
        let choice = choice((2012, "a", "b"), (2012, "b", "c"))
        let first = table(2010, [("a", 100), ("b", 200), ("d", 300)])
        let second = table(2010, [("b", 100), ("c", 200), ("d", 300)])
        #expect(try rows(first, second, choice) == ["b: 100 -> 100", "c: 200 -> 200", "d: 300 -> 300"])
        #expect(try rows(first, second, nil).contains("b: 200 -> 100"))
        let tables = try ConcordedTables(from: first, to: second, by: choice)
        #expect(tables.outcome?.toCodesOf == CalendarDay(startOf: 2012))
        #expect(tables.outcome?.fromCodesOf == nil)
        #expect(tables.changedCodes(in: ["region": "b"]) == ["b"])
        #expect(tables.changedCodes(in: ["region": "d", "sex": "f"]) == [])
    }

    /// In codes of one day nothing is brought together, whatever is missing in one of them.
    @Test func versionsInCodesOfOneDay() throws {
        let choice = choice((2012, "a", "b"), (2012, "b", "c"))
        let (first, second) = (table(2010, [("a", 100), ("b", 200)]), table(2010, [("a", 101), ("b", 200), ("d", 1)]))
        let tables = try ConcordedTables(from: first, to: second, by: choice)
        #expect(tables.outcome == nil && tables.from == first && tables.to == second)
    }

    /// Two years in the codes of one other day: nothing is brought together, and the answer says of which day they are.
    @Test func yearsInCodesOfAnotherDay() throws {
        let choice = choice((2012, "a", "b"))
        let (first, second) = (table(2010, [("b", 1), ("d", 3)]), table(2012, [("b", 2), ("d", 4)]))
        let tables = try ConcordedTables(from: first, to: second, by: choice)
        #expect(tables.outcome?.fromCodesOf == CalendarDay(startOf: 2012))
        #expect(try rows(first, second, choice) == ["b: 1 -> 2", "d: 3 -> 4"])
    }

    // MARK: Leftovers

    /// a and b became c, and the later table prints small figures of a and b still: they are compared with nothing.
    @Test func codesThatEndedAndArePrintedStill() throws {
        let choice = choice((2011, "a", "c"), (2011, "b", "c"))
        let first = table(2010, [("a", 10), ("b", 20), ("d", 5)])
        let second = table(2011, [("a", 1), ("b", 3), ("c", 30), ("d", 5)])
        let rows = try rows(first, second, choice)
        #expect(rows.contains("c: 30 -> 30") && rows.contains("d: 5 -> 5"))
        #expect(rows.contains("a: nothing -> 1") && rows.contains("b: nothing -> 3"))
        // Where c was there before, a table with all three is one of the day before.
        let before = table(2010, [("a", 10), ("b", 20), ("c", 7), ("d", 5)])
        let outcome = try ConcordedTables(from: before, to: second, by: choice).outcome
        #expect(outcome?.toCodesOf == CalendarDay(startOf: 1))
    }

    // MARK: Codes that are missing

    /// Of B nothing is printed in 2012, and what becomes part of it later doesn't stand for it.
    @Test func aCodeThatOthersJoin() throws {
        let choice = choice((2011, "X", "B"), (2013, "S", "B"))
        let (first, second) = (table(2012, [("S", 40), ("K", 5)]), table(2013, [("B", 100), ("K", 5)]))
        #expect(try rows(first, second, choice).first == "B: nothing -> 100")
        #expect(try sumStatuses(first, second, choice) == [.incomplete, .value, .incomplete, .value])
    }

    /// What is left of a whole is no denominator.
    @Test func contributionsToAWholeThatLacksACode() throws {
        let choice = choice((2012, "s", "t"))
        let tables = try ConcordedTables(
            from: table(2011, [("x", 10), ("y", 20)]), to: table(2012, [("x", 11), ("y", 22), ("t", 5)]), by: choice)
        let summation = try Summation(by: "region", from: tables.from, to: tables.to)
        let sums = try ComparedSums(summation, from: tables.from, to: tables.to)
        for row in 0..<sums.delta.count {
            #expect(sums.contributions.micros(of: sums.delta.row(row), in: sums.delta) == nil)
        }
    }

    // MARK: Sums

    /// Counties above their municipalities, and both became others.
    @Test func sumsThatTheConcordanceNames() throws {
        let choice = choice((2011, "01", "30"), (2011, "02", "30"), (2011, "0101", "3001"), (2011, "0201", "3002"))
        let sums: [Identity] = [
            .sum(dimension: "region", code: "01", parts: ["0101"]),
            .sum(dimension: "region", code: "02", parts: ["0201"]),
            .sum(dimension: "region", code: "30", parts: ["3001", "3002"]),
        ]
        let first = table(2010, [("01", 10), ("0101", 10), ("02", 20), ("0201", 20), ("05", 1)], sums: sums)
        let second = table(2011, [("30", 33), ("3001", 11), ("3002", 22), ("05", 1)], sums: sums)
        #expect(
            try rows(first, second, choice)
                == ["30: 30 -> 33", "3001: 10 -> 11", "3002: 20 -> 22", "05: 1 -> 1"])
        let tables = try ConcordedTables(from: first, to: second, by: choice)
        let summation = try Summation(by: "sex", from: tables.from, to: tables.to)
        let delta = try ComparedSums(summation, from: tables.from, to: tables.to).delta
        #expect(delta.row(0).from == 31 && delta.row(0).to == 34)
        // Sums that a table leaves out are missed by nobody.
        let bare = table(2011, [("3001", 11), ("3002", 22), ("05", 1)], sums: sums)
        #expect(try sumStatuses(first, bare, choice).allSatisfy { $0 == .value })
    }
}
