import Annals

/// Makes a grid of each sheet of an OpenDocument workbook, as the parser comes to its cells.
///
/// Rows and cells may say how often they stand there: empty ones, up to the million of a sheet, are only counted; the others
/// are written down as often, within the limits of a grid. What a cell shows is looked at only where it is text: figures,
/// days and percentages are taken from what is stored.
final class OpenDocumentContent: XMLReceiver {
    struct Sheet {
        var grid: Grid
        var isHidden: Bool
    }

    private(set) var refusal: Reason?
    private(set) var sheets: [Sheet] = []
    private let styles: OpenDocumentStyles
    private let limits: GridLimits
    private var cellCount = 0

    /// The sheet that is open.
    private var grid: Grid?
    private var isHidden = false
    /// Columns of the sheet that were named so far, and the style of each run of them.
    private var namedColumns = 0
    private var columnStyles: [(columns: ClosedRange<Int>, style: String)] = []

    /// Of the row that is open: its first number, how often it stands there, and what is in it.
    private var row = 0
    private var rowRepeats = 1
    private var isRowHidden = false
    private var rowStyle: String?
    private var column = 0
    private var cells: [(place: CellReference, cell: OpenDocumentCell)] = []

    private var cell: OpenDocumentCell?
    /// Elements that are open inside something that is no part of a cell's text.
    private var skipped = 0
    private var tableDepth = 0

    private static let mostSheets = 10_000

    init(styles: OpenDocumentStyles, limits: GridLimits) {
        self.styles = styles
        self.limits = limits
    }

    func begin(_ element: XMLElement) {
        if skipped > 0 {
            skipped += 1
        } else if element.isNamed("annotation") || element.isNamed("tracked-changes")
            || element.name.isIn([OpenDocumentXML.drawing]) || element.isNamed("shapes")
            || element.isNamed("dde-links") || element.isNamed("forms")
        {
            skipped = 1
        } else if grid == nil {
            if element.isNamed("table"), element.name.isIn([OpenDocumentXML.table]) {
                beginSheet(element)
            } else {
                styles.begin(element)
            }
        } else if cell != nil, element.name.isIn([OpenDocumentXML.text]) {
            cell?.begin(element, raised: styles.raised)
        } else if element.name.isIn([OpenDocumentXML.table]) {
            beginPart(element)
        }
    }

    private func beginPart(_ element: XMLElement) {
        if element.isNamed("table-row") {
            beginRow(element)
        } else if element.isNamed("table-cell") || element.isNamed("covered-table-cell") {
            beginCell(element)
        } else if element.isNamed("table-column") {
            beginColumn(element)
        } else if element.isNamed("table") {
            refuse("A table stands inside a cell", nil, expected: "sheets of cells")
        }
    }

    func end(_ name: XMLName) {
        if skipped > 0 {
            skipped -= 1
        } else if grid == nil {
            styles.end(name)
        } else if name.isIn([OpenDocumentXML.text]) {
            cell?.end(name)
        } else if name.isIn([OpenDocumentXML.table]) {
            do throws(Reason) {
                try endPart(name)
            } catch {
                refusal = error
            }
        }
    }

    private func endPart(_ name: XMLName) throws(Reason) {
        if name.isNamed("table-cell") || name.isNamed("covered-table-cell") {
            endCell()
        } else if name.isNamed("table-row") {
            try endRow()
        } else if name.isNamed("table"), let grid {
            sheets.append(Sheet(grid: grid, isHidden: isHidden))
            self.grid = nil
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard skipped == 0 else { return }
        if grid == nil { styles.text(bytes) } else { cell?.text(bytes) }
    }

    private func refuse(_ message: String, _ found: String?, expected: String) {
        refusal = Reason(
            "Sheet `\(grid?.name ?? "")`: \(message)", line: row > 0 ? row : nil, found: found, expected: expected,
            remedy: "Open the workbook and save it anew")
    }

    // MARK: Sheets, columns, rows

    private func beginSheet(_ element: XMLElement) {
        guard sheets.count < Self.mostSheets else {
            refusal = Reason(
                "The workbook has too many sheets", expected: "at most \(Self.mostSheets)",
                remedy: "Split the workbook")
            return
        }
        grid = Grid(name: element.text("name", in: OpenDocumentXML.table) ?? "", limits: limits)
        isHidden = element.text("style-name", in: OpenDocumentXML.table).map(styles.hiddenTables.contains) ?? false
        (row, rowRepeats, namedColumns, columnStyles) = (0, 1, 0, [])
    }

    /// How often something stands there; nil where that can't be.
    private func repeats(_ element: XMLElement, _ name: StaticString, upTo most: Int) -> Int? {
        guard let bytes = element.bytes(name, in: OpenDocumentXML.table) else { return 1 }
        return XMLElement.number(bytes).flatMap { (1...most).contains($0) ? $0 : nil }
    }

    private func beginColumn(_ element: XMLElement) {
        guard let count = repeats(element, "number-columns-repeated", upTo: 1 << 24), namedColumns < 1 << 24 else {
            return refuse("A column stands there too often", nil, expected: "at most \(GridLimits.columns) columns")
        }
        let columns = namedColumns + 1...namedColumns + count
        namedColumns += count
        if let visibility = element.text("visibility", in: OpenDocumentXML.table), visibility != "visible" {
            grid?.hiddenColumns.append(columns)
        }
        if let style = element.text("default-cell-style-name", in: OpenDocumentXML.table),
            columnStyles.count < GridLimits.columns
        {
            columnStyles.append((columns, style))
        }
    }

    private func beginRow(_ element: XMLElement) {
        row += rowRepeats
        guard row <= GridLimits.rows * 2, let count = repeats(element, "number-rows-repeated", upTo: 1 << 24) else {
            return refuse("A row stands there too often", nil, expected: "at most \(GridLimits.rows) rows")
        }
        rowRepeats = count
        column = 1
        cells.removeAll(keepingCapacity: true)
        rowStyle = element.text("default-cell-style-name", in: OpenDocumentXML.table)
        isRowHidden = (element.text("visibility", in: OpenDocumentXML.table) ?? "visible") != "visible"
    }

    private func endRow() throws(Reason) {
        guard !cells.isEmpty else { return }
        guard row - 1 + rowRepeats <= GridLimits.rows else {
            return refuse(
                "A row that holds something stands there too often", "\(rowRepeats) times",
                expected: "at most \(GridLimits.rows) rows")
        }
        cellCount += cells.count * rowRepeats
        guard cellCount <= limits.cells else {
            return refuse("The workbook has more cells than the limit", nil, expected: "at most \(limits.cells) cells")
        }
        for number in row..<row + rowRepeats {
            for (place, cell) in cells {
                let style = cell.style ?? rowStyle ?? self.style(ofColumn: place.column)
                try grid?.append(
                    cell, styles.format(ofCellStyle: style), at: CellReference(row: number, column: place.column),
                    isHidden: isRowHidden)
            }
        }
    }

    private func style(ofColumn column: Int) -> String {
        // Runs of columns stand in their order.
        var (low, high) = (0, columnStyles.count)
        while low < high {
            let middle = (low + high) / 2
            if columnStyles[middle].columns.upperBound < column { low = middle + 1 } else { high = middle }
        }
        let isFound = low < columnStyles.count && columnStyles[low].columns.contains(column)
        return isFound ? columnStyles[low].style : "Default"
    }

    // MARK: Cells

    private func beginCell(_ element: XMLElement) {
        guard let count = repeats(element, "number-columns-repeated", upTo: 1 << 24), column <= 1 << 25 else {
            return refuse("A cell stands there too often", nil, expected: "at most \(GridLimits.columns) columns")
        }
        cell = OpenDocumentCell(element, repeats: count, isCovered: element.isNamed("covered-table-cell"))
        guard let columns = repeats(element, "number-columns-spanned", upTo: GridLimits.columns),
            let rows = repeats(element, "number-rows-spanned", upTo: GridLimits.rows), columns > 1 || rows > 1
        else { return }
        guard let merges = grid?.merges.count, merges < 1_000_000 else { return }
        grid?.merges.append(
            Grid.Merge(rows: row...row + rows - 1, columns: column...column + columns - 1))
    }

    private func endCell() {
        guard let cell else { return }
        self.cell = nil
        let first = column
        column += cell.repeats
        guard cell.holdsSomething else { return }
        guard column - 1 <= GridLimits.columns else {
            return refuse(
                "A cell that holds something stands there too often", "\(cell.repeats) times",
                expected: "at most \(GridLimits.columns) columns")
        }
        for place in first..<column { cells.append((CellReference(row: row, column: place), cell)) }
    }
}
