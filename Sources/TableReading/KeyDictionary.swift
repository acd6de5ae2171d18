/// The different contents of a text column, numbered as they come, and each row's number.
///
/// A class, so that the scan changes it in place.
final class KeyDictionary {
    /// *Shape:* one a row.
    private(set) var indices: [UInt32] = []
    /// The row in which each entry stands first.
    private(set) var firstRows: [Int] = []
    /// Contents of all entries, one behind another.
    private var arena: [UInt8] = []
    /// *Shape:* entries + 1; where each entry begins in ``arena``.
    private var starts: [Int] = [0]
    /// Open addressing; entry + 1, 0 where free.
    ///
    /// A power of two, at most half full.
    private var slots = [UInt32](repeating: 0, count: 64)
    private var hashes: [UInt64] = []

    /// How many different contents there are.
    var count: Int { firstRows.count }

    func reserve(rows: Int) { indices.reserveCapacity(rows) }

    func string(_ entry: Int) -> String { String(decoding: arena[starts[entry]..<starts[entry + 1]], as: UTF8.self) }

    var strings: [String] { (0..<count).map(string) }

    /// Appends a row that has the same content as the one before.
    @inline(__always)
    func repeatLast(_ index: UInt32) { indices.append(index) }

    /// Appends a row with some content; returns its number.
    func append(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let hash = Self.hash(bytes)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let entry = Int(slots[slot] - 1)
            if hashes[entry] == hash, isEqual(entry, bytes) {
                indices.append(UInt32(entry))
                return UInt32(entry)
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        let entry = UInt32(count)
        slots[slot] = entry + 1
        hashes.append(hash)
        firstRows.append(indices.count)
        arena.append(contentsOf: bytes)
        starts.append(arena.count)
        indices.append(entry)
        if count * 2 > slots.count { grow() }
        return entry
    }

    private func isEqual(_ entry: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let length = starts[entry + 1] - starts[entry]
        return length == bytes.count && arena[starts[entry]..<starts[entry + 1]].elementsEqual(bytes)
    }

    private func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for (entry, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(entry) + 1
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
        let product = value.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
        return product.high ^ product.low
    }
}
