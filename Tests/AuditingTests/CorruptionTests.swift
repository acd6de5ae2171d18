import Annals
import Testing

@testable import Auditing

/// What is suggested is never invented: of a valid table with one figure changed, it is that figure.
struct CorruptionTests {
    @Test(arguments: 0..<150) func changedFigureOfTheFoundingTableIsFound(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let whole = FoundingTable.table()
        let row = Int.random(in: 1..<FoundingTable.codes.count, using: &generator)
        let column = Int.random(in: -1..<row, using: &generator)
        let at = [FoundingTable.codes[row], column < 0 ? "total" : FoundingTable.codes[column]]
        let cell = try #require(whole.cell(at: at))
        let printed = whole.cells.values[cell]
        let other = printed + (1...400).randomElement(using: &generator)! * (Bool.random(using: &generator) ? 1 : -1)
        let examined = Auditing.examine(FoundingTable.table(changing: [at: other]), expecting: Expectations())
        let failure = try #require(examined.failure, "seed \(seed)")
        let expected = "; consistent with \(at[0]) × \(at[1]) being \(printed) rather than \(other) ("
        #expect(failure.message.contains(expected), "seed \(seed)")
    }

    @Test(arguments: 0..<150) func changedFigureOfASummedTableIsFoundOrNothingIsSaid(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let whole = randomTable(&generator)
        let held = Auditing.examine(whole, expecting: Expectations()).audits.map(\.identity)
        let cell = Int.random(in: 0..<whole.cells.count, using: &generator)
        var changed = whole
        changed.cells.values[cell] += (1...400).randomElement(using: &generator)!
        let examined = Auditing.examine(changed, expecting: Expectations(bound: held))
        let at = whole.keySpace.codes(at: cell).joined(separator: " × ")
        let sentence =
            "consistent with \(at) being \(whole.cells.values[cell]) rather than \(changed.cells.values[cell]) ("
        // Whatever else is listed, it is among them.
        for audit in examined.audits where audit.failed > 0 {
            #expect(audit.findings.contains { $0.hasPrefix(sentence) }, "seed \(seed)")
        }
        #expect((examined.failure != nil) == examined.audits.contains { $0.failed > 0 }, "seed \(seed)")
        // Two sums through every cell leave no doubt.
        if held.count >= 2 { #expect(examined.failure?.message.contains("; \(sentence)") == true, "seed \(seed)") }
    }

    @Test(arguments: 0..<150) func hiddenFigureIsNeverWritten(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let whole = randomTable(&generator)
        let held = Auditing.examine(whole, expecting: Expectations()).audits.map(\.identity)
        let hidden = Int.random(in: 0..<whole.cells.count, using: &generator)
        let changed = Int.random(in: 0..<whole.cells.count, using: &generator)
        var table = SummedTable.changing(whole, at: whole.keySpace.codes(at: hidden), .confidential)
        if changed != hidden { table.cells.values[changed] += 1000 }
        let examined = Auditing.examine(table, expecting: Expectations(bound: held))
        #expect(examined.table.cells == table.cells, "seed \(seed)")
        let at = whole.keySpace.codes(at: hidden)
        #expect(!examined.audits.contains { $0.imbalances.contains { $0.at == at } }, "seed \(seed)")
        #expect(
            !(examined.failure?.message.contains("with \(at.joined(separator: " × ")) being") ?? false), "seed \(seed)")
    }

    @Test(arguments: 0..<100) func sparseAndDenseAgree(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        var dense = randomTable(&generator)
        if Bool.random(using: &generator) { dense.cells.values[0] += 5 }
        let sparse = SummedTable.sparse(dense) { _ in false }
        let identities = dense.keySpace.dimensions.map { Identity.total(dimension: $0.id, code: "T") }
        for expected in [Expectations(), Expectations(bound: identities)] {
            let (left, right) = (
                Auditing.examine(dense, expecting: expected), Auditing.examine(sparse, expecting: expected)
            )
            #expect(left.audits == right.audits, "seed \(seed)")
            #expect(left.failure == right.failure, "seed \(seed)")
            #expect(left.table.keySpace == right.table.keySpace, "seed \(seed)")
        }
    }

    private func randomTable(_ generator: inout SeededGenerator) -> Table {
        let shape = (0..<Int.random(in: 2...3, using: &generator)).map { index in
            (id: "d\(index)", parts: Int.random(in: 3...5, using: &generator), total: Optional("Total"))
        }
        return SummedTable.table(SummedTable.dimensions(shape)) { _ in Int64.random(in: 1...900, using: &generator) }
    }
}
