import Testing

@testable import RecordLog

@Suite struct LogIndexTests {
    @Test func aFrameTakesEightBytes() {
        #expect(MemoryLayout<LogIndex.Place>.stride == 8)
    }

    @Test func placesAreFoundReplacedAndForgotten() {
        var index = LogIndex()
        #expect(index[0] == nil && index[1] == nil)
        index.set(3, to: .init(segment: 1, offset: 8192))
        #expect(index[1] == nil && index[2] == nil && index[3]?.offset == 8192)
        #expect(index.frameCount == 1 && index.lostCount == 2)
        index.set(3, to: .init(segment: 2, offset: (32 << 30) - 8))
        #expect(index[3] == .init(segment: 2, offset: (32 << 30) - 8))
        #expect(index[3]?.offset == (32 << 30) - 8)
        index.end(at: 5)
        #expect(index.frameCount == 1 && index.lostCount == 4)
        index.end(at: 2)
        #expect(index.frameCount == 0 && index.lostCount == 2 && index[3] == nil)
    }
}
