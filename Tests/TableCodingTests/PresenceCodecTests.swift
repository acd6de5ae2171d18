import Testing

@testable import TableCoding

@Suite struct PresenceCodecTests {
    @Test(arguments: [[5], [0, 1, 2, 3], [3, 1000, 1001, 4_000_000_000_000]] as [[UInt64]])
    func `ordinals come back after those of the chunks before`(ordinals: [UInt64]) throws {
        var read: [UInt64] = [0].filter { $0 < ordinals[0] }
        let before = read
        try PresenceCodec.decode(PresenceCodec.encode(ordinals[...]), appendingTo: &read, below: .max)
        #expect(read == before + ordinals)
    }

    @Test func `neighbours take no room`() {
        #expect(PresenceCodec.encode(Array(7..<60_007)[...]).count < 8)
    }

    @Test func `ordinals out of order or out of range are errors`() {
        let bytes = PresenceCodec.encode([5, 9])
        var read: [UInt64] = [5]
        #expect(throws: CodingError.self) { try PresenceCodec.decode(bytes, appendingTo: &read, below: 100) }
        read = []
        #expect(throws: CodingError.self) { try PresenceCodec.decode(bytes, appendingTo: &read, below: 9) }
        read = []
        #expect(throws: CodingError.self) { try PresenceCodec.decode(bytes, appendingTo: &read, below: 0) }
        #expect(throws: CodingError.self) { try PresenceCodec.decode([1, 0], appendingTo: &read, below: 9) }
        // A gap that would carry past 64 bits.
        let far = PresenceCodec.encode([1, .max])
        #expect(throws: CodingError.self) { try PresenceCodec.decode(far, appendingTo: &read, below: .max) }
    }
}
