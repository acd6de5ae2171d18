import Annals

/// The line, and where wanted the offset, of each row of a delimited file.
///
/// Lines follow one another but for blank lines and line ends inside quotes; so only the jumps are kept.
struct RowPlaces: Sendable {
    private let firstLine: Int
    private let keepsOffsets: Bool
    /// Rows from `row` on stand `shift` lines further down than their number says.
    private var jumps: [(row: Int, shift: Int)] = []
    private var offsets: [Int] = []

    init(firstLine: Int, keepsOffsets: Bool) {
        self.firstLine = firstLine
        self.keepsOffsets = keepsOffsets
    }

    @inline(__always)
    mutating func begin(row: Int, line: Int, offset: Int) {
        let shift = line - firstLine - row
        if shift != jumps.last?.shift ?? 0 { jumps.append((row, shift)) }
        if keepsOffsets { offsets.append(offset) }
    }

    /// Adds the rows of the lines that follow, of which the first is `row`, `shift` lines further down than it says.
    mutating func append(_ following: RowPlaces, row: Int, shift: Int) {
        if shift != jumps.last?.shift ?? 0 { jumps.append((row, shift)) }
        for jump in following.jumps { jumps.append((jump.row + row, jump.shift + shift)) }
        offsets += following.offsets
    }

    /// How many lines below its first one a row begins.
    func shifted(_ row: Int) -> Int { line(ofRow: row) - firstLine }

    /// The line in which a row begins.
    func line(ofRow row: Int) -> Int {
        var low = 0
        var high = jumps.count
        while low < high {
            let middle = (low + high) / 2
            if jumps[middle].row <= row { low = middle + 1 } else { high = middle }
        }
        return firstLine + row + (low == 0 ? 0 : jumps[low - 1].shift)
    }

    /// The offset at which a row begins; only where offsets are kept.
    func offset(ofRow row: Int) -> Int { offsets[row] }
}
