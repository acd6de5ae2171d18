import Annals

/// How a triangle is laid out as CSV.
///
/// Source: the R package *reviser*, whose long form has the columns `time`, `pub_date`, `value`, `id`, and whose wide
/// forms have a column a publication or a column a time.
package enum TriangleLayout: String, Sendable, CaseIterable {
    /// A row a release.
    case long
    /// A row a time, a column a publication date.
    case byTime = "by-time"
    /// A row a publication date, a column a time.
    case byPublication = "by-publication"
}

extension TriangleReport {
    /// As programs for revisions read it: days for times and publications, an empty cell where there is no figure.
    ///
    /// Of two releases of a year on one day, the wide forms have the later one.
    package func csv(_ layout: TriangleLayout) -> [UInt8] {
        switch layout {
        case .long: long()
        case .byTime: wide(rows: "time", points.map(\.time), columns: points.map(\.publicationDate))
        case .byPublication: wide(rows: "pub_date", points.map(\.publicationDate), columns: points.map(\.time))
        }
    }

    private func long() -> [UInt8] {
        var csv = CSVWriter()
        csv.row(["time", "pub_date", "value", "id"])
        for point in points {
            csv.text(point.time)
            csv.text(point.publicationDate)
            csv.figure(difference: point.value.scaled, decimals: point.decimals)
            csv.text("\(dataset) \(selection)")
            csv.endRow()
        }
        return csv.bytes
    }

    /// One row a text of `rows` and one column a text of `columns`, each as many as there are points.
    private func wide(rows heading: String, _ rows: [String], columns: [String]) -> [UInt8] {
        var values: [[String]: ExactFigure] = [:]
        for (place, point) in points.enumerated() { values[[rows[place], columns[place]]] = point.value }
        let (rows, columns) = (Set(rows).sorted(), Set(columns).sorted())
        var csv = CSVWriter()
        csv.row([heading] + columns)
        for row in rows {
            csv.text(row)
            for column in columns {
                let value = values[[row, column]]
                csv.figure(difference: value?.scaled, decimals: value?.decimals ?? 0)
            }
            csv.endRow()
        }
        return csv.bytes
    }

    /// For people: a row a release, a row a year, then what became of all of them.
    package func text() -> String {
        let heading = TerminalText.sanitised("\(dataset): \(selection)") + "\n\n"
        let basis = AnswerBasis(head: head, definitions: definitions).lines.map { $0 + "\n" }.joined()
        guard !points.isEmpty else { return heading + "No releases.\n\n" + basis }
        var symbols = FigureSymbols()
        let releases = releaseLines(&symbols)
        let legend = symbols.legendLine.map { TerminalText.sanitised($0) + "\n" } ?? ""
        return heading + releases + legend + "\n" + yearLines() + "\n" + summary.description + "\n\n" + basis
    }

    private func releaseLines(_ symbols: inout FigureSymbols) -> String {
        var table = TextTable([
            ("year", .left), ("version", .right), ("published", .left), ("value", .right), ("unit", .left),
            ("kind", .left), ("stage", .left), ("confirmed", .right), ("source", .left),
        ])
        for point in points {
            table.add([
                String(point.year), String(point.version), point.origin.published.description,
                symbols.symbol(of: point.status) ?? point.value.text ?? "", point.unit ?? "", point.kind ?? "",
                point.stage ?? "", point.confirmed == 0 ? "" : String(point.confirmed), point.origin.source.name,
            ])
        }
        return table.text()
    }

    private func yearLines() -> String {
        let hasNth = years.contains { $0.nth != nil }
        var table = TextTable(
            [("year", .left), ("releases", .right), ("first", .right)] + (hasNth ? [("n-th", .right)] : [])
                + [("latest", .right), ("revision", .right)])
        for year in years {
            let revision = year.revision.text.map { (year.revision.scaled ?? 0) > 0 ? "+" + $0 : $0 } ?? ""
            table.add(
                [String(year.year), String(year.releases), year.first.text ?? ""]
                    + (hasNth ? [year.nth?.text ?? ""] : []) + [year.latest.text ?? "", revision])
        }
        return table.text()
    }
}

extension TriangleReport.Point {
    /// The year's first day.
    fileprivate var time: String { CalendarDay(startOf: year).description }

    /// The day, UTC.
    fileprivate var publicationDate: String { String(origin.published.description.prefix { $0 != "T" }) }
}

extension TriangleReport.Summary: CustomStringConvertible {
    /// In words.
    package var description: String {
        let counts = "\(years) \(years == 1 ? "year" : "years"), \(revised) with more than one release"
        guard let mean = meanRevision.text, let absolute = meanAbsoluteRevision.text else { return counts }
        return counts + "; mean revision \(mean), mean absolute revision \(absolute), "
            + "\(signChanges) \(signChanges == 1 ? "sign change" : "sign changes")"
    }
}
