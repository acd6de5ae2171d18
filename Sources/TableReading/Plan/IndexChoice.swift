import Annals

/// Which column counts the rows, as programs write it in front of a table.
enum IndexChoice {
    static func assign(_ table: inout RoleTable) {
        for column in table.open {
            let entry = table.columns[column]
            guard entry.heading.isIndex, table.hasFigures(besides: column), let texts = entry.texts,
                entry.profile.wholeNumbers * 3 >= entry.profile.filled * 2, entry.profile.leadingZeros == 0,
                counts(texts, rowCount: table.rowCount, fromAny: entry.heading.isRowNumber),
                table.open.contains(where: { $0 != column && isWords(table.columns[$0]) })
                    || !table.places(.year).isEmpty || !table.places(.key).isEmpty
            else { continue }
            table.assign(column, .index, "counts the rows")
            table.note("index-column", "The column `\(entry.title)` counts the rows, and is left out")
        }
    }

    private static func isWords(_ column: PlanColumn) -> Bool {
        column.texts != nil && !column.profile.isOfFigures && column.profile.filled > 0
    }

    /// Whether nearly all rows have the number behind that of the row before, beginning with 0 or 1, or with any.
    ///
    /// A row that was deleted, or a spoilt number, makes no measure of the others.
    private static func counts(_ texts: KeyDictionary, rowCount: Int, fromAny: Bool) -> Bool {
        guard rowCount > 1, texts.count * 3 >= rowCount * 2 else { return false }
        let numbers = texts.strings.map { Int($0) }
        let start = fromAny ? numbers.first.flatMap(\.self) ?? 0 : 0
        // A few rows may have been taken out above.
        let inPlace = texts.lane.rows.values.enumerated().reduce(0) { count, row in
            guard let number = numbers[Int(row.element)] else { return count }
            return (0...3).contains(number - start - row.offset) ? count + 1 : count
        }
        return inPlace * 3 >= rowCount * 2
    }
}
