import Annals
import Archive
import Crypto
import ControlServer
import Definitions
import Glibc
import RecordLog
import StableStorage
import Synchronization
import TableCoding
import TestSupport
import Testing

/// Puts plain tables into a real archive on a real disk.
final class HistoryArchive {
    static let dataset = DatasetID("history")!

    private let directory = ScratchDirectory()
    /// Where answers are kept.
    private let state = ScratchDirectory()
    private var archive: Archive
    private let drops: RandomDrops

    init(_ drops: RandomDrops) throws {
        archive = try Self.open(directory.path)
        self.drops = drops
    }

    /// Whose clock goes on by a second each time it is asked.
    private static func open(_ path: String) throws -> Archive {
        let seconds = Mutex(Int64(1_700_000_000))
        return try Archive(log: SegmentedLog(directory: POSIXDirectory(path: path))) {
            Instant(
                microseconds: seconds.withLock { now in
                    now += 1
                    return now * 1_000_000
                })
        }
    }

    func record(_ drop: PlainHistory.Drop) throws -> [DropEntry] {
        let source = Array("\(archive.catalog.head.sequence)".utf8)
        let facts = DropFacts(
            dataset: Self.dataset, title: "History", reader: "delimited", encoding: "UTF-8", dialect: "generic")
        let sidecar = Sidecar(
            kind: drop.kind.flatMap(Sidecar.Kind.init), stage: drop.stage.flatMap(Sidecar.Stage.init),
            reason: "Whatever it is, it is meant.",
            published: drop.published.map { Instant(microseconds: $0.microseconds) })
        let examined = try Examined(
            claim(source), bytes: source, facts: facts, sidecar: sidecar, measuresAreDeclared: true,
            decimalsAreDeclared: drops.decimalsAreDeclared,
            years: drop.tables.map { ($0.table, $0.audits, []) })
        let batch = try archive.begin(translating: CodeTranslation { _, _, table, _ in Set(table.codes) })
        try batch.add(examined)
        return try batch.commit().flatMap(\.self)
    }

    func quarantine() throws {
        _ = try archive.commit(Examined(claim([]), refused: Reason("It is empty.")))
    }

    private func claim(_ source: [UInt8]) -> SourceRef {
        SourceRef(
            path: Array("history.csv".utf8), device: 1, inode: archive.catalog.head.sequence, size: Int64(source.count),
            mtimeNanoseconds: 0, ctimeNanoseconds: 0, sha256: Digest(bytes: SHA256.hash(data: source))!)
    }

    var catalog: Catalog { archive.catalog }

    /// The log read again from its beginning, with the concordance bound to the dataset.
    ///
    /// - Parameters:
    ///   - keeps: Whether what is answered about versions is kept for the next time.
    ///   - tolerates: Whether changes by one are not material.
    /// - Returns: What serves it.
    /// - Throws: What opening it throws.
    func served(keeps: Bool = false, tolerates: Bool = false) throws -> StandInBackend {
        var definition = "dataset: history\n" + (tolerates ? "material: {absolute: 1}\n" : "")
        var files: [(String, String)] = []
        if let concordance = drops.concordance {
            let dimensions = concordance.dimensions.joined(separator: ", ")
            definition += "concordance: {name: regions, dimensions: [\(dimensions)]}\n"
            let links = concordance.links.map { link in
                "\(link.validFrom),\(link.from),\(link.to),\(link.scope.rawValue),\(link.size.map { "\($0)" } ?? "")\n"
            }
            let heading = "# title: Regions\nvalid_from,from_code,to_code,scope,size\n"
            files.append(("concordances/regions.csv", heading + links.joined()))
        }
        files.append(("datasets.d/history.yaml", definition))
        try reopen()
        let kept = keeps ? ChangeFile(in: try POSIXDirectory(path: state.path)) : nil
        return StandInBackend(archive, definitions: try Definitions.load(directory: files), changes: kept)
    }

    private func reopen() throws {
        try close()
        archive = try Self.open(directory.path)
    }

    /// The log is locked as long as somebody has it open.
    private func close() throws { archive = try Archive(log: MemoryLog()) { Instant(microseconds: 0) } }

    /// Overwrites content wherever it stands, in the log and in its second copies.
    func damage(_ contents: [Annals.Digest]) throws {
        try close()
        for name in try POSIXDirectory(path: directory.path).list() {
            let file = Glibc.open(directory.path + "/" + name, O_RDWR)
            guard file >= 0 else { continue }
            defer { Glibc.close(file) }
            var bytes = [UInt8](repeating: 0, count: Int(lseek(file, 0, SEEK_END)))
            try #require(pread(file, &bytes, bytes.count, 0) == bytes.count)
            // A frame's header has 32 bytes and begins so; a blob's payload begins with its name.
            for start in bytes.indices.dropLast(72) where bytes[start...].starts(with: [0x41, 0x46, 1]) {
                guard contents.contains(where: { bytes[(start + 32)...].starts(with: $0.bytes) }) else { continue }
                let noise = [UInt8](repeating: 0xA5, count: 4)
                try #require(pwrite(file, noise, 4, off_t(start + 32 + Annals.Digest.byteCount)) == 4)
            }
        }
        try reopen()
    }

    /// Gives up what is damaged.
    func repair() throws { #expect(try archive.repair(acceptLoss: true).isRepaired) }
}

extension PlainTable {
    fileprivate var audits: [Audit] {
        guard isAntisymmetric else { return [] }
        let identity = Identity.antisymmetric(row: dimensions[0].id, column: dimensions[1].id)
        return [Audit(identity: identity, origin: .inferred, result: .holds, checked: cells.count)]
    }

    /// The same as the program has it.
    fileprivate var table: Table {
        let keySpace = KeySpace(
            dimensions.map { dimension in
                Annals.Dimension(
                    id: dimension.id, label: dimension.id,
                    categories: dimension.codes.map { Category(code: $0, label: dimension.label(of: $0)) },
                    totalCode: dimension.codes.contains { $0 == dimension.total } ? dimension.total : nil,
                    isMeasure: dimension.id == measureDimension)
            })!
        var cells = CellsBuilder()
        var ordinals: [UInt64] = []
        for key in keys {
            let cell = self.cells[key]!
            let flags = cell.flags.reduce(into: CellFlags()) { $0.formUnion(CellFlags(code: $1)!) }
            _ = cells.append(Int64(cell.value), Mark(CellStatus(code: cell.status)!, flags: flags))
            ordinals.append(UInt64(keySpace.ordinal(ofCodes: key)!))
        }
        let measures = measures.map { measure in
            Annals.Measure(
                code: measure.code, unit: measure.unit, decimals: measure.decimals,
                kind: measure.kind.map { Annals.Measure.Kind(rawValue: $0)! }, isAdditive: measure.isAdditive)
        }
        return Table(
            title: "History", period: Period(year: year), notes: notes, measures: measures,
            keySpace: keySpace, presence: ordinals.count == keySpace.size ? .dense : .sparse(ordinals),
            cells: cells.finish())
    }
}
