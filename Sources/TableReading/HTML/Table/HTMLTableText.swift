import Annals
import Definitions

/// A table of a page as delimited text, so that it takes the way of every other table.
///
/// The title, lines that belong to it, the names of the columns in one line, a line a row, and the notes:
///
///     Population 2011
///     Region␟Men␟Women
///     Oslo␟120␟130
///
///     Source: Statistics Norway
///
/// What the page says for certain isn't left to be found out: which rows are the heading, which columns a label covers,
/// which rows a label belongs to. A cell that goes down beside rows is filled into each of them where it is a label; a
/// figure that does, or that goes over several columns, is refused. Columns without any text are left out.
struct HTMLTableText {
    /// Where a line of the text comes from.
    struct Line: Sendable {
        /// Of the page.
        var place: Int
        /// Row of the table from 1; 0 for what stands around it.
        var row: Int
    }

    private(set) var bytes: [UInt8] = []
    /// *Shape:* one a line.
    private(set) var lines: [Line] = []
    /// *Shape:* one a field: the column of the table, from 1.
    private(set) var columns: [Int] = []
    /// Whether the heading is one line, as the page marks it.
    private(set) var hasKnownHeading = false
    /// Whether numbers that a spreadsheet program stored stand in it, with a decimal mark.
    private(set) var hasStoredFractions = false
    private(set) var findings: [Finding] = []

    static let delimiter = FixedWidth.delimiter

    private let grid: HTMLGrid
    private let rows: HTMLRows
    private let dialect: Dialect
    private var marks: HTMLMarks
    /// *Shape:* one a column of the table; empty where the heading isn't marked as one.
    private var names: [String] = []
    private var contradictions: (count: Int, first: HTMLCell)?

    /// - Parameters:
    ///   - table: The table.
    ///   - surroundings: What stands around it.
    ///   - dialect: Of its dataset.
    /// - Throws: A cell that can't be read as one.
    init(_ table: HTMLTable, _ surroundings: HTMLSurroundings, dialect: Dialect) throws(Reason) {
        try Self.refuseBroken(table)
        let grid = try HTMLGrid(table)
        let rows = HTMLRows(grid)
        let tail = Self.tail(grid, from: rows.heading.upperBound)
        let notes = (tail..<grid.rows.count).flatMap { HTMLRows.own(grid, $0) }.map(\.text).filter { !$0.isEmpty }
        self.grid = grid
        self.rows = rows
        self.dialect = dialect
        marks = HTMLMarks(notes: notes + surroundings.notes.map(\.text), dialect: dialect)
        try write(surroundings, tail: tail)
        findings += marks.findings
        noteHidden()
        noteContradictions()
    }

    private static func refuseBroken(_ table: HTMLTable) throws(Reason) {
        if table.holdsTable {
            throw Reason(
                "The table has figures, and another table in one of its cells", line: table.place.line,
                expected: "a table of texts and figures", remedy: "Export the table as CSV")
        }
        if !table.isClosed {
            throw Reason(
                "The table isn't closed: the page may have been cut off in the middle of it", line: table.place.line,
                found: "the end of the page", expected: "</table>", remedy: "Save the page again, whole")
        }
        if let stray = table.stray {
            throw Reason(
                "A text stands in the table and in none of its cells", line: stray.place.line, found: stray.text,
                expected: "texts and figures in cells", remedy: "Put it into a cell, or export the table as CSV")
        }
        if table.hidesColumn {
            throw Reason(
                "The page hides a column of the table", line: table.place.line, expected: "all columns shown",
                remedy: "Show all columns, and save the page anew; or export the table as CSV")
        }
    }

    /// The first of the rows at the end that are notes: one text over all columns each.
    private static func tail(_ grid: HTMLGrid, from first: Int) -> Int {
        var tail = grid.rows.count
        while tail > first, HTMLRows.isLone(grid, tail - 1) || HTMLRows.isEmpty(grid, tail - 1) { tail -= 1 }
        return tail
    }

    // MARK: Writing

    private mutating func write(_ surroundings: HTMLSurroundings, tail: Int) throws(Reason) {
        let body = rows.heading.upperBound..<tail
        // Without a marked heading the first rows of texts may name the columns.
        let firstFigures = rows.heading.isEmpty ? body.first(where: hasFigures) ?? body.lowerBound : body.lowerBound
        let figures = figureColumns(firstFigures..<tail)
        var titles: [HTMLSurroundings.Line] = []
        for row in rows.titles where HTMLRows.isLone(grid, row) {
            guard let cell = HTMLRows.own(grid, row).first else { continue }
            titles.append(HTMLSurroundings.Line(text: try text(cell, isFigure: false), place: cell.place))
        }
        // A caption goes before a row over all columns, and that before a heading above the table.
        let isTitled = rows.heading.isEmpty && surroundings.isPageTitle && firstRowIsLone(body)
        let around = isTitled ? [] : surroundings.title.map { [$0] } ?? []
        var remarks = surroundings.isCaption ? around + titles : titles + around
        let title = remarks.isEmpty ? nil : remarks.removeFirst()
        remarks += surroundings.remarks
        if let title { append(line: title.text, Line(place: title.place.line, row: 0)) }
        if !rows.heading.isEmpty {
            let heading = try heading(figures)
            names = heading.names
            remarks += heading.lines
            if let place = heading.numbers { findings.append(ColumnNumbers.finding(line: place.line)) }
        }
        for line in remarks where line.text != title?.text {
            append(line: line.text, Line(place: line.place.line, row: 0))
        }
        chooseColumns(body)
        guard columns.count > 1 else {
            throw Reason(
                "The table has one column", line: grid.rows.first?.place.line,
                expected: "labels and figures beside one another",
                remedy: "Export the table as CSV")
        }
        if !rows.heading.isEmpty {
            try refuseUnnamed(figures)
            hasKnownHeading = true
            let first = grid.rows[rows.heading.lowerBound]
            append(fields: columns.map { names[$0 - 1] }, Line(place: first.place.line, row: first.number))
        }
        for row in body { try append(row, figures: figures, isHeading: row < firstFigures) }
        let notes = (tail..<grid.rows.count).flatMap { HTMLRows.own(grid, $0) }.filter { !$0.text.isEmpty }
        guard !notes.isEmpty || !surroundings.notes.isEmpty else { return }
        append(line: "", Line(place: notes.first?.place.line ?? surroundings.notes[0].place.line, row: 0))
        for note in notes { append(line: note.text, Line(place: note.place.line, row: 0)) }
        for note in surroundings.notes { append(line: note.text, Line(place: note.place.line, row: 0)) }
    }

    private mutating func heading(_ figures: [Bool]) throws(Reason) -> HTMLHeading {
        var texts: [Int32: String] = [:]
        for row in rows.heading {
            for slot in grid.rows[row].slots {
                guard let index = slot.cell, texts[index] == nil else { continue }
                texts[index] = Self.withoutArrows(try text(grid.cells[Int(index)], isFigure: false))
            }
        }
        // Behind the first column of figures a heading goes on over whatever stands below.
        let first = figures.firstIndex(of: true) ?? figures.count
        return HTMLHeading(grid, rows.heading, figures: figures.indices.map { $0 >= first }, texts: texts)
    }

    /// A heading with fewer cells than the rows may stand one column too far to the left.
    private func refuseUnnamed(_ figures: [Bool]) throws(Reason) {
        let whole = rows.heading.filter { !HTMLRows.isLone(grid, $0) && !HTMLRows.isEmpty(grid, $0) }
        let odd = columns.first { column in
            whole.contains { row in
                let slots = grid.rows[row].slots
                return slots.count < column || slots[column - 1].cell == nil
            } || column > 1 && figures[column - 1] && names[column - 1].isEmpty
        }
        guard let odd else { return }
        throw Reason(
            "A column of the table has no name, or not in each row of the heading, which may stand too far to the left",
            line: grid.rows[rows.heading.lowerBound].place.line, column: odd,
            found: names.filter { !$0.isEmpty }.joined(separator: ", "),
            expected: "a name above each column of figures",
            remedy: "Write an empty cell where nothing stands above a column of labels; or export the table as CSV")
    }

    /// The columns in which more than half of the texts are figures.
    private func figureColumns(_ body: Range<Int>) -> [Bool] {
        var figures = [Int](repeating: 0, count: grid.width)
        var texts = figures
        for row in body {
            for (column, slot) in grid.rows[row].slots.prefix(grid.width).enumerated() where slot.isFirstRow {
                guard let cell = grid.cell(slot), !cell.text.isEmpty else { continue }
                texts[column] += 1
                if HTMLFigure.standsForFigure(cell.plain) { figures[column] += 1 }
            }
        }
        return figures.indices.map { figures[$0] * 2 > texts[$0] }
    }

    /// Whether the first row with something in it holds one text: a title that a spreadsheet program wrote into a cell.
    private func firstRowIsLone(_ rows: Range<Int>) -> Bool {
        rows.first { !HTMLRows.isEmpty(grid, $0) }.map { row in
            HTMLRows.own(grid, row).count { !$0.text.isEmpty } == 1
        } ?? false
    }

    private func hasFigures(_ row: Int) -> Bool {
        let cells = HTMLRows.own(grid, row).filter { !$0.text.isEmpty }
        return cells.count > 1 && cells.contains { HTMLFigure.isFigure($0.plain) && !HeaderSearch.isYear($0.plain) }
    }

    /// Those in which something stands.
    private mutating func chooseColumns(_ body: Range<Int>) {
        var isUsed = names.isEmpty ? [Bool](repeating: false, count: grid.width) : names.map { !$0.isEmpty }
        for row in body {
            for (column, slot) in grid.rows[row].slots.prefix(grid.width).enumerated() where !isUsed[column] {
                if let cell = grid.cell(slot), !cell.text.isEmpty || cell.traits.contains(.withoutText) {
                    isUsed[column] = true
                }
            }
        }
        columns = isUsed.indices.filter { isUsed[$0] }.map { $0 + 1 }
    }

    private mutating func append(_ row: Int, figures: [Bool], isHeading: Bool) throws(Reason) {
        let line = grid.rows[row]
        let place = Line(place: line.place.line, row: line.number)
        if HTMLRows.isEmpty(grid, row) { return append(line: "", place) }
        if HTMLRows.isLone(grid, row) {
            // The heading of a group, which the shared rules refuse.
            let label = try HTMLRows.own(grid, row).first.map { (cell) throws(Reason) in try text(cell, isFigure: false)
            }
            let first =
                isHeading ? [label ?? ""] : [label ?? ""] + Array(repeating: "", count: max(0, columns.count - 1))
            return append(fields: first, place)
        }
        guard let last = columns.last, line.slots.count >= last, line.slots.allSatisfy({ $0.cell != nil }) else {
            let missing = line.slots.firstIndex { $0.cell == nil } ?? line.slots.count
            throw Reason(
                "Row \(line.number) of the table has fewer cells than others", line: place.place, column: missing + 1,
                found: HTMLRows.own(grid, row).map(\.text).joined(separator: ", "), expected: "\(grid.width) columns",
                remedy: "Correct the row: write an empty cell where nothing stands; or export the table as CSV")
        }
        var fields: [String] = []
        for column in columns {
            let slot = line.slots[column - 1]
            guard let cell = grid.cell(slot) else { continue }
            fields.append(try field(cell, slot, column: column, isFigure: figures[column - 1], isHeading: isHeading))
        }
        append(fields: fields, place)
    }

    /// What a place of the grid says.
    private mutating func field(
        _ cell: HTMLCell, _ slot: HTMLGrid.Slot, column: Int, isFigure: Bool, isHeading: Bool
    ) throws(Reason) -> String {
        let text = try text(cell, isFigure: isFigure && !isHeading, column: column)
        let isLabel =
            cell.traits.contains(.ofRow) || column == 1 || !HTMLFigure.isFigure(cell.plain) || isOfYears(column)
        if !slot.isFirstRow {
            // In a heading that isn't marked as one, the first row names the column.
            if isHeading { return "" }
            guard isLabel || text.isEmpty else { throw spanned(cell, column, "rows") }
        }
        if !slot.isFirstColumn, !isHeading {
            guard isLabel || text.isEmpty else { throw spanned(cell, column, "columns") }
        }
        return text
    }

    private func isOfYears(_ column: Int) -> Bool {
        names.indices.contains(column - 1) && ColumnName(names[column - 1]).isYear
    }

    private func spanned(_ cell: HTMLCell, _ column: Int, _ what: String) -> Reason {
        Reason(
            "A figure stands in a cell that goes over several \(what): of which it is can't be told",
            line: cell.place.line, column: column, found: cell.plain, expected: "a cell for each figure",
            remedy: "Write the figure where it belongs; or export the table as CSV")
    }

    // MARK: Texts

    private mutating func text(_ cell: HTMLCell, isFigure: Bool, column: Int? = nil) throws(Reason) -> String {
        try HTMLCellCheck.refuseUnclear(cell, column: column)
        if let stored = cell.stored.flatMap(HTMLStoredNumber.init) {
            switch stored.outcome(shown: cell.plain) {
            case .number(let number):
                guard number.contains(".") else { return number }
                hasStoredFractions = true
                return dialect.decimalMark == .comma ? number.replacing(".", with: ",") : number
            case .shown: break
            case .contradiction:
                throw Reason(
                    "The page stores another number with the cell than it shows", line: cell.place.line, column: column,
                    found: "\(cell.plain), stored as \(cell.stored ?? "")", expected: "the stored number, rounded",
                    remedy: "Export the table as CSV, or save it as a workbook")
            }
        }
        if isFigure, let key = cell.sortKey, HTMLCellCheck.contradicts(key, cell.plain) {
            contradictions = ((contradictions?.count ?? 0) + 1, contradictions?.first ?? cell)
        }
        do throws(Reason) {
            return try marks.text(cell, isFigure: isFigure)
        } catch {
            var reason = error
            reason.column = column
            throw reason
        }
    }

    /// What a page writes behind the name of a column by which it can be sorted.
    private static func withoutArrows(_ text: String) -> String {
        guard let last = text.last, !last.isASCII else { return text }
        var text = text[...]
        while let last = text.last, arrows.contains(last) || last.isWhitespace { text.removeLast() }
        return String(text)
    }

    private static let arrows: Set<Character> = [
        "▲", "▼", "△", "▽", "▴", "▾", "▵", "▿", "⇅", "⇵", "↕", "↑", "↓", "⬍", "⬆", "⬇", "⯅", "⯆",
    ]

    private mutating func append(line text: String, _ line: Line) { append(fields: text.isEmpty ? [] : [text], line) }

    private mutating func append(fields: [String], _ line: Line) {
        for (place, field) in fields.enumerated() {
            if place > 0 { bytes.append(Self.delimiter) }
            let isQuoted = field.utf8.first == 0x22
            if isQuoted { bytes.append(0x22) }
            for byte in field.utf8 {
                bytes.append(byte < 0x20 || byte == 0x7F ? 0x20 : byte)
                if isQuoted, byte == 0x22 { bytes.append(byte) }
            }
            if isQuoted { bytes.append(0x22) }
        }
        bytes.append(0x0A)
        lines.append(line)
    }

    // MARK: Findings

    private mutating func noteHidden() {
        guard let hidden = grid.hidden else { return }
        findings.append(
            Finding(
                "hidden-cells",
                "The page doesn't show \(hidden.count == 1 ? "a cell" : "\(hidden.count) cells") of the table with figures; left out",
                line: hidden.place.line))
    }

    private mutating func noteContradictions() {
        guard let (count, first) = contradictions else { return }
        findings.append(
            Finding(
                "sort-key-differs",
                "\(count == 1 ? "A cell is" : "\(count) cells are") sorted by another number than shown; the shown one is read: "
                    + "`\(first.plain)` by `\(first.sortKey ?? "")`",
                line: first.place.line))
    }
}

/// Cells that can't be read as what they show.
enum HTMLCellCheck {
    static func refuseUnclear(_ cell: HTMLCell, column: Int?) throws(Reason) {
        let hasDigit = cell.text.utf8.contains(where: NumberShape.isDigit)
        if cell.traits.contains(.doubtful), HTMLFigure.isFigure(cell.plain) {
            throw reason(
                cell, column, "The cell may hold two figures: digits stand in two lines or two elements",
                "one figure a cell")
        }
        if cell.traits.contains(.halfHidden), hasDigit, HTMLFigure.isFigure(cell.plain), !cell.traits.contains(.heading)
        {
            throw reason(
                cell, column, "The figure is hidden from readers aloud, or shown to them alone",
                "a figure that everybody sees")
        }
        if cell.traits.contains(.struck) {
            throw reason(cell, column, "Something in the cell is struck through", "what holds, and nothing else")
        }
        if cell.traits.contains(.withoutText), !cell.traits.contains(.heading) {
            throw reason(
                cell, column, "The cell holds a field of a form or a drawing, and no text", "a text or a figure")
        }
    }

    private static func reason(_ cell: HTMLCell, _ column: Int?, _ message: String, _ expected: String) -> Reason {
        Reason(
            message, line: cell.place.line, column: column, found: cell.text.isEmpty ? nil : cell.text,
            expected: expected,
            remedy: "Correct the cell, or export the table as CSV")
    }

    /// Whether two texts are whole numbers, and other ones.
    static func contradicts(_ key: String, _ shown: String) -> Bool {
        let key = key.filter { !$0.isWhitespace }
        guard !key.isEmpty, key.count <= 15, key.allSatisfy({ $0.isASCII && $0.isNumber }), HTMLFigure.isFigure(shown)
        else {
            return false
        }
        let marks = shown.filter { $0 == "." || $0 == "," }.count
        guard shown.allSatisfy({ $0.isNumber || $0.isWhitespace || $0 == "." || $0 == "," }), marks != 1 else {
            return false
        }
        return key.drop { $0 == "0" } != shown.filter { $0.isASCII && $0.isNumber }.drop { $0 == "0" }
    }
}
