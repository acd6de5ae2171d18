import CLinux
import Testing

@Suite struct ChecksumTests {
    /// Source: RFC 3720, appendix B.4.
    @Test(
        arguments: [
            ([UInt8](repeating: 0, count: 32), 0x8a91_36aa), ([UInt8](repeating: 0xff, count: 32), 0x62a8_ab43),
            (Array(0..<32), 0x46dd_794e), (Array((0..<32).reversed()), 0x113f_db5c), ([], 0),
        ] as [([UInt8], UInt32)])
    func agreesWithTheStandard(bytes: [UInt8], expected: UInt32) {
        #expect(annal_crc32c(0, bytes, bytes.count) == expected)
        #expect(annal_crc32c_table(0, bytes, bytes.count) == expected)
    }

    @Test func instructionAndTableAgreeOnEveryLengthAndSplit() {
        let bytes = (0..<7000).map { UInt8(truncatingIfNeeded: $0 &* 73 &+ $0 >> 5 &+ 11) }
        for count in Array(0...200) + Array(stride(from: 201, through: bytes.count, by: 19)) + [3071, 3072, 6144] {
            let whole = annal_crc32c(0, bytes, count)
            #expect(annal_crc32c_table(0, bytes, count) == whole)
            let split = count / 3
            let rest = Array(bytes[split..<count])
            #expect(annal_crc32c(annal_crc32c_table(0, bytes, split), rest, rest.count) == whole)
        }
    }
}
