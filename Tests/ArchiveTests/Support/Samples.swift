import Annals
import RecordLog
import Synchronization

@testable import Archive

/// Small tables and drops for tests.
enum Samples {
    static let dataset = DatasetID("net-migration")!

    static func dimension(_ id: String, _ count: Int, isMeasure: Bool = false) -> Dimension {
        Dimension(
            id: id, label: id.uppercased(),
            categories: (0..<count).map { Category(code: "\(id)\($0)", label: "Label of \($0)") }, isMeasure: isMeasure)
    }

    /// A dense table of so many cells that count up from `first`.
    static func table(year: Int = 2011, cells count: Int = 6, first: Int64 = 1, notes: [String] = []) -> Table {
        let keySpace = KeySpace([dimension("region", count)])!
        var builder = CellsBuilder()
        for index in 0..<count { _ = builder.append(first + Int64(index), .plain) }
        return Table(
            title: "Net migration \(year)", period: Period(year: year), notes: notes,
            measures: [Measure(code: "persons", unit: "persons", kind: .net, isAdditive: true)], keySpace: keySpace,
            presence: .dense, cells: builder.finish())
    }

    /// A sparse table with two measures, all sorts of marks, and labels that differ from their codes or don't.
    static func mixed(year: Int = 2011) -> Table {
        var region = dimension("region", 40)
        region.categories[3].label = region.categories[3].code
        region.categories[4].aliases = ["Østfold", "Ostfold"]
        region.totalCode = "region0"
        let keySpace = KeySpace([region, dimension("measure", 2, isMeasure: true)])!
        let ordinals = (0..<UInt64(80)).filter { $0 % 7 != 3 }
        var builder = CellsBuilder()
        for ordinal in ordinals {
            switch ordinal % 5 {
            case 0: _ = builder.append(0, Mark(.nilFigure, glyph: "-"))
            case 1: _ = builder.append(Int64.max - Int64(ordinal), Mark(.value, flags: [.provisional, .derived]))
            case 2: _ = builder.append(Int64.min + Int64(ordinal), .plain)
            case 3: _ = builder.append(0, Mark(.confidential, glyph: ":"))
            default: _ = builder.append(Int64(ordinal) - 40, Mark(.value, flags: .revised, glyph: "r"))
            }
        }
        return Table(
            title: "Mixed", period: Period(year: year, label: "\(year)-12", kind: .flow), notes: ["1) A note.", ""],
            measures: [
                Measure(code: "measure0", label: "Persons", unit: "persons", multiplier: 3, kind: .count),
                Measure(code: "measure1", multiplier: -2, decimals: 2, kind: .rate, isAdditive: false),
            ], keySpace: keySpace, presence: .sparse(ordinals), cells: builder.finish())
    }

    static func audits() -> [Audit] {
        [
            Audit(
                identity: .total(dimension: "region", code: "region0"), origin: .inferred, result: .holds, checked: 19),
            Audit(
                identity: .zeroSum(over: "region", dimension: "sex", code: "total"), origin: .declared,
                result: .failed, checked: 3, unchecked: 2, failed: 1,
                imbalances: [.init(at: ["region1", "total"], expected: -5, found: 7, decimals: 2)],
                findings: ["consistent with region1 being 96, not 69"]),
            Audit(
                identity: .antisymmetric(row: "region", column: "counterpart"), origin: .bound,
                result: .withinRounding, checked: 171),
        ]
    }

    /// A file of that content, named after its number.
    static func claim(_ source: [UInt8], number: Int = 1) -> ClaimKey {
        ClaimKey(
            path: Array("in/file-\(number).txt".utf8), device: 7, inode: UInt64(number), size: Int64(source.count),
            mtimeNanoseconds: 1_000_000_007, ctimeNanoseconds: -5, sha256: ContentHasher.digest(of: source))
    }

    /// A prepared drop of those tables; its bytes are different for every number.
    static func drop(
        _ tables: [Table], number: Int = 1, dataset: DatasetID = dataset, published: Instant? = nil,
        sidecar: Sidecar? = nil, sidecarBytes: [UInt8]? = nil, audits: [Audit] = [], findings: [Finding] = []
    ) throws(ArchiveError) -> PreparedDrop {
        let source = Array("file number \(number)\n".utf8)
        let read = ReadDrop(
            dataset: dataset, title: "Net migration", source: source,
            years: tables.map { ReadYear(table: $0, audits: audits, findings: findings) }, reader: "delimited",
            encoding: "utf-8", dialect: "generic", published: published)
        return try PreparedDrop(
            claim: claim(source, number: number), content: .read(read), sidecar: sidecar, sidecarBytes: sidecarBytes)
    }

    static func quarantined(number: Int = 1) throws(ArchiveError) -> PreparedDrop {
        try PreparedDrop(
            claim: claim(Array("noise \(number)".utf8), number: number),
            content: .quarantined(reason: Reason("no table in it", line: 3, column: 4, found: "noise", remedy: "x")))
    }
}

/// A clock that goes on by a second each time it is asked, or is set.
final class TestClock: Sendable {
    private let now = Mutex(Int64(1_700_000_000_000_000))

    func set(_ microseconds: Int64) { now.withLock { $0 = microseconds } }

    var read: @Sendable () -> Instant {
        { [self] in
            now.withLock { now in
                now += 1_000_000
                return Instant(microseconds: now)
            }
        }
    }
}

extension Table {
    /// The same table with its palette sorted, unused marks gone: what decoding a table and making it have in common.
    var canonical: Table {
        let used = Set(cells.marks).map { cells.palette[Int($0)] }
        let palette = Set(used).sorted()
        let places = cells.palette.map { mark in UInt16(palette.firstIndex(of: mark) ?? 0) }
        var table = self
        table.cells = Cells(values: cells.values, marks: cells.marks.map { places[Int($0)] }, palette: palette)
        return table
    }
}

extension RecordLog {
    /// A log with the same frames, each as `change` has it; nil leaves one out.
    func forged(on kind: LogKind, _ change: (StoredFrame) -> Frame?) throws -> any RecordLog {
        let copy = try kind.log()
        var frames: [Frame] = []
        for sequence in 1...max(head, 1) where head > 0 {
            if let frame = change(try frame(at: sequence)) { frames.append(frame) }
        }
        if !frames.isEmpty { _ = try copy.append(frames, expectedHead: 0) }
        return copy
    }

    func count(of kind: FrameKind) throws -> Int {
        try (1...max(head, 1)).count { try head > 0 && frame(at: $0).kind == kind }
    }
}
