import Annals
import Testing

@testable import TableCoding

@Suite struct FieldReaderTests {
    @Test func `fields read as they were written`() throws {
        var writer = FieldWriter()
        writer.number(1, UInt64.max)
        writer.signed(2, .min)
        writer.text(3, "Ærøskøbing")
        writer.digests(4, [.zero, ContentHasher.digest(of: [1])])
        writer.message(500) { $0.number(1, 0) }
        var reader = FieldReader(writer.bytes, what: "test")
        var numbers: [UInt64] = []
        while let field = try reader.next() {
            numbers.append(field.number)
            switch field.number {
            case 1: #expect(try reader.number(field) == .max)
            case 2: #expect(try reader.signed(field) == .min)
            case 3: #expect(try reader.text(field) == "Ærøskøbing")
            case 4: #expect(try reader.digests(field) == [.zero, ContentHasher.digest(of: [1])])
            default:
                var inner = try reader.message(field, what: "inner")
                let value = try #require(try inner.next())
                #expect(try inner.number(value) == 0)
                #expect(try inner.next() == nil)
            }
        }
        #expect(numbers == [1, 2, 3, 4, 500])
    }

    @Test(
        arguments: [
            [0x80], [0x00], [0x0D, 1, 2, 3, 4], [0x0A, 5, 1], [0x08], [0x08, 0x80, 0x00],
            [0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02],
            [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], [0x02, 0],
        ] as [[UInt8]])
    func `broken fields are errors`(bytes: [UInt8]) {
        #expect(throws: CodingError.self) {
            var reader = FieldReader(bytes, what: "test")
            while try reader.next() != nil {}
        }
    }

    @Test func `a value of another type or out of range is an error`() throws {
        var writer = FieldWriter()
        writer.number(1, 300)
        writer.data(2, [0xFF, 0xFE])
        var reader = FieldReader(writer.bytes, what: "test")
        let number = try #require(try reader.next())
        #expect(throws: CodingError.self) { try reader.text(number) }
        #expect(throws: CodingError.self) { try reader.integer(number, in: 0...299) }
        #expect(throws: CodingError.self) { try reader.flag(number) }
        let data = try #require(try reader.next())
        #expect(throws: CodingError.self) { try reader.number(data) }
        #expect(throws: CodingError.self) { try reader.text(data) }
        #expect(throws: CodingError.self) { try reader.digest(data) }
        #expect(throws: CodingError.self) { try reader.digests(data) }
    }

    @Test(arguments: [0, 1, -1, 63, -64, Int64.max, Int64.min])
    func `zigzag has an inverse`(number: Int64) {
        #expect(Varint.unzigzag(Varint.zigzag(number)) == number)
    }
}
