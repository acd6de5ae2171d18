import Archive
import ArgumentParser
import RecordLog
import StableStorage

/// A log of a given size, made up, to be opened again and again.
struct SampleLog {
    /// What it is full of.
    enum Shape: String, ExpressibleByArgument, CaseIterable, Encodable {
        /// Few drops of about 5 MB: 4 MiB of source that doesn't compress, 262,144 cells.
        case tables
        /// Many drops of a few kilobytes: years of the founding table.
        case yearly
    }

    let shape: Shape
    let byteCount: Int

    /// Commits drops until the log is as large, several to a sync, and closes it in order.
    func make(in directory: POSIXDirectory) throws {
        let log = try SegmentedLog(directory: directory)
        let archive = try Archive(log: log) { WallClock.now() }
        let pages = YearlyPages()
        let payload = Payload(seed: 1)
        var number = 0
        while log.byteCount < byteCount {
            switch shape {
            case .tables:
                let drop = SyntheticDrop(
                    source: payload.bytes(4 << 20, number: number), number: number, side: 512,
                    figures: payload.figures(512 * 512, number: number))
                _ = try archive.commit(try drop.prepared())
                number += 1
            case .yearly:
                let drops = try (number..<number + Self.yearsPerCommit).map {
                    try pages.drop(year: 1800 + $0 % Self.years, series: $0 / Self.years)
                }
                _ = try archive.commit(drops)
                number += drops.count
            }
        }
        try log.close()
    }

    /// As many as the daemon takes into one batch.
    private static let yearsPerCommit = 64
    private static let years = 256
}
