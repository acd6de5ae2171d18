/// What cells that are merged say of the places that they cover: a label of several rows, a heading of several columns.
///
/// Nothing is filled in but what the sheet itself has merged, and no figure ever:
/// - above the first row of figures, a heading that is merged with cells on its right stands above each of these columns. One
///   that begins in the first column is a title;
/// - from there on, a label in front of words or figures that is merged with cells below it stands in each of these rows,
///   where no figure stands in its column.
struct GridMerges {
    private let grid: Grid
    private let firstColumn: Int
    /// The first row with a figure that is no year.
    private let firstRow: Int

    /// Columns that have a figure, from that row on.
    private var ofFigures: Set<Int32> = []

    init(_ grid: Grid) {
        self.grid = grid
        firstColumn = Int(grid.cells.lazy.map(\.column).min() ?? 1)
        var first = Int.max
        for (index, cell) in grid.cells.enumerated() where cell.kind == .number {
            // A number alone in its row may be that of the table.
            let isBeside = index > 0 && grid.cells[index - 1].row == cell.row
            if first == .max, isBeside, !Self.isYear(grid.bytes(cell)) { first = Int(cell.row) }
            if Int(cell.row) >= first { ofFigures.insert(cell.column) }
        }
        firstRow = first
    }

    /// All cells of the grid, and the places that its merges fill.
    func filled() -> [Grid.Cell] {
        var added: [Grid.Cell] = []
        for merge in grid.merges where added.count < Self.most {
            guard let first = cell(merge.rows.lowerBound, merge.columns.lowerBound) else { continue }
            if Int(first.row) < firstRow {
                guard merge.columns.lowerBound > firstColumn, merge.columns.count > 1 else { continue }
                for column in merge.columns.dropFirst() { add(first, Int(first.row), column, to: &added) }
            } else if merge.rows.count > 1, merge.columns.count == 1, isLabel(first),
                merge.rows.allSatisfy({ isFollowed(first, row: $0) })
            {
                for row in merge.rows.dropFirst() { add(first, row, merge.columns.lowerBound, to: &added) }
            }
        }
        guard !added.isEmpty else { return grid.cells }
        return (grid.cells + added).sorted { ($0.row, $0.column) < ($1.row, $1.column) }
    }

    /// The first cell that another one covers, and that holds something which the sheet doesn't show.
    func covered() -> Grid.Cell? {
        // A file may name ranges that lie over one another, and have each looked through.
        var steps = 4_000_000
        for merge in grid.merges {
            var place = index(merge.rows.lowerBound, merge.columns.lowerBound)
            while place < grid.cells.count, steps > 0 {
                steps -= 1
                let cell = grid.cells[place]
                let (row, column) = (Int(cell.row), Int(cell.column))
                if row > merge.rows.upperBound { break }
                if column < merge.columns.lowerBound {
                    place = index(row, merge.columns.lowerBound)
                } else if column > merge.columns.upperBound {
                    place = index(row + 1, merge.columns.lowerBound)
                } else if row == merge.rows.lowerBound, column == merge.columns.lowerBound {
                    place += 1
                } else {
                    return cell
                }
            }
            if steps == 0 { return grid.cells.first }
        }
        return nil
    }

    /// Places that are filled at most; beyond it labels stay empty, and the rows are refused for that.
    private static let most = 4_000_000

    private func add(_ first: Grid.Cell, _ row: Int, _ column: Int, to added: inout [Grid.Cell]) {
        // A file may say of two merges that they overlap, and put something below one.
        guard row <= GridLimits.rows, column <= GridLimits.columns, cell(row, column) == nil,
            added.last.map({ Int($0.row) != row || Int($0.column) != column }) ?? true
        else {
            return
        }
        var cell = first
        (cell.row, cell.column) = (Int32(row), Int32(column))
        added.append(cell)
    }

    /// Whether a cell labels its row and is no figure or symbol in the place of one: words in a column without figures, or a
    /// number that is the first in its row; a figure that is no year stands behind either.
    private func isLabel(_ first: Grid.Cell) -> Bool {
        var place = index(Int(first.row), Int(first.column))
        if first.kind == .number {
            if place > 0, grid.cells[place - 1].row == first.row { return false }
        } else if first.kind != .text && first.kind != .date || ofFigures.contains(first.column) {
            return false
        }
        place += 1
        while place < grid.cells.count, grid.cells[place].row == first.row {
            let cell = grid.cells[place]
            if cell.kind == .number, !Self.isYear(grid.bytes(cell)) { return true }
            place += 1
        }
        return false
    }

    /// Whether something stands right of a label in a row that it covers; behind a number, words.
    private func isFollowed(_ first: Grid.Cell, row: Int) -> Bool {
        let next = index(row, Int(first.column) + 1)
        guard next < grid.cells.count, Int(grid.cells[next].row) == row else { return false }
        return first.kind != .number || grid.cells[next].kind == .text
    }

    private func cell(_ row: Int, _ column: Int) -> Grid.Cell? {
        let place = index(row, column)
        guard place < grid.cells.count else { return nil }
        let cell = grid.cells[place]
        return Int(cell.row) == row && Int(cell.column) == column ? cell : nil
    }

    /// The first cell that stands there or behind it.
    private func index(_ row: Int, _ column: Int) -> Int {
        var (low, high) = (0, grid.cells.count)
        while low < high {
            let middle = (low + high) / 2
            let cell = grid.cells[middle]
            if (Int(cell.row), Int(cell.column)) < (row, column) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Whether a number may be a year: four digits and nothing else, from 1850 to 2120.
    static func isYear(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.count == 4, let year = text.withUnsafeBufferPointer(XMLElement.number) else { return false }
        return (1850...2120).contains(year)
    }
}
