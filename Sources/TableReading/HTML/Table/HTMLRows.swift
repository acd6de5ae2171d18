import Annals

/// Which rows of a table are its heading, its title, its rows and its notes.
struct HTMLRows {
    /// Rows above the heading whose one text goes over all columns.
    private(set) var titles: Range<Int>
    /// Rows that name the columns; empty where the page doesn't mark them as headings.
    private(set) var heading: Range<Int>
    /// Whether the last rows of the heading might as well be the first of figures.
    private(set) var isUnclear = false

    private let grid: HTMLGrid

    init(_ grid: HTMLGrid) {
        self.grid = grid
        var first = 0
        while first < grid.rows.count, Self.isEmpty(grid, first) || Self.isLone(grid, first) { first += 1 }
        if first == grid.rows.count { first = 0 }
        titles = 0..<first
        var end = first
        while end < grid.rows.count, Self.names(grid, end),
            !(end > first && Self.isLone(grid, end) && grid.rows[end].section != .head)
        {
            end += 1
        }
        if end > first, end < grid.rows.count, Self.numbersColumns(grid, end) { end += 1 }
        heading = first..<end
        guard end > first + 1 else {
            if end == grid.rows.count { heading = first..<first }
            return
        }
        // A row of a total may be marked as a heading, too.
        for row in (first + 1)..<end where hasOwnLabel(row) && !Self.numbersColumns(grid, row) {
            if hasFigures(row) {
                heading = first..<row
                break
            }
            if hasYears(row), namesAll(first..<row) {
                heading = first..<first
                isUnclear = true
                break
            }
        }
        if heading.upperBound == grid.rows.count { heading = first..<first }
    }

    /// Whether all that stands in a row is marked as a heading of columns.
    private static func names(_ grid: HTMLGrid, _ row: Int) -> Bool {
        if grid.rows[row].section == .head { return true }
        guard grid.rows[row].section == .body else { return false }
        var isNamed = false
        for cell in own(grid, row) where !cell.text.isEmpty {
            guard cell.traits.contains(.heading), !cell.traits.contains(.ofRow) else { return false }
            isNamed = true
        }
        return isNamed
    }

    /// Whether a row numbers the columns, as printed tables do, and labels of words stand below it.
    private static func numbersColumns(_ grid: HTMLGrid, _ row: Int) -> Bool {
        let texts = grid.rows[row].slots.map { grid.cell($0)?.text ?? "" }
        guard grid.rows[row].slots.allSatisfy(\.isFirstRow), HTMLHeading.numbersColumns(texts) else { return false }
        let labels = grid.rows[(row + 1)...].prefix(100).compactMap { $0.slots.first.flatMap(grid.cell)?.text }
            .filter { !$0.isEmpty }
        return !labels.isEmpty && labels.allSatisfy(ColumnNumbers.mayStandBeside)
    }

    /// Cells that begin in a row.
    static func own(_ grid: HTMLGrid, _ row: Int) -> [HTMLCell] {
        grid.rows[row].slots.filter { $0.isFirstRow && $0.isFirstColumn }.compactMap(grid.cell)
    }

    static func isEmpty(_ grid: HTMLGrid, _ row: Int) -> Bool {
        grid.rows[row].slots.allSatisfy { grid.cell($0)?.text.isEmpty ?? true }
    }

    /// Whether one cell goes over all columns, or stands alone in a row.
    static func isLone(_ grid: HTMLGrid, _ row: Int) -> Bool {
        let slots = grid.rows[row].slots
        guard let first = slots.first?.cell, grid.width > 1, !grid.cells[Int(first)].text.isEmpty else { return false }
        return slots.allSatisfy { $0.cell == first } && (slots.count >= grid.width || slots.count == 1)
    }

    /// Whether the first column of a row has a text of its own.
    private func hasOwnLabel(_ row: Int) -> Bool {
        guard let slot = grid.rows[row].slots.first, slot.isFirstRow, let cell = grid.cell(slot) else { return false }
        return !cell.text.isEmpty && !Self.isLone(grid, row)
    }

    private func hasFigures(_ row: Int) -> Bool {
        grid.rows[row].slots.dropFirst().contains { slot in
            guard slot.isFirstRow, let text = grid.cell(slot)?.plain else { return false }
            return HTMLFigure.isFigure(text) && !HeaderSearch.isYear(text)
        }
    }

    private func hasYears(_ row: Int) -> Bool {
        grid.rows[row].slots.dropFirst().contains { slot in
            slot.isFirstRow && grid.cell(slot).map { HTMLFigure.isFigure($0.plain) } ?? false
        }
    }

    /// Whether rows name each column by a cell of its own.
    private func namesAll(_ rows: Range<Int>) -> Bool {
        rows.contains { row in
            let cells = Self.own(grid, row)
            return cells.count == grid.width && cells.allSatisfy { !$0.text.isEmpty }
        }
    }
}

/// What a cell's text is, as far as the page's own rules need to know.
enum HTMLFigure {
    /// Whether a text is a figure with a digit in it.
    static func isFigure(_ text: String) -> Bool {
        text.utf8.contains(where: NumberShape.isDigit) && HeaderLines.isFigure(text)
    }

    /// Whether a text is a figure, or a symbol in the place of one.
    static func standsForFigure(_ text: String) -> Bool { !text.isEmpty && FieldText.looksLikeFigure(text) }
}
