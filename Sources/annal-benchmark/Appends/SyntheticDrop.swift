import Annals
import Archive
import Glibc
internal import TableCoding

/// A drop of one made-up table, another one for every number: what a commit costs, without reading a file before.
struct SyntheticDrop {
    /// The file's bytes.
    var source: [UInt8]
    /// Tells one from another; also the year.
    var number: Int
    /// Of the table, a square.
    var side: Int
    var figures: [Int64]
    var audits: [Audit] = []

    /// Encoded, as a reader's result is handed to the archive.
    ///
    /// - Throws: `BenchmarkError` and `ArchiveError` where the table could not be recorded.
    func examined() throws -> Examined {
        guard let dataset = DatasetID("synthetic-\(number / Self.years)") else {
            throw BenchmarkError("a dataset could not be named")
        }
        let facts = DropFacts(
            dataset: dataset, title: "Synthetic", reader: "delimited", encoding: "utf-8", dialect: "generic")
        let file = SourceRef(
            path: Array("synthetic-\(number).csv".utf8), device: 1, inode: UInt64(number), size: Int64(source.count),
            sha256: ContentHasher.digest(of: source))
        return try Examined(file, bytes: source, facts: facts, years: [(try table(), audits, [])])
    }

    private static let years = 200

    private func table() throws -> Table {
        let dimensions = ["region", "counterpart"].map { id in
            Dimension(id: id, label: id, categories: (1...side).map { Category(code: "\($0)", label: "Region \($0)") })
        }
        guard let keySpace = KeySpace(dimensions), figures.count == side * side else {
            throw BenchmarkError("a table could not be made")
        }
        var cells = CellsBuilder(capacity: figures.count)
        for figure in figures where !cells.append(figure, .plain) {
            throw BenchmarkError("a cell could not be made")
        }
        return Table(
            title: "Synthetic", period: Period(year: 1800 + number % Self.years), notes: [],
            measures: [Measure(code: "persons", unit: "persons", kind: .count, isAdditive: true)], keySpace: keySpace,
            presence: .dense, cells: cells.finish())
    }
}

/// The time of day.
enum WallClock {
    /// Now, UTC.
    static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }
}
