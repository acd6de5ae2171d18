internal import Annals
internal import Synchronization
internal import TableCoding

/// Decoded tables and their parts, within a limit of bytes; the least recently used go first.
///
/// Key spaces and ordinals are entries of their own that tables share. Who uses a table uses its parts too, so a part
/// never goes before the tables that hold it, and what is counted is what is held.
final class TableCache: Sendable {
    /// Names of content, so an entry never goes stale.
    enum Key: Hashable, Sendable {
        case table(TableContent, Period)
        case keySpace(Digest)
        case ordinals([Digest])
    }

    enum Item: Sendable {
        case table(Table)
        case keySpace(KeySpace)
        case ordinals([UInt64])
    }

    private struct Entry {
        let item: Item
        let byteCount: Int
        var lastUse: UInt64
    }

    private struct Shelf {
        var entries: [Key: Entry] = [:]
        var byteCount = 0
        var clock: UInt64 = 0
    }

    private let limit: Int
    private let shelf = Mutex(Shelf())

    /// - Parameter limit: In bytes; 0 keeps nothing.
    init(limit: Int) { self.limit = limit }

    /// How many bytes the entries are counted as.
    var byteCount: Int { shelf.withLock { $0.byteCount } }

    subscript(key: Key) -> Item? {
        shelf.withLock { shelf in
            shelf.clock += 1
            // Names are many digests long: one is hashed once.
            guard let place = shelf.entries.index(forKey: key) else { return nil }
            shelf.entries.values[place].lastUse = shelf.clock
            return shelf.entries.values[place].item
        }
    }

    /// Keeps an item, unless it alone would fill the cache.
    func insert(_ item: Item, under key: Key) {
        let byteCount = Self.byteCount(of: item)
        guard byteCount <= limit else { return }
        shelf.withLock { shelf in
            shelf.clock += 1
            let replaced = shelf.entries.updateValue(
                Entry(item: item, byteCount: byteCount, lastUse: shelf.clock), forKey: key)
            shelf.byteCount += byteCount - (replaced?.byteCount ?? 0)
            if shelf.byteCount > limit { Self.shrink(&shelf, to: limit - limit / 8) }
        }
    }

    /// An eighth at once, so that the sorting is paid for by many insertions.
    private static func shrink(_ shelf: inout Shelf, to target: Int) {
        for (key, entry) in shelf.entries.sorted(by: { $0.value.lastUse < $1.value.lastUse }) {
            if shelf.byteCount <= target { return }
            shelf.entries[key] = nil
            shelf.byteCount -= entry.byteCount
        }
    }

    private static func byteCount(of item: Item) -> Int {
        switch item {
        case .table(let table):
            // Figures and marks; the title, the notes and the names of the chunks are small beside an entry's own.
            10 * table.cells.count + table.notes.reduce(512) { $0 + 32 + $1.utf8.count } + 64
                * table.cells.palette.count
        case .keySpace(let keySpace):
            keySpace.dimensions.reduce(256) { $0 + $1.categories.reduce(128) { $0 + byteCount(of: $1) } }
        case .ordinals(let ordinals): 128 + 8 * ordinals.count
        }
    }

    /// Two strings and an array in line; longer texts have memory of their own.
    private static func byteCount(of category: Category) -> Int {
        ([category.code, category.label] + category.aliases + category.attributes).reduce(48) { sum, text in
            sum + (text.utf8.count > 15 ? 48 + text.utf8.count : 0)
        }
    }
}
