import Annals
import Comparison
import Testing

struct SelectionTests {
    private let keySpace = KeySpace([
        Dimension(id: "sex", label: "Sex", categories: ["m", "f"].map { Category(code: $0, label: $0) }),
        Dimension(id: "age", label: "Age", categories: ["0", "1", "1,2"].map { Category(code: $0, label: $0) }),
    ])!

    private func ordinals(_ wanted: [String: String]) throws -> [Int] {
        var ordinals: [Int] = []
        let selection = try Selection(wanted, in: keySpace)
        selection.forEachOrdinal { ordinals.append($0) }
        #expect(selection.count == ordinals.count)
        #expect((0..<keySpace.size).filter { selection.contains($0) } == ordinals)
        return ordinals
    }

    @Test func fixesACodeOfSomeDimensions() throws {
        #expect(try ordinals([:]) == [0, 1, 2, 3, 4, 5])
        #expect(try ordinals(["sex": "f"]) == [3, 4, 5])
        #expect(try ordinals(["sex": "f", "age": "1"]) == [4])
    }

    @Test func severalCodesArePartedByCommasUnlessThatIsACode() throws {
        #expect(try ordinals(["age": "1,0"]) == [0, 1, 3, 4])
        #expect(try ordinals(["age": "1,2"]) == [2, 5])
        #expect(try ordinals(["sex": "m,m"]) == [0, 1, 2])
        #expect(try ordinals(["age": "0,1,2"]) == [0, 2, 3, 5], "the longest that there is")
    }

    @Test(arguments: [
        (
            [["region": "1"], ["region": "1", "sex": "f"]],
            ComparisonRefusal.unknownDimension("region", known: ["sex", "age"])
        ),
        ([["sex": "x"], ["sex": "m,x"]], .unknownCode("x", dimension: "sex", known: ["m", "f"])),
        ([["sex": ""], ["sex": "m,"]], .unknownCode("", dimension: "sex", known: ["m", "f"])),
    ])
    func whatIsUnknownIsNamedWithWhatIsKnown(_ wanted: [[String: String]], _ refusal: ComparisonRefusal) {
        for wanted in wanted {
            #expect(throws: refusal) { try Selection(wanted, in: keySpace) }
        }
        #expect(refusal.isAboutSelection)
    }

    @Test func longListsOfKnownCodesAreShortened() {
        let refusal = ComparisonRefusal.unknownCode("x", dimension: "d", known: (0..<500).map(String.init))
        #expect(refusal.message.hasPrefix("d has no code x; it has 0, 1, 2,"))
        #expect(refusal.message.hasSuffix("19 and 480 more"))
    }

    @Test func cellsOfATable() throws {
        var table = Table(
            title: "t", period: Period(year: 2011), notes: [], measures: [Measure(code: "v")], keySpace: keySpace,
            presence: .dense,
            cells: Cells(values: [0, 1, 2, 3, 4, 5], marks: .init(repeating: 0, count: 6), palette: [.plain]))
        #expect(try Selection(["sex": "f"], in: keySpace).cells(of: table) == [3, 4, 5])
        table.presence = .sparse([1, 3])
        table.cells = Cells(values: [1, 3], marks: [0, 0], palette: [.plain])
        #expect(try Selection(["sex": "f"], in: keySpace).cells(of: table) == [1])
        #expect(try Selection([:], in: keySpace).cells(of: table) == [0, 1])
    }
}
