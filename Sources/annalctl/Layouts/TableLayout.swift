import ControlAPI

/// A table for people: a matrix where it has two dimensions, else a list of cells; then notes and audits.
struct TableLayout {
    private let report: TableReport
    private var figures = FigureText()

    /// Most columns of a matrix; a wider table is a list.
    private static let maximumColumns = 40

    init(_ report: TableReport) { self.report = report }

    mutating func text() -> String {
        var text = heading()
        let cells = report.cells ?? []
        let hasPlaces = cells.contains { $0.source != nil }
        if cells.isEmpty {
            text += report.cells == nil ? "" : "No cells.\n"
        } else if report.dimensions.count == 2, !hasPlaces, used(1, by: cells).count <= Self.maximumColumns {
            text += matrix(cells)
        } else {
            text += list(cells, hasPlaces: hasPlaces)
        }
        if let legend = figures.legendLine { text += TerminalText.sanitised(legend) + "\n" }
        return text + remarks()
    }

    // MARK: Around the cells

    private func heading() -> String {
        var text = TerminalText.sanitised("\(report.title), \(report.period ?? String(report.year))") + "\n"
        var origin = report.dataset
        if let version = report.version { origin += ", version \(version)" }
        if let published = report.published { origin += ", published \(published)" }
        if let source = report.source { origin += ", from \(source.file)" }
        text += TerminalText.sanitised(origin) + "\n"
        let said = [report.kind, report.stage, report.reason].compactMap(\.self)
        if !said.isEmpty { text += TerminalText.sanitised(said.joined(separator: "; ")) + "\n" }
        if report.measures.count == 1, let heading = report.measures[0].heading {
            text += TerminalText.sanitised(heading) + "\n"
        }
        return text + (report.cells == nil ? "" : "\n")
    }

    private func remarks() -> String {
        var lines = report.notes.map { "note: \($0)" }
        for audit in report.audits {
            var line = "audit: \(audit.name) \(audit.result), \(audit.checked) checked"
            if audit.unchecked > 0 { line += ", \(audit.unchecked) not" }
            if audit.failed > 0 { line += ", \(audit.failed) failed" }
            lines.append(line + " (\(audit.origin))")
            lines += audit.findings.map { "  \($0)" }
        }
        lines += report.findings.map { finding in
            "found: \(finding.message)" + (finding.line.map { " (line \($0))" } ?? "")
        }
        guard !lines.isEmpty else { return "" }
        return "\n" + lines.map { TerminalText.sanitised($0) + "\n" }.joined()
    }

    // MARK: Cells

    /// Rows are the first dimension's categories, columns the second's codes.
    private mutating func matrix(_ cells: [TableReport.Cell]) -> String {
        var byKey: [[String]: String] = [:]
        for cell in cells where cell.at.count == 2 {
            byKey[cell.at] = figures.text(cell, decimals: report.decimals(at: cell.at))
        }
        let rows = used(0, by: cells)
        let columns = used(1, by: cells)
        var table = TextTable(
            [(report.dimensions[0].id, .left)] + columns.map { (heading: $0.code, alignment: .right) })
        for row in rows {
            table.add([Self.name(row)] + columns.map { byKey[[row.code, $0.code]] ?? "" })
        }
        // Columns are headed by code alone: say what those mean that no row has said.
        let unsaid = columns.filter { column in
            column.label != column.code && !rows.contains { $0.code == column.code && $0.label == column.label }
        }
        guard !unsaid.isEmpty else { return table.text() }
        let names = unsaid.map(Self.name).joined(separator: ", ")
        return table.text() + TerminalText.sanitised("\(report.dimensions[1].id): \(names)") + "\n"
    }

    private mutating func list(_ cells: [TableReport.Cell], hasPlaces: Bool) -> String {
        var columns: [(heading: String, alignment: TextTable.Alignment)] =
            report.dimensions.map { ($0.id, .left) } + [("value", .right)]
        if hasPlaces { columns += [("line", .right), ("column", .right), ("text", .left)] }
        var table = TextTable(columns)
        let names = report.dimensions.map { dimension in
            Dictionary(dimension.categories.map { ($0.code, Self.name($0)) }, uniquingKeysWith: { first, _ in first })
        }
        for cell in cells {
            var row = zip(cell.at, names).map { $1[$0] ?? $0 }
            row.append(figures.text(cell, decimals: report.decimals(at: cell.at)))
            if hasPlaces {
                row += [
                    cell.source.map { String($0.line) } ?? "", cell.source.map { String($0.column) } ?? "",
                    cell.source?.text ?? "",
                ]
            }
            table.add(row)
        }
        return table.text()
    }

    /// The categories of a dimension that the cells have, in their order.
    private func used(_ dimension: Int, by cells: [TableReport.Cell]) -> [TableReport.Category] {
        let codes = Set(cells.map { $0.at[dimension] })
        return report.dimensions[dimension].categories.filter { codes.contains($0.code) }
    }

    private static func name(_ category: TableReport.Category) -> String {
        category.label == category.code ? category.code : "\(category.code) \(category.label)"
    }
}
