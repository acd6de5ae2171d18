import Annals
import Comparison
import TableCoding
import TestSupport
import Testing

@testable import ControlServer

/// What is kept reads as what was computed, and bytes that say anything are refused or read, and never trap.
@Suite struct KeptAnswerTests {
    private static func changes() throws -> [VersionChange] {
        let table = try SampleArchive.table(2011, [[10, 20], [30, nil], [40, 60]])
        var labelled = table
        labelled.notes = []
        let others = try [
            table, labelled, SampleArchive.table(2011, [[-10, 20], [nil, 40], [40, 61]]),
            SampleArchive.table(2011, [[.min, .max], [0, 0], [0, 0]]),
            SampleArchive.table(2011, [[.max, .min], [0, 0], [0, 0]], decimals: 0, unit: "kilograms"),
            SampleArchive.table(2011, [[.max, .min], [1, 1]], regions: ["n", "w"], kind: nil),
        ]
        return others.flatMap { from in others.map { VersionChange(from: from, to: $0, antisymmetric: nil) } }
    }

    private func bytes(_ answer: some KeptAnswer) -> [UInt8] {
        var writer = FieldWriter()
        answer.encode(to: &writer)
        return writer.bytes
    }

    @Test func changesReadAsTheyWere() throws {
        let changes = try Self.changes()
        #expect(changes.contains { $0.refusal != nil })
        #expect(changes.contains { $0.difference?.measures[0].largest != nil })
        #expect(changes.contains { $0.difference.map { $0.measures[0].absolute > Int128(Int64.max) } ?? false })
        for change in changes {
            #expect(try VersionChange(decoding: FieldReader(bytes(change), what: "change")) == change)
        }
    }

    @Test func countsReadAsTheyWere() throws {
        let from = try SampleArchive.table(2011, [[10, 20], [30, nil], [40, 60]])
        let to = try SampleArchive.table(2011, [[11, 29], [30, nil], [40, 60]])
        let other = try SampleArchive.table(2011, [[11, 29], [30, nil], [40, 60]], unit: "kilograms")
        for (later, cells) in [(to, 1), (other, nil)] {
            let tolerance = Tolerance(absolute: DecimalNumber("0.5"))
            let count = MaterialCount(from: from, to: later, beyond: tolerance, antisymmetric: nil)
            #expect(count.cells == cells && (count.refusal == nil) == (cells != nil))
            #expect(try MaterialCount(decoding: FieldReader(bytes(count), what: "count")) == count)
        }
    }

    @Test func bytesThatSayAnythingTrapNothing() throws {
        var numbers = SeededNumbers(11)
        let kept = try Self.changes().map(bytes)
        var readCount = 0
        for _ in 0..<5000 {
            let damaged = numbers.vandalise(kept.randomElement(using: &numbers)!)
            // Most are refused, which is all that is to be known of them.
            guard let change = try? VersionChange(decoding: FieldReader(damaged, what: "change")) else { continue }
            // What is read can be written.
            #expect(try VersionChange(decoding: FieldReader(bytes(change), what: "change")) == change)
            readCount += 1
        }
        #expect(readCount > 0)
    }
}
