import Annals

/// A table with its spans laid out: which cell stands in which row and column.
///
/// Source: HTML Living Standard, 4.9.12.1 Forming a table, 2024-10-01.
struct HTMLGrid {
    /// One place of the grid.
    struct Slot {
        /// Number among ``cells``; nil where no cell reaches.
        var cell: Int32?
        /// Whether the cell begins in this column, and in this row.
        var isFirstColumn: Bool
        var isFirstRow: Bool
    }

    struct Row {
        /// As the page numbers them, hidden ones too, from 1; in the order of the page.
        var number: Int
        var place: HTMLPlace
        var section: HTMLTable.Section
        var slots: [Slot]
    }

    /// Those that are shown, head first and foot last.
    private(set) var rows: [Row] = []
    private(set) var cells: [HTMLCell] = []
    /// Columns of the rows with more than one cell; a title or a note may go over more.
    private(set) var width = 0
    /// The first hidden cell with a figure in it, and how many there are.
    private(set) var hidden: (place: HTMLPlace, count: Int)?

    private static let mostColumns = 16_384
    private static let mostSlots = 8_000_000

    /// - Parameter table: A table without others in it.
    /// - Throws: Where cells overlap, or there are too many places.
    init(_ table: HTMLTable) throws(Reason) {
        /// *Shape:* one a column: how many rows the cell above goes on for.
        var left: [Int] = []
        var above: [Int32?] = []
        var group = -1
        var slots = 0
        for (number, row) in Self.ordered(table) {
            if row.group != group {
                group = row.group
                left.removeAll(keepingCapacity: true)
                above.removeAll(keepingCapacity: true)
            }
            var line = Row(number: number, place: row.place, section: row.section, slots: [])
            func extend(to column: Int) {
                while left.count <= column {
                    left.append(0)
                    above.append(nil)
                }
            }
            func take(_ column: Int) {
                while line.slots.count <= column {
                    let place = line.slots.count
                    let goesOn = place < left.count && left[place] > 0
                    let cell = goesOn ? above[place] : nil
                    let isFirst = cell == nil || line.slots.last?.cell != cell
                    line.slots.append(Slot(cell: cell, isFirstColumn: isFirst, isFirstRow: false))
                    if goesOn { left[place] -= 1 }
                }
            }
            var column = 0
            for cell in row.cells {
                if cell.traits.contains(.hidden) {
                    noteHidden(cell)
                    continue
                }
                while column < left.count, left[column] > 0 {
                    take(column)
                    column += 1
                }
                let end = column + cell.columns
                guard end <= Self.mostColumns else {
                    throw Self.refusal(cell, "The table is wider than the limit", "\(Self.mostColumns) columns")
                }
                extend(to: end - 1)
                guard (column..<end).allSatisfy({ left[$0] == 0 }) else {
                    throw Reason(
                        "A cell lies over another one that goes down from a row above (row \(number) of the table)",
                        line: cell.place.line, column: column + 1, found: cell.text,
                        expected: "each cell in columns of its own",
                        remedy: "Correct `colspan` and `rowspan`, or export the table as CSV")
                }
                let index = Int32(cells.count)
                cells.append(cell)
                // To the end of the group, where it is 0.
                let further = cell.rows == 0 ? Int.max : cell.rows - 1
                for place in column..<end {
                    line.slots.append(Slot(cell: index, isFirstColumn: place == column, isFirstRow: true))
                    left[place] = further
                    above[place] = index
                }
                column = end
            }
            if let last = left.indices.last(where: { $0 >= column && left[$0] > 0 }) { take(last) }
            while left.last == 0 { left.removeLast() }
            above.removeLast(above.count - left.count)
            slots += line.slots.count
            guard slots <= Self.mostSlots, cells.count < Int(Int32.max) else {
                throw Reason(
                    "The table has more places than the limit", line: row.place.line,
                    expected: "at most \(Self.mostSlots) places", remedy: "Export the table as CSV")
            }
            if row.isHidden {
                try Self.refuseHidden(row, number)
                continue
            }
            if let first = line.slots.first, line.slots.contains(where: { $0.cell != first.cell }) {
                width = max(width, line.slots.count)
            }
            rows.append(line)
        }
        if width == 0 { width = rows.map(\.slots.count).max() ?? 0 }
    }

    func cell(_ slot: Slot) -> HTMLCell? { slot.cell.map { cells[Int($0)] } }

    /// Rows with their numbers: the head above all others, the foot below them, as they are shown.
    private static func ordered(_ table: HTMLTable) -> [(number: Int, row: HTMLTable.Row)] {
        let numbered = table.rows.enumerated().map { (number: $0 + 1, row: $1) }
        return [HTMLTable.Section.head, .body, .foot].flatMap { section in numbered.filter { $0.row.section == section }
        }
    }

    private static func hasDigit(_ text: String) -> Bool { text.utf8.contains(where: NumberShape.isDigit) }

    private mutating func noteHidden(_ cell: HTMLCell) {
        guard Self.hasDigit(cell.text) else { return }
        hidden = (hidden?.place ?? cell.place, (hidden?.count ?? 0) + 1)
    }

    private static func refuseHidden(_ row: HTMLTable.Row, _ number: Int) throws(Reason) {
        guard let cell = row.cells.first(where: { hasDigit($0.text) }) else { return }
        throw Reason(
            "The page doesn't show a row of the table that has figures (row \(number) of the table)",
            line: row.place.line, found: cell.text, expected: "all rows of the table shown",
            remedy: "Show all rows, take filters off, and save the page anew; or export the table as CSV")
    }

    private static func refusal(_ cell: HTMLCell, _ message: String, _ limit: String) -> Reason {
        Reason(
            message, line: cell.place.line, found: "colspan \(cell.columns)", expected: "at most \(limit)",
            remedy: "Export the table as CSV")
    }
}
