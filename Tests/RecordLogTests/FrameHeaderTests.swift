import Testing

@testable import RecordLog

@Suite struct FrameHeaderTests {
    private let salt = Salt(low: 1, high: 2)

    private func encoded(payload: [UInt8] = [1, 2, 3], at offset: Int = 8192) -> [UInt8] {
        let header = payload.withUnsafeBytes {
            FrameHeader(
                FrameHeading(sequence: 9, batch: 4, kind: .commit), position: 2, isLastOfBatch: true, payload: $0)
        }
        var bytes = [UInt8](repeating: 0, count: FrameHeader.byteCount)
        bytes.withUnsafeMutableBytes { header.encode(into: $0, at: offset, salt: salt) }
        return bytes
    }

    private func decoded(_ bytes: [UInt8], at offset: Int = 8192, salt: Salt? = nil) -> FrameHeader? {
        bytes.withUnsafeBytes { FrameHeader($0, at: offset, salt: salt ?? self.salt) }
    }

    @Test func whatIsWrittenIsRead() throws {
        let header = try #require(decoded(encoded()))
        #expect(header.heading == FrameHeading(sequence: 9, batch: 4, kind: .commit))
        #expect(header.position == 2 && header.isLastOfBatch && !header.hasUnknownFlags)
        #expect(header.batchFirst == 7)
        #expect(header.payloadBytes == 3 && header.frameBytes == 48)
    }

    @Test func layoutIsThatOfThePage() {
        let bytes = encoded()
        #expect(Array(bytes[..<8]) == [0x41, 0x46, 2, 1, 3, 0, 0, 0])
        // CRC-32C of 01 02 03.
        #expect(Array(bytes[8..<12]) == [0x1e, 0xf2, 0x30, 0xf1])
        #expect(Array(bytes[12..<32]) == [2, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0])
    }

    @Test func holdsOnlyAtItsPlaceUnderItsSalt() {
        #expect(decoded(encoded(), at: 8200) == nil)
        #expect(decoded(encoded(), salt: Salt(low: 1, high: 3)) == nil)
        #expect(decoded(Array(encoded().dropLast())) == nil)
    }

    @Test func everyBitCounts() {
        for bit in 0..<FrameHeader.byteCount * 8 {
            var bytes = encoded()
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(decoded(bytes) == nil)
        }
    }

    @Test func payloadAndPaddingMustHold() throws {
        let header = try #require(decoded(encoded()))
        func holds(_ rest: [UInt8]) -> Bool { rest.withUnsafeBytes { header.holds(for: $0) } }
        #expect(holds([1, 2, 3, 0, 0, 0, 0, 0]))
        #expect(!holds([1, 2, 4, 0, 0, 0, 0, 0]))
        #expect(!holds([1, 2, 3, 0, 0, 0, 0, 1]))
        #expect(!holds([1, 2, 3]))
    }
}
