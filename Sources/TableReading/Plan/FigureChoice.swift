import Annals
import Definitions

/// Which columns hold figures.
enum FigureChoice {
    /// What the headings say, taken together.
    struct Headings {
        /// *Shape:* one a column: the year that its heading names.
        var years: [Int?]

        /// Whether columns of figures have years in their headings, so that these give the years.
        var giveYears: Bool { years.contains { $0 != nil } }
        /// Whether they give more than one.
        var giveSeveralYears: Bool { Set(years.compactMap(\.self)).count > 1 }
    }

    /// - Throws: A heading that is a part of a year, or several years together, above figures.
    static func headings(
        _ table: inout RoleTable, claimed: Set<Int>, definition: DatasetDefinition?
    ) throws(Reason) -> Headings {
        let all = table.columns.indices.filter {
            isAmongFigures($0, table) && (table.role($0) ?? .measure) == .measure
        }
        table.namesHaveYears = try HeadingNumbers.areNames(
            table, figures: all, claimed: claimed, definition: definition)
        let figures = all.filter { table.role($0) == nil }
        let names = figures.map { table.columns[$0].name }
        let found =
            table.namesHaveYears
            ? names.map { _ in nil }
            : YearHeadings.together(names, figures.map { table.columns[$0].heading.year }, claimed: claimed)
        if let odd = YearHeadings.doubtful(found, figures.map { table.columns[$0].name }, claimed: claimed) {
            throw doubtful(table.columns[figures[odd]], claimed, line: table.headingLine)
        }
        var years = [Int?](repeating: nil, count: table.columns.count)
        for (column, heading) in zip(figures, found) { years[column] = heading?.mention.year }
        let others = figures.filter { years[$0] == nil }
        try refuseParts(others, table, besideYears: found.contains { $0 != nil })
        let (columns, line) = (table.columns, table.headingLine)
        let place = { (column: Int) in (line: line, column: columns[column].place + 1) }
        try ShortYear.refuse(others.map { table.columns[$0].name }, claimed: claimed) { place(others[$0]) }
        if let part = NumberedParts.first(in: found, names) {
            throw partOfYear(table.columns[figures[part]].name, place(figures[part]))
        }
        try YearUnits.refuse(figures.map { table.columns[$0].name }, found) { place(figures[$0]) }
        return Headings(years: years)
    }

    private static func partOfYear(_ found: String, _ place: (line: Int, column: Int)) -> Reason {
        Reason(
            "The headings are months, quarters or weeks", line: place.line, column: place.column, found: found,
            expected: "years", remedy: "Annal keeps yearly tables; sum the figures to years")
    }

    private static func doubtful(_ column: PlanColumn, _ claimed: Set<Int>, line: Int) -> Reason {
        let year = claimed.first.map { String($0) }
        let other = year.map { "title or file name give \($0)" } ?? "the other years stand alone"
        return Reason(
            "The year in `\(column.name)` may be that of its figures or a part of its name: \(other)", line: line,
            column: column.place + 1, found: column.name,
            expected: "years above all columns of figures, or above none",
            remedy:
                "Take the year out of the heading where it is a part of the name, or leave the column out by a definition: "
                + "`\(DatasetDefinition.Columns(ignored: [column.name]).line)`")
    }

    /// What headings say of years.
    static func yearHeadings(_ names: [String], claimed: Set<Int>) -> [YearHeading?] {
        YearHeadings.together(names, names.map { YearHeading.parse($0).year }, claimed: claimed)
    }

    private static func refuseParts(
        _ figures: [Int], _ table: RoleTable, besideYears: Bool
    ) throws(Reason) {
        let areClasses =
            !besideYears
            && figures.contains { if case .bound = table.columns[$0].heading.time { true } else { false } }
        for column in figures {
            let (name, place) = (table.columns[column].name, table.columns[column].place + 1)
            switch table.columns[column].heading.time {
            case .part(let part):
                throw partOfYear(part, (line: table.headingLine, column: place))
            case .several(let years) where !besideYears && CalendarDay.isBetweenMonths(name):
                // `Apr 2010 to Mar 2011`.
                throw Reason(
                    "The heading names a time from one year to another: \(years.map(\.label).joined(separator: ", "))",
                    line: table.headingLine, column: place, found: name, expected: "one year above each column",
                    remedy: "Write each column's year alone: `2010`, or `2010-11` for one from spring to spring")
            // Between `Before 1919` and `After 1945`, `1919-1945` is a class of houses, and no year of the table.
            case .range where areClasses: continue
            case .range(let range) where FieldText.collapsed(name) == range || !besideYears:
                let all = figures.map { table.columns[$0] }.filter {
                    if case .range = $0.heading.time { true } else { false }
                }
                throw Reason(
                    "The heading names several years together: \(range)", line: table.headingLine, column: place,
                    found: name, expected: "one year above each column",
                    remedy: "Annal keeps yearly tables; leave such columns out by a definition: "
                        + "`\(DatasetDefinition.Columns(ignored: all.map(\.name)).line)`")
            default: continue
            }
        }
    }

    /// Whether a column is of figures, or stands below a year as others of figures do: one of symbols that nobody explains.
    private static func isAmongFigures(_ column: Int, _ table: RoleTable) -> Bool {
        if mayBeFigures(table.columns[column]) { return true }
        guard let heading = table.columns[column].heading.year else { return false }
        return table.columns.contains { other in
            other.heading.year.map { $0.remainder == heading.remainder } == true && mayBeFigures(other)
        }
    }

    /// Whether a column could be of figures by what stands in it; nothing at all could be anything.
    static func mayBeFigures(_ column: PlanColumn) -> Bool {
        switch column.content {
        case .figures: true
        case .texts:
            column.profile.isOfFigures || column.profile.filled == column.profile.symbols
                || column.profile.figures > 0 && column.heading.year != nil
        }
    }

    /// Gives the role of a measure to columns that nothing else can be: those below a year, or below `value`.
    static func assignCertain(_ table: inout RoleTable, _ headings: Headings, yearColumn: Bool) {
        let open = table.open
        for column in open where headings.years[column] != nil && !yearColumn {
            table.assign(column, .measure, "has a year in its heading")
        }
        let values = open.filter { table.role($0) == nil && table.columns[$0].heading.isValue }
        if values.count == 1, headings.giveYears, !yearColumn {
            leaveOut(values[0], &table)
        } else if values.count == 1 {
            table.assign(values[0], .measure, "is called `\(table.columns[values[0]].name)`")
        }
        for column in open where table.role(column) == nil {
            guard case .figures = table.columns[column].content else { continue }
            if headings.giveYears, !yearColumn {
                leaveOut(column, &table)
            } else {
                table.assign(column, .measure, "holds figures that no code would be")
            }
        }
    }

    /// A column of figures that belongs to no year, beside columns that do.
    static func leaveOut(_ column: Int, _ table: inout RoleTable) {
        let title = table.columns[column].title
        table.assign(column, .attribute, "holds figures, and no year stands in its heading, as it does in others")
        table.noteLeftOut(title)
    }

    /// Gives the role of a measure to what is left of figures, once the keys are known.
    ///
    /// - Throws: Where no column holds figures.
    static func assignRest(
        _ table: inout RoleTable, _ headings: Headings, yearColumn: Bool
    ) throws(Reason) {
        let hasValue = table.places(.measure).contains { table.columns[$0].heading.isValue }
        let varies = table.places(.measure).count + table.open.count { table.columns[$0].profile.filled > 1 }
        for column in table.open where table.columns[column].profile.isOfFigures {
            if table.columns[column].heading.isDecimals, hasValue {
                table.assign(column, .attribute, "says with how many decimals figures are meant")
            } else if table.columns[column].heading.isCoordinate, hasValue {
                table.assign(column, .attribute, "says where figures stand in the publisher's database")
            } else if isConstant(column, table), varies > 0 {
                leaveConstant(column, &table)
            } else if headings.giveYears, !yearColumn {
                leaveOut(column, &table)
            } else if let key = keyOfCodes(column, table) {
                table.assign(column, .attribute, of: key, "holds codes that follow from `\(table.columns[key].title)`")
                table.note(
                    "column-follows",
                    "The column `\(table.columns[column].title)` follows from `\(table.columns[key].title)` and is no key"
                )
            } else if hasValue && repeatsKeys(column, table) {
                table.assign(column, .attribute, "repeats what the keys say")
                let title = table.columns[column].title
                table.note(
                    "column-follows",
                    "The column `\(title)` follows from the keys and is no key; where its numbers are figures, keep them "
                        + "by a definition: `\(valuesLine(adding: column, table))`")
            } else {
                try refuseLoneFigure(column, table)
                try CodesInFront.refuse(column, table)
                table.assign(column, .measure, "holds figures")
            }
        }
        guard table.places(.measure).isEmpty else { return }
        throw Reason(
            "No column holds figures: \(whyNone(table))", line: table.headingLine,
            found: table.columns.map(\.name).joined(separator: ", "), expected: "a column of numbers",
            remedy: remedyForNone(table))
    }

    /// The key that tells the numbers of a classification, `1.1` under `NACE`; nil where a column may hold figures.
    private static func keyOfCodes(_ column: Int, _ table: RoleTable) -> Int? {
        let entry = table.columns[column]
        guard entry.heading.isCode || entry.heading.isClassification, let texts = entry.texts, texts.count > 1 else {
            return nil
        }
        return table.places(.key).first { key in
            table.columns[key].texts.map { ColumnRelations.areOneToOne($0, texts) } ?? false
        }
    }

    /// One number in all rows, which is no zero: a level, a version, the year of a survey.
    ///
    /// In one row or two any figure may be so; a version is one by its name.
    private static func isConstant(_ column: Int, _ table: RoleTable) -> Bool {
        let entry = table.columns[column]
        guard entry.profile.filled == 1, !entry.profile.hasBlanks, let texts = entry.texts,
            entry.profile.wholeNumbers + entry.profile.otherNumbers == 1
        else { return false }
        return entry.heading.isOfEdition || table.rowCount >= 3 && texts.string(0) != "0"
    }

    private static func leaveConstant(_ column: Int, _ table: inout RoleTable) {
        let title = table.columns[column].title
        table.assign(column, .attribute, "is the same throughout")
        table.note(
            "column-left-out",
            "The column `\(title)` has the same number in all rows, and is left out; keep it by a definition: "
                + "`\(DatasetDefinition.Columns(values: [title]).line)`")
    }

    /// A column that is empty but for one figure is a slip more often than a measure.
    private static func refuseLoneFigure(_ column: Int, _ table: RoleTable) throws(Reason) {
        let entry = table.columns[column]
        guard entry.profile.hasBlanks, entry.profile.filled == 1,
            table.rowCount >= (entry.name.isEmpty ? 2 : 4), let texts = entry.texts,
            let filled = (0..<texts.count).first(where: { !texts.bytes($0).isEmpty })
        else { return }
        let rows = texts.rows.reduce(0) { Int($1) == filled ? $0 + 1 : $0 }
        guard rows == 1, !isOnDiagonal(column, row: texts.firstRow(filled), table) else { return }
        let title = entry.title
        throw Reason(
            "The column `\(title)` is empty but for one field", line: table.lineOfRow(texts.firstRow(filled)),
            column: entry.place + 1, found: texts.string(filled), expected: "figures in more rows than one, or none",
            remedy: entry.name.isEmpty
                ? "Clear the field, or give the column a name"
                : "Clear the field; or say in a definition what the column is: "
                    + "`\(DatasetDefinition.Columns(values: [title]).line)` or "
                    + "`\(DatasetDefinition.Columns(ignored: [title]).line)`")
    }

    /// Whether a row is called as a column is: the diagonal is all that the last column of a half-printed matrix has.
    private static func isOnDiagonal(_ column: Int, row: Int, _ table: RoleTable) -> Bool {
        let title = table.columns[column].title
        return table.columns.contains { other in
            other.place != table.columns[column].place
                && other.texts.map { $0.string(Int($0.rows[row])) == title } ?? false
        }
    }

    /// The line of a definition that keeps a column beside the figures there are.
    private static func valuesLine(adding column: Int, _ table: RoleTable) -> String {
        let all = (table.places(.measure) + [column]).sorted().map { table.columns[$0].title }
        return DatasetDefinition.Columns(values: all).line
    }

    private static func repeatsKeys(_ column: Int, _ table: RoleTable) -> Bool {
        guard let texts = table.columns[column].texts else { return false }
        // In a series each year stands once, and any figures follow from it.
        if let year = table.places(.year).first.flatMap({ table.columns[$0].texts }), year.count < table.rowCount,
            ColumnRelations.determines(year, texts)
        {
            return true
        }
        let keys = table.places(.key).compactMap { table.columns[$0].texts }
        guard !keys.isEmpty else { return false }
        let combinations = ColumnRelations.combinations(keys, rowCount: table.rowCount)
        return combinations < table.rowCount
            && ColumnRelations.combinations(keys + [texts], rowCount: table.rowCount) == combinations
    }

    /// The columns that a definition could call figures: whole numbers that were taken for codes.
    private static func remedyForNone(_ table: RoleTable) -> String {
        let candidates = table.places(.key).filter { place in
            let column = table.columns[place]
            return !column.name.isEmpty && column.profile.isOfFigures && table.places(.key).count > 1
        }
        guard !candidates.isEmpty else {
            return "Look whether the file has figures at all, and whether they are written as numbers"
        }
        let lines = candidates.prefix(namedAtMost).map { place in
            "`\(DatasetDefinition.Columns(values: [table.columns[place].name]).line)`"
        }
        return "Name the column of figures in a definition: \(lines.joined(separator: " or "))"
    }

    private static let namedAtMost = 8

    /// Each column, and what keeps it from being one of figures.
    private static func whyNone(_ table: RoleTable) -> String {
        let plan = table.plan
        let columns = plan.columns.prefix(namedAtMost).enumerated().map { place, column in
            "\(column.name.isEmpty ? "column \(column.number)" : "`\(column.name)`") \(why(place, table))"
        }
        return columns.joined(separator: "; ") + (plan.columns.count > namedAtMost ? " …" : "")
    }

    private static func why(_ place: Int, _ table: RoleTable) -> String {
        let column = table.columns[place]
        switch table.role(place) {
        case .year: return "gives the year"
        case .key where column.profile.leadingZeros > 0: return "holds codes, with leading zeros"
        case .key where column.profile.isOfWholeNumbers:
            return "holds whole numbers, and its name or its place says that they are codes"
        case .attribute where column.profile.filled == 0: return "is empty"
        default: break
        }
        guard let texts = column.texts else { return "is empty" }
        let odd = texts.strings.filter { !$0.isEmpty && $0.count <= 5 && !$0.contains(where: \.isNumber) }
        guard odd.count == column.profile.filled, odd.count <= 5, !odd.isEmpty else { return "holds words" }
        return
            "holds \(odd.prefix(3).map { "`\($0)`" }.joined(separator: ", ")): no figures, and no symbols of the dialect"
    }
}
