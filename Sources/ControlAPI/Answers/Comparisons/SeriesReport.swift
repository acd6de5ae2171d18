package import Annals

/// One cell through the years: the answer of `series`.
package struct SeriesReport: Sendable {
    /// One year of a series.
    package struct Point: Sendable {
        package var year: Int
        package var version: Int
        package var value: ExactFigure
        /// `absent` where the year's table has no such cell.
        package var status: String
        package var flags: [String]
        package var decimals: Int
        package var unit: String?
        package var origin: VintageOrigin

        package init(
            year: Int, version: Int, value: Int64?, decimals: Int, status: String, flags: [String], unit: String?,
            origin: VintageOrigin
        ) {
            self.origin = origin
            self.year = year
            self.version = version
            self.value = ExactFigure(value, decimals: decimals)
            self.decimals = decimals
            self.status = status
            self.flags = flags
            self.unit = unit
        }
    }

    package var dataset: String
    /// Ids of the dimensions.
    package var dimensions: [String]
    /// One code a dimension.
    package var at: [String]
    package var points: [Point]
    /// Where the log ended when it was asked, and the definitions in force that were used.
    package var head: String
    package var definitions: [AnswerBasis.Definition]
    /// What was summed where codes changed on the way; left out where none did.
    package var concordance: ConcordanceOutcome?

    package init(
        dataset: String, dimensions: [String], at: [String], points: [Point], basis: AnswerBasis,
        concordance: ConcordanceOutcome? = nil
    ) {
        head = basis.head
        definitions = basis.definitions
        self.dataset = dataset
        self.dimensions = dimensions
        self.at = at
        self.points = points
        self.concordance = concordance
    }

    /// Tidy rows: the fixed columns of `show`, one row a year.
    package func csv() -> [UInt8] {
        var csv = CSVWriter()
        csv.row(["dataset", "year", "version"] + dimensions + ["value", "status", "flags", "unit"])
        for point in points {
            csv.text(dataset)
            csv.integer(point.year)
            csv.integer(point.version)
            for code in at { csv.text(code) }
            csv.figure(difference: point.value.scaled, decimals: point.decimals)
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
        var table = TextTable([
            ("year", .left), ("version", .right), ("value", .right), ("unit", .left), ("published", .left),
            ("source", .left),
        ])
        for point in points {
            let figure = point.value.text ?? ""
            table.add([
                String(point.year), String(point.version),
                (symbols.symbol(of: point.status) ?? figure) + symbols.letters(of: point.flags), point.unit ?? "",
                point.origin.published.description, point.origin.source.name,
            ])
        }
        let key = zip(dimensions, at).map { "\($0)=\($1)" }.joined(separator: ", ")
        let lines =
            [TerminalText.sanitised("\(dataset): \(key)")]
            + (concordance?.lines(atMost: ConcordanceOutcome.namedAtMost) ?? [])
        let heading = lines.joined(separator: "\n") + "\n\n"
        let legend = symbols.legendLine.map { TerminalText.sanitised($0) + "\n" } ?? ""
        let basis = AnswerBasis(head: head, definitions: definitions).lines.map { $0 + "\n" }.joined()
        return heading + table.text() + legend + "\n" + basis
    }
}

extension SeriesReport: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("dataset", dataset)
            json.field("dimensions", dimensions)
            json.field("at", at)
            json.field("points", points)
            AnswerBasis(head: head, definitions: definitions).writeFields(to: &json)
            json.field("concordance", concordance)
        }
    }
}

extension SeriesReport.Point: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("year", year)
            json.field("version", version)
            json.field("value", value)
            json.field("status", status)
            json.field("flags", flags)
            json.field("decimals", decimals)
            json.field("unit", unit)
            json.field("recorded", json: origin.recordedJSON)
            json.field("published", json: origin.publishedJSON)
            json.field("source", json: origin.sourceJSON)
        }
    }
}
