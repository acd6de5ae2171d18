import Annals
import Testing

@testable import Auditing

/// The rule of the half-printed matrix, on the table that it was made for.
struct HalfMatrixTests {
    private let total = Identity.total(dimension: "column", code: "total")
    private let zeroSum = Identity.zeroSum(over: "row", dimension: "column", code: "total")
    private let antisymmetric = Identity.antisymmetric(row: "row", column: "column")

    @Test func foundingTableIsCompletedByItsOwnSums() throws {
        let examined = Auditing.examine(FoundingTable.table(), expecting: Expectations())
        #expect(examined.failure == nil)
        #expect(examined.audits.map(\.identity) == [total, zeroSum, antisymmetric])
        #expect(examined.audits.allSatisfy { $0.result == .holds && $0.origin == .inferred && $0.failed == 0 })
        #expect(examined.audits.map(\.checked) == [19, 1, 19])
        #expect(examined.audits.map(\.unchecked) == [0, 0, 0])
        #expect(examined.table.keySpace.dimensions[1].totalCode == "total")
        #expect(examined.table.keySpace.dimensions[0].totalCode == nil)
        let derived = try #require(examined.table.cell(at: ["01", "02"]))
        #expect(examined.table.cells.values[derived] == 550)
        #expect(examined.table.cells.mark(at: derived) == Mark(.value, flags: .derived))
        let marks = (0..<examined.table.cells.count).map { examined.table.cells.mark(at: $0) }
        #expect(marks.filter { $0.flags.contains(.derived) }.count == 171)
        #expect(!marks.contains { $0.status == .blank })
        #expect(examined.findings.map(\.code) == ["derived-cells"])
    }

    @Test func printedCellsStayAsPrinted() throws {
        let printed = FoundingTable.table()
        let table = Auditing.examine(printed, expecting: Expectations()).table
        for cell in 0..<printed.cells.count where printed.cells.status(at: cell) != .blank {
            #expect(table.cells.values[cell] == printed.cells.values[cell])
            #expect(table.cells.mark(at: cell) == printed.cells.mark(at: cell))
        }
        let mirroredNil = try #require(table.cell(at: ["01", "04"]))
        #expect(table.cells.mark(at: mirroredNil) == Mark(.nilFigure, flags: .derived))
    }

    @Test(arguments: [
        Mark(.blank), Mark(.notApplicable, glyph: "."), Mark(.value, glyph: ""), Mark(.nilFigure, glyph: "-"),
    ])
    func everyDiagonalThatCountsNothingWill(_ diagonal: Mark) throws {
        let examined = Auditing.examine(FoundingTable.table(diagonal: diagonal), expecting: Expectations())
        #expect(examined.failure == nil)
        #expect(examined.audits.map(\.result) == [.holds, .holds, .holds])
        #expect(examined.audits[0].checked == 19)
        let cell = try #require(examined.table.cell(at: ["07", "07"]))
        #expect(examined.table.cells.mark(at: cell) == diagonal)
    }

    @Test func paletteHasNoMarkThatNoCellHas() {
        let table = Auditing.examine(FoundingTable.table(diagonal: Mark(.blank)), expecting: Expectations()).table
        #expect(!table.cells.palette.contains { $0.glyph == "diagonal" })
    }

    @Test func changedFigureIsRefusedByRowsAndExplained() throws {
        let changed = FoundingTable.table(changing: [["03", "01"]: 69])
        let examined = Auditing.examine(changed, expecting: Expectations())
        let failure = try #require(examined.failure)
        #expect(
            failure.message.hasPrefix(
                "The figures do not add up: row 01 Østfold (printed 1236, its parts add up to 1263)"))
        #expect(failure.message.contains("row 03 Oslo (printed -417, its parts add up to -444)"))
        #expect(
            failure.message.contains(
                "; consistent with 03 × 01 being 96 rather than 69 (+27); or with two other figures: "))
        #expect(!failure.message.contains("wrong"))
        #expect(failure.remedy?.contains("definition") == true)
        #expect(examined.audits[0].result == .failed)
        #expect(examined.audits[0].failed == 2)
        #expect(examined.audits[0].imbalances.map(\.at) == [["01", "total"], ["03", "total"]])
        #expect(examined.audits[0].imbalances[1].found == -417)
        #expect(examined.audits[0].imbalances[1].expected == -444)
        #expect(examined.audits[0].findings.count == 2)
        #expect(examined.audits[0].findings[0] == "consistent with 03 × 01 being 96 rather than 69 (+27)")
        #expect(examined.table == changed, "nothing is derived from sums that do not hold")
    }

    @Test func changedTotalIsExplainedByTheTotal() throws {
        let changed = FoundingTable.table(changing: [["18", "total"]: -1192])
        let failure = try #require(Auditing.examine(changed, expecting: Expectations()).failure)
        #expect(failure.message.contains("row 18 Nordland"))
        #expect(failure.message.contains("; consistent with 18 × total being -1129 rather than -1192 (+63)"))
    }

    @Test func twoChangedFiguresHaveNoSingleExplanation() throws {
        let changed = FoundingTable.table(changing: [["03", "01"]: 69, ["12", "10"]: 32])
        let failure = try #require(Auditing.examine(changed, expecting: Expectations()).failure)
        #expect(
            failure.message.hasSuffix(
                "; no single figure explains all of it; consistent with two: 03 × 01 (+27) and 12 × 10 (-55)"))
        for name in ["01 Østfold", "03 Oslo", "10 Vest-Agder", "12 Hordaland"] {
            #expect(failure.message.contains(name))
        }
    }

    @Test func warningKeepsTheTableAsPrinted() {
        let changed = FoundingTable.table(changing: [["03", "01"]: 69])
        let examined = Auditing.examine(changed, expecting: Expectations(warnOnly: true))
        #expect(examined.failure == nil)
        #expect(examined.findings.contains { $0.code == "failed-audit" })
        #expect(examined.table == changed)
    }

    @Test func declaredMatrixIsCompletedWithoutTotals() throws {
        let printed = FoundingTable.table(totals: false)
        let unproved = Auditing.examine(printed, expecting: Expectations())
        #expect(unproved.table == printed)
        #expect(unproved.audits.isEmpty)
        #expect(unproved.findings.map(\.code) == ["half-printed"])
        let declared = Auditing.examine(printed, expecting: Expectations(antisymmetric: ("row", "column")))
        #expect(declared.failure == nil)
        #expect(declared.audits.map(\.origin) == [.declared])
        let cell = try #require(declared.table.cell(at: ["01", "02"]))
        #expect(declared.table.cells.number(at: cell) == 550)
    }

    @Test(arguments: [false, true]) func brokenSumOfAnExpectedMatrixFails(bound: Bool) throws {
        let changed = FoundingTable.table(totalCode: bound ? nil : "total", changing: [["20", "02"]: 65])
        let expectations =
            bound
            ? Expectations(bound: [total, zeroSum, antisymmetric])
            : Expectations(antisymmetric: ("row", "column"))
        let examined = Auditing.examine(changed, expecting: expectations)
        let failure = try #require(examined.failure)
        #expect(failure.message.contains("; consistent with 20 × 02 being -65 rather than 65 (-130)"))
        #expect(examined.audits.map(\.origin).allSatisfy { $0 == (bound ? .bound : .declared) })
        // What a definition or an earlier vintage says of the blank triangle is not in question.
        let cell = try #require(examined.table.cell(at: ["01", "02"]))
        #expect(examined.table.cells.number(at: cell) == 550)
    }

    @Test func declaredMatrixFindsItsTotalAndRefusesItsBrokenSum() {
        let whole = Auditing.examine(FoundingTable.table(), expecting: Expectations(antisymmetric: ("row", "column")))
        #expect(whole.audits.map(\.origin) == [.inferred, .declared, .declared])
        #expect(whole.failure == nil)
        let changed = FoundingTable.table(changing: [["03", "01"]: 69])
        let broken = Auditing.examine(changed, expecting: Expectations(antisymmetric: ("row", "column")))
        #expect(broken.failure != nil)
    }

    @Test func hiddenFigureStaysHiddenOnBothSides() throws {
        let table = FoundingTable.table(hiding: [["03", "01"]: .confidential])
        let examined = Auditing.examine(table, expecting: Expectations())
        #expect(examined.failure == nil)
        #expect(examined.audits[0].result == .holds)
        #expect(examined.audits[0].checked == 17)
        #expect(examined.audits[0].unchecked == 2)
        for at in [["03", "01"], ["01", "03"]] {
            let cell = try #require(examined.table.cell(at: at))
            #expect(examined.table.cells.status(at: cell) == .confidential)
            #expect(examined.table.cells.values[cell] == 0)
        }
        #expect(!examined.audits.contains { audit in audit.findings.contains { $0.contains("consistent") } })
    }

    @Test func brokenSumBesideAHiddenFigureNamesNoFigureOfItsRow() throws {
        let table = FoundingTable.table(
            changing: [["03", "01"]: 69], hiding: [["03", "02"]: .confidential])
        let failure = try #require(Auditing.examine(table, expecting: Expectations()).failure)
        // Row 03 has a hidden figure: only row 01 is looked at, and nothing is said of row 03's sum.
        #expect(failure.message.contains("row 01 Østfold"))
        #expect(!failure.message.contains("row 03"))
    }

    @Test func symmetricHalfIsLeftAlone() {
        // Distances: the other triangle would be the same figure, and the totals say so.
        var changing: [[String]: Int64] = [:]
        let codes = FoundingTable.codes
        func distance(_ a: Int, _ b: Int) -> Int64 { Int64(abs(a - b) * 7 + max(a, b)) }
        for row in codes.indices {
            changing[[codes[row], "total"]] = codes.indices.reduce(0) { $0 + ($1 == row ? 0 : distance(row, $1)) }
            for column in 0..<row { changing[[codes[row], codes[column]]] = distance(row, column) }
        }
        let table = FoundingTable.table(changing: changing)
        let examined = Auditing.examine(table, expecting: Expectations())
        #expect(examined.failure == nil)
        #expect(examined.table.cells == table.cells)
        #expect(examined.findings.map(\.code) == ["half-printed"])
    }

    @Test func rateIsNeverCompletedByProof() {
        let table = FoundingTable.table(measure: Measure(code: "rate", kind: .rate))
        let examined = Auditing.examine(table, expecting: Expectations())
        #expect(examined.table == table)
        #expect(examined.audits.isEmpty)
    }
}
