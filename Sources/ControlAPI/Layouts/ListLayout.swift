package import Annals

/// A line for each cell: its codes with their labels, its figure, and perhaps where it stands in the source.
struct ListLayout {
    private let cells: ChosenCells
    private let text: CellText
    private let place: CellPlace.Finder?
    private let key: KeyText
    private let head: String
    private let figureWidth: Int
    private let placeWidths: PlaceWidths

    init(_ cells: ChosenCells, _ text: CellText, _ survey: CellSurvey, place: CellPlace.Finder?) {
        self.cells = cells
        self.text = text
        self.place = place
        let dimensions = cells.table.keySpace.dimensions
        let names = dimensions.map { $0.categories.map(\.name) }
        let widths = dimensions.indices.map { dimension in
            survey.used(dimension).map { TextColumns.width(of: names[dimension][$0]) }
                .reduce(TextColumns.width(of: dimensions[dimension].id)) { max($0, $1) }
        }
        key = KeyText.padded(cells.table.keySpace, to: widths)
        figureWidth = survey.widths.reduce("value".count) { max($0, $1) }
        placeWidths = PlaceWidths(cells, place)
        var columns = zip(dimensions, widths).map { (heading: $0.id, alignment: TextColumns.Alignment.left, width: $1) }
        columns.append(("value", .right, figureWidth))
        if place != nil { columns += placeWidths.columns }
        head = TextColumns.line(
            columns.map { TerminalText.sanitised($0.heading) }, columns.map { ($0.alignment, $0.width) })
    }

    func append(to body: inout AnswerBody) {
        body.append(head)
        let (cells, text, place, key, figureWidth, placeWidths) = (
            cells, text, place, key, figureWidth, placeWidths
        )
        body.append(rows: cells.count) { rows, buffer in
            var cursor = KeyText.Cursor()
            for row in rows {
                let line = buffer.count
                let cell = cells.cell(at: row)
                let ordinal = cells.ordinal(ofCell: cell)
                key.append(ordinal: ordinal, to: &buffer, &cursor)
                text.append(cell: cell, decimals: cells.decimals(at: ordinal), width: figureWidth, to: &buffer)
                if let place { placeWidths.append(place(ordinal), to: &buffer) }
                buffer.removeTrailingSpaces(backTo: line)
                buffer.append(0x0A)
            }
        }
    }
}

/// The columns that say where a cell stands in the source.
private struct PlaceWidths {
    private var line = "line".count
    private var column = "column".count
    private var text = "text".count

    init(_ cells: ChosenCells, _ place: CellPlace.Finder?) {
        guard let place else { return }
        for row in 0..<cells.count {
            guard let found = place(cells.ordinal(ofCell: cells.cell(at: row))) else { continue }
            line = max(line, FigureWidth.of(Int64(found.line), decimals: 0))
            column = max(column, FigureWidth.of(Int64(found.column), decimals: 0))
            text = max(text, TextColumns.width(of: TerminalText.sanitised(found.text)))
        }
    }

    var columns: [(heading: String, alignment: TextColumns.Alignment, width: Int)] {
        [("line", .right, line), ("column", .right, column), ("text", .left, text)]
    }

    func append(_ place: CellPlace?, to buffer: inout TextBuffer) {
        append(place.map { String($0.line) } ?? "", width: line, to: &buffer)
        append(place.map { String($0.column) } ?? "", width: column, to: &buffer)
        buffer.append(spaces: TextColumns.gap)
        buffer.append(TerminalText.sanitised(place?.text ?? ""))
    }

    private func append(_ number: String, width: Int, to buffer: inout TextBuffer) {
        buffer.append(spaces: TextColumns.gap + width - number.utf8.count)
        buffer.append(number)
    }
}

extension KeyText {
    /// Names of categories for people, each to the left of a column.
    ///
    /// - Parameters:
    ///   - keySpace: Whose.
    ///   - widths: Of the columns, one a dimension.
    /// - Returns: A key that ends with the gap before the next column.
    package static func padded(_ keySpace: KeySpace, to widths: [Int]) -> KeyText {
        KeyText(keySpace, between: [], trail: []) { dimension, category in
            TextColumns.padded(category.name, to: widths[dimension])
        }
    }
}
