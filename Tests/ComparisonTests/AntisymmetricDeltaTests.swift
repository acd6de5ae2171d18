import Annals
import Comparison
import Testing

/// A pair of an antisymmetric table counts once.
struct AntisymmetricDeltaTests {
    private let pair = (row: "row", column: "column")

    /// A 3 × 4 matrix with its total in front, the cells above the diagonal derived.
    private func table(_ below: (Int64, Int64, Int64), derived: Bool = true) -> Table {
        let codes = ["1", "2", "3"].map { Category(code: $0, label: $0) }
        let total = [Category(code: "total", label: "total")]
        let (a, b, c) = below
        let values: [Int64] = [-a - b, 0, -a, -b, a - c, a, 0, -c, b + c, b, c, 0]
        let marks: [UInt16] = [0, 1, 2, 2, 0, 0, 1, 2, 0, 0, 0, 1]
        let palette = [Mark.plain, Mark(.nilFigure), Mark(.value, flags: derived ? .derived : [])]
        return Table(
            title: "t", period: Period(year: 2010), notes: [], measures: [Measure(code: "v", kind: .net)],
            keySpace: KeySpace([
                Dimension(id: "row", label: "row", categories: codes),
                Dimension(id: "column", label: "column", categories: total + codes, totalCode: "total"),
            ])!, presence: .dense, cells: Cells(values: values, marks: marks, palette: palette))
    }

    @Test func topTakesThePrintedOneOfEachPair() throws {
        let options = DeltaOptions(top: 10, antisymmetric: pair)
        let delta = try Comparison.delta(from: table((1, 2, 3)), to: table((2, 9, 3)), options: options)
        #expect((0..<delta.count).map { delta.codes(at: $0) } == [["3", "1"], ["2", "1"]])
        #expect((0..<delta.count).map { delta.row($0).change } == [7, 1])
        #expect(delta.summary.compared == 6, "three pairs, three on the diagonal")
        #expect((delta.summary.increased, delta.summary.decreased, delta.summary.unchanged) == (2, 0, 4))
    }

    @Test func whichOfAPairIsDerivedMakesNoDifference() throws {
        let options = DeltaOptions(top: 10, antisymmetric: pair)
        let delta = try Comparison.delta(
            from: table((1, 2, 3), derived: false), to: table((2, 9, 3), derived: false), options: options)
        #expect((0..<delta.count).map { delta.codes(at: $0) } == [["3", "1"], ["2", "1"]])
        let back = try Comparison.delta(from: table((2, 9, 3), derived: false), to: table((1, 2, 3)), options: options)
        #expect((0..<back.count).map { back.codes(at: $0) } == [["3", "1"], ["2", "1"]])
        #expect((0..<back.count).map { back.row($0).change } == [-7, -1])
    }

    @Test func listHasEveryCell() throws {
        let delta = try Comparison.delta(
            from: table((1, 2, 3)), to: table((2, 9, 3)), options: DeltaOptions(antisymmetric: pair))
        #expect(delta.count == 12)
        #expect(delta.summary.compared == 6)
    }

    @Test func selectedRowWithoutItsMirrorCountsByItself() throws {
        let options = DeltaOptions(top: 10, where: ["row": "1"], antisymmetric: pair)
        let delta = try Comparison.delta(from: table((1, 2, 3)), to: table((2, 9, 3)), options: options)
        #expect((0..<delta.count).map { delta.codes(at: $0) } == [["1", "3"], ["1", "2"]])
    }

    @Test func withTotalsThePairsStillCountOnce() throws {
        let options = DeltaOptions(totals: .include, antisymmetric: pair)
        let delta = try Comparison.delta(from: table((1, 2, 3)), to: table((2, 9, 3)), options: options)
        #expect(delta.summary.compared == 9)
    }

    @Test func antisymmetryIsKnownWhereItHeldOnBothSides() {
        let identity = Identity.antisymmetric(row: "row", column: "column")
        let holds = [Audit(identity: identity, origin: .inferred, result: .holds, checked: 3)]
        let fails = [Audit(identity: identity, origin: .bound, result: .failed, checked: 3, failed: 1)]
        #expect(DeltaOptions.antisymmetry(from: holds, to: holds)?.row == "row")
        #expect(DeltaOptions.antisymmetry(from: holds, to: fails) == nil)
        #expect(DeltaOptions.antisymmetry(from: [], to: holds) == nil)
    }
}
