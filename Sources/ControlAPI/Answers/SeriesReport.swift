package import Annals

/// One cell through the years: the answer of `series`.
package struct SeriesReport: Sendable {
    /// One year of a series.
    package struct Point: Sendable {
        package var year: Int
        package var version: Int
        /// Scaled by `decimals`; nil where there is no figure.
        package var value: Int64?
        package var decimals: Int
        /// `absent` where the year's table has no such cell.
        package var status: String
        package var flags: [String]
        package var unit: String?

        package init(
            year: Int, version: Int, value: Int64?, decimals: Int, status: String, flags: [String], unit: String?
        ) {
            self.year = year
            self.version = version
            self.value = value
            self.decimals = decimals
            self.status = status
            self.flags = flags
            self.unit = unit
        }
    }

    package var dataset: DatasetID
    /// Ids of the dimensions.
    package var dimensions: [String]
    /// One code a dimension.
    package var at: [String]
    package var points: [Point]

    package init(dataset: DatasetID, dimensions: [String], at: [String], points: [Point]) {
        self.dataset = dataset
        self.dimensions = dimensions
        self.at = at
        self.points = points
    }

    /// Tidy rows: the fixed columns of `show`, one row a year.
    package func csv() -> [UInt8] {
        var csv = CSVWriter()
        csv.row(["dataset", "year", "version"] + dimensions + ["value", "status", "flags", "unit"])
        for point in points {
            csv.text(dataset.slug)
            csv.integer(point.year)
            csv.integer(point.version)
            for code in at { csv.text(code) }
            csv.figure(point.value, decimals: point.decimals)
            csv.text(point.status)
            csv.text(point.flags.joined(separator: " "))
            csv.text(point.unit ?? "")
            csv.endRow()
        }
        return csv.bytes
    }

    /// For people: a row a year, then what the symbols mean.
    package func text() -> String {
        var symbols = FigureSymbols()
        var table = TextTable([("year", .left), ("version", .right), ("value", .right), ("unit", .left)])
        for point in points {
            let figure = point.value.map { ScaledDecimal.text($0, decimals: point.decimals) } ?? ""
            table.add([
                String(point.year), String(point.version),
                (symbols.symbol(of: point.status) ?? figure) + symbols.letters(of: point.flags), point.unit ?? "",
            ])
        }
        let key = zip(dimensions, at).map { "\($0)=\($1)" }.joined(separator: ", ")
        let heading = TerminalText.sanitised("\(dataset): \(key)") + "\n\n"
        return heading + table.text() + (symbols.legendLine.map { TerminalText.sanitised($0) + "\n" } ?? "")
    }
}

extension SeriesReport: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("dataset", dataset.slug)
            json.field("dimensions", dimensions)
            json.field("at", at)
            json.field("points", points)
        }
    }
}

extension SeriesReport.Point: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("year", year)
            json.field("version", version)
            json.key("value")
            json.figure(value, decimals: decimals)
            json.field("status", status)
            json.field("flags", flags)
            json.field("decimals", decimals)
            json.field("unit", unit)
        }
    }
}
