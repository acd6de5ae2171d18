import Annals
import Testing

@testable import Auditing

/// Identities that nearly hold, and figures below zero.
@Suite struct NearHoldTests {
    private func table(_ regions: Int = 19) -> Table {
        SummedTable.table(SummedTable.dimensions([("region", regions, nil), ("sex", 3, "Total")])) {
            Int64(($0 * 7919 + 13) % 97 + 1)
        }
    }

    private func near(_ table: Table) -> [String] {
        Auditing.examine(table, expecting: Expectations()).findings.filter { $0.code == "near-hold" }.map(\.message)
    }

    @Test func nineInTenAreAFinding() throws {
        let changed = SummedTable.changing(table(), at: ["3", "1"], to: 5000)
        let examined = Auditing.examine(changed, expecting: Expectations())
        #expect(examined.failure == nil && examined.audits.isEmpty)
        let message = try #require(near(changed).first)
        #expect(message.hasPrefix("T is the total of sex in 18 of 19 sums, but not for region 3 region 3 (printed "))
        #expect(near(table()).isEmpty)
    }

    @Test func lessThanNineInTenAreNone() {
        var changed = table()
        for region in ["3", "5"] { changed = SummedTable.changing(changed, at: [region, "1"], to: 5000) }
        #expect(near(changed).isEmpty)
        #expect(near(SummedTable.changing(table(9), at: ["3", "1"], to: 5000)).isEmpty)
        #expect(near(SummedTable.changing(table(10), at: ["3", "1"], to: 5000)).count == 1)
    }

    @Test func whereSomethingIsHiddenNothingIsSaid() {
        let changed = SummedTable.changing(table(), at: ["3", "1"], to: 5000)
        #expect(near(SummedTable.changing(changed, at: ["7", "2"], .confidential)).isEmpty)
    }

    @Test func aMatrixThatIsNearlyAntisymmetric() throws {
        let codes = SummedTable.dimensions([("from", 6, nil), ("to", 6, nil)])
        func net(_ ordinal: Int) -> Int64 {
            let (row, column) = (Int64(ordinal / 6), Int64(ordinal % 6))
            return (row - column) * (row * column + 17)
        }
        let table = SummedTable.table(codes, part: net)
        let changed = SummedTable.changing(table, at: ["2", "4"], to: 5)
        let message = try #require(near(changed).first)
        #expect(
            message.hasPrefix("from × to is antisymmetric in 20 of 21 sums, but not for 2 × 4 (5, and 4 × 2 calls for ")
        )
        #expect(Auditing.examine(changed, expecting: Expectations()).audits.isEmpty)
    }

    @Test func declaredSignsAreAudited() throws {
        let whole = Expectations(declared: [.nonNegative(measure: nil)])
        let examined = Auditing.examine(table(), expecting: whole)
        #expect(examined.audits.last?.identity.name == "non-negative" && examined.audits.last?.checked == 76)
        let negative = SummedTable.changing(table(), at: ["3", "1"], to: -5)
        let failed = Auditing.examine(negative, expecting: whole)
        #expect(failed.failure?.message == "Figures that can't be below zero are: 3 × 1 (-5)")
        #expect(failed.failure?.expected == "0 at 3 × 1")
        #expect(failed.audits.last?.imbalances == [.init(at: ["3", "1"], expected: 0, found: -5, decimals: 0)])
        let hidden = SummedTable.changing(table(), at: ["3", "1"], to: -5, .confidential)
        #expect(Auditing.examine(hidden, expecting: whole).audits.last?.unchecked == 1)
        let other = Expectations(declared: [.nonNegative(measure: "w")])
        #expect(Auditing.examine(negative, expecting: other).audits.last?.result == .unchecked)
        let own = Expectations(declared: [.nonNegative(measure: "v")])
        #expect(Auditing.examine(negative, expecting: own).failure != nil)
    }
}
