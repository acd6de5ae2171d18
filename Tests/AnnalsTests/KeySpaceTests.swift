import Annals
import Testing

struct KeySpaceTests {
    private func dimension(_ id: String, _ codes: [String]) -> Dimension {
        Dimension(id: id, label: id, categories: codes.map { Category(code: $0, label: $0) })
    }

    @Test func ordinalsCountTheLastDimensionFastest() throws {
        let space = try #require(
            KeySpace([dimension("a", ["x", "y"]), dimension("b", ["1", "2", "3"]), dimension("c", ["p", "q"])]))
        #expect(space.size == 12)
        #expect(space.strides == [6, 2, 1])
        #expect(space.codes(at: 0) == ["x", "1", "p"])
        #expect(space.codes(at: 1) == ["x", "1", "q"])
        #expect(space.codes(at: 11) == ["y", "3", "q"])
        for ordinal in 0..<space.size {
            #expect(space.ordinal(ofCodes: space.codes(at: ordinal)) == ordinal)
            #expect(space.ordinal(space.indices(at: ordinal)) == ordinal)
        }
        #expect(space.dimensionIndex("b") == 1)
        #expect(space.dimensionIndex("z") == nil)
    }

    @Test func unknownCodesAreNil() throws {
        let space = try #require(KeySpace([dimension("a", ["x"]), dimension("b", ["1"])]))
        for codes in [[], ["x"], ["x", "2"], ["1", "x"], ["x", "1", "1"]] {
            #expect(space.ordinal(ofCodes: codes) == nil)
        }
    }

    @Test func noDimensionsHaveOneCombination() throws {
        let space = try #require(KeySpace([]))
        #expect(space.size == 1)
        #expect(space.codes(at: 0) == [])
    }

    @Test func dimensionWithoutCategoriesHasNone() throws {
        #expect(try #require(KeySpace([dimension("a", ["x"]), dimension("b", [])])).size == 0)
    }

    @Test func tooManyCombinationsAreNil() {
        let wide = dimension("a", (0..<100_000).map(String.init))
        #expect(KeySpace([wide, wide, wide]) != nil)
        #expect(KeySpace([wide, wide, wide, wide]) == nil)
    }

    @Test func measureDimensionIsFound() throws {
        var measure = dimension("m", ["births"])
        measure.isMeasure = true
        #expect(try #require(KeySpace([dimension("a", ["x"]), measure])).measureDimension == 1)
        #expect(try #require(KeySpace([dimension("a", ["x"])])).measureDimension == nil)
    }
}
