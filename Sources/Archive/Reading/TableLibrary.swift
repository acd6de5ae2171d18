internal import Annals
internal import TableCoding

/// Gives tables from the cache, or reads them from content.
struct TableLibrary {
    let cache: TableCache
    let stored: StoredContent

    func table(_ content: TableContent, period: Period) throws(ArchiveError) -> Table {
        // The parts first, so that they are used after nothing that holds them.
        let keySpace = try keySpace(content.keySpace)
        let presence = try presence(content, size: keySpace.size)
        let key = TableCache.Key.table(content, period)
        if case .table(let table)? = cache[key] { return table }
        let heading = try TableCodec.heading(content.heading, from: stored)
        let cells = try TableCodec.cells(content, from: stored)
        let table = try ArchiveError.of { () throws(CodingError) in
            try TableCodec.table(
                period: period, heading: heading, keySpace: keySpace, presence: presence, cells: cells)
        }
        cache.insert(.table(table), under: key)
        return table
    }

    func keySpace(_ digest: Digest) throws(ArchiveError) -> KeySpace {
        if case .keySpace(let keySpace)? = cache[.keySpace(digest)] { return keySpace }
        let keySpace = try TableCodec.keySpace(digest, from: stored)
        cache.insert(.keySpace(keySpace), under: .keySpace(digest))
        return keySpace
    }

    private func presence(_ content: TableContent, size: Int) throws(ArchiveError) -> Presence {
        guard let names = content.presence else { return .dense }
        if case .ordinals(let ordinals)? = cache[.ordinals(names)] {
            guard ordinals.last.map({ $0 < UInt64(size) }) ?? true else {
                throw .malformed("presence", "ordinal out of range")
            }
            return .sparse(ordinals)
        }
        let ordinals = try TableCodec.ordinals(names, below: size, from: stored)
        cache.insert(.ordinals(ordinals), under: .ordinals(names))
        return .sparse(ordinals)
    }
}
