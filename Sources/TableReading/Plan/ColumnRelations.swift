/// How columns of texts hang together, asked of all rows; an answer that is no is found within a few rows.
enum ColumnRelations {
    /// Whether a column's text is the same in all rows that have the same text of another.
    static func determines(_ key: KeyDictionary, _ other: KeyDictionary) -> Bool {
        var contents = [UInt32](repeating: .max, count: key.count)
        for (code, content) in zip(key.rows, other.rows) {
            let known = contents[Int(code)]
            if known == .max { contents[Int(code)] = content } else if known != content { return false }
        }
        return true
    }

    /// *Shape:* one an entry of the key: the content that most of its rows have in another column.
    static func leaders(_ key: KeyDictionary, _ other: KeyDictionary) -> [UInt32] {
        leaders(key, other, deniedAtMost: .max) ?? []
    }

    /// The same; nil where more rows than some have another content than the leader.
    ///
    /// One vote a row (Boyer and Moore, 1981). A vote against a leader takes one for it away, and whoever leads in the end,
    /// one of these two rows at least has another content: rows that are told by their number of votes against are many.
    private static func leaders(
        _ key: KeyDictionary, _ other: KeyDictionary, deniedAtMost limit: Int
    ) -> [UInt32]? {
        var leader = [UInt32](repeating: .max, count: key.count)
        var lead = [Int32](repeating: 0, count: key.count)
        var denied = 0
        for (code, content) in zip(key.rows, other.rows) {
            let code = Int(code)
            if lead[code] == 0 {
                leader[code] = content
                lead[code] = 1
            } else if leader[code] == content {
                lead[code] += 1
            } else {
                lead[code] -= 1
                denied += 1
                if denied > limit { return nil }
            }
        }
        return leader
    }

    /// The rows that keep a column from being determined by another, where they are few; nil where they are many.
    ///
    /// One bad field never changes what a column is: it is named instead.
    static func exceptions(_ key: KeyDictionary, _ other: KeyDictionary, atMost limit: Int) -> [Int]? {
        let (codes, contents) = (key.rows, other.rows)
        guard let leader = leaders(key, other, deniedAtMost: limit) else { return nil }
        var rows: [Int] = []
        for (row, (code, content)) in zip(codes, contents).enumerated() where leader[Int(code)] != content {
            rows.append(row)
            if rows.count > limit { return nil }
        }
        return rows
    }

    /// The rows that keep a column from being the same throughout, where they are few; nil where they are many.
    static func exceptions(toSameness texts: KeyDictionary, atMost limit: Int) -> [Int]? {
        var counts = [Int](repeating: 0, count: texts.count)
        let entries = texts.rows
        for start in stride(from: 0, to: entries.count, by: 4096) {
            let end = min(start + 4096, entries.count)
            for entry in entries[start..<end] { counts[Int(entry)] += 1 }
            // So many rows already have something else, whatever the others have.
            if texts.count <= 4096, let most = counts.max(), end - most > limit { return nil }
        }
        guard let most = counts.indices.max(by: { counts[$0] < counts[$1] }),
            texts.rows.count - counts[most] <= limit
        else { return nil }
        return texts.rows.enumerated().filter { Int($0.element) != most }.map(\.offset)
    }

    /// Whether two columns say the same: each determines the other.
    static func areOneToOne(_ left: KeyDictionary, _ right: KeyDictionary) -> Bool {
        left.count == right.count && determines(left, right)
    }

    /// Whether every row has the same text in both.
    static func areIdentical(_ left: KeyDictionary, _ right: KeyDictionary) -> Bool {
        left.count == right.count && areOneToOne(left, right)
            && (0..<left.count).allSatisfy { left.bytes($0).elementsEqual(right.bytes($0)) }
    }

    /// Whether two columns name categories of one classification, as origin and destination do.
    ///
    /// Then neither is the other's label, whatever follows from what in a short file.
    static func share(_ left: KeyDictionary, _ right: KeyDictionary) -> Bool {
        let (small, large) = left.count <= right.count ? (left, right) : (right, left)
        guard small.count >= 2, small.count <= comparedAtMost, large.count <= comparedAtMost else { return false }
        let shared: Int
        if small.isASCII, large.isASCII {
            shared = (0..<small.count).count { large.contains(small.bytes($0)) }
        } else {
            // Two spellings of one letter are one text.
            let texts = Set((0..<large.count).map(large.string))
            shared = (0..<small.count).count { texts.contains(small.string($0)) }
        }
        return shared >= 2 && shared * 2 >= small.count
    }

    private static let comparedAtMost = 20_000

    /// Whether all texts have a year in them, as dates and periods have.
    static func speakOfDays(_ texts: KeyDictionary) -> Bool {
        texts.count <= 10_000
            && texts.strings.allSatisfy { text in
                var digits = 0
                for byte in text.utf8 {
                    digits = NumberShape.isDigit(byte) ? digits + 1 : 0
                    if digits == 4 { return true }
                }
                return false
            }
    }

    /// Whether no two rows have the same texts in all of some columns.
    static func areUnique(_ columns: [KeyDictionary], rowCount: Int) -> Bool {
        guard rowCount > 1 else { return true }
        if RowOrdinals(columns.map { ($0.count, $0.rows) }, rowCount: rowCount)?.areAscending == true {
            return true
        }
        guard let numbering = RowNumbering(columns, rowCount: rowCount) else { return true }
        return numbering.isEachOnce
    }

    /// How many different combinations of texts the rows have.
    static func combinations(_ columns: [KeyDictionary], rowCount: Int) -> Int {
        RowNumbering(columns, rowCount: rowCount)?.differentCount ?? rowCount
    }

    /// Whether columns cross: more than half of all combinations of their texts stand in the file.
    static func cross(_ columns: [KeyDictionary], rowCount: Int) -> Bool {
        var size = 1
        for column in columns {
            let (product, overflow) = size.multipliedReportingOverflow(by: max(1, column.count))
            if overflow { return false }
            size = product
        }
        if columns.contains(where: { $0.count < 2 }) { return false }
        return size / 2 <= rowCount && combinations(columns, rowCount: rowCount) * 2 > size
    }
}

/// Each row's combination of texts as one number.
private struct RowNumbering {
    private var ordinals: [UInt64]
    private let size: Int

    /// Nil where there are more combinations than can be numbered.
    init?(_ columns: [KeyDictionary], rowCount: Int) {
        var size = 1
        ordinals = [UInt64](repeating: 0, count: rowCount)
        for column in columns {
            let (product, overflow) = size.multipliedReportingOverflow(by: max(1, column.count))
            if overflow { return nil }
            let step = UInt64(size)
            size = product
            // The sum stays below the size, which fits an Int, so that nothing wraps.
            ordinals.withUnsafeMutableBufferPointer { sums in
                let sums = UnsafeMutableBufferPointer(rebasing: sums[..<min(rowCount, column.rows.count)])
                column.rows.add(from: 0, times: step, to: sums)
            }
        }
        self.size = size
    }

    /// A bit a combination where that takes less than the ordinals themselves.
    private var usesBits: Bool { size / 64 <= ordinals.count }

    var isEachOnce: Bool {
        if usesBits {
            var bits = [UInt64](repeating: 0, count: size / 64 + 1)
            for ordinal in ordinals {
                let (word, bit) = (Int(ordinal / 64), UInt64(1) << (ordinal % 64))
                if bits[word] & bit != 0 { return false }
                bits[word] |= bit
            }
            return true
        }
        var seen = Set<UInt64>(minimumCapacity: min(ordinals.count, 1 << 16))
        for ordinal in ordinals where !seen.insert(ordinal).inserted { return false }
        return true
    }

    var differentCount: Int {
        guard usesBits else { return Set(ordinals).count }
        var bits = [UInt64](repeating: 0, count: size / 64 + 1)
        for ordinal in ordinals { bits[Int(ordinal / 64)] |= 1 << (ordinal % 64) }
        return bits.reduce(0) { $0 + $1.nonzeroBitCount }
    }
}
