import Testing

@testable import annal_benchmark

struct SmallTableTests {
    @Test func hasAHeadingAndALineACell() {
        let lines = SmallTable.csv(seed: 1).split(separator: UInt8(ascii: "\n"))
        #expect(lines.count == 226)
        #expect(lines.allSatisfy { line in line.count { $0 == UInt8(ascii: ",") } == 4 })
    }

    @Test func isTheSameForASeed() {
        #expect(SmallTable.csv(seed: 1) == SmallTable.csv(seed: 1))
        #expect(SmallTable.csv(seed: 1) != SmallTable.csv(seed: 2))
    }
}
