import Annals
import TestSupport
import Testing

@testable import TableCoding

/// What came before saves work, and never stands in for what was to be checked.
@Suite struct RecurringContentTests {
    private let file = SourceRef(path: Array("in/t.csv".utf8), size: 3, sha256: ContentHasher.digest(of: [1, 2, 3]))

    private func examined(_ table: Table, _ recurring: RecurringContent?) throws -> Examined {
        let facts = DropFacts(
            dataset: try #require(DatasetID("net-migration")), title: "Net migration", reader: "delimited",
            encoding: "UTF-8", dialect: "generic")
        let dialect = [UInt8](repeating: 0x61, count: 500)
        return try Examined(
            file, bytes: [1, 2, 3], facts: facts, texts: ReadingTexts(dialect: dialect), recurring: recurring,
            years: [(table, [], [])])
    }

    @Test func theSameIsEncodedAndDecodedWithItAndWithout() throws {
        let (writing, reading) = (RecurringContent(), RecurringContent())
        for year in 2010...2012 {
            let plain = try examined(Samples.mixed(year: year), nil)
            let again = try examined(Samples.mixed(year: year), writing)
            #expect(plain.blobs.mapValues(\.payload) == again.blobs.mapValues(\.payload))
            let read = try Examined(decoding: again.encoded, of: file, recurring: reading)
            #expect(read.tables?.years.map(\.table.canonical) == plain.tables?.years.map(\.table.canonical))
            #expect(read.blobs.mapValues(\.payload) == plain.blobs.mapValues(\.payload))
        }
    }

    @Test func anotherPayloadUnderAKnownNameIsChecked() throws {
        let recurring = RecurringContent()
        let whole = try examined(Samples.mixed(year: 2011), nil)
        _ = try Examined(decoding: whole.encoded, of: file, recurring: recurring)
        for blob in whole.blobs.values {
            var forged = whole
            var payload = blob.payload
            payload[payload.count - 1] ^= 1
            forged.blobs[blob.digest] = Blob(checked: try BlobPayload(payload), payload: payload)
            #expect(throws: CodingError.self) {
                try Examined(decoding: forged.encoded, of: file, recurring: recurring)
            }
        }
    }

    @Test func aKeySpaceThatIsKnownMustComeAllTheSame() throws {
        let recurring = RecurringContent()
        let whole = try examined(Samples.mixed(year: 2011), nil)
        _ = try Examined(decoding: whole.encoded, of: file, recurring: recurring)
        var short = whole
        short.blobs[try #require(whole.tables).years[0].content.keySpace] = nil
        #expect(throws: CodingError.self) { try Examined(decoding: short.encoded, of: file, recurring: recurring) }
    }

    @Test func whatIsKeptIsBounded() throws {
        let recurring = RecurringContent()
        var numbers = SeededNumbers(3)
        var first: Digest?
        for _ in 0..<100 {
            let bytes = (0..<(32 << 10)).map { _ in UInt8(truncatingIfNeeded: numbers.next()) }
            let blob = bytes.withUnsafeBytes { Blob($0, compressor: ZstdCompressor()) }
            recurring.keep(blob)
            #expect(recurring.blob(blob.digest) != nil)
            first = first ?? blob.digest
        }
        #expect(recurring.blob(try #require(first)) == nil)
    }
}
