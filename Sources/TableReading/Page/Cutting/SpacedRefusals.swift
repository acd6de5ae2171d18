import Annals

/// Why the lines of a page that is parted by spaces can't be cut.
extension SpacedPage {
    /// The refusal of a page without a heading.
    var noHeading: Reason {
        let rows = lines.indices.dropLast().filter { isRow($0) && isRow($0 + 1) }
        let above = rows.first.flatMap { row in lines.indices[..<row].last { !lines[$0].words.isEmpty } }
        return Reason(
            "No line names the columns of a page that is parted by spaces: none above the rows has as many names as they "
                + "have figures", line: rows.first.map { $0 + 1 }, found: above.map(string),
            expected: "a line with a name above each column of figures",
            remedy: "Export the table as CSV with a header line")
    }

    /// The refusal of a row whose words don't make as many figures as there are columns.
    func widthReason(_ row: SpacedBlock.Row, _ block: SpacedBlock, _ extent: SpacedExtent) -> Reason {
        let line = lines[row.line]
        // The label seems to go on to the last word that is no figure.
        if line.hasFiguresInLabel {
            let word = page.string(line.words[line.labelCount - 1].piece)
            return Reason(
                "`\(word)` stands among the figures of the row and is none", line: row.line + 1, found: word,
                expected: "a figure or a symbol", remedy: "Correct it, or export the table with tabs, or as CSV")
        }
        let expected = extent.count(row, in: block)
        let found = lines[row.line].figures.count
        return Reason(
            "The words of the row don't make as many figures as the heading has columns", line: row.line + 1,
            found: "\(found) \(found == 1 ? "word" : "words"): \(string(row.line))",
            expected: "\(expected) \(expected == 1 ? "figure" : "figures")",
            remedy: "Compare the row with the heading above it; export the table with tabs, or as CSV")
    }

    /// The refusal of a row that can be cut in several ways, with two of them.
    func refusal(_ row: SpacedBlock.Row, _ ways: [[Range<Int>]], addsUp: Bool = true) -> Reason {
        let line = lines[row.line]
        let readings = ways.prefix(2).map { way in
            way.compactMap { line.piece($0).map(page.string) }.joined(separator: " | ")
        }
        return Reason(
            addsUp
                ? "The row can be cut in more than one way, and no sum of the table decides"
                : "The row can be cut in several ways, and none adds up to the total that the table prints",
            line: row.line + 1, found: string(row.line), expected: readings.joined(separator: "  or  "),
            remedy: "Export the table with tabs, or as CSV")
    }
}
