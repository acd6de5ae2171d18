import Annals
import Testing

@testable import Auditing

/// Totals among categories: recognised by the figures, expected, and checked.
struct TotalTests {
    private func part(_ ordinal: Int) -> Int64 { Int64((ordinal * 7919 + 13) % 97 + 1) }

    private func table(
        regionTotal: String? = "Hele landet", sexTotal: String? = "Both sexes", measures: [Measure]? = nil
    ) -> Table {
        let shape = SummedTable.dimensions([("region", 5, regionTotal), ("sex", 2, sexTotal)])
        return SummedTable.table(shape, measures: measures ?? [Measure(code: "v")], part: part)
    }

    private func totals(_ examined: AuditedTable) -> [String?] { examined.table.keySpace.dimensions.map(\.totalCode) }

    @Test func namedTotalsAreProvedByTheFigures() {
        let examined = Auditing.examine(table(), expecting: Expectations())
        #expect(totals(examined) == ["T", "T"])
        #expect(examined.audits.map(\.identity.name) == ["total-of-region", "total-of-sex"])
        #expect(examined.audits.map(\.checked) == [3, 6])
        #expect(examined.audits.allSatisfy { $0.result == .holds && $0.origin == .inferred })
        #expect(examined.table.cells == table().cells)
    }

    @Test(arguments: [(Measure.Kind.count, true), (.net, false), (nil, false)])
    func negativeFiguresOfACountAreNoticed(kind: Measure.Kind?, isNoticed: Bool) {
        var table = table(measures: [Measure(code: "v", kind: kind)])
        table.cells.values[0] = -5
        let findings = Auditing.examine(table, expecting: Expectations(warnOnly: true)).findings.map(\.code)
        #expect(findings.contains("negative-count") == isNoticed)
    }

    @Test func firstOrLastCategoryNeedsNoName() {
        let examined = Auditing.examine(table(regionTotal: "Region 0", sexTotal: "x"), expecting: Expectations())
        #expect(totals(examined) == ["T", "T"])
    }

    @Test func namedTotalOfOneLineIsEnough() {
        let shape = SummedTable.dimensions([("region", 5, "I alt")])
        let examined = Auditing.examine(SummedTable.table(shape, part: part), expecting: Expectations())
        #expect(totals(examined) == ["T"])
        let unnamed = SummedTable.dimensions([("region", 5, "Region 0")])
        #expect(totals(Auditing.examine(SummedTable.table(unnamed, part: part), expecting: Expectations())) == [nil])
    }

    /// That the other combinations prove it would say what is hidden in one.
    @Test(arguments: [["T", "1"], ["2", "1"]])
    func aCodeThatIsntCalledATotalIsNoneWhereSomethingIsHidden(hidden: [String]) {
        let shape = SummedTable.dimensions([("region", 5, "Region 0"), ("sex", 6, nil)])
        let table = SummedTable.table(shape, part: part)
        #expect(totals(Auditing.examine(table, expecting: Expectations())) == ["T", nil])
        let hidden = SummedTable.changing(table, at: hidden, .confidential)
        #expect(totals(Auditing.examine(hidden, expecting: Expectations())) == [nil, nil])
        let named = SummedTable.dimensions([("region", 5, "Total"), ("sex", 6, nil)])
        let known = SummedTable.changing(SummedTable.table(named, part: part), at: ["2", "1"], .confidential)
        #expect(totals(Auditing.examine(known, expecting: Expectations())) == ["T", nil])
    }

    @Test func aTotalThatIsOnlyCalledOneIsAFinding() {
        let exact = Auditing.examine(table(), expecting: Expectations())
        #expect(!exact.findings.map(\.code).contains("unproved-total"))
        let rounded = SummedTable.changing(table(sexTotal: nil), at: ["T", "1"], to: 5000)
        let finding = Auditing.examine(rounded, expecting: Expectations()).findings.first {
            $0.code == "unproved-total"
        }
        #expect(finding?.message.hasPrefix("`Hele landet` of region is called a total") == true)
        let declared = Auditing.examine(
            rounded,
            expecting: Expectations(declared: [.total(dimension: "region", code: "T")], warnOnly: true))
        #expect(declared.findings.map(\.code) == ["failed-audit"])
    }

    @Test func oneBrokenEquationIsNoProof() {
        let broken = SummedTable.changing(table(regionTotal: nil), at: ["3", "1"], to: 5000)
        let examined = Auditing.examine(broken, expecting: Expectations())
        #expect(totals(examined) == [nil, nil])
        #expect(examined.audits.isEmpty)
        #expect(examined.failure == nil)
    }

    @Test func copiedColumnIsNoTotal() {
        // "b" repeats "a", and "c" is always zero: a = b + c is no sum.
        let dimensions = [
            Dimension(id: "row", label: "row", categories: (0..<6).map { Category(code: "r\($0)", label: "r") }),
            Dimension(
                id: "column", label: "column", categories: ["a", "b", "c"].map { Category(code: $0, label: $0) }),
        ]
        let table = SummedTable.table(dimensions) { $0 % 3 == 2 ? 0 : Int64($0 / 3 + 4) }
        #expect(totals(Auditing.examine(table, expecting: Expectations())) == [nil, nil])
    }

    @Test func zerosProveNothing() {
        let shape = SummedTable.dimensions([("region", 5, "Total"), ("sex", 2, "Total")])
        let examined = Auditing.examine(SummedTable.table(shape) { _ in 0 }, expecting: Expectations())
        #expect(totals(examined) == [nil, nil])
    }

    @Test(arguments: [Measure.Kind.rate, .percent, .index, .mean]) func nothingIsInferredFor(_ kind: Measure.Kind) {
        let examined = Auditing.examine(
            table(measures: [Measure(code: "v", kind: kind)]), expecting: Expectations())
        #expect(totals(examined) == [nil, nil])
        let declared = Auditing.examine(
            table(measures: [Measure(code: "v", kind: kind, isAdditive: true)]), expecting: Expectations())
        #expect(totals(declared) == ["T", "T"])
    }

    @Test func sumsRunWithinAMeasure() {
        var dimensions = SummedTable.dimensions([("region", 5, "Total"), ("measure", 2, nil), ("sex", 2, "Total")])
        dimensions[1].isMeasure = true
        let measures = [Measure(code: "1", kind: .count), Measure(code: "2", decimals: 1, kind: .rate)]
        var table = SummedTable.table(dimensions, measures: measures, part: part)
        for cell in 0..<table.cells.count where table.keySpace.index(ofDimension: 1, at: cell) == 1 {
            table.cells.values[cell] = Int64(cell)
        }
        let examined = Auditing.examine(table, expecting: Expectations())
        #expect(totals(examined) == ["T", nil, "T"])
        #expect(examined.audits.map(\.checked) == [3, 6], "the rate is not summed")
    }

    @Test func hiddenPartLeavesItsSumUnchecked() {
        let hidden = SummedTable.changing(table(), at: ["2", "1"], .confidential)
        let examined = Auditing.examine(hidden, expecting: Expectations())
        #expect(examined.failure == nil)
        #expect(totals(examined) == ["T", "T"])
        #expect(examined.audits.map(\.checked) == [2, 5])
        #expect(examined.audits.map(\.unchecked) == [1, 1])
    }

    @Test func blankIsNoZeroAndNotApplicableIsNothing() {
        let part = table().cells.values[table().cell(at: ["2", "1"])!]
        func declared(_ status: CellStatus) -> [Audit] {
            let table = SummedTable.changing(self.table(), at: ["2", "1"], status)
            return Auditing.examine(table, expecting: Expectations(declared: [.total(dimension: "sex", code: "T")]))
                .audits
        }
        #expect(part > 0)
        #expect(declared(.blank)[0].unchecked == 1)
        #expect(declared(.blank)[0].result == .holds)
        #expect(declared(.notApplicable)[0].failed == 1)
    }

    @Test func everyEquationHiddenIsUnchecked() {
        var table = table()
        for region in ["T", "1", "2", "3", "4", "5"] {
            table = SummedTable.changing(table, at: [region, "2"], .confidential)
        }
        let expected = Expectations(bound: [.total(dimension: "sex", code: "T")])
        let audit = Auditing.examine(table, expecting: expected).audits.first { $0.origin == .bound }
        #expect(audit?.result == .unchecked)
        #expect(audit?.checked == 0)
    }

    @Test func absentPartAddsNothing() {
        let empty = SummedTable.table(table().keySpace.dimensions) { $0 % 3 == 2 ? 0 : part($0) }
        let sparse = SummedTable.sparse(empty) { ordinal in ordinal % 3 == 2 && ordinal > 2 }
        let examined = Auditing.examine(sparse, expecting: Expectations(bound: [.total(dimension: "sex", code: "T")]))
        #expect(examined.failure == nil)
        #expect(examined.audits.first { $0.identity == .total(dimension: "sex", code: "T") }?.checked == 6)
        // A revision that loses a row whose total stands does not add up.
        let lost = SummedTable.sparse(table()) { $0 == 4 }
        let failure = Auditing.examine(lost, expecting: Expectations(bound: [.total(dimension: "sex", code: "T")]))
            .failure
        #expect(failure != nil)
    }

    @Test func boundTotalMustHoldAndNamesTheOneCell() throws {
        let changed = SummedTable.changing(table(), at: ["3", "1"], to: 5000)
        let printed = table().cells.values[table().cell(at: ["3", "1"])!]
        let identities = ["region", "sex"].map { Identity.total(dimension: $0, code: "T") }
        let examined = Auditing.examine(changed, expecting: Expectations(bound: identities))
        let failure = try #require(examined.failure)
        #expect(
            failure.message.hasSuffix("consistent with 3 × 1 being \(printed) rather than 5000 (\(printed - 5000))"))
        #expect(failure.message.contains("sex 1 sex 1 (printed"))
        #expect(failure.message.contains("region 3 region 3 (printed"))
        #expect(examined.audits.map(\.result) == [.failed, .failed])
        #expect(examined.audits.map(\.origin) == [.bound, .bound])
        #expect(examined.audits[1].imbalances.map(\.at) == [["3", "T"]])
    }

    @Test func oneSumAloneNamesEveryFigureOfIt() throws {
        let dimensions = SummedTable.dimensions([("region", 5, nil), ("sex", 2, "T")])
        let changed = SummedTable.changing(SummedTable.table(dimensions, part: part), at: ["3", "1"], to: 5000)
        let expected = Expectations(bound: [.total(dimension: "sex", code: "T")])
        let failure = try #require(Auditing.examine(changed, expecting: expected).failure)
        // The total or either part would do.
        #expect(failure.message.contains("consistent with any one of these: 3 × T being "))
        #expect(failure.message.contains(", or 3 × 1 being ") && failure.message.contains(", or 3 × 2 being "))
        #expect(!failure.message.contains("two"))
    }

    @Test func figureInASumThatHoldsExplainsNothing() throws {
        // The grand total is hidden, so the changed row total stands in one checked sum; its parts in one more that holds.
        var changed = SummedTable.changing(table(), at: ["T", "T"], .confidential)
        let printed = table().cells.values[table().cell(at: ["3", "T"])!]
        changed = SummedTable.changing(changed, at: ["3", "T"], to: printed + 9)
        let identities = ["region", "sex"].map { Identity.total(dimension: $0, code: "T") }
        let failure = try #require(Auditing.examine(changed, expecting: Expectations(bound: identities)).failure)
        #expect(failure.message.contains("consistent with 3 × T being \(printed) rather than \(printed + 9) (-9)"))
    }

    @Test func restoredCountIsNeverNegative() throws {
        let dimensions = SummedTable.dimensions([("region", 5, "T"), ("sex", 2, "T")])
        var table = SummedTable.table(dimensions, measures: [Measure(code: "v", kind: .count)]) { _ in 1 }
        // Both totals of the cell are one hundred too small: only -99 would balance them.
        for at in [["3", "T"], ["T", "1"], ["T", "T"]] {
            table = SummedTable.changing(table, at: at, to: table.cells.values[table.cell(at: at)!] - 100)
        }
        let identities = ["region", "sex"].map { Identity.total(dimension: $0, code: "T") }
        let failure = try #require(Auditing.examine(table, expecting: Expectations(bound: identities)).failure)
        #expect(!failure.message.contains("consistent"))
    }

    @Test func expectedIdentityThatTheTableHasNotIsUnchecked() {
        let expected = Expectations(
            declared: [.total(dimension: "age", code: "T")], bound: [.total(dimension: "sex", code: "all")])
        let examined = Auditing.examine(table(), expecting: expected)
        #expect(examined.failure == nil)
        #expect(examined.audits.filter { $0.result == .unchecked }.map(\.origin) == [.declared, .bound])
    }

    @Test func declaredTotalIsHeldAndAllItsFailuresAreCountedButNotListed() {
        var dimensions = SummedTable.dimensions([("region", 200, nil), ("sex", 3, nil)])
        dimensions[1].totalCode = "1"
        let examined = Auditing.examine(SummedTable.table(dimensions) { Int64($0 + 1) }, expecting: Expectations())
        #expect(examined.audits[0].origin == .declared)
        #expect(examined.audits[0].failed == 200)
        #expect(examined.audits[0].imbalances.count == Audit.maximumImbalances)
        #expect(examined.failure?.message.contains("and 194 more") == true)
    }

    @Test func sumsBeyond64BitsAreNoTrap() {
        let dimensions = SummedTable.dimensions([("region", 5, nil), ("sex", 3, nil)])
        let table = SummedTable.table(dimensions) { $0 % 2 == 0 ? .max : .max - 1 }
        let examined = Auditing.examine(
            table, expecting: Expectations(bound: [.total(dimension: "sex", code: "1")]))
        #expect(examined.audits[0].failed == 5)
        #expect(examined.audits[0].imbalances[0].expected == .max)
        #expect(examined.failure != nil)
    }
}
