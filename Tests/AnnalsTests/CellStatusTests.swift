import Annals
import Testing

struct CellStatusTests {
    @Test func codesReadBackAndRawValuesStand() {
        for status in CellStatus.allCases { #expect(CellStatus(code: status.code) == status) }
        #expect(CellStatus(code: "missing") == nil)
        // They are in the log.
        #expect(CellStatus.allCases.map(\.rawValue) == Array(0...9))
        #expect(CellStatus.nilFigure.code == "nil")
    }

    @Test func aStatusIsANumberOrHiddenOrNeither() {
        #expect(CellStatus.allCases.filter(\.countsAsNumber) == [.value, .nilFigure, .belowUnit])
        #expect(!CellStatus.allCases.contains { $0.countsAsNumber && $0.isHidden })
        #expect(CellStatus.allCases.filter { !$0.countsAsNumber && !$0.isHidden } == [.notApplicable, .blank])
    }

    @Test func flagsReadBackInTheOrderOfTheirBits() {
        let all = (0..<11).map { CellFlags(rawValue: 1 << $0) }
        for flag in all { #expect(CellFlags(code: flag.codes[0]) == flag) }
        #expect(all.reduce(CellFlags()) { $0.union($1) }.codes == all.map { $0.codes[0] })
        #expect(CellFlags(code: "wrong") == nil)
        #expect(CellFlags([.derived, .provisional]).codes == ["provisional", "derived"])
        #expect(CellFlags.derived.rawValue == 1 << 10)
    }

    @Test func marksHaveATotalOrder() {
        let marks = [
            Mark(.value), Mark(.value, glyph: "*"), Mark(.value, flags: .provisional), Mark(.nilFigure, glyph: "-"),
            Mark(.blank),
        ]
        #expect(marks.reversed().sorted() == marks)
    }
}
