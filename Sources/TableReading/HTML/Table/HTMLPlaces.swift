import Annals

/// Says of lines and fields of a table's text where they stand in the page.
///
/// A page may be a single line, so that words name the row of the table as well.
struct HTMLPlaces: Sendable {
    let lines: [HTMLTableText.Line]
    /// *Shape:* one a field: the column of the table, from 1.
    let columns: [Int]
    /// Number of the table in the page.
    let table: Int

    private func line(_ number: Int) -> HTMLTableText.Line? {
        lines.indices.contains(number - 1) ? lines[number - 1] : nil
    }

    func column(ofField field: Int) -> Int { columns.indices.contains(field - 1) ? columns[field - 1] : field }

    func placed(_ reason: Reason) -> Reason {
        var reason = reason
        let line = reason.line.flatMap(line)
        reason.message = inRows(reason.message)
        if let line, line.row > 0, !reason.message.contains("row") && !reason.message.contains("Row") {
            reason.message += " (row \(line.row) of the table)"
        }
        reason.line = line?.place
        reason.column = reason.column.map(column(ofField:))
        reason.remedy = reason.remedy.map(inRows)
        return reason
    }

    func placed(_ finding: Finding) -> Finding {
        Finding(finding.code, inRows(finding.message), line: finding.line.flatMap(line)?.place)
    }

    func placed(_ origin: CellOrigin) -> CellOrigin {
        CellOrigin(
            line: line(origin.line)?.place ?? origin.line, column: column(ofField: origin.column), text: origin.text)
    }

    /// `Lines 3 and 5 have the same keys` with the rows of the table.
    private func inRows(_ text: String) -> String {
        var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        for place in words.indices {
            guard let word = Self.words[words[place]], place + 1 < words.count, let number = row(words[place + 1])
            else {
                continue
            }
            words[place] = word
            words[place + 1] = number
            if place + 3 < words.count, words[place + 2] == "and", let number = row(words[place + 3]) {
                words[place + 3] = number
            }
        }
        return words.joined(separator: " ")
    }

    private static let words = ["line": "row", "lines": "rows", "Line": "Row", "Lines": "Rows"]

    private func row(_ word: String) -> String? {
        let digits = word.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), let line = line(number), line.row > 0 else { return nil }
        return String(line.row) + word[digits.endIndex...]
    }
}
