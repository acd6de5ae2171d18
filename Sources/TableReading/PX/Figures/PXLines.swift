/// How many figures stand in each line.
///
/// A file that has a line a row shows by them whether figures were lost and added: the number of all would be right, and
/// those between would stand under other values. A file whose lines are cut at a number of figures of their own shows
/// nothing: all of its lines but the last are of one length.
struct PXLines {
    private let rowLength: Int
    private var count = 0
    private var lines = 0
    private var line = 0
    private var odd: (line: Int, count: Int)?
    private var firstLength = 0
    private var lastLength = 0
    /// Whether all lines before the last are as long as the first.
    private var areEven = true

    private static let fewestCutLines = 3

    init(rowLength: Int) { self.rowLength = rowLength }

    /// A figure in a line.
    @inline(__always)
    mutating func add(_ line: Int) {
        count += 1
        self.line = line
    }

    /// The line before has ended.
    mutating func endLine() {
        guard count > 0 else { return }
        if lines == 0 { firstLength = count }
        if lines > 1, lastLength != firstLength { areEven = false }
        lines += 1
        if count != rowLength, odd == nil { odd = (line, count) }
        lastLength = count
        count = 0
    }

    /// The first line of another length than a row, where there are as many lines as rows.
    func odd(rows: Int) -> (line: Int, count: Int)? {
        let areCut = areEven && lines >= Self.fewestCutLines && lastLength <= firstLength && firstLength != rowLength
        return rows > 1 && rowLength > 1 && lines == rows && !areCut ? odd : nil
    }
}
