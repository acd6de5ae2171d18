import Annals
import Testing

@testable import Auditing

/// Codes that are the sum of others wherever that can be seen, though nothing proves it.
@Suite struct LikelySumsTests {
    /// A country, two parts of it, and three municipalities of each, by ages: country, north, its three, south, its three.
    private static let levels = SummedTable.dimensions([("region", 9, nil), ("age", 12, nil)])

    private static func levels(of table: (Int, Int) -> Int64) -> Table {
        SummedTable.table(levels) { ordinal in
            let (region, age) = (ordinal / 12, ordinal % 12)
            func sum(_ places: [Int]) -> Int64 { places.reduce(0) { $0 + table($1, age) } }
            switch region {
            case 0: return sum([2, 3, 4, 6, 7, 8])
            case 1: return sum([2, 3, 4])
            case 5: return sum([6, 7, 8])
            default: return table(region, age)
            }
        }
    }

    private static func figure(_ region: Int, _ age: Int) -> Int64 {
        Int64((region * 7919 + age * 104_729) % 9973 + 11)
    }

    private func sums(_ table: Table) -> [String: Set<String>] {
        Auditing.likelySums(of: table).reduce(into: [:]) { sums, identity in
            guard case .sum(_, let code, let parts) = identity else { return }
            sums[code] = Set(parts)
        }
    }

    private static let expected: [String: Set<String>] = [
        "1": ["2", "6"], "2": ["3", "4", "5"], "6": ["7", "8", "9"],
    ]

    @Test func whereOneFigureIsHidden() {
        let table = Self.levels(of: Self.figure)
        #expect(sums(table) == Self.expected)
        for at in [["4", "3"], ["2", "3"], ["1", "12"], ["8", "1"]] {
            #expect(sums(SummedTable.changing(table, at: at, .confidential)) == Self.expected, "\(at)")
        }
    }

    @Test func whereOneIsMistaken() {
        let table = Self.levels(of: Self.figure)
        for at in [["4", "3"], ["2", "3"], ["1", "12"], ["8", "1"]] {
            #expect(sums(SummedTable.changing(table, at: at, to: 5)) == Self.expected, "\(at)")
        }
    }

    /// What the first or the last category is to all others.
    @Test func aTotalWithoutAName() throws {
        let shape = SummedTable.dimensions([("region", 20, nil), ("sex", 3, nil)])
        for place in [0, 2] {
            var table = SummedTable.table(shape) { ordinal in
                let (region, sex) = (ordinal / 3, ordinal % 3)
                let parts = [Int64(region * 31 + 7), Int64(region * 17 + 5)]
                if sex == place { return parts[0] + parts[1] }
                return parts[sex == (place == 0 ? 1 : 0) ? 0 : 1]
            }
            let code = "\(place + 1)"
            let others = Set(["1", "2", "3"]).subtracting([code])
            table = SummedTable.changing(table, at: ["5", "2"], .confidential)
            #expect(sums(table) == [code: others])
            table = SummedTable.changing(table, at: ["9", "2"], to: 1)
            #expect(sums(table) == [code: others])
            table = SummedTable.changing(table, at: ["10", "2"], to: 1)
            #expect(sums(table) == [:], "two of eighteen fail")
        }
    }

    @Test func whatIsNoSumIsNone() {
        var generator = SeededGenerator(seed: 7)
        let shape = SummedTable.dimensions([("region", 30, nil), ("age", 12, nil)])
        for _ in 0..<200 {
            let table = SummedTable.table(shape) { _ in Int64.random(in: 0...9, using: &generator) }
            #expect(sums(table) == [:])
        }
    }

    /// Nothing depends on what a hidden figure is, so nothing tells of it.
    @Test func aHiddenFigureMakesNoDifference() {
        let table = Self.levels(of: Self.figure)
        for at in [["4", "3"], ["2", "3"], ["8", "1"]] {
            for value in [0, 1, 700, 70_000] as [Int64] {
                let hidden = SummedTable.changing(
                    Self.levels { region, age in
                        ["\(region + 1)", "\(age + 1)"] == at ? value : Self.figure(region, age)
                    }, at: at, to: value, .confidential)
                #expect(sums(hidden) == sums(SummedTable.changing(table, at: at, .confidential)), "\(at) \(value)")
            }
        }
    }
}
