import Annals
import Testing

@testable import Auditing

/// Fully printed matrices in which (a, b) is minus (b, a).
struct AntisymmetryTests {
    private let codes = ["1", "2", "3", "4"].map { Category(code: $0, label: $0) }
    private let identity = Identity.antisymmetric(row: "from", column: "to")

    private func table(_ figure: (_ row: Int, _ column: Int) -> Int64, reversed: Bool = false) -> Table {
        let columns = reversed ? Array(codes.reversed()) : codes
        let dimensions = [
            Dimension(id: "from", label: "from", categories: codes),
            Dimension(id: "to", label: "to", categories: columns),
        ]
        return SummedTable.table(dimensions) { ordinal in
            figure(ordinal / 4, reversed ? 3 - ordinal % 4 : ordinal % 4)
        }
    }

    private func net(_ row: Int, _ column: Int) -> Int64 { Int64(row * row - column * column) }

    @Test(arguments: [false, true]) func isInferredWhereItHoldsEverywhere(reversed: Bool) {
        let examined = Auditing.examine(table(net, reversed: reversed), expecting: Expectations())
        #expect(examined.audits.map(\.identity) == [identity])
        #expect(examined.audits[0].checked == 10)
        #expect(examined.audits[0].origin == .inferred)
        #expect(examined.failure == nil)
    }

    @Test func isNotInferredFromZerosNorWhereAPairDiffers() {
        #expect(Auditing.examine(table { _, _ in 0 }, expecting: Expectations()).audits.isEmpty)
        let one = SummedTable.changing(table(net), at: ["4", "1"], to: 77)
        #expect(Auditing.examine(one, expecting: Expectations()).audits.isEmpty)
        let diagonal = SummedTable.changing(table(net), at: ["2", "2"], to: 1)
        #expect(Auditing.examine(diagonal, expecting: Expectations()).audits.isEmpty)
        let lopsided = SummedTable.changing(table(net), at: ["4", "1"], .blank)
        #expect(Auditing.examine(lopsided, expecting: Expectations()).audits.isEmpty)
    }

    @Test func grossFlowsAreLeftAlone() {
        let examined = Auditing.examine(table { Int64($0 * 10 + $1 + 1) }, expecting: Expectations())
        #expect(examined.audits.isEmpty)
        #expect(examined.findings.isEmpty)
    }

    @Test func boundPairMustHold() throws {
        let changed = SummedTable.changing(table(net), at: ["4", "1"], to: 77)
        let examined = Auditing.examine(changed, expecting: Expectations(bound: [identity]))
        let failure = try #require(examined.failure)
        #expect(
            failure.message
                == "The figures do not add up: 1 × 4 (-9, and 4 × 1 calls for -77); consistent with any one of these: "
                + "1 × 4 being -77 rather than -9 (-68), or 4 × 1 being 9 rather than 77 (-68)")
        #expect(examined.audits[0].imbalances == [.init(at: ["1", "4"], expected: -77, found: -9, decimals: 0)])
    }

    @Test func boundDiagonalIsZero() throws {
        let changed = SummedTable.changing(table(net), at: ["2", "2"], to: 5)
        let failure = try #require(Auditing.examine(changed, expecting: Expectations(bound: [identity])).failure)
        #expect(failure.message.contains("2 × 2 (5 on the diagonal, not 0)"))
        #expect(failure.message.hasSuffix("consistent with 2 × 2 being 0 rather than 5 (-5)"))
    }

    @Test func hiddenCellLeavesItsPairUnchecked() throws {
        let hidden = SummedTable.changing(table(net), at: ["4", "1"], .confidential)
        let examined = Auditing.examine(hidden, expecting: Expectations(bound: [identity]))
        #expect(examined.failure == nil)
        #expect(examined.audits[0].checked == 9)
        #expect(examined.audits[0].unchecked == 1)
        let cell = try #require(examined.table.cell(at: ["4", "1"]))
        #expect(examined.table.cells.status(at: cell) == .confidential, "its mirror must not give it away")
    }

    @Test func blankOfABoundMatrixIsFilledFromItsMirror() throws {
        let blank = SummedTable.changing(table(net), at: ["4", "1"], .blank)
        let examined = Auditing.examine(blank, expecting: Expectations(bound: [identity]))
        let cell = try #require(examined.table.cell(at: ["4", "1"]))
        #expect(examined.table.cells.number(at: cell) == 9)
        #expect(examined.table.cells.mark(at: cell).flags == .derived)
    }

    @Test func totalsOfBothDimensionsSumToZeroWithoutTheGrandTotal() throws {
        let dimensions = SummedTable.dimensions([("from", 4, "Total"), ("to", 4, "Total")])
        let table = SummedTable.table(dimensions) { net($0 / 5, $0 % 5) }
        let whole = Auditing.examine(table, expecting: Expectations())
        #expect(
            whole.audits.map(\.identity.name) == [
                "total-of-from", "total-of-to", "zero-sum-of-from-at-to-t", "zero-sum-of-to-at-from-t",
                "antisymmetric-from-to",
            ])
        #expect(whole.audits.map(\.checked) == [5, 5, 1, 1, 10])
        let changed = SummedTable.changing(table, at: ["T", "T"], to: 7)
        let broken = Auditing.examine(changed, expecting: Expectations(bound: whole.audits.map(\.identity)))
        #expect(broken.audits.map(\.failed) == [1, 1, 0, 0, 0])
        #expect(broken.failure?.message.contains("consistent with T × T being 0 rather than 7 (-7)") == true)
    }

    @Test func smallestFigureHasNoOpposite() throws {
        var printed = SummedTable.changing(table(net), at: ["4", "1"], .blank)
        printed = SummedTable.changing(printed, at: ["1", "4"], to: .min)
        let examined = Auditing.examine(printed, expecting: Expectations(bound: [identity]))
        let cell = try #require(examined.table.cell(at: ["4", "1"]))
        #expect(examined.table.cells.status(at: cell) == .blank)
    }
}
