import Annals

/// Which column counts the rows, as programs write it in front of a table.
enum IndexChoice {
    static func assign(_ table: inout RoleTable) {
        for column in table.open {
            let entry = table.columns[column]
            guard entry.heading.isIndex, table.hasFigures(besides: column), let texts = entry.texts,
                entry.profile.wholeNumbers * 3 >= entry.profile.filled * 2, entry.profile.leadingZeros == 0,
                counts(texts, rowCount: table.rowCount, fromAny: entry.heading.isRowNumber)
                    || isOutOfOrder(column, texts, table),
                table.open.contains(where: { $0 != column && isKey(table.columns[$0], beside: entry) })
                    || !table.places(.year).isEmpty || !table.places(.key).isEmpty
            else { continue }
            table.assign(column, .index, "counts the rows")
            table.note("index-column", "The column `\(entry.title)` counts the rows, and is left out")
        }
    }

    /// Whether row numbers stand under a name that programs alone write, or in front of all others, in another order than
    /// they were counted in: rows that were sorted, chosen, or put together from several tables.
    ///
    /// What tells rows apart counts no rows.
    private static func isOutOfOrder(_ column: Int, _ texts: KeyDictionary, _ table: RoleTable) -> Bool {
        let entry = table.columns[column]
        guard entry.heading.isWrittenByPrograms || column == 0 && entry.heading.isInFront,
            entry.profile.isOfWholeNumbers, !entry.profile.hasBlanks, table.rowCount > 1
        else { return false }
        let numbers = texts.strings.map { Int($0) ?? -1 }
        let isEachOnce = texts.count == table.rowCount
        let countsAll =
            isEachOnce
            && (entry.heading.isWrittenByPrograms || entry.heading.isIndexAlone
                || (0...1).contains { start in numbers.allSatisfy { (start..<start + table.rowCount).contains($0) } })
        guard countsAll || countsPieces(texts, numbers) else { return false }
        let others = table.columns.indices.filter { other in
            guard other != column else { return false }
            switch table.role(other) {
            case nil: return mayBeKey(table.columns[other])
            case .key, .year: return true
            default: return false
            }
        }
        return ColumnRelations.areUnique(others.compactMap { table.columns[$0].texts }, rowCount: table.rowCount)
    }

    /// Whether each row has the number behind that of the row before, or the first one again.
    private static func countsPieces(_ texts: KeyDictionary, _ numbers: [Int]) -> Bool {
        guard let first = numbers.first, (0...1).contains(first), texts.count > 1 else { return false }
        var last = first - 1
        for entry in texts.rows {
            let number = numbers[Int(entry)]
            guard number == last + 1 || number == first else { return false }
            last = number
        }
        return true
    }

    /// Words; beside what programs put in front of a table, numbers under the name of a code or an age as well.
    private static func isKey(_ column: PlanColumn, beside index: PlanColumn) -> Bool {
        isWords(column)
            || (index.place == 0 && index.heading.isInFront || index.heading.isWrittenByPrograms) && mayBeKey(column)
    }

    /// Words, and numbers under the name of a code or an age.
    private static func mayBeKey(_ column: PlanColumn) -> Bool {
        isWords(column) || column.heading.isKey && !column.heading.isIndex && column.profile.isOfWholeNumbers
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
        let inPlace = texts.rows.enumerated().reduce(0) { count, row in
            guard let number = numbers[Int(row.element)] else { return count }
            return (0...3).contains(number - start - row.offset) ? count + 1 : count
        }
        return inPlace * 3 >= rowCount * 2
    }
}
