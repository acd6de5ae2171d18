import Annals
import Definitions

/// A diagonal of nothing but points: what doesn't apply to a place and itself, whoever printed it.
enum DiagonalDots {
    /// The dialect that knows `.` where the page has it on the diagonal alone, and nothing else there; else the same.
    static func dialect(_ dialect: Dialect, _ layout: PageLayout, rows: PageSide, columns: PageSide) -> Dialect {
        guard dialect.symbols["."] == nil else { return dialect }
        let starts = layout.labelStarts
        var dots = 0
        for (row, category) in zip(layout.rows, rows.indices) {
            let code = rows.categories[Int(category)].code
            let labels = layout.headings[row.heading].labels
            for (place, field) in layout.text.fields[row.fields].enumerated() where !field.isEmpty {
                let isDot = layout.text.withBytes(field) { $0.count == 1 && $0[0] == UInt8(ascii: ".") }
                let column = Int(columns.indices[starts[row.heading] + place])
                let isDiagonal = !labels[place].isEmpty && columns.categories[column].code == code
                guard isDot == isDiagonal else { return dialect }
                if isDot { dots += 1 }
            }
        }
        guard dots > 0 else { return dialect }
        var known = dialect
        known.symbols["."] = Dialect.Meaning(.notApplicable)
        return known
    }
}
