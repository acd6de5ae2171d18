import Annals

/// The cells of a page, each once, as its blocks and their repetitions print them.
struct PageCells {
    /// One printed field.
    struct Cell {
        var row: UInt32
        var column: UInt32
        var value: Int64
        var decimals: Int
        /// Index into ``PageCells/palette``.
        var mark: UInt16
        var line: Int
        /// Counts fields of the line from 1.
        var field: Int
        var text: PageText.Piece
    }

    private let text: PageText
    private(set) var palette = MarkPalette()
    private(set) var cells: [Cell] = []
    private(set) var findings: [Finding] = []
    private var places: CellPlaces

    /// - Parameters:
    ///   - layout: The page.
    ///   - rows: Of all rows, in order.
    ///   - columns: Of the labels of all headings, in order.
    ///   - reader: Reads one field.
    ///   - glyphs: Words the refusal of a field that it can't read.
    /// - Throws: A field that can't be read, or two different figures for one cell.
    init(
        _ layout: PageLayout, rows: PageSide, columns: PageSide, reader: FigureReader, glyphs: GlyphRefusal
    ) throws(Reason) {
        text = layout.text
        places = CellPlaces(
            rows: rows.categories.count, columns: columns.categories.count,
            cells: layout.rows.reduce(0) { $0 + $1.fields.count })
        cells.reserveCapacity(min(layout.rows.reduce(0) { $0 + $1.fields.count }, Self.mostReserved))
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
            let labels = layout.headings[row.heading].labels
            for (place, piece) in text.fields[row.fields].enumerated() {
                if labels[place].isEmpty {
                    if piece.isEmpty || layout.headings[row.heading].repeated.contains(place) { continue }
                    throw Reason(
                        "A figure stands under no heading", line: row.line, column: place + 2,
                        found: text.string(piece), expected: "an empty field, or a heading above",
                        remedy: "Add the heading")
                }
                var cell = Cell(
                    row: rows.indices[index], column: columns.indices[start + place], value: 0, decimals: 0,
                    mark: 0, line: row.line, field: place + 2, text: piece)
                if columns.isLeftOut[Int(cell.column)] { continue }
                let flags = rows.flags(Int(cell.row)).union(columns.flags(Int(cell.column)))
                try read(into: &cell, flags: flags, reader: reader, glyphs: glyphs)
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

    /// Cells that are made room for at once; pages mostly have fewer.
    private static let mostReserved = 1 << 12

    private mutating func read(
        into cell: inout Cell, flags: CellFlags, reader: FigureReader, glyphs: GlyphRefusal
    ) throws(Reason) {
        var mark: Mark
        let (figure, misprint) = text.withBytes(cell.text) { bytes -> (Figure, Reason?) in
            let field = FieldText.trimmed(bytes)
            if field.isEmpty { return (.blank, nil) }
            guard let shape = NumberShape(field) else { return (reader.symbol(field), nil) }
            return (
                reader.read(field, shape: shape),
                Misprints.reason(field, shape, line: cell.line, column: cell.field)
            )
        }
        switch figure {
        case .number(let value, let decimals, let own):
            if let misprint { throw misprint }
            cell.value = value
            cell.decimals = decimals
            mark = own
        case .symbol(let own): mark = own
        case .blank: mark = Mark(.blank)
        case .overflow: throw overflow(cell, glyphs)
        case .other:
            if let misprint { throw misprint }
            throw glyphs.unknown(text.string(cell.text), line: cell.line, column: cell.field)
        }
        if !flags.isEmpty { mark = Mark(mark.status, flags: mark.flags.union(flags), glyph: mark.glyph) }
        guard let index = palette.index(of: mark) else {
            throw MarkPalette.fullReason(line: cell.line, column: cell.field)
        }
        cell.mark = index
    }

    /// The refusal of a cell whose figure doesn't fit.
    func overflow(_ cell: Cell, _ glyphs: GlyphRefusal) -> Reason {
        glyphs.overflow(text.string(cell.text), line: cell.line, column: cell.field)
    }

    /// *Shape:* one a cell.
    var origins: [CellOrigin] {
        cells.map { CellOrigin(line: $0.line, column: $0.field, text: text.string($0.text)) }
    }

    /// Adds a cell, or meets it again; returns the line of the earlier one then.
    private mutating func add(_ cell: Cell, label: String) throws(Reason) -> Int? {
        guard let place = places.place(row: cell.row, column: cell.column, next: cells.count) else {
            cells.append(cell)
            return nil
        }
        let earlier = cells[place]
        let (mark, earlierMark) = (palette.marks[Int(cell.mark)], palette.marks[Int(earlier.mark)])
        if mark.status == .blank { return earlier.line }
        if earlierMark.status == .blank {
            cells[place] = cell
            return earlier.line
        }
        let isSame =
            cell.value == earlier.value && cell.decimals == earlier.decimals && mark.status == earlierMark.status
            && mark.flags == earlierMark.flags
        guard isSame else {
            throw Reason(
                "The row `\(label)` stands in lines \(earlier.line) and \(cell.line) with different figures in one column",
                line: cell.line, column: cell.field, found: text.string(cell.text), expected: text.string(earlier.text),
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
            if overflow { throw self.overflow(cell, glyphs) }
            cells[index].value = product
            cells[index].decimals = wanted
        }
        return wanted
    }
}

/// Which of the cells stands at a row and a column.
///
/// A plain grid where it has few more places than there are cells, a dictionary where a page leaves most of them out.
private struct CellPlaces {
    /// The place + 1, 0 where there is none; empty where ``dictionary`` is used.
    ///
    /// *Shape:* rows × columns, row-major.
    private var grid: [UInt32] = []
    private var dictionary: [UInt64: Int] = [:]
    private let columns: Int

    init(rows: Int, columns: Int, cells: Int) {
        self.columns = columns
        let (size, overflow) = rows.multipliedReportingOverflow(by: columns)
        if !overflow, size <= 4 * cells { grid = [UInt32](repeating: 0, count: size) }
    }

    /// The place of the cell; where there is none yet, nil, and `next` is its place from now on.
    mutating func place(row: UInt32, column: UInt32, next: Int) -> Int? {
        if grid.isEmpty {
            let key = UInt64(row) << 32 | UInt64(column)
            if let place = dictionary[key] { return place }
            dictionary[key] = next
            return nil
        }
        let index = Int(row) * columns + Int(column)
        if grid[index] != 0 { return Int(grid[index]) - 1 }
        grid[index] = UInt32(next) + 1
        return nil
    }
}
