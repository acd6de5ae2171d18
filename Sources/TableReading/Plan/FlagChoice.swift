import Annals
import Definitions

/// Which columns say something of the figures beside them, and which of the rows.
enum FlagChoice {
    /// Longest text of a flag column, in bytes: `bep`, `E`, `..`.
    private static let longestFlag = 6

    /// Gives the role of a flag to columns that are called so and hold marks.
    static func assignFlags(_ table: inout RoleTable) {
        let called = table.open.filter { column in
            let (heading, profile) = (table.columns[column].heading, table.columns[column].profile)
            let isCalled = heading.isFlag || heading.mayBeFlag && !profile.isOfFigures && profile.figures == 0
            return isCalled && heading.year == nil && holdsMarks(column, table) && !tellsRowsApart(column, table)
                && !saysThatNothingIsMarked(column, table)
        }
        // Of two columns with a flag's name the one with the shorter texts has the marks, and the other may explain them.
        for column in called.sorted(by: { meanLength($0, table) < meanLength($1, table) })
        where !explains(column, table) {
            table.assign(column, .flag, "is called `\(table.columns[column].name)` and holds marks")
        }
        for column in table.open where table.columns[column].profile.isOfMarks {
            guard table.columns[column].heading.year == nil else { continue }
            table.assign(column, .flag, "holds marks that the dialect explains")
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
        let isLabelled = table.columns[column].heading.isLabelledStatus
        let short = (0..<texts.count).count { entry in
            let bytes = texts.bytes(entry)
            // `P: Provisional` is the mark and its label.
            let end = isLabelled ? bytes.firstIndex(of: 0x3A) ?? bytes.count : bytes.count
            return (1...longest).contains(end)
        }
        return short * 2 >= table.columns[column].profile.filled
    }

    private static let longestConstant = 2

    /// Whether rows that are alike in everything else differ in a column: that is a key, and no mark of figures.
    ///
    /// `status` may be marital. Marks under a name that is nothing else tell no rows apart: such rows stand there twice.
    private static func tellsRowsApart(_ column: Int, _ table: RoleTable) -> Bool {
        let entry = table.columns[column]
        guard entry.heading.mayBeDimension, !entry.profile.hasBlanks, let own = entry.texts, own.count > 1 else {
            return false
        }
        let others = table.columns.indices.filter { other in
            let (heading, profile) = (table.columns[other].heading, table.columns[other].profile)
            return other != column && table.role(other) != .measure && !heading.isFlag
                && (!profile.isOfFigures || heading.isKey || table.role(other) != nil) && profile.filled > 1
        }
        let texts = others.compactMap { table.columns[$0].texts }
        return !texts.isEmpty && !ColumnRelations.areUnique(texts, rowCount: table.rowCount)
            && ColumnRelations.areUnique(texts + [own], rowCount: table.rowCount)
            && ColumnRelations.cross(texts + [own], rowCount: table.rowCount)
    }

    /// Whether a column that could say that figures are hidden says in every row that they aren't.
    private static func saysThatNothingIsMarked(_ column: Int, _ table: RoleTable) -> Bool {
        guard !table.columns[column].heading.isFlag, let texts = table.columns[column].texts, texts.count == 1 else {
            return false
        }
        return ["N", "n", "F"].contains(texts.string(0))
    }

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
            if owner == nil, entry.name.isEmpty, column > 0, table.role(column - 1) != .year,
                !entry.profile.isOfFigures, entry.profile.hasBlanks, holdsShortMarks(column, table),
                figures.contains(column - 1), !table.columns[column - 1].heading.isKey
            {
                table.assign(
                    column, .flag, of: column - 1, isOfOwnerAlone: true, "stands behind figures and holds marks")
                continue
            }
            guard let owner, owner != column, holdsMarks(column, table) || entry.profile.filled == 0 else { continue }
            table.assign(column, .flag, of: owner, "is called after `\(table.columns[owner].title)` and holds marks")
        }
    }

    /// Whether all that stands in a column is as short as a mark is.
    private static func holdsShortMarks(_ column: Int, _ table: RoleTable) -> Bool {
        guard let texts = table.columns[column].texts, table.columns[column].profile.filled > 0 else { return false }
        return (0..<texts.count).allSatisfy { texts.bytes($0).count <= longestUnnamed }
    }

    private static let longestUnnamed = 3

    /// Gives each of several columns of marks of one name the column of figures beside it: `flag`, `flag.1`.
    ///
    /// - Throws: Where they don't stand all behind figures, or all in front of them.
    static func assignBeside(_ table: inout RoleTable) throws(Reason) {
        let open = table.places(.flag).filter { table.owner($0) == nil && table.columns[$0].heading.year == nil }
        let groups = Dictionary(grouping: open) { table.columns[$0].heading.numberless }
        let measures = table.places(.measure)
        for group in groups.values.sorted(by: { $0[0] < $1[0] }) where group.count > 1 && measures.count > 1 {
            let areBehind = group.allSatisfy { measures.contains($0 - 1) }
            let areInFront = group.allSatisfy { measures.contains($0 + 1) }
            guard areBehind != areInFront else { throw severalFlags(group, table) }
            for flag in group {
                let owner = areBehind ? flag - 1 : flag + 1
                table.assign(
                    flag, .flag, of: owner, isOfOwnerAlone: true,
                    "holds marks and stands beside `\(table.columns[owner].title)`")
            }
        }
    }

    private static func severalFlags(_ flags: [Int], _ table: RoleTable) -> Reason {
        let names = flags.map { "`\(table.columns[$0].title)`" }.joined(separator: " and ")
        let pairs = zip(flags, table.places(.measure)).map {
            DatasetDefinition.Columns.Flags(value: table.columns[$1].name, columns: [table.columns[$0].name])
        }
        return Reason(
            "It isn't told which figures the marks in \(names) belong to", line: table.headingLine,
            column: table.columns[flags[0]].place + 1, found: table.columns.map(\.name).joined(separator: ", "),
            expected: "each column of marks behind its figures, or each in front of them",
            remedy: "Say it in a definition, as in: `\(DatasetDefinition.Columns(flags: pairs).line)`")
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
