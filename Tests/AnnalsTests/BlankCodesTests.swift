import Annals
import Testing

/// A code of which every cell of a year is blank is absent from that year.
struct BlankCodesTests {
    /// Regions × sexes; nil is blank.
    private func table(_ figures: [Int64?], regions: [String], total: String? = nil) -> Table {
        var cells = CellsBuilder()
        for figure in figures { _ = figure.map { cells.append($0, .plain) } ?? cells.append(0, Mark(.blank)) }
        let dimensions = [
            Dimension(
                id: "region", label: "Region", categories: regions.map { Category(code: $0, label: $0) },
                totalCode: total),
            Dimension(id: "sex", label: "Sex", categories: ["m", "f"].map { Category(code: $0, label: $0) }),
        ]
        return Table(
            title: "t", period: Period(year: 2020), notes: [], measures: [Measure(code: "v")],
            keySpace: KeySpace(dimensions)!, presence: .dense, cells: cells.finish())
    }

    @Test func theCodeGoesAndIsNamed() throws {
        let blank = try #require(BlankCodes(table([1, 2, nil, nil, 5, nil], regions: ["01", "02", "03"])))
        #expect(blank.finding.code == "blank-code")
        #expect(blank.finding.message == "2020 has only blanks for 02 of Region: it is absent from it")
        let removed = blank.removed()
        #expect(removed.keySpace.dimensions[0].categories.map(\.code) == ["01", "03"])
        #expect(removed.cells.values == [1, 2, 5, 0])
        #expect(removed.cells.status(at: 3) == .blank, "a blank beside a figure stays one")
        #expect(BlankCodes(removed) == nil)
    }

    @Test func ofASparseTableToo() throws {
        var cells = CellsBuilder()
        for figure: Int64? in [1, nil, 5] {
            _ = figure.map { cells.append($0, .plain) } ?? cells.append(0, Mark(.blank))
        }
        var sparse = table([1, 2, 3, 4, 5, 6], regions: ["01", "02", "03"])
        sparse.presence = .sparse([0, 2, 5])
        sparse.cells = cells.finish()
        let removed = try #require(BlankCodes(sparse)).removed()
        #expect(removed.presence == .sparse([0, 3]))
        #expect(removed.cells.values == [1, 5])
        #expect(removed.cell(at: ["03", "f"]) == 1)
    }

    @Test func totalsAndWhatIsBlankAltogetherStay() {
        #expect(BlankCodes(table([1, 2, nil, nil], regions: ["01", "all"], total: "all")) == nil)
        #expect(BlankCodes(table([nil, nil, nil, nil], regions: ["01", "02"])) == nil)
        #expect(BlankCodes(table([1, nil, nil, 4], regions: ["01", "02"])) == nil)
    }
}
