package import Annals

/// Writes the cells of a table one after another in one of the formats, a piece at a time, never all of them in memory.
package struct CellEncoder: Sendable {
    /// Where the cell of a combination stands in the source; nil for one that isn't printed there.
    package typealias Place = @Sendable (_ ordinal: Int) -> TableReport.Place?

    package let format: AnswerFormat
    private let table: Table
    private let key: KeyText
    /// What stands before a CSV row's key: dataset, year, version.
    private let rowStart: [UInt8]
    /// What stands after the figure, one for each mark of the palette.
    private let tails: [[UInt8]]
    /// One a measure, as CSV cells.
    private let units: [[UInt8]]
    private let place: Place?

    /// Prepares the parts that repeat.
    ///
    /// - Parameters:
    ///   - table: Whose cells are written.
    ///   - format: How.
    ///   - dataset: For the first column of CSV.
    ///   - version: For the third.
    ///   - place: Where a cell stands in the source; with it, rows have columns for that, filled or not.
    package init(
        _ table: Table, as format: AnswerFormat, dataset: DatasetID, version: Int?,
        place: Place? = nil
    ) {
        self.format = format
        self.table = table
        self.place = place
        let isCSV = format == .csv
        key = isCSV ? .csv(table.keySpace) : .json(table.keySpace)
        tails = table.cells.palette.map { isCSV ? Self.csvTail($0) : Self.jsonTail($0) }
        units = table.measures.map { CSVWriter.field($0.printedUnit ?? "") }
        var start = CSVWriter()
        start.text(dataset.slug)
        start.integer(table.period.year)
        start.integer(version)
        rowStart = start.bytes + (table.keySpace.dimensions.isEmpty ? [] : [0x2C])
    }

    /// The names of the CSV columns, as a row.
    package static func columns(of keySpace: KeySpace, withPlaces: Bool = false) -> [UInt8] {
        var writer = CSVWriter()
        writer.row(
            ["dataset", "year", "version"] + keySpace.dimensions.map(\.id) + ["value", "status", "flags", "unit"]
                + (withPlaces ? ["line", "column", "text"] : []))
        return writer.bytes
    }

    /// Appends one cell: an object, or a whole line; what separates objects is the caller's.
    package func append(cell: Int, to bytes: inout [UInt8]) {
        switch format {
        case .json: appendObject(cell, to: &bytes)
        case .ndjson:
            appendObject(cell, to: &bytes)
            bytes.append(0x0A)
        case .csv: appendRow(cell, to: &bytes)
        }
    }

    private func appendObject(_ cell: Int, to bytes: inout [UInt8]) {
        let ordinal = table.ordinal(ofCell: cell)
        bytes.append(contentsOf: #"{"at":["#.utf8)
        key.append(ordinal: ordinal, to: &bytes)
        bytes.append(contentsOf: #"],"value":"#.utf8)
        if let number = table.cells.number(at: cell) {
            ScaledDecimal.append(number, decimals: table.measure(atOrdinal: ordinal).decimals, to: &bytes)
        } else {
            bytes.append(contentsOf: "null".utf8)
        }
        bytes.append(contentsOf: tails[Int(table.cells.marks[cell])])
        if let place = place?(ordinal) {
            bytes.append(contentsOf: #","source":"#.utf8)
            bytes.append(contentsOf: JSONWriter.bytes(of: place))
        }
        bytes.append(0x7D)
    }

    private func appendRow(_ cell: Int, to bytes: inout [UInt8]) {
        let ordinal = table.ordinal(ofCell: cell)
        bytes.append(contentsOf: rowStart)
        key.append(ordinal: ordinal, to: &bytes)
        bytes.append(0x2C)
        if let number = table.cells.number(at: cell) {
            ScaledDecimal.append(number, decimals: table.measure(atOrdinal: ordinal).decimals, to: &bytes)
        }
        bytes.append(contentsOf: tails[Int(table.cells.marks[cell])])
        bytes.append(0x2C)
        let measure = table.keySpace.measureDimension.map { table.keySpace.index(ofDimension: $0, at: ordinal) } ?? 0
        bytes.append(contentsOf: units[measure])
        if let place { appendPlace(place(ordinal), to: &bytes) }
        bytes.append(contentsOf: [0x0D, 0x0A])
    }

    private func appendPlace(_ place: TableReport.Place?, to bytes: inout [UInt8]) {
        var writer = CSVWriter()
        writer.empty()
        writer.integer(place?.line)
        writer.integer(place?.column)
        writer.text(place?.text ?? "")
        bytes.append(contentsOf: writer.bytes)
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

extension TableReport.Place: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("line", line)
            json.field("column", column)
            json.field("text", text)
        }
    }
}
