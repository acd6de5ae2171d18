import Annals
import TestSupport
import Testing

@testable import TableCoding

@Suite struct ContentWriterTests {
    @Test func `long content is cut into pieces under the name of the whole`() throws {
        var numbers = SeededNumbers(3)
        let content = numbers.bytes(300_000) + [UInt8](repeating: 5, count: 1_500_000)
        var writer = ContentWriter()
        let name = try writer.add(content)
        #expect(name == ContentHasher.digest(of: content))
        #expect(writer.blobs.count == 4)
        #expect(writer.blobs.allSatisfy { $0.payload.count <= Blob.headerByteCount + Blob.pieceByteCount })
        #expect(try BlobSet(writer.blobs).content(name, upTo: content.count) == content)
        #expect(throws: CodingError.self) { try BlobSet(writer.blobs).content(name, upTo: content.count - 1) }
    }

    @Test func `equal content stands once`() throws {
        var writer = ContentWriter()
        let name = try writer.add([1, 2, 3])
        #expect(try writer.add([1, 2, 3]) == name)
        _ = try writer.add([UInt8](repeating: 0, count: 2 * Blob.pieceByteCount))
        #expect(writer.blobs.count == 3, "the two pieces are equal, too")
    }

    @Test func `a list of lists, of too little or of what isn't there is an error`() throws {
        var writer = ContentWriter()
        let name = try writer.add([UInt8](repeating: 1, count: 2 * Blob.pieceByteCount))
        let list = try #require(writer.blobs.last)
        let nested = Blob(list: [name], digest: .zero, byteCount: 100)
        #expect(throws: CodingError.self) { try BlobSet(writer.blobs + [nested]).content(.zero, upTo: 1 << 30) }
        let short = Blob(list: list.pieces, digest: .zero, byteCount: 100)
        #expect(throws: CodingError.self) { try BlobSet(writer.blobs + [short]).content(.zero, upTo: 1 << 30) }
        #expect(throws: CodingError.self) { try BlobSet([list]).content(name, upTo: 1 << 30) }
        let huge = Blob(list: list.pieces, digest: .zero, byteCount: .max)
        #expect(throws: CodingError.self) { try BlobPayload(huge.payload) }
    }
}
