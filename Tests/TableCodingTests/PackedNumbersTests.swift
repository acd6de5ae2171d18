import Testing

@testable import TableCoding

@Suite struct PackedNumbersTests {
    @Test(arguments: [[], [0, 0, 0], [1, 255], [256, 3], [1 << 40, 7], [UInt64.max, 0, 1]] as [[UInt64]])
    func `numbers come back`(numbers: [UInt64]) throws {
        var bytes: [UInt8] = []
        PackedNumbers.append(numbers, to: &bytes)
        #expect(bytes.count == 1 + numbers.count * PackedNumbers.width(of: numbers.max() ?? 0))
        var reader = ByteReader(bytes, what: "test")
        #expect(try PackedNumbers.read(numbers.count, from: &reader) == numbers)
        #expect(reader.isAtEnd)
    }

    @Test func `too wide or too short is an error`() {
        for bytes in [[], [9], [2, 1, 1, 1]] as [[UInt8]] {
            #expect(throws: CodingError.self) {
                var reader = ByteReader(bytes, what: "test")
                _ = try PackedNumbers.read(2, from: &reader)
            }
        }
    }
}
