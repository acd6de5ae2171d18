import Annals

/// The cells of a page, each once, as its blocks and their repetitions print them.
struct PageCells {
    /// One printed field.
    struct Cell {
        var row: UInt32
        var column: UInt32
        var value: Int64
        var decimals: Int
        var mark: Mark
        var line: Int
        /// Counts fields of the line from 1.
        var field: Int
        var text: String
    }

    private(set) var cells: [Cell] = []
    private(set) var findings: [Finding] = []
    private var placeByKey: [UInt64: Int] = [:]

    /// - Parameters:
    ///   - layout: The page.
    ///   - rows: *Shape:* one a row: its category.
    ///   - columns: *Shape:* one a label of all headings, in order: its category.
    ///   - reader: Reads one field.
    ///   - glyphs: Words the refusal of a field that it can't read.
    /// - Throws: A field that can't be read, or two different figures for one cell.
    init(
        _ layout: PageLayout, rows: [UInt32], columns: [UInt32], reader: FigureReader, glyphs: GlyphRefusal
    ) throws(Reason) {
        // The first label of each heading among the labels of all headings.
        var firstColumn: [Int] = []
        var labels = 0
        for heading in layout.headings {
            firstColumn.append(labels)
            labels += heading.labels.count
        }
        for (index, row) in layout.rows.enumerated() {
            var repeated: Int?
            let start = firstColumn[row.heading]
            for (place, text) in row.fields.enumerated() {
                if layout.headings[row.heading].labels[place].isEmpty {
                    if text.isEmpty { continue }
                    throw Reason(
                        "A figure stands under no heading", line: row.line, column: place + 2, found: text,
                        expected: "an empty field, or a heading above", remedy: "Add the heading")
                }
                var cell = Cell(
                    row: rows[index], column: columns[start + place], value: 0, decimals: 0, mark: .plain,
                    line: row.line, field: place + 2, text: text)
                try Self.read(text, into: &cell, reader: reader, glyphs: glyphs)
                if let earlier = try add(cell, label: row.label) { repeated = earlier }
            }
            if let repeated {
                findings.append(
                    Finding(
                        "repeated-row", "The row `\(row.label)` of line \(row.line) repeats line \(repeated)",
                        line: row.line))
            }
        }
    }

    private static func read(
        _ text: String, into cell: inout Cell, reader: FigureReader, glyphs: GlyphRefusal
    ) throws(Reason) {
        switch FieldText.withBytes(of: text, reader.read) {
        case .number(let value, let decimals, let mark):
            cell.value = value
            cell.decimals = decimals
            cell.mark = mark
        case .symbol(let mark): cell.mark = mark
        case .blank: cell.mark = Mark(.blank)
        case .overflow: throw glyphs.overflow(text, line: cell.line, column: cell.field)
        case .other: throw glyphs.unknown(text, line: cell.line, column: cell.field)
        }
    }

    /// Adds a cell, or meets it again; returns the line of the earlier one then.
    private mutating func add(_ cell: Cell, label: String) throws(Reason) -> Int? {
        let key = UInt64(cell.row) << 32 | UInt64(cell.column)
        guard let place = placeByKey[key] else {
            placeByKey[key] = cells.count
            cells.append(cell)
            return nil
        }
        let earlier = cells[place]
        if cell.mark.status == .blank { return earlier.line }
        if earlier.mark.status == .blank {
            cells[place] = cell
            return earlier.line
        }
        let isSame =
            cell.value == earlier.value && cell.decimals == earlier.decimals && cell.mark.status == earlier.mark.status
            && cell.mark.flags == earlier.mark.flags
        guard isSame else {
            throw Reason(
                "The row `\(label)` stands in lines \(earlier.line) and \(cell.line) with different figures in one column",
                line: cell.line, column: cell.field, found: cell.text, expected: earlier.text,
                remedy: "Remove the wrong one of the two")
        }
        return earlier.line
    }

    /// Brings all figures to the decimals of the one that has most, and returns these.
    ///
    /// - Throws: The figure that doesn't fit any more.
    mutating func alignDecimals(_ glyphs: GlyphRefusal) throws(Reason) -> Int {
        let wanted = cells.map(\.decimals).max() ?? 0
        for index in cells.indices {
            let cell = cells[index]
            let factor = ScaledDecimal.powerOfTen(min(18, wanted - cell.decimals))
            let (product, overflow) = cell.value.multipliedReportingOverflow(by: factor)
            if overflow { throw glyphs.overflow(cell.text, line: cell.line, column: cell.field) }
            cells[index].value = product
            cells[index].decimals = wanted
        }
        return wanted
    }
}
