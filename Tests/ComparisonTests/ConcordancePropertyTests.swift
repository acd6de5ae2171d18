import Annals
import Comparison
import TestSupport
import Testing

/// Random histories of codes against the rules in plain code.
@Suite struct ConcordancePropertyTests {
    private static let rounds: UInt64 = 300

    @Test func groupsAreThoseOfThePlainRules() throws {
        for seed in 0..<Self.rounds {
            var generator = SeededGenerator(seed: seed)
            let history = RandomCodes(years: 6, using: &generator)
            let concordance = Concordance(name: "random", links: history.links)
            let first = Int.random(in: 0..<5, using: &generator)
            let second = Int.random(in: first + 1..<6, using: &generator)
            // Now and then a table lacks a code.
            let sides = [first, second].map { year in
                history.codesByYear[year].filter { _ in Int.random(in: 0..<12, using: &generator) > 0 }
            }
            let days = [first, second].map { CalendarDay(startOf: RandomCodes.firstYear + $0) }
            for minor in Concordance.Minor.allCases {
                let grouping = try CodeGrouping(
                    concordance, from: days[0], to: days[1], earlier: sides[0], later: sides[1], minor: minor)
                let found = grouping.groups.map {
                    NaiveConcordance.Group(earlier: Set($0.earlier), later: Set($0.later))
                }
                let (groups, ignored) = NaiveConcordance(links: concordance.links).groups(
                    from: days[0], to: days[1], earlier: sides[0], later: sides[1], minor: minor)
                #expect(Set(found) == groups, "seed \(seed), \(minor)")
                #expect(Set(grouping.ignored).isSubset(of: ignored), "seed \(seed), \(minor)")
                #expect(found.count == groups.count, "seed \(seed)")
            }
        }
    }

    @Test func sumsAreThoseOfThePlainRules() throws {
        for seed in 0..<Self.rounds {
            var generator = SeededGenerator(seed: seed)
            let history = RandomCodes(years: 6, using: &generator)
            let concordance = Concordance(name: "random", dimensions: ["region"], links: history.links)
            let tables = [0, 5].map { year in
                Self.table(
                    RandomCodes.firstYear + year,
                    history.codesByYear[year].filter { _ in Int.random(in: 0..<12, using: &generator) > 0 }, &generator)
            }
            let isBackwards = Bool.random(using: &generator)
            let (from, to) = isBackwards ? (tables[1], tables[0]) : (tables[0], tables[1])
            let choice = ConcordanceChoice(concordance, isAskedFor: true)
            let concorded = try ConcordedTables(from: from, to: to, by: choice)
            let outcome = try #require(concorded.outcome)
            #expect(outcome.fromCodesOf == nil && outcome.toCodesOf == nil, "seed \(seed)")
            for (original, regrouped, isFrom) in [(from, concorded.from, true), (to, concorded.to, false)] {
                for group in outcome.groups {
                    for age in ["y", "o"] {
                        let members = isFrom ? group.from : group.to
                        let expected = Self.sum(of: members, age, in: original, isJoined: members.count > 1)
                        let found = regrouped.cell(at: [group.code, age]).map { cell in
                            Sum(regrouped.cells.status(at: cell), regrouped.cells.number(at: cell))
                        }
                        #expect(found == expected, "seed \(seed), \(group), \(age)")
                    }
                }
                #expect(regrouped.cell(at: ["all", "y"]) != nil)
            }
        }
    }

    private struct Sum: Equatable {
        var status: CellStatus
        var value: Int64?

        init(_ status: CellStatus, _ value: Int64?) {
            self.status = status
            self.value = value
        }
    }

    private static func table(_ year: Int, _ codes: [String], _ generator: inout SeededGenerator) -> Table {
        let regions = (codes + ["all"]).shuffled(using: &generator)
        let keySpace = KeySpace([
            Dimension(
                id: "region", label: "", categories: regions.map { Category(code: $0, label: $0) }, totalCode: "all"),
            Dimension(id: "age", label: "", categories: ["y", "o"].map { Category(code: $0, label: $0) }),
        ])!
        // The total's row is always there.
        let present = (0..<keySpace.size).filter { ordinal in
            regions[ordinal / 2] == "all" || Int.random(in: 0..<8, using: &generator) > 0
        }
        var cells = CellsBuilder()
        for _ in present {
            let isHidden = Int.random(in: 0..<10, using: &generator) == 0
            _ = cells.append(
                isHidden ? 0 : .random(in: 1...99, using: &generator),
                Mark(isHidden ? [.confidential, .notAvailable].randomElement(using: &generator)! : .value))
        }
        return Table(
            title: "", period: Period(year: year), notes: [], measures: [Measure(code: "n", kind: .count)],
            keySpace: keySpace, presence: .sparse(present.map(UInt64.init)), cells: cells.finish())
    }

    /// Nil where no part is there at all.
    private static func sum(of members: [String], _ age: String, in table: Table, isJoined: Bool) -> Sum? {
        let codes = table.keySpace.dimensions[0].categories.map(\.code)
        let present = codes.filter(members.contains)
        let cells = present.compactMap { table.cell(at: [$0, age]) }
        if cells.isEmpty { return nil }
        if present.count < members.count { return Sum(.incomplete, nil) }
        let status = CellStatus.ofSum(cells.map(table.cells.status))
        return Sum(status, status.countsAsNumber ? cells.reduce(0) { $0 + table.cells.values[$1] } : nil)
    }
}
