import Annals
import Archive
import Crypto
import RecordLog
import Synchronization
import TableCoding
import Testing

/// Small tables in an archive in memory.
enum SampleArchive {
    static let dataset = DatasetID("crops")!

    /// region × crop; the regions' total is declared.
    static func table(
        _ year: Int, _ figures: [[Int64?]], regions: [String] = ["n", "s", "all"], decimals: Int = 1,
        unit: String? = "tonnes", kind: Measure.Kind? = .count
    ) throws -> Table {
        let crops = ["rye", "oats"]
        let labels = ["n": "North", "s": "South", "all": "All"]
        let keySpace = try #require(
            KeySpace([
                Dimension(
                    id: "region", label: "Region",
                    categories: regions.map { Category(code: $0, label: labels[$0] ?? $0) },
                    totalCode: regions.contains("all") ? "all" : nil),
                Dimension(id: "crop", label: "Crop", categories: crops.map { Category(code: $0, label: $0) }),
            ]))
        var cells = CellsBuilder()
        for figure in figures.flatMap({ $0 }) {
            _ = figure.map { cells.append($0, .plain) } ?? cells.append(0, Mark(.confidential, glyph: ":"))
        }
        return Table(
            title: "Crops", period: Period(year: year), notes: ["A note."],
            measures: [Measure(code: "harvest", unit: unit, decimals: decimals, kind: kind)], keySpace: keySpace,
            presence: .dense, cells: cells.finish())
    }

    /// Rows × 100 cells, many pieces of an answer.
    static func large(rows: Int) throws -> Table {
        let keySpace = try #require(
            KeySpace([
                Dimension(
                    id: "row", label: "Row", categories: (0..<rows).map { Category(code: "r\($0)", label: "Row \($0)") }
                ),
                Dimension(
                    id: "column", label: "Column",
                    categories: (0..<100).map { Category(code: "c\($0)", label: "Column \($0)") }),
            ]))
        var cells = CellsBuilder(capacity: keySpace.size)
        for cell in 0..<keySpace.size { _ = cells.append(Int64(cell), .plain) }
        return Table(
            title: "Large", period: Period(year: 2011), notes: [], measures: [Measure(code: "count")],
            keySpace: keySpace, presence: .dense, cells: cells.finish())
    }

    /// An empty archive whose clock goes on by a second for each drop.
    static func empty() throws -> Archive {
        let seconds = Mutex(Int64(1_700_000_000))
        return try Archive(log: MemoryLog()) {
            Instant(
                microseconds: seconds.withLock { now in
                    now += 1
                    return now * 1_000_000
                })
        }
    }

    /// 2010; 2011 in two versions; a file in quarantine.
    static func filled() throws -> Archive {
        let archive = try empty()
        try drop(table(2010, [[10, 20], [30, 40], [40, 60]]), into: archive)
        try drop(table(2011, [[15, 20], [25, nil], [40, 60]]), into: archive)
        try drop(
            table(2011, [[15, 20], [35, nil], [50, 60]]), into: archive,
            sidecar: Sidecar(kind: .correction, reason: "A typing error"))
        try quarantine("bad\u{1B}.csv", Reason("It is empty.", line: 1, remedy: "Drop it whole."), in: archive)
        return archive
    }

    @discardableResult
    static func drop(
        _ table: Table, into archive: Archive, as dataset: DatasetID = dataset, sidecar: Sidecar? = nil
    ) throws -> [DropEntry] {
        let source = Array("\(table.hashValue)".utf8)
        let facts = DropFacts(
            dataset: dataset, title: table.title, reader: "delimited", encoding: "UTF-8", dialect: "generic")
        let audit = Audit(
            identity: .total(dimension: "region", code: "all"), origin: .declared, result: .holds, checked: 2)
        return try archive.commit(
            Examined(
                claim("crops-\(table.period.year).csv", of: source), bytes: source, facts: facts, sidecar: sidecar,
                years: [(table, [audit], [])]))
    }

    static func quarantine(_ name: String, _ reason: Reason, in archive: Archive) throws {
        _ = try archive.commit(Examined(claim(name, of: []), refused: reason))
    }

    private static func claim(_ name: String, of source: [UInt8]) throws -> SourceRef {
        SourceRef(
            path: Array(name.utf8), device: 1, inode: UInt64(name.utf8.count), size: Int64(source.count),
            mtimeNanoseconds: 0, ctimeNanoseconds: 0,
            sha256: try #require(Digest(bytes: SHA256.hash(data: source))))
    }
}
