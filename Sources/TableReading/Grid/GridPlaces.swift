import Annals

/// Says of lines and fields of a grid's text which rows and columns of the sheet they are.
struct GridPlaces: Sendable {
    let sheet: String
    /// *Shape:* one a field: the column of the sheet, from 1.
    let columns: [Int]

    func column(ofField field: Int) -> Int? { columns.indices.contains(field - 1) ? columns[field - 1] : nil }

    /// A reason with its place in words too, `Sheet "Table 1", cell C5`.
    func placed(_ reason: Reason) -> Reason {
        let column = reason.column.flatMap(column(ofField:))
        let place: String
        switch (reason.line, column) {
        case (let row?, let column?): place = ", cell \(CellReference(row: row, column: column))"
        case (let row?, nil): place = ", row \(row)"
        case (nil, let column?): place = ", column \(CellReference.letters(ofColumn: column))"
        case (nil, nil): place = ""
        }
        return Reason(
            "Sheet `\(sheet)`\(place): \(withLetters(reason.message))", line: reason.line, column: column,
            found: reason.found,
            expected: reason.expected, remedy: reason.remedy)
    }

    /// `Columns 2 and 4 …` by their letters.
    private func withLetters(_ message: String) -> String {
        let words = message.split(separator: " ", maxSplits: 4)
        guard words.count == 5, words[0] == "Columns", words[2] == "and", let one = Int(words[1]),
            let other = Int(words[3]), let first = column(ofField: one), let second = column(ofField: other)
        else { return message }
        return
            "Columns \(CellReference.letters(ofColumn: first)) and \(CellReference.letters(ofColumn: second)) \(words[4])"
    }

    func placed(_ finding: Finding) -> Finding {
        guard let row = finding.line else { return finding }
        return Finding(finding.code, "Sheet `\(sheet)`, row \(row): \(finding.message)", line: row)
    }

    func placed(_ origins: CellOrigins) -> CellOrigins {
        origins.mapped { origin in
            var origin = origin
            origin.sheet = sheet
            origin.column = column(ofField: origin.column) ?? origin.column
            return origin
        }
    }
}
