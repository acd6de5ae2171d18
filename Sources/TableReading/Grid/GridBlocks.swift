/// Blocks of columns that empty ones part: figures with space between them, or tables beside one another.
///
/// A block is a table of its own where its first column holds words again, in rows in which figures stand right of it as
/// well as in the block before. Marks beside figures, of a letter or a few small ones, are none.
struct GridBlocks {
    private let cells: [Grid.Cell]
    private let grid: Grid
    /// *Shape:* one a column of the sheet: its block, counted from 0.
    private var blocks: [Int] = []
    /// The first column of each block.
    private var firsts: [Int] = []

    /// - Parameters:
    ///   - cells: In the order of rows.
    ///   - columns: Those that hold something, ascending.
    ///   - grid: Whose cells they are.
    init(_ cells: [Grid.Cell], columns: [Int], _ grid: Grid) {
        self.cells = cells
        self.grid = grid
        blocks = [Int](repeating: 0, count: GridLimits.columns + 1)
        var last = 0
        for column in columns {
            if column > last + 1 || firsts.isEmpty { firsts.append(column) }
            blocks[column] = firsts.count - 1
            last = column
        }
    }

    private static func isMark(_ text: ArraySlice<UInt8>) -> Bool {
        guard let first = text.first, first < 0x80, text.count <= 3 else { return false }
        return text.count == 1 || !(0x41...0x5A).contains(first)
    }

    /// The first label of a table beside another one; nil where there is one table.
    func second() -> Grid.Cell? {
        guard firsts.count > 1 else { return nil }
        var labels = [Int](repeating: 0, count: firsts.count)
        var first = [Grid.Cell?](repeating: nil, count: firsts.count)
        var index = 0
        while index < cells.count {
            var end = index
            while end < cells.count, cells[end].row == cells[index].row { end += 1 }
            var hasFigures = false
            var label: Grid.Cell?
            for cell in cells[index..<end] {
                let block = blocks[Int(cell.column)]
                if cell.kind == .number {
                    if let own = label, blocks[Int(own.column)] == block {
                        labels[block] += 1
                        first[block] = first[block] ?? own
                        label = nil
                    }
                    hasFigures = true
                } else if cell.kind == .text, Int(cell.column) == firsts[block], hasFigures,
                    !Self.isMark(grid.bytes(cell))
                {
                    label = cell
                }
            }
            index = end
        }
        // One word alone may be a remark.
        return labels.indices.first { labels[$0] > 1 }.flatMap { first[$0] }
    }
}
