import Annals
import Testing

@testable import Auditing

/// What a failure is consistent with: said where it is the only thing, and all of it where it isn't.
@Suite struct ExplanationTests {
    private func failure(_ changes: [(String, String, Int64)]) throws -> (message: String, findings: [String]) {
        let whole = FoundingTable.table()
        var changing: [[String]: Int64] = [:]
        for (row, column, change) in changes {
            changing[[row, column]] = whole.cells.values[try #require(whole.cell(at: [row, column]))] + change
        }
        let examined = Auditing.examine(FoundingTable.table(changing: changing), expecting: Expectations())
        return (try #require(examined.failure).message, examined.audits.filter { $0.failed > 0 }.flatMap(\.findings))
    }

    /// What the 18 pairs are that look the same as (03, 01) changed by 9.
    private static let pairs: [String] = {
        let others = FoundingTable.codes.filter { $0 != "01" && $0 != "03" }
        return ["01 × total (-9) and 03 × total (+9)"]
            + others.map { $0 == "02" ? "02 × 01 (-9) and 03 × 02 (-9)" : "\($0) × 01 (-9) and \($0) × 03 (+9)" }
    }()

    @Test func oneFigureChangedBy9IsNamed() throws {
        let (message, findings) = try failure([("03", "01", 9)])
        #expect(message.contains("row 01 Østfold (printed 1236, its parts add up to 1227)"))
        #expect(message.contains("row 03 Oslo (printed -417, its parts add up to -408)"))
        #expect(
            message.contains("; consistent with 03 × 01 being 96 rather than 105 (-9); or with two other figures: "))
        for pair in Self.pairs { #expect(message.contains(pair), "\(message)") }
        #expect(findings.count == 2 && findings[0] == "consistent with 03 × 01 being 96 rather than 105 (-9)")
        #expect(findings[1].split(separator: ", or ").count == 18)
    }

    /// The figures can't tell who it was, and nobody is blamed: (03, 01) is innocent.
    @Test func anInnocentFigureIsOneOfTheAlternatives() throws {
        let (message, findings) = try failure([("02", "01", 9), ("03", "02", 9)])
        #expect(message.contains("; consistent with 03 × 01 being 87 rather than 96 (-9); or with two other figures: "))
        for pair in Self.pairs { #expect(message.contains(pair), "\(message)") }
        #expect(!message.contains("wrong") && findings.count == 2)
    }

    @Test func twoFiguresAreNamedWhereNothingElseWouldDo() throws {
        let (message, _) = try failure([("05", "02", 9), ("09", "07", 4)])
        #expect(
            message.hasSuffix(
                "; no single figure explains all of it; consistent with two: 05 × 02 (-9) and 09 × 07 (-4)"))
    }

    @Test func whatCanNotBeDecidedIsListed() throws {
        let (message, findings) = try failure([("05", "02", 9), ("09", "07", 9)])
        #expect(message.contains("; no single figure explains all of it; consistent with two: "))
        let pairs = ["05 × 02 (-9) and 09 × 07 (-9)", "07 × 05 (+9) and 09 × 02 (-9)"]
        for pair in pairs { #expect(message.contains(pair), "\(message)") }
        for name in ["02 Akershus", "05 Oppland", "07 Vestfold", "09 Aust-Agder"] { #expect(message.contains(name)) }
        #expect(findings.count == 1)
    }

    /// Each pair that is listed balances the table, and every pair that does in one way only is listed.
    @Test(arguments: 0..<20) func everyPairThatBalancesIsListed(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let shape = SummedTable.dimensions([("a", 3, "Total"), ("b", 3, "Total")])
        let whole = SummedTable.table(shape) { _ in Int64.random(in: 100...900, using: &generator) }
        var changed = whole
        var cells: Set<Int> = []
        while cells.count < 2 { cells.insert(Int.random(in: 0..<whole.cells.count, using: &generator)) }
        for cell in cells.sorted() { changed.cells.values[cell] += Int64.random(in: 1...3, using: &generator) }
        let bound = ["a", "b"].map { Identity.total(dimension: $0, code: "T") }
        let examined = Auditing.examine(changed, expecting: Expectations(bound: bound))
        guard let message = examined.failure?.message, !message.contains("any one of these") else { return }
        for first in whole.cells.values.indices {
            for second in whole.cells.values.indices.dropFirst(first + 1) {
                let count = Self.balancingCount(changed.cells.values, first, second)
                let names = [first, second].map { whole.keySpace.codes(at: $0).joined(separator: " × ") }
                let isListed = Self.lists(message, names[0], names[1])
                #expect(isListed == (count == 1) || count > 1, "seed \(seed): \(names) in \(message)")
            }
        }
    }

    /// In how many ways two cells of four by four, totals first, can be changed so that all sums hold.
    private static func balancingCount(_ values: [Int64], _ first: Int, _ second: Int) -> Int {
        var (count, values) = (0, values)
        let (left, right) = (values[first], values[second])
        for one in -6...6 where one != 0 {
            for other in -6...6 where other != 0 {
                (values[first], values[second]) = (left + Int64(one), right + Int64(other))
                if isWhole(values) { count += 1 }
            }
        }
        return count
    }

    private static func isWhole(_ values: [Int64]) -> Bool {
        for line in 0..<4 {
            var (row, column): (Int64, Int64) = (0, 0)
            for part in 1..<4 {
                row += values[line * 4 + part]
                column += values[line + part * 4]
            }
            guard values[line * 4] == row, values[line] == column else { return false }
        }
        return true
    }

    private static func lists(_ message: String, _ first: String, _ second: String) -> Bool {
        message.split(separator: ", or ").contains { part in
            let halves = part.split(separator: " and ")
            return halves.count == 2 && halves[0].split(separator: ": ").last?.hasPrefix(first + " (") == true
                && halves[1].hasPrefix(second + " (")
        }
    }
}
