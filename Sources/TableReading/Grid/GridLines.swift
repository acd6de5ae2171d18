import Annals
import Definitions

/// A grid as delimited text: line N is row N, and each column that holds something is a field.
///
/// So a sheet takes the way of every other table, with all its rules for titles, headings, rows and notes; what these say
/// of lines and columns is said of rows and columns of the sheet again (``GridPlaces``). Columns without anything in them
/// are left out: programs put them between blocks of figures as space.
struct GridLines {
    private(set) var bytes: [UInt8] = []
    /// *Shape:* one a field: the column of the sheet, from 1.
    private(set) var columns: [Int] = []

    /// The unit separator of ASCII, which no text of a cell has.
    static let delimiter = FixedWidth.delimiter

    /// - Parameters:
    ///   - grid: The sheet.
    ///   - mark: Between whole and fraction of numbers, as the texts among them have it.
    /// - Throws: Where so many columns and rows can't be written down.
    init(_ grid: Grid, decimalMark mark: Dialect.DecimalMark) throws(Reason) {
        let cells = GridMerges(grid).filled()
        var isUsed = [Bool](repeating: false, count: GridLimits.columns + 1)
        var rows = 0
        var last: Int32 = 0
        for cell in cells {
            isUsed[Int(cell.column)] = true
            if cell.row != last { (rows, last) = (rows + 1, cell.row) }
        }
        columns = isUsed.indices.filter { isUsed[$0] }
        guard rows <= grid.limits.cells / max(1, columns.count) else {
            throw Reason(
                "Sheet `\(grid.name)`: cells are scattered over too many rows and columns",
                found: "\(rows) rows, \(columns.count) columns", expected: "at most \(grid.limits.cells) places",
                remedy: "Move the table to a sheet of its own")
        }
        if let beside = GridBlocks(cells, columns: columns, grid).second() {
            throw grid.place(
                Reason(
                    "A second table begins here, beside the first one", found: grid.text(beside),
                    expected: "one table a sheet",
                    remedy: "Move each table to a sheet of its own; where it is one, leave no column empty in it"),
                at: CellReference(row: Int(beside.row), column: Int(beside.column)))
        }
        var fields = [Int](repeating: 0, count: GridLimits.columns + 1)
        for (field, column) in columns.enumerated() { fields[column] = field }
        bytes.reserveCapacity(grid.texts.count + rows * (columns.count + 1))
        let wide = grid.merges.filter { $0.columns.count > 1 }
        let lone = Set(wide.map { CellReference(row: $0.rows.lowerBound, column: $0.columns.lowerBound) })
        write(cells, grid, fields, lone: lone, mark: mark == .comma ? 0x2C : 0x2E)
    }

    private mutating func write(
        _ cells: [Grid.Cell], _ grid: Grid, _ fields: [Int], lone: Set<CellReference>, mark: UInt8
    ) {
        var index = 0
        var row: Int32 = 1
        while index < cells.count {
            while row < cells[index].row {
                bytes.append(0x0A)
                row += 1
            }
            var end = index
            while end < cells.count, cells[end].row == row { end += 1 }
            // One text over several columns belongs to none of them: a title, a note.
            let isLone =
                end == index + 1 && cells[index].kind == .text
                && lone.contains(CellReference(row: Int(row), column: Int(cells[index].column)))
            var field = 0
            for cell in cells[index..<end] {
                if !isLone {
                    bytes.append(contentsOf: repeatElement(Self.delimiter, count: fields[Int(cell.column)] - field))
                    field = fields[Int(cell.column)]
                }
                append(cell, grid, mark)
            }
            if !isLone {
                bytes.append(contentsOf: repeatElement(Self.delimiter, count: columns.count - 1 - field))
            }
            bytes.append(0x0A)
            row += 1
            index = end
        }
    }

    private mutating func append(_ cell: Grid.Cell, _ grid: Grid, _ mark: UInt8) {
        let text = grid.bytes(cell)
        switch cell.kind {
        case .number where mark != 0x2E:
            for byte in text { bytes.append(byte == 0x2E ? mark : byte) }
        case .text where text.contains(0x22):
            bytes.append(0x22)
            for byte in text {
                bytes.append(byte)
                if byte == 0x22 { bytes.append(byte) }
            }
            bytes.append(0x22)
        default: bytes.append(contentsOf: text)
        }
    }
}
