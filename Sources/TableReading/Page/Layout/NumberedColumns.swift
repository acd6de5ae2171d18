import Annals

/// Lines that number the columns of a heading.
extension PageLayout {
    /// Leaves out first rows that count on from one, below headings that name all columns, beside labels of words.
    mutating func dropColumnNumbers() {
        var places: [Int] = []
        for (place, row) in rows.enumerated() where place == 0 || rows[place - 1].heading != row.heading {
            let texts = [row.label] + row.fields.map { text.string(text.fields[$0]) }
            let names = headings[row.heading].labels
            guard ColumnNumbers.countOn(texts, isLabelNumbered: true),
                names.allSatisfy({ !$0.isEmpty && (!FieldText.looksLikeFigure($0) || HeadingLines.namesYear($0)) })
            else { continue }
            places.append(place)
        }
        let others = rows.indices.filter { !places.contains($0) }
        guard !places.isEmpty, !others.isEmpty, others.allSatisfy({ ColumnNumbers.mayStandBeside(rows[$0].label) })
        else {
            return
        }
        findings += places.map { ColumnNumbers.finding(line: rows[$0].line) }
        rows = others.map { rows[$0] }
    }
}
