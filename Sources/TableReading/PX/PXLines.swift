/// How many figures stand in each line.
///
/// A file that has a line a row shows by them whether figures were lost and added: the number of all would be right, and
/// those between would stand under other values.
struct PXLines {
    private let rowLength: Int
    private var count = 0
    private var lines = 0
    private var line = 0
    private var first: (line: Int, count: Int)?

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
        lines += 1
        if count != rowLength, first == nil { first = (line, count) }
        count = 0
    }

    /// The first line of another length, where there are as many lines as rows.
    func odd(rows: Int) -> (line: Int, count: Int)? { rows > 1 && rowLength > 1 && lines == rows ? first : nil }
}
