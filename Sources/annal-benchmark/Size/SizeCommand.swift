import Annals
import Archive
import ArgumentParser
import Definitions
import Glibc
import Reading
import RecordLog
import StableStorage
import TableCoding

/// How many bytes of the log a cell takes, its source included.
struct SizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "size", abstract: "Bytes of the log a cell, the source included.",
        discussion: """
            Writes a CSV file of 5.76 million cells and many years of the founding table into the directory, and what \
            they hold as tidy CSV beside them; Benchmarks/size.py says what the same files take as Parquet and zstd.
            """)

    @Argument(help: "An empty directory.")
    var directory: String

    @Option(help: "How many years of the founding table.")
    var years = 100

    @Option(help: "Share of the large table; less than 1 for trying.")
    var share = 1.0

    func run() throws {
        let place = try POSIXDirectory(path: directory)
        let wide = try record(in: place, "wide") { folder, archive in
            let source = WideTable.csv(share: share)
            try write(source, to: "\(folder)/\(WideTable.name)")
            let examined = Examiner(definitions: .builtIn).examine(source, path: WideTable.name)
            _ = try archive.commit(examined)
            return (source.count, examined.tables?.cellCount ?? 0)
        }
        let pages = YearlyPages()
        let yearly = try record(in: place, "yearly") { folder, archive in
            var total = (source: 0, cells: 0)
            for year in 2025 - years..<2025 {
                let (source, examined) = pages.page(year: year, series: 1)
                try write(source, to: "\(folder)/net-migration-\(year).txt")
                let tables = examined.tables?.years.map(\.table) ?? []
                try write(Array(TidyText(tables).text.utf8), to: "\(folder)/net-migration-\(year).csv")
                _ = try archive.commit(examined)
                total = (total.source + source.count, total.cells + (examined.tables?.cellCount ?? 0))
            }
            return total
        }
        print(try JSONText.of([wide, yearly]))
    }

    private func record(
        in place: POSIXDirectory, _ name: String,
        _ body: (_ folder: String, _ archive: Archive) throws -> (source: Int, cells: Int)
    ) throws -> SizeReport {
        let folder = try place.subdirectory(name, create: true)
        let logFolder = try folder.subdirectory("log", create: true)
        let log = try SegmentedLog(directory: logFolder)
        let (source, cells) = try body("\(directory)/\(name)", try Archive(log: log) { WallClock.now() })
        try log.close()
        return SizeReport(
            name: name, cells: cells, sourceBytes: source,
            segmentBytes: try LogFiles(in: logFolder, suffix: ".seg").byteCount(),
            indexBytes: try LogFiles(in: logFolder, suffix: ".idx").byteCount(), frames: Int(log.head))
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw BenchmarkError(call: "open \(path)") }
        defer { close(file) }
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(file, $0.baseAddress.map { $0 + done }, bytes.count - done)
            }
            guard count > 0 else { throw BenchmarkError(call: "write \(path)") }
            done += count
        }
    }
}

/// What one input came to.
struct SizeReport: Encodable {
    let name: String
    let cells: Int
    let sourceBytes: Int
    let segmentBytes: Int
    let indexBytes: Int
    let frames: Int
}

extension Examined.Tables {
    /// Of all years.
    fileprivate var cellCount: Int { years.reduce(0) { $0 + $1.table.cells.count } }
}
