import Annals
import TableCoding
import TestSupport
import Testing

@testable import Archive

@Suite struct CommitCodingTests {
    static let filed = CommitRecord(
        firstSequence: 42, recorded: Instant(microseconds: 1_700_000_000_123_456),
        content: .filed(
            FiledDrop(
                claim: Samples.claim([1, 2, 3], sidecar: [3]), published: Instant(microseconds: -86_400_000_000),
                facts: DropFacts(
                    dataset: Samples.dataset, title: "Nettoflytting", reader: "page-text", encoding: "windows-1252",
                    dialect: "ssb", definition: ContentHasher.digest(of: [1]),
                    dialectDefinition: ContentHasher.digest(of: [2]),
                    findings: [Finding("label-variants", "two", line: 3), Finding("x", "")]),
                sidecar: Sidecar(
                    dataset: Samples.dataset, year: 2011, dialect: "ssb", sheet: "2011", table: "3", kind: .benchmark,
                    stage: .provisional, reason: "new base", published: Instant(microseconds: 5)),
                sidecarBytes: ContentHasher.digest(of: [3]), source: ContentHasher.digest(of: [4]),
                omittedFindings: 2,
                years: [
                    FiledYear(period: Period(year: 2010), outcome: .identical, version: 3),
                    FiledYear(
                        period: Period(year: 2011, label: "2011-12", kind: .stock), outcome: .revised, version: 4,
                        revertsTo: 2,
                        content: TableContent(
                            heading: ContentHasher.digest(of: [5]), keySpace: ContentHasher.digest(of: [6]),
                            presence: [ContentHasher.digest(of: [7])], chunks: [ContentHasher.digest(of: [8])],
                            cellCount: 999, fingerprint: .max),
                        dimensions: ["county", "counterpart"], audits: Samples.audits(), findings: [Finding("y", "z")],
                        omittedFindings: 1),
                ])))

    static let quarantined = CommitRecord(
        firstSequence: 1, recorded: Instant(microseconds: 7),
        content: .quarantined(
            QuarantinedDrop(
                claim: Samples.claim([9], sidecar: []), id: "000001-2b4c342f",
                reason: Reason("m", line: 1, column: 2, found: "f", expected: "e", remedy: "r"),
                dataset: Samples.dataset, year: 1999)))

    static let released = CommitRecord(
        firstSequence: 9, recorded: Instant(microseconds: 8), content: .released(.retried, id: "000001-2b4c342f"))

    /// By name, so that a report doesn't hold the whole of them.
    enum Sample: CaseIterable {
        case filed, quarantined, released

        var record: CommitRecord {
            switch self {
            case .filed: CommitCodingTests.filed
            case .quarantined: CommitCodingTests.quarantined
            case .released: CommitCodingTests.released
            }
        }
    }

    @Test(arguments: Sample.allCases)
    func `a commit reads as it was written`(sample: Sample) throws {
        let record = sample.record
        #expect(try CommitRecord(decoding: record.encodedBody) == record)
    }

    @Test(arguments: Sample.allCases)
    func `every byte changed or cut is an error or another commit, never a trap`(sample: Sample) throws {
        let body = sample.record.encodedBody
        var refused = 0
        func decode(_ bytes: [UInt8]) {
            do throws(CodingError) {
                let other = try CommitRecord(decoding: bytes)
                var catalog = Catalog()
                catalog.apply(other, chain: .zero)
                _ = catalog.drops()
                _ = catalog.datasets
            } catch { refused += 1 }
        }
        for place in body.indices {
            for mask: UInt8 in [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF] {
                var changed = body
                changed[place] ^= mask
                decode(changed)
            }
            decode(Array(body[..<place]))
            decode(Array(body[place...]))
        }
        #expect(refused > body.count)
    }

    @Test func `random bytes are an error or another commit, never a trap`() throws {
        var numbers = SeededNumbers(20)
        let bodies = [Self.filed, Self.quarantined, Self.released].map(\.encodedBody)
        for _ in 0..<3000 {
            let bytes = numbers.vandalise(bodies[Int(numbers.next() % 3)])
            if let record = attempt({ try CommitRecord(decoding: bytes) }) {
                // A refusal is an answer as good as another one; what is read must be writable again.
                #expect(try CommitRecord(decoding: record.encodedBody) == record, "seed \(numbers.seed)")
            }
            attempt { try CommitRecord(decoding: numbers.bytes(60)) }
        }
    }

    @Test func `fields that a newer version added are skipped`() throws {
        var writer = FieldWriter()
        writer.number(99, 5)
        writer.message(100) { $0.text(1, "new") }
        #expect(try CommitRecord(decoding: Self.filed.encodedBody + writer.bytes) == Self.filed)
    }

    @Test func `a commit names everything that it needs, once`() {
        #expect(Self.filed.references.count == 8)
        #expect(Self.quarantined.references.isEmpty)
        #expect(Self.filed.lastSequence == 43)
    }

    @Test func `a quarantine id has the number and the file's digest`() {
        let digest = ContentHasher.digest(of: [])
        #expect(QuarantinedDrop.id(sequence: 42, sha256: digest) == "000042-e3b0c442")
        #expect(QuarantinedDrop.id(sequence: 12_345_678, sha256: digest) == "12345678-e3b0c442")
    }
}
