import Annals
import TableReading

/// A reading, or a refusal, as lines of text that people can check against the file.
enum ReadingText {
    static func lines(of document: ReadDocument) -> [String] {
        var lines = [
            "dataset \(document.facts.dataset)", "title \(document.facts.title)",
            "read as \(document.facts.reader), \(document.facts.encoding), dialect \(document.facts.dialect)",
        ]
        for table in document.tables {
            lines.append("")
            lines.append("year \(table.period.label)")
            for dimension in table.keySpace.dimensions {
                let categories = dimension.categories.map { category in
                    ([category.code, category.label].joined(separator: " = ")
                        + category.aliases.map { " | \($0)" }.joined())
                }
                lines.append("dimension \(dimension.id): \(categories.joined(separator: "; "))")
            }
            for measure in table.measures { lines.append("measure \(measure.code), \(measure.decimals) decimals") }
            for cell in 0..<table.cells.count { lines.append("  " + self.cell(cell, of: table)) }
            for note in table.notes { lines.append("note \(note)") }
        }
        if !document.facts.findings.isEmpty { lines.append("") }
        for finding in document.facts.findings {
            lines.append("finding \(finding.code)\(finding.line.map { " in line \($0)" } ?? ""): \(finding.message)")
        }
        return lines
    }

    private static func cell(_ cell: Int, of table: Table) -> String {
        let ordinal = table.ordinal(ofCell: cell)
        let mark = table.cells.mark(at: cell)
        let decimals = table.measure(atOrdinal: ordinal).decimals
        let figure =
            mark.status == .value ? ScaledDecimal.text(table.cells.values[cell], decimals: decimals) : mark.status.code
        let flags = mark.flags.codes.map { " \($0)" }.joined()
        return "\(table.keySpace.codes(at: ordinal).joined(separator: " × ")): \(figure)\(flags)"
    }

    static func lines(of reason: Reason) -> [String] {
        var lines = ["refused: \(reason.message)"]
        if let line = reason.line { lines.append("line \(line)" + (reason.column.map { ", column \($0)" } ?? "")) }
        if let found = reason.found { lines.append("found \(found)") }
        if let expected = reason.expected { lines.append("expected \(expected)") }
        if let remedy = reason.remedy { lines.append("remedy \(remedy)") }
        return lines
    }
}
