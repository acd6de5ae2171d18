/// Rows of text laid out in columns for people: plain, two spaces between columns, figures to the right.
///
/// For answers that are small; what may be long is laid out by ``TextColumns`` as it is written.
package struct TextTable: Sendable {
    private var alignments: [TextColumns.Alignment]
    private var headings: [String]
    private var rows: [[String]] = []

    package init(_ columns: [(heading: String, alignment: TextColumns.Alignment)]) {
        headings = columns.map { TerminalText.sanitised($0.heading) }
        alignments = columns.map(\.alignment)
    }

    /// Adds a row, one text a column; it is made safe for a terminal here.
    package mutating func add(_ row: [String]) {
        precondition(row.count == headings.count, "one text a column")
        rows.append(row.map(TerminalText.sanitised))
    }

    /// The lines, each ending in a line feed, none with spaces at its end.
    package func text() -> String {
        let shown = headings.contains { !$0.isEmpty } ? [headings] + rows : rows
        let columns = headings.indices.map { column in
            (alignment: alignments[column], width: shown.map { TextColumns.width(of: $0[column]) }.max() ?? 0)
        }
        return shown.map { TextColumns.line($0, columns) }.joined()
    }
}
