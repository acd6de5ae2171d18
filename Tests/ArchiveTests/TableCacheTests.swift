import Annals
import RecordLog
import TableCoding
import TestSupport
import Testing

@testable import Archive

@Suite struct TableCacheTests {
    private func name(_ number: UInt8) -> TableCache.Key { .keySpace(ContentHasher.digest(of: [number])) }

    @Test func `the limit holds, and the least recently used go`() {
        let cache = TableCache(limit: 100_000)
        let item = TableCache.Item.ordinals([UInt64](repeating: 0, count: 2500))
        for number: UInt8 in 0..<4 { cache.insert(item, under: name(number)) }
        #expect(cache[name(0)] != nil)
        cache.insert(item, under: name(4))
        #expect(cache.byteCount <= 100_000)
        #expect(cache[name(0)] != nil && cache[name(4)] != nil)
        #expect(cache[name(1)] == nil)
    }

    @Test func `what is too large alone isn't kept, and what is kept twice counts once`() {
        let cache = TableCache(limit: 1000)
        cache.insert(.ordinals([UInt64](repeating: 0, count: 2500)), under: name(1))
        #expect(cache.byteCount == 0 && cache[name(1)] == nil)
        cache.insert(.ordinals([1, 2]), under: name(1))
        let byteCount = cache.byteCount
        cache.insert(.ordinals([1, 2]), under: name(1))
        #expect(cache.byteCount == byteCount)
    }

    @Test func `an archive keeps within its limit, whatever is read`() throws {
        var options = ArchiveOptions()
        options.cacheBytes = 200_000
        let archive = try Archive(log: MemoryLog(), options: options, clock: TestClock().read)
        for year in 1990..<2030 {
            _ = try archive.commit(
                Samples.drop([Samples.table(year: year, cells: 2000, first: Int64(year))], number: year))
        }
        for year in archive.catalog.years(Samples.dataset) {
            let table = try archive.table(#require(archive.catalog.current(Samples.dataset, year)))
            #expect(table.cells.values.first == Int64(year))
            #expect((1...200_000).contains(archive.cachedByteCount))
        }
    }
}
