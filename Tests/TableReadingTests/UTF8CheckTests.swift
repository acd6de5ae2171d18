import Testing

@testable import TableReading

@Suite struct UTF8CheckTests {
    /// Against the standard library's own validation, at every offset of the fast path.
    @Test func agreesWithTheStandardLibrary() {
        let pieces: [[UInt8]] = [
            [0x41], [0xC3, 0x98], [0xE2, 0x88, 0x92], [0xF0, 0x9F, 0x98, 0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80],
            [0xE2, 0x88],
            [0xF4, 0x90, 0x80, 0x80], [0x80], [0xFF], [0xF0, 0x8F, 0x80, 0x80], [0xE0, 0x80, 0x80],
        ]
        for padding in 0..<40 {
            for first in pieces {
                for second in pieces {
                    let bytes = [UInt8](repeating: 0x61, count: padding) + first + second + [0x0A]
                    let isValid = String(validating: bytes, as: UTF8.self) != nil
                    #expect((UTF8Check(bytes).firstInvalid == nil) == isValid, "\(padding) \(first) \(second)")
                }
            }
        }
    }

    @Test func findsNULsWhereverTheyStand() {
        for count in 1...150 {
            for place in 0..<count {
                for other: [UInt8] in [[], [0xC3, 0x98]] {
                    var bytes = other + [UInt8](repeating: 0x61, count: count)
                    #expect(UTF8Check(bytes).hasNUL == false)
                    bytes[other.count + place] = 0
                    #expect(UTF8Check(bytes).hasNUL == true)
                    #expect(UTF8Check(bytes + other).hasNUL == true)
                }
            }
        }
    }

    @Test func findsMultibyteBehindTheFirstFault() {
        let check = UTF8Check([0x61, 0xFF, 0xC3, 0x98])
        #expect(check.firstInvalid == 1)
        #expect(check.hasMultibyte)
    }
}
