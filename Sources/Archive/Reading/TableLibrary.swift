internal import Annals

/// Gives tables from the cache, or reads them from content.
struct TableLibrary {
    let cache: TableCache
    let reader: ContentReader

    func table(_ content: Vintage.Content, period: Period) throws(ArchiveError) -> Table {
        // The parts first, so that they are used after nothing that holds them.
        let keySpace = try keySpace(content.keySpace)
        let presence = try presence(content, size: keySpace.size)
        let key = TableCache.Key.table(content, period)
        if case .table(let table)? = cache[key] { return table }
        let table = try TableCodec.table(
            period: period, heading: TableCodec.heading(content.heading, from: reader), keySpace: keySpace,
            presence: presence, cells: TableCodec.cells(content, from: reader))
        cache.insert(.table(table), under: key)
        return table
    }

    func keySpace(_ digest: Digest) throws(ArchiveError) -> KeySpace {
        if case .keySpace(let keySpace)? = cache[.keySpace(digest)] { return keySpace }
        let keySpace = try TableCodec.keySpace(digest, from: reader)
        cache.insert(.keySpace(keySpace), under: .keySpace(digest))
        return keySpace
    }

    private func presence(_ content: Vintage.Content, size: Int) throws(ArchiveError) -> Presence {
        guard let names = content.presence else { return .dense }
        if case .ordinals(let ordinals)? = cache[.ordinals(names)] {
            guard ordinals.last.map({ $0 < UInt64(size) }) ?? true else {
                throw .malformed("presence", "ordinal out of range")
            }
            return .sparse(ordinals)
        }
        let ordinals = try TableCodec.ordinals(names, below: size, from: reader)
        cache.insert(.ordinals(ordinals), under: .ordinals(names))
        return .sparse(ordinals)
    }
}
