/// Goes through the rows of a large file in several pieces at once.
///
/// Where a piece begins is a guess: behind a line end, which may stand inside quotes. So a piece counts only where the row
/// before it ended exactly at its beginning. From the first one that doesn't count, or that met something to refuse, one
/// scan goes on alone, and knows its lines. So the outcome is that of one scan from the first row to the last.
enum ScanPieces {
    /// Takes all rows of a file.
    static func run(_ scan: inout ColumnScan) throws(ColumnScan.Interruption) {
        let end = scan.setting.tail.start
        let starts = starts(scan, end: end)
        if starts.count > 1 { try run(&scan, starts, end: end) }
        try scan.run(to: end)
        try scan.finish()
    }

    private static func starts(_ scan: ColumnScan, end: Int) -> [Int] {
        let bytes = end - scan.start
        let count = min(scan.setting.limits.threads, bytes / max(1, scan.setting.limits.threadBytes))
        guard count > 1 else { return [scan.start] }
        var starts = [scan.start]
        for piece in 1..<count {
            let middle = scan.start + bytes / count * piece
            guard let lineEnd = scan.setting.text[middle..<end].firstIndex(of: 0x0A) else { break }
            if lineEnd + 1 > starts[starts.count - 1], lineEnd + 1 < end { starts.append(lineEnd + 1) }
        }
        return starts
    }

    private static func run(
        _ scan: inout ColumnScan, _ starts: [Int], end: Int
    ) throws(ColumnScan.Interruption) {
        // The first piece takes the rows of all others in the end.
        scan.reserve(until: end)
        var pieces = [scan] + starts.dropFirst().map { ColumnScan(scan.setting, targets: scan.emptyTargets, start: $0) }
        let ends = Array(starts.dropFirst()) + [end]
        var interruptions = [ColumnScan.Interruption?](repeating: nil, count: pieces.count)
        pieces.withUnsafeMutableBufferPointer { pieces in
            interruptions.withUnsafeMutableBufferPointer { interruptions in
                // Each place has a scan with columns of its own.
                Threads.run(pieces.count) { place in
                    do throws(ColumnScan.Interruption) {
                        try pieces[place].run(to: ends[place])
                    } catch {
                        interruptions[place] = error
                    }
                }
            }
        }
        if let first = interruptions[0] { throw first }
        scan = pieces.removeFirst()
        for (piece, interruption) in zip(pieces, interruptions.dropFirst()) {
            guard piece.start == scan.position else { return }
            // A column that isn't what the sample promised is so in whatever line it is.
            if case .surprise? = interruption { throw .surprise }
            guard interruption == nil, try scan.append(piece) else { return }
        }
    }
}
