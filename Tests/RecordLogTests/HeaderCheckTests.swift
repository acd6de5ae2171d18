import Testing

@testable import RecordLog

@Suite struct HeaderCheckTests {
    /// The vectors of the paper's reference code: key 00 to 0f, message 00, 01, 02 and so on.
    @Test(
        arguments: [
            (0, 0x726f_db47_dd0e_0e31), (8, 0x93f5_f579_9a93_2462), (16, 0x3f2a_cc7f_57c2_9bdb),
            (40, 0x0e3e_a96b_5304_a7d0),
        ] as [(Int, UInt64)])
    func agreesWithTheReference(count: Int, expected: UInt64) {
        var check = HeaderCheck(key: Salt(low: 0x0706_0504_0302_0100, high: 0x0f0e_0d0c_0b0a_0908))
        for start in stride(from: 0, to: count, by: 8) {
            check.take((0..<8).reduce(0) { $0 | UInt64(start + $1) << UInt64(8 * $1) })
        }
        #expect(check.finish() == expected)
    }
}
