import Annals
import Testing

struct TableTests {
    private let keySpace = KeySpace([
        Dimension(id: "row", label: "row", categories: ["1", "2", "3"].map { Category(code: $0, label: $0) }),
        Dimension(
            id: "m", label: "m", categories: ["x", "y"].map { Category(code: $0, label: $0) }, isMeasure: true),
    ])!

    @Test func sparseCellsAreFoundByCombination() {
        let table = Table(
            title: "t", period: Period(year: 2011), notes: [],
            measures: [Measure(code: "x"), Measure(code: "y", decimals: 1)],
            keySpace: keySpace, presence: .sparse([0, 3, 5]),
            cells: Cells(values: [7, 0, 9], marks: [0, 1, 0], palette: [.plain, Mark(.confidential)]))
        #expect((0..<6).map { table.cell(atOrdinal: $0) } == [0, nil, nil, 1, nil, 2])
        #expect((0..<3).map { table.ordinal(ofCell: $0) } == [0, 3, 5])
        #expect(table.cell(at: ["2", "y"]) == 1)
        #expect(table.cell(at: ["2", "x"]) == nil)
        #expect(table.cell(at: ["9", "x"]) == nil)
        #expect(table.measure(atOrdinal: 3).code == "y")
        #expect(table.measure(atOrdinal: 4).code == "x")
        #expect((0..<3).map { table.cells.number(at: $0) } == [7, nil, 9])
    }

    @Test func builderSharesMarksAndStopsWhereThePaletteIsFull() {
        var builder = CellsBuilder()
        for figure in 0...Int(UInt16.max) {
            let isTaken = builder.append(0, Mark(.value, glyph: String(figure)))
            #expect(isTaken)
        }
        let known = builder.append(1, Mark(.value, glyph: "7"))
        let oneTooMany = builder.append(1, Mark(.value, glyph: "one too many"))
        #expect(known)
        #expect(!oneTooMany)
        let cells = builder.finish()
        #expect(cells.count == 65_537)
        #expect(cells.palette.count == 65_536)
        #expect(cells.marks.last == 7)
    }
}
