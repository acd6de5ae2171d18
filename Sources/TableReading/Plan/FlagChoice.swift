import Annals
import Definitions

/// Which columns say something of the figures beside them, and which of the rows.
enum FlagChoice {
    /// Longest text of a flag column, in bytes: `bep`, `E`, `..`.
    private static let longestFlag = 6

    /// Gives the role of a flag to columns that are called so and hold marks.
    static func assignFlags(_ table: inout RoleTable) {
        let called = table.open.filter {
            table.columns[$0].heading.isFlag && table.columns[$0].heading.year == nil && holdsMarks($0, table)
        }
        // Of two columns with a flag's name the one with the shorter texts has the marks, and the other may explain them.
        for column in called.sorted(by: { meanLength($0, table) < meanLength($1, table) })
        where !explains(column, table) {
            table.assign(column, .flag, "is called `\(table.columns[column].name)` and holds marks")
        }
        for column in table.open {
            guard column > 0, table.role(column - 1) == .measure, table.columns[column].texts != nil,
                let heading = table.columns[column].heading.year, ColumnName(heading.remainder).isFlag,
                table.columns[column - 1].heading.year?.mention.year == heading.mention.year
            else { continue }
            table.assign(column, .flag, of: column - 1, "is called after the column before it")
        }
        for flag in table.places(.flag) {
            guard let marks = table.columns[flag].texts else { continue }
            for other in table.open {
                guard let texts = table.columns[other].texts, texts.count > 1, texts.count <= marks.count,
                    table.columns[other].heading.isFlag, ColumnRelations.determines(marks, texts)
                else { continue }
                table.assign(other, .attribute, of: flag, "says in words what `\(table.columns[flag].title)` says")
            }
        }
    }

    /// Whether most texts of a column are as short as marks are; one that is the same throughout must be shorter still, since
    /// `Final` in every row is said of the table.
    private static func holdsMarks(_ column: Int, _ table: RoleTable) -> Bool {
        guard let texts = table.columns[column].texts, table.columns[column].profile.filled > 0 else { return false }
        let isConstant = table.columns[column].profile.filled == 1 && !table.columns[column].profile.hasBlanks
        let longest = isConstant ? longestConstant : longestFlag
        let short = (0..<texts.count).count { (1...longest).contains(texts.bytes($0).count) }
        return short * 2 >= table.columns[column].profile.filled
    }

    private static let longestConstant = 2

    /// Gives the role of a flag to columns that are called after one of figures, before headings are asked for years.
    static func assignOwned(_ table: inout RoleTable) {
        let figures = table.columns.indices.filter(table.mayBeMeasure)
        let bySlug = Dictionary(grouping: figures) { table.columns[$0].heading.slug }
        for column in table.open {
            let entry = table.columns[column]
            // `Births` and `Births %` have one slug: then it is their names, sign for sign.
            let alike = entry.heading.flagged.flatMap { bySlug[$0] } ?? []
            var owner =
                alike.count == 1
                ? alike[0]
                : alike.filter {
                    entry.name.hasPrefix(table.columns[$0].name) || entry.name.hasSuffix(table.columns[$0].name)
                }
                .max { table.columns[$0].name.utf8.count < table.columns[$1].name.utf8.count }
            // FAO's tables have a column of flags behind each year's.
            if owner == nil, column > 0, !entry.profile.isOfFigures {
                let before = table.columns[column - 1].name
                let isNext = ["F", "_F", "f", "_f"].contains { entry.name == before + $0 }
                if isNext, figures.contains(column - 1) { owner = column - 1 }
            }
            guard let owner, owner != column, holdsMarks(column, table) || entry.profile.filled == 0 else { continue }
            table.assign(column, .flag, of: owner, "is called after `\(table.columns[owner].title)` and holds marks")
        }
    }

    private static func meanLength(_ column: Int, _ table: RoleTable) -> Int {
        guard let texts = table.columns[column].texts, texts.count > 0 else { return 0 }
        return (0..<texts.count).reduce(0) { $0 + texts.bytes($1).count } * 16 / texts.count
    }

    /// Whether a column says in longer words what a flag says.
    private static func explains(_ column: Int, _ table: RoleTable) -> Bool {
        guard let texts = table.columns[column].texts else { return false }
        return table.places(.flag).contains { flag in
            table.columns[flag].texts.map {
                texts.count > 1 && texts.count <= $0.count && ColumnRelations.determines($0, texts)
                    && meanLength(column, table) > 16 * longestFlag
            } ?? false
        }
    }

    /// Why a column has no other role that has nothing in it.
    static let emptyThroughout = "is empty throughout"

    /// Leaves out what is empty, and keeps what is the same throughout, and a power of ten, as said of the table.
    static func assignConstants(_ table: inout RoleTable) {
        for column in table.open {
            let (profile, heading) = (table.columns[column].profile, table.columns[column].heading)
            if heading.isMultiplier, table.hasFigures(besides: column), profile.isOfWholeNumbers {
                table.assign(column, .attribute, "says which power of ten the figures are times")
                continue
            }
            if table.columns[column].texts != nil, profile.filled == 0 {
                table.assign(column, .attribute, emptyThroughout)
            } else if profile.filled == 1, !profile.hasBlanks, table.rowCount > 1,
                !profile.isOfFigures || heading.isKey || heading.isUnit
            {
                table.assign(column, .attribute, "is the same throughout")
                noteSymbol(column, &table)
            }
        }
    }

    /// A lone letter throughout may be a symbol in place of figures: `c` for all that is confidential.
    private static func noteSymbol(_ column: Int, _ table: inout RoleTable) {
        let entry = table.columns[column]
        guard let texts = entry.texts, texts.bytes(0).count <= longestConstant, !entry.heading.isUnit,
            !entry.heading.isDimension, !entry.heading.isCode
        else { return }
        table.note(
            "column-left-out",
            "The column `\(entry.title)` has `\(texts.string(0))` in every row, and is left out; if that stands for figures, "
                + "keep it by a definition: `\(DatasetDefinition.Columns(values: [entry.title]).line)`")
    }

    /// Keeps remarks apart from keys.
    static func assignRemarks(_ table: inout RoleTable) {
        for column in table.open {
            let entry = table.columns[column]
            guard entry.texts != nil, entry.heading.isRemark,
                !entry.profile.isOfFigures || entry.heading.isOfNotes && table.hasFigures(besides: column)
            else { continue }
            table.assign(column, .attribute, "holds remarks")
            table.note("column-left-out", "The column `\(entry.title)` holds remarks about rows, and is left out")
        }
    }
}
