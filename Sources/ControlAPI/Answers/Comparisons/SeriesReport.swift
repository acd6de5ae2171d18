package import Annals

/// One cell through the years: the answer of `series`.
package struct SeriesReport: Encodable, Sendable {
    /// One year of a series.
    package struct Point: Encodable, Sendable {
        package var year: Int
        package var version: Int
        package var value: ExactFigure
        /// `absent` where the year's table has no such cell.
        package var status: String
        package var flags: [String]
        package var decimals: Int
        package var unit: String?
        package var recorded: Instant
        package var published: Instant
        package var source: SourceReport

        package init(
            year: Int, version: Int, value: Int64?, decimals: Int, status: String, flags: [String], unit: String?,
            recorded: Instant, published: Instant, source: SourceReport
        ) {
            self.recorded = recorded
            self.published = published
            self.source = source
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
            csv.figure(point.value.scaled, decimals: point.decimals)
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
                point.published.description, point.source.name,
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
