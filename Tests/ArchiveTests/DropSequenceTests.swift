import Annals
import TestSupport
import Testing

@testable import Archive

@Suite struct DropSequenceTests {
    private func entry(_ sequence: UInt64) -> DropEntry {
        DropEntry(
            sequence: sequence, outcome: sequence % 100 == 0 ? .quarantined : .new, dataset: Samples.dataset,
            year: Int(sequence), version: 1, recorded: Instant(microseconds: Int64(sequence)),
            published: Instant(microseconds: -Int64(sequence)), reason: Reason("r", line: 2), quarantineID: "id",
            kind: sequence % 5 == 0 ? .correction : nil, stage: sequence % 4 == 0 ? .final : nil,
            findings: sequence % 3 == 0 ? [Finding("not-current", "m")] : [],
            claim: Samples.claim([1], number: Int(sequence)))
    }

    @Test func `entries come back whole, from any place`() {
        var sequence = DropSequence()
        // Every seventh number was taken by something else.
        let numbers = (1...500).map(UInt64.init).filter { $0 % 7 != 0 }
        for number in numbers { sequence.append(entry(number)) }
        #expect(sequence.count == numbers.count)
        for number: UInt64 in [1, 6, 64, 65, 250, 499, 500] { #expect(sequence[number] == entry(number)) }
        #expect(sequence[0] == nil && sequence[7] == nil && sequence[501] == nil && sequence[.max] == nil)
        #expect(sequence.entries(after: 0, outcome: nil, limit: .max).map(\.sequence) == numbers)
        for start: UInt64 in [0, 63, 100, 399, 499, 500, .max] {
            #expect(
                sequence.entries(after: start, outcome: nil, limit: .max).map(\.sequence)
                    == numbers.filter { $0 > start })
        }
        #expect(sequence.entries(after: 90, outcome: .quarantined, limit: 2).map(\.sequence) == [100, 200])
        #expect(sequence.last(3).map(\.sequence) == [498, 499, 500])
        #expect(sequence.last(1000).count == numbers.count)
    }

    @Test func `a copy keeps what it had`() {
        var sequence = DropSequence()
        for number: UInt64 in 1...200 { sequence.append(entry(number)) }
        let copy = sequence
        for number: UInt64 in 201...400 { sequence.append(entry(number)) }
        #expect(copy.count == 200 && copy.last(1).first?.sequence == 200)
    }
}
