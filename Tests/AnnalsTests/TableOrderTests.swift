import Annals
import Testing

struct TableOrderTests {
    private static let keySpace = KeySpace(
        [("a", 2), ("b", 3), ("c", 4)].map { id, count in
            Dimension(
                id: id, label: id, categories: (0..<count).map { Category(code: "\(id)\($0)", label: "\($0)") })
        })!

    private func table(_ presence: Presence) -> Table {
        let ordinals =
            switch presence {
            case .dense: Array(0..<24)
            case .sparse(let ordinals): ordinals.map { Int($0) }
            }
        return Table(
            title: "t", period: Period(year: 2011), notes: [], measures: [Measure(code: "v")],
            keySpace: Self.keySpace, presence: presence,
            cells: Cells(
                values: ordinals.map { Int64($0) }, marks: ordinals.map { UInt16($0 % 2) },
                palette: [.plain, Mark(.value, flags: .revised)]))
    }

    @Test(
        arguments: [Presence.dense, .sparse([0, 5, 6, 11, 13, 22])],
        [["c", "a"], ["b"], ["c", "b", "a"], ["x", "b", "b"]])
    func everyCellKeepsItsCodes(_ presence: Presence, _ order: [String]) {
        let table = table(presence)
        let ordered = table.ordered(by: order)
        #expect(ordered.keySpace.dimensions.map(\.id).starts(with: order.filter { $0 != "x" }.prefix(1)))
        #expect(ordered.cells.count == table.cells.count)
        let places = ordered.keySpace.dimensions.map { Self.keySpace.dimensionIndex($0.id)! }
        for cell in 0..<table.cells.count {
            let codes = Self.keySpace.codes(at: table.ordinal(ofCell: cell))
            let twin = ordered.cell(at: places.map { codes[$0] })
            #expect(twin.map { ordered.cells.values[$0] } == table.cells.values[cell])
            #expect(twin.map { ordered.cells.mark(at: $0) } == table.cells.mark(at: cell))
        }
        #expect(ordered.ordered(by: ["a", "b", "c"]) == table)
    }
}
