import Testing

@testable import RecordLog

@Suite struct SegmentHeaderTests {
    private let header = SegmentHeader(
        number: 3, firstSequence: 77, firstBatch: 12, identity: Salt(low: 5, high: 6), salt: Salt(low: 7, high: 8),
        previousSalt: Salt(low: 9, high: 10), created: -1)

    private func read(_ bytes: some Collection<UInt8>) -> SegmentHeader.Reading {
        Array(bytes).withUnsafeBytes { SegmentHeader.read($0) }
    }

    @Test func bothCopiesAreRead() {
        let bytes = header.encoded
        #expect(bytes.count == 8192)
        #expect(read(bytes[..<4096]) == .valid(header))
        #expect(read(bytes[4096...]) == .valid(header))
        #expect(Array(bytes[..<16]) == Array("ANNALSEG".utf8) + [1, 0, 0, 0, 3, 0, 0, 0])
    }

    @Test func everyBitCounts() {
        for bit in [Array(0..<128 * 8), Array(stride(from: 128 * 8, to: 4096 * 8, by: 101))].joined() {
            var bytes = Array(header.encoded[..<4096])
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(read(bytes) == .bad, "bit \(bit)")
        }
        #expect(read(header.encoded[..<4095]) == .bad)
        #expect(read([]) == .bad)
    }

    @Test func aNewerVersionIsTold() {
        var bytes = Array(header.encoded[..<4096])
        bytes[8] = 2
        #expect(read(bytes) == .bad, "the checksum is for version 0")
        LogVandal.reseal(&bytes)
        #expect(read(bytes) == .newer(version: 2))
    }
}
