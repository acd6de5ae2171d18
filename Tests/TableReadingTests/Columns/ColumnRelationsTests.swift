import TestSupport
import Testing

@testable import TableReading

/// What is found out early against what all rows say.
@Suite struct ColumnRelationsTests {
    @Test(arguments: 0..<200) func exceptionsAreThoseOfAllRows(seed: Int) {
        var numbers = SeededNumbers(UInt64(seed))
        let rowCount = Int.random(in: 1...9000, using: &numbers)
        let (codeCount, odd) = (Int.random(in: 1...20, using: &numbers), Int.random(in: 1...400, using: &numbers))
        let codes = (0..<rowCount).map { _ in Int.random(in: 0..<codeCount, using: &numbers) }
        let contents = codes.map { Int.random(in: 0..<odd, using: &numbers) == 0 ? $0 + 1 : $0 }
        let (key, other) = (dictionary(codes), dictionary(contents))
        let leaders = ColumnRelations.leaders(key, other)
        let denied = (0..<rowCount).filter { Int(leaders[key.index(ofRow: $0)]) != other.index(ofRow: $0) }
        var counts: [Int: Int] = [:]
        for content in contents { counts[content, default: 0] += 1 }
        let most = counts.values.max() ?? 0
        for limit in [0, 1, 5, denied.count - 1, denied.count, rowCount] where limit >= 0 {
            #expect(
                ColumnRelations.exceptions(key, other, atMost: limit) == (denied.count <= limit ? denied : nil),
                "seed \(seed), limit \(limit)")
            #expect(
                ColumnRelations.exceptions(toSameness: other, atMost: limit)?.count
                    == (rowCount - most <= limit ? rowCount - most : nil), "seed \(seed), limit \(limit)")
        }
    }

    @Test(arguments: 0..<200) func ordinalsAreTheirCombinations(seed: Int) {
        var numbers = SeededNumbers(UInt64(seed))
        let counts = (0..<Int.random(in: 1...4, using: &numbers)).map { _ in Int.random(in: 1...15, using: &numbers) }
        let size = counts.reduce(1, *)
        var rows = Array(0..<size)
        switch Int.random(in: 0..<4, using: &numbers) {
        case 0: rows.swapAt(Int.random(in: 0..<size, using: &numbers), Int.random(in: 0..<size, using: &numbers))
        case 1: rows = rows.filter { _ in Int.random(in: 0..<9, using: &numbers) > 0 }
        case 2: rows.insert(Int.random(in: 0..<size, using: &numbers), at: Int.random(in: 0..<size, using: &numbers))
        default: break
        }
        var stride = size
        let columns = counts.map { count in
            stride /= count
            return rows.map { UInt32($0 / stride % count) }
        }
        let ordinals = RowOrdinals(
            zip(counts, columns).map { (count: $0, rows: EntryRows($1)) }, rowCount: rows.count)
        #expect(ordinals?.areAscending == zip(rows, rows.dropFirst()).allSatisfy { $0 < $1 }, "seed \(seed)")
        #expect(ordinals?.areAllInOrder == (rows == Array(0..<size)), "seed \(seed)")
    }

    private func dictionary(_ texts: [Int]) -> KeyDictionary {
        let dictionary = KeyDictionary(delimiter: 0x2C)
        for text in texts { Array("t\(text)".utf8).withUnsafeBufferPointer { _ = dictionary.append($0) } }
        return dictionary
    }
}
