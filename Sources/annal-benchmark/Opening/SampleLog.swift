import Annals
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
        /// Many drops of about 7 KB of text, 1,024 cells and three audits each: a table a year.
        case yearly
    }

    let shape: Shape
    let byteCount: Int

    /// Commits drops until the log is as large, several to a sync, and closes it in order.
    func make(in directory: POSIXDirectory) throws {
        let log = try SegmentedLog(directory: directory)
        let archive = try Archive(log: log) { WallClock.now() }
        let payload = Payload(seed: 1)
        var number = 0
        while log.byteCount < byteCount {
            let count = shape == .tables ? 1 : Self.yearsPerCommit
            let drops = try (number..<number + count).map { number in
                try (shape == .tables ? table(number, payload) : year(number, payload)).examined()
            }
            _ = try archive.commit(drops)
            number += count
        }
        try log.close()
    }

    private func table(_ number: Int, _ payload: Payload) -> SyntheticDrop {
        SyntheticDrop(
            source: payload.bytes(4 << 20, number: number), number: number, side: 512,
            figures: payload.figures(512 * 512, number: number))
    }

    private func year(_ number: Int, _ payload: Payload) -> SyntheticDrop {
        let figures = payload.figures(32 * 32, number: number).map { $0 % 200 }
        var text: [UInt8] = []
        for (cell, figure) in figures.enumerated() { text += "\(cell / 32),\(cell % 32),\(figure)\n".utf8 }
        text += "\(number)\n".utf8
        return SyntheticDrop(
            source: text, number: number, side: 32, figures: figures, audits: Self.audits)
    }

    /// As many as the daemon takes into one batch.
    private static let yearsPerCommit = 64

    /// Those of the founding table.
    private static let audits = [
        Audit(identity: .total(dimension: "counterpart", code: "1"), origin: .declared, result: .holds, checked: 32),
        Audit(
            identity: .zeroSum(over: "region", dimension: "counterpart", code: "1"), origin: .declared, result: .holds,
            checked: 1),
        Audit(
            identity: .antisymmetric(row: "region", column: "counterpart"), origin: .declared, result: .holds,
            checked: 496),
    ]
}
