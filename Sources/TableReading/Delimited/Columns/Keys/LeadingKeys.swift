/// The text columns at the front of a file, as far as a row has in them what the row above has.
///
/// Files are written in some order, so most rows begin with the very bytes that the row above begins with. As many columns
/// as these bytes hold whole, delimiter included, are the same in both, whatever quotes and spaces are among them: the same
/// bytes from the beginning of a row on are cut in the same way. Their rows aren't written one by one but in runs, when
/// something else comes.
struct LeadingKeys {
    /// *Shape:* one a leading column.
    private let lanes: [KeyLane]
    /// *Shape:* one a leading column: offset, from the beginning of the row above, of the delimiter that ends it.
    private var ends: [Int]
    /// Where the row above begins; -1 where there is none to be compared with.
    private var rowAbove = -1
    private let delimiter: UInt8

    /// - Parameters:
    ///   - targets: *Shape:* one a column of the file. The last one is no leading column: no delimiter ends it.
    ///   - delimiter: What ends the others.
    init(_ targets: [ColumnScan.Target], delimiter: UInt8) {
        self.delimiter = delimiter
        lanes = targets.dropLast().prefix { if case .key = $0 { true } else { false } }.compactMap { target in
            if case .key(let dictionary) = target { dictionary.lane } else { nil }
        }
        ends = [Int](repeating: 0, count: lanes.count)
    }

    /// Passes the columns that a row has in common with the row above, and the next one if it goes on as it did before;
    /// sees to it that the others have all rows above.
    ///
    /// - Parameters:
    ///   - text: The whole text.
    ///   - position: Where the row begins; moved behind what was passed.
    ///   - row: Its number.
    /// - Returns: How many columns were passed.
    @inline(__always)
    mutating func pass(_ text: UnsafeBufferPointer<UInt8>, _ position: inout Int, row: Int) -> Int {
        guard rowAbove >= 0, let last = ends.last else {
            writeAll(rows: row)
            return 0
        }
        let shared = Self.shared(text, rowAbove, position, atMost: last + 1)
        var passed = 0
        while passed < ends.count, ends[passed] < shared { passed += 1 }
        for column in passed..<lanes.count { lanes[column].rows.repeatNewest(to: row) }
        let start = position
        if passed > 0 { position += ends[passed - 1] + 1 }
        guard passed < lanes.count,
            let end = lanes[passed].advanceToSuccessor(text, position, delimiter: delimiter)
        else { return passed }
        ends[passed] = end - start
        position = end + 1
        return passed + 1
    }

    /// Takes down where a column ends that wasn't passed.
    @inline(__always)
    mutating func end(_ column: Int, at offset: Int) {
        if column < ends.count { ends[column] = offset }
    }

    /// Takes down where a row begins, for the next one; one with a line end in a field isn't compared with.
    @inline(__always)
    mutating func finish(row start: Int, isPlain: Bool) { rowAbove = isPlain ? start : -1 }

    /// Compares no row with the last one: others were appended behind it.
    mutating func forgetRow() { rowAbove = -1 }

    /// Writes the rows that all columns have.
    func writeAll(rows: Int) {
        for lane in lanes { lane.rows.repeatNewest(to: rows) }
    }

    /// How many bytes are the same from two places on.
    ///
    /// Bounds: the row above lies before the row, and every read from the row on is compared with the count.
    @inline(__always)
    private static func shared(
        _ text: UnsafeBufferPointer<UInt8>, _ above: Int, _ start: Int, atMost limit: Int
    ) -> Int {
        let raw = UnsafeRawBufferPointer(text)
        var shared = 0
        while shared < limit {
            guard start + shared + 8 <= raw.count else {
                while shared < limit, start + shared < raw.count, raw[above + shared] == raw[start + shared] {
                    shared += 1
                }
                return shared
            }
            let difference =
                raw.loadUnaligned(fromByteOffset: above + shared, as: UInt64.self)
                ^ raw.loadUnaligned(fromByteOffset: start + shared, as: UInt64.self)
            // The first byte in memory is the lowest.
            if difference != 0 { return shared + UInt64(littleEndian: difference).trailingZeroBitCount / 8 }
            shared += 8
        }
        return shared
    }
}
