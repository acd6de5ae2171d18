import Annals
import RecordLog
import TableCoding
import TestSupport
import Testing

@testable import Archive

@Suite struct ArchiveRevisionTests {
    @Test func `a revision of one cell in five million adds one chunk, the source and the commit`() throws {
        let log = MemoryLog()
        let archive = try Archive(log: log, clock: TestClock().read)
        let keySpace = KeySpace([Samples.dimension("region", 2500), Samples.dimension("counterpart", 2000)])!
        var table = Samples.table(cells: 1)
        table.keySpace = keySpace
        table.cells = Cells(
            values: (0..<5_000_000).map { Int64($0 &* 7 % 1009) }, marks: .init(repeating: 0, count: 5_000_000),
            palette: [.plain])
        _ = try archive.commit(Samples.drop([table], number: 1))
        let (before, bytesBefore) = (log.head, log.byteCount)
        var changed = table
        changed.cells.values[2_500_000] += 1
        let entries = try archive.commit(Samples.drop([changed], number: 2))
        #expect(entries.map(\.outcome) == [.revised])
        #expect(log.head == before + 3)
        let frames = try ((before + 1)...log.head).map { try log.frame(at: $0) }
        #expect(frames.map(\.kind) == [.blob, .blob, .commit])
        // Seventy-seven chunks, of which the commit names all, and one is new.
        let vintages = archive.catalog.vintages(Samples.dataset, 2011)
        #expect(vintages[0].content.chunks.count == 77)
        #expect(zip(vintages[0].content.chunks, vintages[1].content.chunks).count(where: !=) == 1)
        let added = log.byteCount - bytesBefore
        #expect(added < UInt64(frames[1].payload.count) + 77 * 32 + 1024 && added * 30 < bytesBefore)
        #expect(try archive.table(vintages[1]).cells.values == changed.cells.values)
    }

    @Test(arguments: LogKind.allCases)
    func `the years of a dataset share their key space and presence`(kind: LogKind) throws {
        let log = try kind.log()
        let archive = try Archive(log: log, clock: TestClock().read)
        _ = try archive.commit(Samples.drop([Samples.mixed(year: 2010), Samples.mixed(year: 2011)]))
        let contents = [2010, 2011].compactMap { archive.catalog.current(Samples.dataset, $0)?.content }
        #expect(contents[0] == contents[1])
        #expect(try log.count(of: .blob) == 5, "source, heading, keys, presence, cells")
    }

    @Test func `a cell that vanishes from a large sparse table leaves the other chunks alone`() throws {
        let count = 400_000
        let keySpace = KeySpace([Samples.dimension("a", 1000), Samples.dimension("b", 1000)])!
        func table(without gone: Int) -> Table {
            let ordinals = (0..<count).filter { $0 != gone }.map { UInt64($0 * 2) }
            return Table(
                title: "", period: Period(year: 2011), notes: [], measures: [Measure(code: "m")], keySpace: keySpace,
                presence: .sparse(ordinals),
                cells: Cells(
                    values: ordinals.map { Int64($0 % 97) }, marks: .init(repeating: 0, count: ordinals.count),
                    palette: [.plain]))
        }
        var writer = ContentWriter()
        let whole = try TableCodec.encode(table(without: -1), into: &writer)
        let less = try TableCodec.encode(table(without: 1000), into: &writer)
        #expect(whole.chunks.count > 6)
        #expect(Set(whole.chunks).symmetricDifference(less.chunks).count <= 4)
        #expect(Set(whole.presence ?? []).symmetricDifference(less.presence ?? []).count <= 4)
    }
}
