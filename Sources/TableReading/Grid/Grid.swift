import Annals

/// A sheet as rows of cells: what stands in each, as text that a reader of delimited text takes for what it is.
///
/// Cells are in the order of rows, then columns; an empty one is none. Nothing here knows of a file format.
struct Grid {
    /// What a cell holds.
    enum Kind: UInt8 {
        case text
        /// Digits with a point, `-12.50`, as percent `12.5%`; never grouped.
        case number
        case date
        /// `TRUE` and `FALSE`.
        case truth
        /// `#N/A` and its like.
        case error
        /// One that can't be taken; ``Grid/problem`` says of the first why.
        case problem
    }

    /// *Unit:* rows and columns count from 1.
    struct Cell {
        /// Offset into the texts of the grid.
        var start: Int
        var count: Int32
        var row: Int32
        var column: Int32
        var kind: Kind
    }

    /// Cells that are one; its text is that of the first.
    struct Merge {
        var rows: ClosedRange<Int>
        var columns: ClosedRange<Int>
    }

    /// The sheet's name.
    let name: String
    private(set) var cells: [Cell] = []
    private(set) var texts: [UInt8] = []
    var merges: [Merge] = []
    /// Rows with something in them that the sheet doesn't show.
    private(set) var hiddenRows: [Int] = []
    var hiddenColumns: [ClosedRange<Int>] = []
    /// Why the first cell that can't be taken can't.
    private(set) var problem: Reason?
    /// The first cell whose number format writes words beside its figure, with them.
    private(set) var words: (text: String, place: CellReference)?
    let limits: GridLimits
    /// Whether a number has digits behind its point.
    private(set) var hasFraction = false

    init(name: String, limits: GridLimits) {
        self.name = name
        self.limits = limits
    }

    func bytes(_ cell: Cell) -> ArraySlice<UInt8> { texts[cell.start..<cell.start + Int(cell.count)] }

    func text(_ cell: Cell) -> String { String(decoding: bytes(cell), as: UTF8.self) }

    /// Adds a cell behind all others; one of nothing but spaces is none.
    ///
    /// - Throws: Where it stands in front of another one, or there are too many.
    mutating func append(
        _ text: some Collection<UInt8>, _ kind: Kind, at place: CellReference, isHidden: Bool = false
    ) throws(Reason) {
        guard (1...GridLimits.rows).contains(place.row), (1...GridLimits.columns).contains(place.column) else {
            throw Reason(
                "Sheet `\(name)`: a cell stands outside of all rows and columns", found: "\(place)",
                expected: "rows to \(GridLimits.rows), columns to XFD", remedy: "Open the workbook and save it anew")
        }
        if let last = cells.last {
            let (row, column) = (Int(last.row), Int(last.column))
            guard place.row > row || place.row == row && place.column > column else {
                throw self.place(
                    Reason(
                        "The cell stands twice, or in front of one that was read before",
                        expected: "rows in their order",
                        remedy: "Open the workbook and save it anew"), at: place)
            }
        }
        guard kind != .text || !GridText.isBlank(text) else { return }
        guard cells.count < limits.cells, texts.count + text.count <= limits.textBytes else {
            throw self.place(
                Reason(
                    "The workbook has more cells than the limit", expected: "at most \(limits.cells) cells",
                    remedy: "Split the workbook, or raise the limit"), at: place)
        }
        let start = texts.count
        GridText.append(text, to: &texts)
        cells.append(
            Cell(
                start: start, count: Int32(texts.count - start), row: Int32(place.row), column: Int32(place.column),
                kind: kind))
        if kind == .number, !hasFraction { hasFraction = texts[start...].contains(0x2E) }
        if isHidden, hiddenRows.last != place.row { hiddenRows.append(place.row) }
    }

    /// Adds a cell that can't be taken, should the sheet be read.
    mutating func append(problem reason: Reason, at place: CellReference) throws(Reason) {
        if problem == nil { problem = self.place(reason, at: place) }
        try append("?".utf8, .problem, at: place)
    }

    mutating func note(words text: String, at place: CellReference) {
        if words == nil { words = (text, place) }
    }

    /// Of a cell below a merged one.
    static let covered = Reason(
        "The cell is covered by a merged one, and holds something that isn't shown",
        expected: "nothing below merged cells", remedy: "Take the merged cells apart, and save the workbook anew")

    /// A reason with the place of a cell: its line is the row, its column the column of the sheet.
    func place(_ reason: Reason, at place: CellReference) -> Reason {
        Reason(
            "Sheet `\(name)`, cell \(place): \(reason.message)", line: place.row, column: place.column,
            found: reason.found, expected: reason.expected, remedy: reason.remedy)
    }
}

/// What all sheets of a workbook may have together.
struct GridLimits {
    /// Cells that hold something.
    var cells: Int
    /// Of all texts of a sheet.
    var textBytes: Int
    /// Rows and columns of a sheet, as spreadsheet programs have them.
    static let rows = 1_048_576
    static let columns = 16_384

    init(_ limits: ReadingLimits) {
        cells = limits.cells
        textBytes = min(limits.fileBytes, 512 << 20)
    }
}

/// Where a cell stands: `C5`.
struct CellReference: Hashable, CustomStringConvertible {
    /// Count from 1.
    var row: Int
    var column: Int

    init(row: Int, column: Int) {
        self.row = row
        self.column = column
    }

    /// Reads `C5`, `$C$5` too.
    init?(_ text: some Sequence<UInt8>) {
        var (row, column) = (0, 0)
        for byte in text where byte != 0x24 {
            if NumberShape.isDigit(byte), column > 0, row < 100_000_000 {
                row = row * 10 + Int(byte &- 0x30)
            } else if (0x41...0x5A).contains(byte & 0xDF), row == 0, column < 1_000_000 {
                column = column * 26 + Int((byte & 0xDF) &- 0x40)
            } else {
                return nil
            }
        }
        guard row > 0, column > 0 else { return nil }
        self.init(row: row, column: column)
    }

    /// The letters of a column: 28 is `AB`.
    static func letters(ofColumn column: Int) -> String {
        var (rest, letters) = (column, "")
        while rest > 0 {
            letters = String(Character(Unicode.Scalar(UInt8(0x41 + (rest - 1) % 26)))) + letters
            rest = (rest - 1) / 26
        }
        return letters
    }

    var description: String { Self.letters(ofColumn: column) + String(row) }
}
