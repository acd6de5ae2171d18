import Annals
import TestSupport
import Testing

@testable import TableCoding

/// What crosses from a reader to the daemon: all of it comes over, and nothing is believed that isn't so.
@Suite struct ExaminedCodingTests {
    private let file = SourceRef(path: Array("in/t.csv".utf8), size: 3, sha256: ContentHasher.digest(of: [1, 2, 3]))

    private func examined(tables: [Table], bytes: [UInt8] = [1, 2, 3]) throws -> Examined {
        let facts = DropFacts(
            dataset: try #require(DatasetID("net-migration")), title: "Net migration", reader: "delimited",
            encoding: "UTF-8", dialect: "generic", findings: [Finding("label-variants", "two spellings", line: 4)])
        return try Examined(
            file, bytes: bytes, facts: facts, published: Instant(microseconds: 7), sidecar: Sidecar(reason: "why"),
            texts: ReadingTexts(sidecar: Array("reason: why".utf8), definition: [9], dialect: [8]),
            measuresAreDeclared: true,
            years: tables.map { ($0, Samples.audits(), [Finding("derived-cells", "three")]) })
    }

    @Test func everythingComesOver() throws {
        let before = try examined(tables: [Samples.table(year: 2010), Samples.mixed(year: 2011)])
        let after = try Examined(decoding: before.encoded, of: file)
        let (left, right) = (try #require(before.tables), try #require(after.tables))
        #expect(after.file == file && after.sidecar == before.sidecar)
        #expect(left.facts == right.facts && left.source == right.source)
        #expect(left.years.map(\.table.canonical) == right.years.map(\.table.canonical))
        #expect(left.years.map(\.content) == right.years.map(\.content))
        #expect(left.years.map(\.audits) == right.years.map(\.audits))
        #expect(left.years.map(\.findings) == right.years.map(\.findings))
        #expect(left.published == right.published && left.sidecarBytes == right.sidecarBytes)
        #expect(right.measuresAreDeclared)
        #expect(before.blobs.mapValues(\.payload) == after.blobs.mapValues(\.payload))
        #expect(before.blobs.mapValues(\.pieces) == after.blobs.mapValues(\.pieces))
    }

    @Test func longContentComesOverInPieces() throws {
        var numbers = SeededNumbers(5)
        let bytes = (0..<(2 * Blob.pieceByteCount + 5)).map { _ in UInt8(truncatingIfNeeded: numbers.next()) }
        let before = try examined(tables: [Samples.table()], bytes: bytes)
        let after = try Examined(decoding: before.encoded, of: file)
        #expect(after.tables?.source == ContentHasher.digest(of: bytes))
        #expect(after.blobs.mapValues(\.payload) == before.blobs.mapValues(\.payload))
    }

    @Test func aRefusalComesOver() throws {
        let refusal = Examined.Refusal(
            Reason("Broken.", line: 3, column: 2, found: "x", expected: "y", remedy: "z"),
            dataset: DatasetID("crops"), year: 2011, isOfFigures: true)
        let after = try Examined(decoding: Examined(file, content: .refused(refusal)).encoded, of: file)
        guard case .refused(let found) = after.content else {
            Issue.record("not refused")
            return
        }
        #expect(found == refusal && after.blobs.isEmpty)
    }

    /// Any byte changed, and any end cut off: refused, or the same as before.
    @Test func noOtherBytesAreBelieved() throws {
        let whole = try examined(tables: [Samples.mixed(year: 2011)])
        let bytes = whole.encoded
        var numbers = SeededNumbers(17)
        for place in bytes.indices {
            var spoilt = bytes
            spoilt[place] ^= UInt8(1 << (numbers.next() % 8))
            // What is refused is as good; what is taken must hold in itself.
            guard let taken = Self.decoded(spoilt, of: file), let tables = taken.tables else { continue }
            for (name, blob) in taken.blobs {
                let content = try BlobSet(Array(taken.blobs.values)).content(name, upTo: 1 << 20)
                #expect(ContentHasher.digest(of: content) == name && blob.digest == name)
            }
            for year in tables.years { #expect(Fingerprint.of(year.table.cells) == year.content.fingerprint) }
        }
        for count in stride(from: 0, to: bytes.count, by: 7) {
            // A cut between two fields leaves a message that is short of something.
            #expect(Self.decoded(Array(bytes[..<count]), of: file)?.tables == nil)
        }
    }

    /// Nil where it is refused, for whatever reason.
    private static func decoded(_ bytes: [UInt8], of file: SourceRef) -> Examined? {
        do throws(CodingError) { return try Examined(decoding: bytes, of: file) } catch { return nil }
    }

    @Test func contentOfAnotherNameIsRefused() throws {
        let whole = try examined(tables: [Samples.table()])
        var forged = FieldWriter()
        let blob = try #require(whole.blobs.values.first { $0.pieces.isEmpty })
        var payload = blob.payload
        payload[0] ^= 1
        forged.data(4, payload)
        #expect(throws: CodingError.self) { try Examined(decoding: forged.bytes, of: file) }
    }

    /// What is small itself and large once it is decoded: the same content named for each year, and over again.
    @Test(arguments: [
        ExaminedBounds(cells: 11), ExaminedBounds(years: 1), ExaminedBounds(contentByteCount: 100),
    ])
    func moreThanAFileMayHaveIsRefused(bounds: ExaminedBounds) throws {
        let two = try examined(tables: [Samples.table(year: 2010), Samples.table(year: 2011)]).encoded
        #expect(try Examined(decoding: two, of: file, bounds: ExaminedBounds(cells: 12, years: 2)).tables != nil)
        #expect(throws: CodingError.self) { try Examined(decoding: two, of: file, bounds: bounds) }
    }
}
