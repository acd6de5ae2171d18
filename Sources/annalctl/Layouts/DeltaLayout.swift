import ControlAPI

/// A delta for people: a row a cell, then the summary.
struct DeltaLayout {
    private let report: DeltaReport
    private let names: [[String: String]]

    init(_ report: DeltaReport) {
        self.report = report
        names = report.dimensions.map { dimension in
            Dictionary(
                dimension.categories.map { ($0.code, $0.label == $0.code ? $0.code : "\($0.code) \($0.label)") },
                uniquingKeysWith: { first, _ in first })
        }
    }

    func text() -> String {
        let heading = "\(report.dataset): \(side(report.from)) → \(side(report.to))"
        return TerminalText.sanitised(heading) + "\n\n" + rows() + "\n" + Self.brief(report.summary) + "\n"
    }

    /// The summary in words, only what there is.
    static func brief(_ summary: DeltaSummary) -> String {
        let parts = [
            (summary.increased, "increased"), (summary.decreased, "decreased"), (summary.unchanged, "unchanged"),
            (summary.appeared, "appeared"), (summary.vanished, "vanished"), (summary.transitions, "changed status"),
        ].filter { $0.0 > 0 }
        return parts.isEmpty ? "nothing to compare" : parts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }

    private func side(_ side: DeltaSide) -> String {
        let said = [side.kind, side.stage, side.reason].compactMap(\.self)
        return "\(side.year) version \(side.version)" + (said.isEmpty ? "" : " (\(said.joined(separator: "; ")))")
    }

    private func rows() -> String {
        guard !report.cells.isEmpty else { return "No cells.\n" }
        let hasRelative = report.cells.contains { $0.relative != nil }
        let hasRemark = report.cells.contains { $0.comparison != "compared" }
        var columns: [(heading: String, alignment: TextTable.Alignment)] =
            report.dimensions.map { ($0.id, .left) } + [
                (report.axis == "year" ? String(report.from.year) : "version \(report.from.version)", .right),
                (report.axis == "year" ? String(report.to.year) : "version \(report.to.version)", .right),
                ("change", .right),
            ]
        if hasRelative { columns.append(("relative", .right)) }
        if hasRemark { columns.append(("", .left)) }
        var table = TextTable(columns)
        for cell in report.cells { table.add(row(cell, hasRelative: hasRelative, hasRemark: hasRemark)) }
        return table.text()
    }

    private func row(_ cell: DeltaReport.Cell, hasRelative: Bool, hasRemark: Bool) -> [String] {
        let decimals = TableReport.decimals(
            at: cell.at, dimensions: report.dimensions, measures: report.measures)
        var row = zip(cell.at, names).map { $1[$0] ?? $0 }
        row.append(cell.from?.text(decimals: decimals) ?? Self.word(cell.fromStatus))
        row.append(cell.to?.text(decimals: decimals) ?? Self.word(cell.toStatus))
        row.append(cell.change.map { Self.signed($0.text(decimals: decimals)) } ?? "")
        if hasRelative { row.append(cell.relative.map(Self.percent) ?? "") }
        if hasRemark { row.append(cell.comparison == "compared" ? "" : cell.comparison) }
        return row
    }

    private static func word(_ status: String?) -> String { status ?? "" }

    private static func signed(_ text: String) -> String {
        text.hasPrefix("-") || text.allSatisfy { $0 == "0" || $0 == "." } ? text : "+" + text
    }

    /// Millionths as a percentage with one decimal, half away from zero.
    private static func percent(_ relative: WireFigure) -> String {
        let text = relative.text(decimals: 6)
        guard let micros = Int(text.filter { $0 != "." }) else { return text }
        let tenths = (micros.magnitude + 500) / 1000
        let sign = tenths == 0 ? "" : micros < 0 ? "-" : "+"
        return "\(sign)\(tenths / 10).\(tenths % 10)%"
    }
}
