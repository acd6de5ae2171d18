/// The different contents of a text column, numbered as they come, and each row's number.
///
/// A class, so that the scan changes it in place, and so that its buffers are freed with it.
final class KeyDictionary {
    /// The entry of each row.
    let rows = EntryRows()
    /// The row in which each entry stands first.
    private let firstRows = ColumnBuffer<Int>()
    /// Contents of all entries, one behind another.
    private let arena = ColumnBuffer<UInt8>()
    /// *Shape:* entries + 1; where each entry begins in ``arena``.
    private let starts = ColumnBuffer<Int>()
    /// *Shape:* one an entry: the entry that followed it last time.
    private let successors = ColumnBuffer<UInt32>()
    /// *Shape:* one an entry: how it may stand in the file and still be told by its bytes alone.
    private let forms = ColumnBuffer<UInt8>()
    /// Entry + 1 by open addressing, 0 where free; a power of two, at most half full.
    private let slots = ColumnBuffer<UInt32>(repeating: 0, count: 64)
    private let hashes = ColumnBuffer<UInt64>()
    private let delimiter: UInt8

    init(delimiter: UInt8) {
        self.delimiter = delimiter
        starts.append(0)
    }

    deinit {
        arena.deallocate()
        starts.deallocate()
        successors.deallocate()
        forms.deallocate()
        firstRows.deallocate()
        slots.deallocate()
        hashes.deallocate()
    }

    /// How many different contents there are.
    var count: Int { firstRows.count }

    /// Gives away each row's entry: the dictionary keeps its texts and has no rows any more.
    func takeRows() -> EntryRows { rows.take() }

    func index(ofRow row: Int) -> Int { Int(rows[row]) }

    func reserve(rows count: Int) { rows.buffer.reserve(count) }

    /// The row in which an entry stands first.
    func firstRow(_ entry: Int) -> Int {
        precondition(entry < count, "an entry that is there")
        return firstRows.base[entry]
    }

    /// The content of an entry; until the next append.
    func bytes(_ entry: Int) -> UnsafeBufferPointer<UInt8> {
        precondition(entry < count, "an entry that is there")
        return UnsafeBufferPointer(rebasing: arena.values[starts.base[entry]..<starts.base[entry + 1]])
    }

    func string(_ entry: Int) -> String { String(decoding: bytes(entry), as: UTF8.self) }

    var strings: [String] { (0..<count).map(string) }

    /// What the scan's short path works on.
    var lane: KeyLane {
        KeyLane(rows: rows.buffer, arena: arena, starts: starts, successors: successors, forms: forms)
    }

    /// Appends a row with some content; returns its entry.
    func append(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let entry = self.entry(bytes, firstRow: rows.buffer.count)
        // Bounds: the entry of a row is below the number of entries.
        if let above = rows.buffer.newest { successors.base[Int(above)] = entry }
        rows.buffer.append(entry)
        return entry
    }

    /// Appends the rows of a dictionary that was filled from the rows that follow, and has none afterwards.
    func append(_ following: KeyDictionary) {
        let count = rows.count
        let entries = (0..<following.count).map { entry in
            self.entry(following.bytes(entry), firstRow: count + following.firstRow(entry))
        }
        let added = following.takeRows()
        rows.buffer.append(added.buffer, as: entries)
    }

    /// The same rows with another text for each entry; entries that get the same text are one.
    ///
    /// - Parameter texts: *Shape:* one an entry.
    /// - Returns: A dictionary of its own.
    func replacing(_ texts: [String]) -> KeyDictionary {
        let other = KeyDictionary(delimiter: delimiter)
        let entries = texts.enumerated().map { place, text in
            FieldText.withBytes(of: text) { other.entry($0, firstRow: firstRow(place)) }
        }
        other.rows.buffer.append(rows.buffer, as: entries)
        return other
    }

    private func entry(_ bytes: UnsafeBufferPointer<UInt8>, firstRow: Int) -> UInt32 {
        let hash = Self.hash(bytes)
        let slot = slot(of: bytes, hash: hash)
        // Bounds: a slot is below their count.
        if slots.base[slot] != 0 { return slots.base[slot] - 1 }
        let entry = UInt32(count)
        slots.base[slot] = entry + 1
        hashes.append(hash)
        firstRows.append(firstRow)
        arena.append(contentsOf: bytes)
        starts.append(arena.count)
        successors.append(entry)
        rows.buffer.makeRoom(for: entry)
        forms.append(KeyLane.forms(of: bytes, delimiter: delimiter))
        if count * 2 > slots.count { grow() }
        return entry
    }

    /// Whether some row has that content.
    func contains(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        slots.base[slot(of: bytes, hash: Self.hash(bytes))] != 0
    }

    /// Whether nothing beyond ASCII stands in any row, so that two contents are the same text only where their bytes are.
    var isASCII: Bool { arena.values.allSatisfy { $0 < 0x80 } }

    /// The slot of a content, or the free one that would be its own.
    private func slot(of bytes: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        // Bounds: masked, a slot is below their count; what stands in one is an entry's number.
        while slots.base[slot] != 0 {
            let entry = Int(slots.base[slot] - 1)
            if hashes.base[entry] == hash, isEqual(entry, bytes) { break }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private func isEqual(_ entry: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let own = self.bytes(entry)
        guard own.count == bytes.count else { return false }
        guard let left = own.baseAddress, let right = bytes.baseAddress else { return true }
        return KeyLane.areEqual(left, right, bytes.count)
    }

    private func grow() {
        let mask = slots.count * 2 - 1
        slots.refill(with: 0, count: mask + 1)
        for (entry, hash) in hashes.values.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & mask
            // Bounds: masked, a slot is below their count.
            while slots.base[slot] != 0 { slot = (slot + 1) & mask }
            slots.base[slot] = UInt32(entry) + 1
        }
    }

    /// Eight bytes at a step, the multiplication of wyhash between them.
    ///
    /// The seed is fixed: entries are numbered as they come, so a chosen collision costs time at most, bounded by the
    /// limit on categories and by the reader's own time limit.
    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash = UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
        let raw = UnsafeRawBufferPointer(bytes)
        var index = 0
        // Bounds: eight bytes are read only where eight are left.
        while index + 8 <= raw.count {
            hash = mix(hash ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            index += 8
        }
        var tail: UInt64 = 0
        while index < raw.count {
            tail = tail << 8 | UInt64(raw[index])
            index += 1
        }
        return mix(hash ^ tail)
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        let product = (value ^ 0xE703_7ED1_A0B4_28DB).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
        return product.high ^ product.low
    }
}
