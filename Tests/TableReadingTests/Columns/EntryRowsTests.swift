import TestSupport
import Testing

@testable import TableReading

/// Rows in one, two and four bytes against an array.
@Suite struct EntryRowsTests {
    /// Around the greatest numbers that one and two bytes hold.
    private static let bounds: [UInt32] = [1, 3, 255, 256, 257, 65_535, 65_536, 65_537, .max]

    @Test(arguments: 0..<100) func rowsAreThoseOfAnArray(seed: Int) {
        var numbers = SeededNumbers(UInt64(seed))
        let rows = EntryRows()
        var expected: [UInt32] = []
        for _ in 0..<Int.random(in: 0...60, using: &numbers) {
            let bound = Self.bounds.randomElement(using: &numbers) ?? 1
            switch Int.random(in: 0..<6, using: &numbers) {
            case 0:
                let count = expected.count + Int.random(in: -2...200, using: &numbers)
                rows.buffer.repeatNewest(to: count)
                if let newest = expected.last { while expected.count < count { expected.append(newest) } }
            case 1: rows.buffer.reserve(Int.random(in: 0...1000, using: &numbers))
            case 2:
                let entries = (0..<Int.random(in: 1...300, using: &numbers)).map { place in
                    seed % 2 == 0 ? UInt32(place) : UInt32.random(in: 0...bound, using: &numbers)
                }
                let added = (0..<Int.random(in: 0...300, using: &numbers)).map { _ in
                    UInt32.random(in: 0..<UInt32(entries.count), using: &numbers)
                }
                rows.buffer.makeRoom(for: entries.max() ?? 0)
                let following = EntryRows(added)
                rows.buffer.append(following.buffer, as: entries)
                expected += added.map { entries[Int($0)] }
                #expect(Array(following.translated(entries)) == added.map { entries[Int($0)] }, "seed \(seed)")
            default:
                for _ in 0..<Int.random(in: 1...40, using: &numbers) {
                    let entry = UInt32.random(in: 0...bound, using: &numbers)
                    rows.buffer.makeRoom(for: entry)
                    rows.buffer.append(entry)
                    expected.append(entry)
                }
            }
            #expect(rows.buffer.newest == expected.last, "seed \(seed)")
        }
        #expect(Array(rows) == expected, "seed \(seed)")
        #expect(expected.indices.allSatisfy { rows[$0] == expected[$0] }, "seed \(seed)")
        let start = Int.random(in: 0...expected.count, using: &numbers)
        var sums = expected[start...].indices.map { UInt64($0) }
        sums.withUnsafeMutableBufferPointer { rows.add(from: start, times: 7, to: $0) }
        #expect(sums == expected[start...].indices.map { UInt64($0) + 7 * UInt64(expected[$0]) }, "seed \(seed)")
        let taken = rows.take()
        #expect(rows.isEmpty)
        #expect(Array(taken) == expected, "seed \(seed)")
        rows.buffer.append(1)
        #expect(Array(rows) == [1], "seed \(seed)")
        #expect(Array(EntryRows(expected)) == expected, "seed \(seed)")
    }
}
