package import Annals

/// Writes the cells of a table one after another as CSV, JSON objects, or lines of them.
package struct CellEncoder: Sendable {
    private let cells: ChosenCells
    private let key: KeyText
    private let place: CellPlace.Finder?
    /// Whether rows are parted by commas, as the elements of a JSON array are.
    private let isArray: Bool
    private let isCSV: Bool
    /// Instead of a figure where there is none.
    private let none: [UInt8]
    /// What stands after the figure.
    ///
    /// *Shape:* one a mark of the palette.
    private let tails: PackedTexts
    /// What ends a row, or stands before its place in the source.
    ///
    /// *Shape:* one a measure.
    private let ends: PackedTexts
    /// What ends a row after its place in the source.
    private let rowEnd: [UInt8]

    /// Prepares the parts that repeat.
    ///
    /// - Parameters:
    ///   - cells: What is written.
    ///   - format: How: `json`, `ndjson` or `csv`.
    ///   - dataset: For the first column of CSV.
    ///   - version: For the third.
    ///   - place: Where a cell stands in the source; with it, rows have columns for that, filled or not.
    package init(
        _ cells: ChosenCells, as format: AnswerFormat, dataset: DatasetID, version: Int?,
        place: CellPlace.Finder? = nil
    ) {
        let table = cells.table
        self.cells = cells
        self.place = place
        isCSV = format == .csv
        isArray = format == .json
        if isCSV {
            var start = CSVWriter()
            start.text(dataset.slug)
            start.integer(table.period.year)
            start.integer(version)
            key = .csv(table.keySpace, after: start.bytes)
            none = []
            tails = PackedTexts(table.cells.palette.map(Self.csvTail))
            rowEnd = [0x0D, 0x0A]
        } else {
            key = .json(table.keySpace)
            none = Array("null".utf8)
            tails = PackedTexts(table.cells.palette.map(Self.jsonTail))
            rowEnd = format == .ndjson ? [0x7D, 0x0A] : [0x7D]
        }
        let end = place == nil ? rowEnd : []
        ends = PackedTexts(
            table.measures.map { (format == .csv ? [0x2C] + CSVWriter.field($0.printedUnit ?? "") : []) + end })
    }

    /// The names of the CSV columns, as a row.
    package static func columns(of keySpace: KeySpace, withPlaces: Bool = false) -> [UInt8] {
        var writer = CSVWriter()
        writer.row(
            ["dataset", "year", "version"] + keySpace.dimensions.map(\.id) + ["value", "status", "flags", "unit"]
                + (withPlaces ? ["line", "column", "text"] : []))
        return writer.bytes
    }

    /// Adds all rows to an answer.
    package func addRows(to body: inout AnswerBody) {
        body.append(rows: cells.count) { append(rows: $0, to: &$1) }
    }

    /// Appends rows.
    package func append(rows: Range<Int>, to buffer: inout TextBuffer) {
        var cursor = KeyText.Cursor()
        for row in rows {
            let cell = cells.cell(at: row)
            let ordinal = cells.ordinal(ofCell: cell)
            if isArray, row > 0 { buffer.append(0x2C) }
            key.append(ordinal: ordinal, to: &buffer, &cursor)
            let measure = cells.measures.index(at: ordinal)
            let mark = Int(cells.marks[cell])
            if cells.isNumber[mark] {
                buffer.append(figure: cells.values[cell], decimals: cells.decimals[measure])
            } else {
                buffer.append(none)
            }
            buffer.append(tails, at: mark)
            buffer.append(ends, at: measure)
            if let place { append(place(ordinal), to: &buffer) }
        }
    }

    private func append(_ place: CellPlace?, to buffer: inout TextBuffer) {
        if isCSV {
            var writer = CSVWriter()
            writer.empty()
            writer.integer(place?.line)
            writer.integer(place?.column)
            writer.text(place?.text ?? "")
            buffer.append(writer.bytes)
        } else if let place {
            buffer.append(#","source":"#)
            buffer.append(JSONWriter.bytes(of: place))
        }
        buffer.append(rowEnd)
    }

    private static func jsonTail(_ mark: Mark) -> [UInt8] {
        var flags = JSONWriter()
        flags.array(mark.flags.codes)
        return Array(#","status":""#.utf8) + Array(mark.status.code.utf8) + Array(#"","flags":"#.utf8) + flags.bytes
    }

    private static func csvTail(_ mark: Mark) -> [UInt8] {
        Array(",\(mark.status.code),\(mark.flags.codes.joined(separator: " "))".utf8)
    }
}
