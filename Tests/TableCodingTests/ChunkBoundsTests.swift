import Annals
import Testing

@testable import TableCoding

@Suite struct ChunkBoundsTests {
    @Test(arguments: [(0, 0), (1, 1), (65_536, 1), (65_537, 2), (131_073, 3)])
    func `a dense table is cut every 65,536 cells`(cellCount: Int, expected: Int) {
        #expect(ChunkBounds.ranges(of: .dense, cellCount: cellCount).count == expected)
    }

    @Test func `a sparse table is covered once, in chunks of the sizes allowed`() {
        let ordinals = (0..<UInt64(300_000)).map { $0 * 5 }
        let ranges = ChunkBounds.ranges(of: .sparse(ordinals), cellCount: ordinals.count)
        #expect(ranges.flatMap { [$0.lowerBound, $0.upperBound] }.dropFirst().dropLast().count == 2 * ranges.count - 2)
        #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
        #expect(ranges.first?.lowerBound == 0 && ranges.last?.upperBound == ordinals.count)
        #expect(ranges.dropLast().allSatisfy { (32_768...65_536).contains($0.count) })
        #expect(ChunkBounds.ranges(of: .sparse([]), cellCount: 0).isEmpty)
    }
}
