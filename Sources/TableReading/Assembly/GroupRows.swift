import Annals

/// Rows that are headings of groups: a label with no figures beside it, above the rows that belong to it.
///
/// A region whose figures are missing looks the same, one by one. Groups begin at the first row, or below a total, no two
/// of them follow one another, and the last row is none. Taken for regions they would be empty categories, and the rows
/// of two groups would be one.
enum GroupRows {
    /// The first row of a group; nil where the rows without figures are rows.
    static func first(_ columns: TableColumns, isBlank: (UInt16) -> Bool) -> Int? {
        guard columns.keys.count == 1, columns.rowCount > 2, !columns.figures.isEmpty, columns.rowPeriods == nil,
            let key = columns.keys.first
        else { return nil }
        func isEmpty(_ row: Int) -> Bool { columns.figures.allSatisfy { isBlank($0.marks[row]) } }
        let begins = isEmpty(0) ? 0 : isTotal(key, row: 0) && isEmpty(1) ? 1 : nil
        guard let begins, !isEmpty(columns.rowCount - 1) else { return nil }
        var count = 0
        var isBehindEmpty = false
        for row in begins..<columns.rowCount {
            let isEmpty = isEmpty(row)
            if isEmpty, isBehindEmpty { return nil }
            if isEmpty { count += 1 }
            isBehindEmpty = isEmpty
        }
        return count > 1 || columns.figures.count > 1 ? begins : nil
    }

    /// The first row that has no figures and leaves all of some other columns empty, which other rows fill in.
    static func first(
        _ columns: TableColumns, without companions: [KeyDictionary], isBlank: (UInt16) -> Bool
    ) -> Int? {
        guard !companions.isEmpty, !columns.figures.isEmpty else { return nil }
        return (0..<columns.rowCount).first { row in
            columns.figures.allSatisfy { isBlank($0.marks[row]) }
                && companions.allSatisfy { $0.bytes($0.index(ofRow: row)).isEmpty }
        }
    }

    private static func isTotal(_ key: KeyColumn, row: Int) -> Bool {
        TotalLabel.matches(key.dimension.categories[Int(key.indices[row])].label)
    }

    static func reason(_ columns: TableColumns, _ row: Int, line: Int) -> Reason {
        let labels = columns.keys.map { $0.dimension.categories[Int($0.indices[row])].label }
        return reason(labels.first { !$0.isEmpty } ?? "", line: line)
    }

    /// The refusal of a label without figures.
    static func reason(_ label: String, line: Int) -> Reason {
        Reason(
            "`\(label)` has no figures, and stands above rows as the heading of a group does", line: line, column: 1,
            found: label, expected: "figures in each row",
            remedy: "Give the groups a column of their own, filled in each row; where the figures are missing, print a "
                + "symbol such as `..` and name its dialect")
    }
}
