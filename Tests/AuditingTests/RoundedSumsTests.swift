import Annals
import Testing

@testable import Auditing

/// Sums of figures that were rounded one by one.
@Suite struct RoundedSumsTests {
    private static let total = Identity.total(dimension: "sex", code: "T")
    private static let count = Measure(code: "v", kind: .count)

    /// region × sex of two parts, rounded to 5 by itself.
    private func table(off: Int64 = 0, measure: Measure = count) -> Table {
        let shape = SummedTable.dimensions([("region", 6, nil), ("sex", 2, "Total")])
        var table = SummedTable.table(shape, measures: [measure]) { Int64(($0 * 7919 + 13) % 97 + 1) * 5 }
        table.cells.values[table.cell(at: ["2", "T"])!] += off
        return table
    }

    private func result(
        _ table: Table, base: String = "5", _ method: DeclaredRounding.Method = .nearest
    ) -> AuditedTable {
        let rounding = DeclaredRounding(base: DecimalNumber(base)!, method: method)
        return Auditing.examine(table, expecting: Expectations(bound: [Self.total], rounding: rounding))
    }

    @Test(
        arguments: [
            // Three counts to the nearest 5: by 2 each.
            (5, .nearest, .withinRounding), (-5, .nearest, .withinRounding), (10, .nearest, .failed),
            // By chance: by 4 each.
            (10, .random, .withinRounding), (-10, .random, .withinRounding), (15, .random, .failed),
            (0, .nearest, .holds),
        ] as [(Int64, DeclaredRounding.Method, Audit.Result)])
    func boundsFollowFromBaseAndMethod(off: Int64, method: DeclaredRounding.Method, expected: Audit.Result) {
        let examined = result(table(off: off), method)
        #expect(examined.audits.map(\.result) == [expected])
        #expect((examined.failure != nil) == (expected == .failed))
        if expected == .withinRounding {
            #expect(
                examined.audits[0].findings
                    == ["1 of 6 are off by no more than rounding to 5 (\(method.rawValue)) explains"])
            #expect(examined.audits[0].failed == 0 && examined.audits[0].imbalances.isEmpty)
        }
    }

    @Test func amountsMayBeHalfOfTheBaseOff() {
        // 3 × 2.5 = 7.5; the same in tenths.
        #expect(result(table(off: 7, measure: Measure(code: "v", kind: .amount))).audits[0].result == .withinRounding)
        #expect(result(table(off: 8, measure: Measure(code: "v", kind: .amount))).audits[0].result == .failed)
        let tenths = Measure(code: "v", decimals: 1, kind: .amount)
        #expect(result(table(off: 75, measure: tenths)).audits[0].result == .withinRounding)
        #expect(result(table(off: 76, measure: tenths)).audits[0].result == .failed)
        #expect(result(table(off: 1, measure: tenths), base: "0.05").audits[0].result == .failed)
    }

    @Test func nothingIsFoundThatIsOnlyNearlyTrue() {
        let rounding = DeclaredRounding(base: DecimalNumber("5")!, method: .nearest)
        let examined = Auditing.examine(table(off: 5), expecting: Expectations(rounding: rounding))
        #expect(examined.audits.isEmpty && examined.failure == nil)
    }

    @Test func anExplanationIsARange() throws {
        let failure = try #require(result(table(off: 100)).failure)
        #expect(failure.message.contains("; rounding to 5 (nearest) explains less; consistent with any one of these: "))
        let printed = table(off: 100).cells.values[table().cell(at: ["2", "T"])!]
        #expect(failure.message.contains("2 × T being from \(printed - 106) to \(printed - 94) rather than \(printed)"))
        #expect(!failure.message.contains("two"))
    }

    @Test func hiddenPartsAreUncheckedAllTheSame() {
        let hidden = SummedTable.changing(table(off: 100), at: ["2", "1"], .confidential)
        let examined = result(hidden)
        #expect(examined.failure == nil && examined.audits[0].unchecked == 1)
    }
}
