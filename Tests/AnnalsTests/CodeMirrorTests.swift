import Annals
import Testing

struct CodeMirrorTests {
    private func keySpace(_ rows: [String], _ columns: [String], between: Int = 0) -> KeySpace {
        var dimensions = [("row", rows), ("column", columns)].map { id, codes in
            Dimension(id: id, label: id, categories: codes.map { Category(code: $0, label: $0) })
        }
        if between > 0 {
            let categories = (0..<between).map { Category(code: "x\($0)", label: "") }
            dimensions.insert(Dimension(id: "sex", label: "", categories: categories), at: 1)
        }
        return KeySpace(dimensions)!
    }

    @Test(arguments: [0, 2]) func mirrorOfTheMirrorIsItself(between: Int) {
        let space = keySpace(["1", "2", "3"], ["total", "3", "1", "2"], between: between)
        let last = between > 0 ? 2 : 1
        let mirror = CodeMirror(row: 0, column: last, of: space) { _, _ in false }
        #expect(mirror.isSquare)
        #expect(mirror.extraColumns == [0])
        #expect(mirror.pairCount(in: space) == 3 * max(1, between))
        for ordinal in 0..<space.size {
            let codes = space.codes(at: ordinal)
            guard let mirrored = mirror.mirror(of: ordinal) else {
                #expect(codes[last] == "total")
                continue
            }
            var swapped = codes
            swapped.swapAt(0, last)
            #expect(space.codes(at: mirrored) == swapped)
            #expect(mirror.mirror(of: mirrored) == ordinal)
        }
    }

    @Test func totalsAreLeftOut() {
        let space = keySpace(["t", "1", "2", "3"], ["t", "1", "2", "3"])
        let mirror = CodeMirror(row: 0, column: 1, of: space) { $1 == 0 }
        #expect(mirror.sharedCount == 3)
        #expect(mirror.mirror(of: 1) == nil)
        #expect((mirror.extraRows, mirror.extraColumns) == ([0], [0]))
    }

    @Test func fewOrOtherCodesAreNoSquare() {
        for (rows, columns) in [
            (["1", "2"], ["1", "2"]), (["1", "2", "3"], ["1", "2", "3", "x", "y"]), (["1"], []),
        ] {
            #expect(!CodeMirror(row: 0, column: 1, of: keySpace(rows, columns)) { _, _ in false }.isSquare)
        }
    }
}
