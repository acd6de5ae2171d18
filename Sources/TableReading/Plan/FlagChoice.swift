import Annals

/// Which columns say something of the figures beside them, and which of the rows.
enum FlagChoice {
    /// Longest text of a flag column, in bytes: `bep`, `E`, `..`.
    private static let longestFlag = 6

    /// Gives the role of a flag to columns that are called so and hold marks.
    static func assignFlags(_ table: inout RoleTable) {
        for column in table.open where ColumnNames.isFlag(table.columns[column].name) {
            guard let texts = table.columns[column].texts, table.columns[column].profile.filled > 0 else { continue }
            let short = (0..<texts.count).count { (1...longestFlag).contains(texts.bytes($0).count) }
            guard short * 2 > table.columns[column].profile.filled else { continue }
            table.assign(column, .flag, "is called `\(table.columns[column].name)` and holds marks")
        }
        for column in table.open {
            guard column > 0, table.role(column - 1) == .measure, table.columns[column].texts != nil,
                case .year(let heading) = YearHeading.parse(table.columns[column].name),
                ColumnNames.isFlag(heading.remainder), isBelow(heading.mention.year, table.columns[column - 1].name)
            else { continue }
            table.assign(column, .flag, of: column - 1, "is called after the column before it")
        }
        for flag in table.places(.flag) {
            guard let marks = table.columns[flag].texts else { continue }
            for other in table.open {
                guard let texts = table.columns[other].texts, texts.count > 1, texts.count <= marks.count,
                    ColumnNames.isFlag(table.columns[other].name), ColumnRelations.determines(marks, texts)
                else { continue }
                table.assign(other, .attribute, of: flag, "says in words what `\(table.columns[flag].title)` says")
            }
        }
    }

    /// Why a column has no other role that has nothing in it.
    static let emptyThroughout = "is empty throughout"

    private static func isBelow(_ year: Int, _ name: String) -> Bool {
        if case .year(let heading) = YearHeading.parse(name) { heading.mention.year == year } else { false }
    }

    /// Leaves out what is empty, and keeps what is the same throughout as said of the table.
    static func assignConstants(_ table: inout RoleTable) {
        for column in table.open {
            let profile = table.columns[column].profile
            if table.columns[column].texts != nil, profile.filled == 0 {
                table.assign(column, .attribute, emptyThroughout)
            } else if profile.filled == 1, !profile.hasBlanks, table.rowCount > 1,
                !profile.isOfFigures || ColumnNames.isKey(table.columns[column].name)
            {
                table.assign(column, .attribute, "is the same throughout")
            }
        }
    }

    /// Keeps remarks apart from keys.
    static func assignRemarks(_ table: inout RoleTable) {
        for column in table.open {
            let entry = table.columns[column]
            guard entry.texts != nil, ColumnNames.isRemark(entry.name), !entry.profile.isOfFigures else { continue }
            table.assign(column, .attribute, "holds remarks")
            table.note("column-left-out", "The column `\(entry.title)` holds remarks about rows, and is left out")
        }
    }
}
