import Annals
import Testing

@testable import Auditing

/// An attack on controlled tables: whatever a hidden figure is, the audits say the same.
///
/// Of small tables every value of the hidden figures is tried that goes with what is printed, and those with which other
/// totals are printed, too; a broken sum stands elsewhere. Nothing that an audit says may depend on them: else two answers,
/// or the difference of two, would tell them apart.
@Suite struct HiddenFigureTests {
    /// All that anybody gets to read.
    private func texts(_ table: Table, _ expectations: Expectations) -> [String] {
        let examined = Auditing.examine([table], expecting: expectations)[0]
        let audits = examined.audits.map { audit in
            "\(audit.identity.name) \(audit.origin) \(audit.result) \(audit.checked) \(audit.unchecked) \(audit.failed) "
                + "\(audit.imbalances) \(audit.findings)"
        }
        return audits + examined.findings.map { "\($0)" } + [examined.failure.map { "\($0)" } ?? "taken"]
    }

    private static let totals = ["a", "b"].map { Identity.total(dimension: $0, code: "T") }
    private static let expectations = [
        Expectations(), Expectations(bound: totals), Expectations(declared: totals, warnOnly: true),
        Expectations(
            declared: [
                totals[1], .nonNegative(measure: nil), .sum(dimension: "a", code: "T", parts: ["1", "2", "3", "4"]),
            ], warnOnly: true),
        Expectations(
            bound: totals, rounding: DeclaredRounding(base: DecimalNumber("5")!, method: .random)),
    ]

    /// Every list of so many figures.
    private static func lists(_ count: Int, _ figures: [Int64]) -> [[Int64]] {
        count == 0 ? [[]] : lists(count - 1, figures).flatMap { rest in figures.map { rest + [$0] } }
    }

    @Test(arguments: 0..<25) func nothingDependsOnAHiddenFigure(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let shape = SummedTable.dimensions([("a", 4, "Total"), ("b", 4, "Total")])
        let figures = (0..<25).map { _ in Int64.random(in: 1...400, using: &generator) }
        let keySpace = KeySpace(shape)!
        // Hidden ones stand in the first two rows and columns of parts, the broken sum in the others.
        var hidden: Set<[String]> = []
        let count = Int.random(in: 1...2, using: &generator)
        while hidden.count < count {
            hidden.insert([
                "\(Int.random(in: 1...2, using: &generator))", "\(Int.random(in: 1...2, using: &generator))",
            ])
        }
        let places = hidden.sorted { $0.lexicographicallyPrecedes($1) }.map { keySpace.ordinal(ofCodes: $0)! }
        let broken: [String]? = Bool.random(using: &generator) ? ["3", "4"] : nil
        var said: [[String]?] = Self.expectations.map { _ in nil }
        for values in Self.lists(count, [0, 1, 2, 3, 50, 200]) {
            // Printed totals are the sums of everything, hidden or not.
            var table = SummedTable.table(shape) { ordinal in
                places.firstIndex(of: ordinal).map { values[$0] } ?? figures[ordinal]
            }
            for at in hidden {
                let kept = table.cells.values[table.cell(at: at)!]
                // The figure stays in memory, as a reader might leave it there.
                table = SummedTable.changing(table, at: at, to: kept, .confidential)
            }
            if let broken {
                table = SummedTable.changing(table, at: broken, to: table.cells.values[table.cell(at: broken)!] + 100)
            }
            for (place, expectations) in Self.expectations.enumerated() {
                let texts = texts(table, expectations)
                #expect(said[place] ?? texts == texts, "seed \(seed), \(values)")
                said[place] = texts
            }
        }
    }

    /// The same for lists with sums of codes in them, which are found by the figures alone.
    @Test(arguments: 0..<20) func noSumIsFoundThatSaysAHiddenFigure(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let ages = 12
        let parts = (0..<4 * ages).map { _ in Int64.random(in: 1000...9000, using: &generator) }
        let (row, age) = (Int.random(in: 1...2, using: &generator), Int.random(in: 0..<ages, using: &generator))
        let shape = SummedTable.dimensions([("a", 6, nil), ("b", ages, nil)])
        var said: [String]?
        for value in [0, 1, 700, 70_000] as [Int64] {
            func part(_ index: Int, _ column: Int) -> Int64 {
                index == row - 1 && column == age ? value : parts[index * ages + column]
            }
            // 1 = 2 + 3, 4 = 5 + 6; one of 2 and 3 is hidden in one column.
            var table = SummedTable.table(shape) { ordinal in
                let column = ordinal % ages
                switch ordinal / ages {
                case 0: return part(0, column) + part(1, column)
                case 1: return part(0, column)
                case 2: return part(1, column)
                case 3: return part(2, column) + part(3, column)
                case 4: return part(2, column)
                default: return part(3, column)
                }
            }
            table = SummedTable.changing(table, at: ["\(row + 1)", "\(age + 1)"], to: value, .confidential)
            let texts = texts(table, Expectations())
            #expect(said ?? texts == texts, "seed \(seed), \(value)")
            #expect(
                texts.contains { $0.hasPrefix("sum-of-a-at-4 ") } && !texts.contains { $0.hasPrefix("sum-of-a-at-1 ") })
            said = texts
        }
    }
}
