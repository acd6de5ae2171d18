import Annals
import Definitions

/// Which column gives each row's year: the one whose texts are years, whatever its name.
enum YearChoice {
    /// A column all of whose texts are years, split years, or days of which each year has one.
    private struct Candidate {
        var column: Int
        /// *Shape:* one an entry of its dictionary; nil for one that is no year.
        var years: [Int?]
        var isNamed: Bool
        /// Whether its texts are days without marks, `20101231`, as those of an edition may be.
        var hasPlainDays = false
        /// Rows whose text is no year.
        var oddRows = 0

        var different: Set<Int> { Set(years.compactMap(\.self)) }
    }

    /// - Parameters:
    ///   - table: Where nothing is a year yet.
    ///   - headingsGiveYears: Whether the headings of several columns name different years.
    ///   - claimed: The years that title or file name give.
    /// - Throws: Two columns that give different years; a column called year that holds something else is left to
    ///   ``YearColumn``, which names the line.
    static func assign(
        _ table: inout RoleTable, headingsGiveYears: Bool, claimed: Set<Int>
    ) throws(Reason) {
        let named = table.open.filter { table.columns[$0].heading.isYear && table.columns[$0].texts != nil }
        var candidates = table.open.compactMap { candidate($0, table) }
        for candidate in candidates where table.columns[candidate.column].heading.isYearOfSource {
            table.assign(candidate.column, .attribute, "is the year of the source, and not that of the figures")
        }
        candidates.removeAll { candidate in
            let heading = table.columns[candidate.column].heading
            // The codes of a classification may look like years.
            return heading.isOtherYear || heading.isKey && !candidate.isNamed && !heading.speaksOfTime
                || table.namesHaveYears && !candidate.isNamed && table.standsInHeadings(candidate.column)
        }
        if headingsGiveYears { candidates.removeAll { !$0.isNamed } }
        // The column called year gives it; beside it, others that look like years are figures or codes.
        if candidates.contains(where: { $0.isNamed && $0.oddRows == 0 }) {
            candidates.removeAll {
                !$0.isNamed && ($0.hasPlainDays || !table.columns[$0.column].heading.speaksOfTime)
            }
        }
        // Where many columns look like years, none of them is the one.
        let unnamed = candidates.count { !$0.isNamed }
        candidates.removeAll { !$0.isNamed && (unnamed > mostCandidates || !mayBeYear($0, table, claimed)) }
        let whole = candidates.filter { $0.oddRows == 0 }
        let spoken = whole.first { table.columns[$0.column].heading.speaksOfTime }
        guard
            let best = whole.first(where: \.isNamed) ?? spoken ?? whole.first ?? candidates.first(where: \.isNamed)
                ?? candidates.first
        else {
            // In the corner of a table with years above it, the word is said of them.
            let periods = named.first { !headingsGiveYears || !holdsWords($0, table) }
            if let only = periods ?? table.open.first(where: { holdsPeriods($0, table) }) {
                table.assign(only, .year, "is called `\(table.columns[only].title)`, and holds periods")
            }
            return
        }
        try refuseOtherYears(best, claimed, table)
        try refuseLoneYear(best, claimed, table)
        for other in candidates where other.column != best.column {
            let isSecond = other.isNamed || table.columns[other.column].heading.speaksOfTime
            guard !isSecond || sayTheSame(other, best, table) else { throw contradiction(best, other, table) }
            guard follows(other, from: best, table) || follows(best, from: other, table) else {
                if other.oddRows > 0 { continue }
                throw contradiction(best, other, table)
            }
            table.assign(other.column, .attribute, of: best.column, "repeats the year")
            table.note(
                "column-follows",
                "The column `\(table.columns[other.column].title)` repeats `\(table.columns[best.column].title)` and is "
                    + "left out")
        }
        table.assign(
            best.column, .year,
            best.isNamed ? "is called `\(table.columns[best.column].name)` and holds years" : "holds years throughout")
    }

    /// Whether no text of a column speaks of any year.
    private static func holdsWords(_ column: Int, _ table: RoleTable) -> Bool {
        table.columns[column].texts?.strings.allSatisfy { text in
            !FieldText.withBytes(of: text, YearMentions.mayNameYear) && !ShortYear.isAny(text)
        } ?? false
    }

    /// Refuses a year that a column of unknown name has in one row or two, where title or file name give another one.
    private static func refuseLoneYear(_ best: Candidate, _ claimed: Set<Int>, _ table: RoleTable) throws(Reason) {
        let column = table.columns[best.column]
        guard !best.isNamed, !column.heading.speaksOfTime || YearNames.mayBeOther(column.name),
            best.different.count == 1,
            claimed.count == 1, let year = claimed.first, let own = best.different.first, own != year
        else { return }
        throw Reason(
            "`\(column.title)` may give the year, or be of figures: it has \(own) throughout, and title or file name "
                + "give \(year)", line: table.lineOfRow(0), column: column.place + 1, found: String(own),
            expected: "a column that is called year, or figures that don't look like one",
            remedy:
                "Say which in a definition: `\(DatasetDefinition.Columns(year: .init(column: column.title)).line)` or "
                + "`\(DatasetDefinition.Columns(values: [column.title]).line)`")
    }

    /// Refuses a column whose name doesn't say that it gives the year, where title or file name give another one: it may
    /// be when houses were built, or codes.
    private static func refuseOtherYears(_ best: Candidate, _ claimed: Set<Int>, _ table: RoleTable) throws(Reason) {
        let column = table.columns[best.column]
        guard !best.isNamed, best.different.count > 1, claimed.count == 1, let year = claimed.first,
            YearNames.mayBeOther(column.name) || !column.heading.speaksOfTime && !best.different.contains(year)
        else { return }
        let title = column.title
        let words = table.open.filter { $0 != best.column && !mayBeFigures(table.columns[$0]) }
        let keys = (words + [best.column]).sorted().map {
            DatasetDefinition.Columns.Key(columns: [table.columns[$0].title])
        }
        throw Reason(
            "`\(title)` may give the year of each row, or say something else of it: title or file name give \(year)"
                + (best.different.contains(year) ? "" : ", which isn't among its numbers"), line: table.headingLine,
            column: column.place + 1, found: title,
            expected: "a column that is called year, or one that isn't of years",
            remedy: "Say which in a definition: `\(DatasetDefinition.Columns(year: .init(column: title)).line)` or "
                + "`\(DatasetDefinition.Columns(keys: keys).line)`")
    }

    private static func candidate(_ column: Int, _ table: RoleTable) -> Candidate? {
        guard let texts = table.columns[column].texts, texts.count <= mostYears else { return nil }
        var years: [Int?] = []
        var days: [Int: String] = [:]
        var dated = 0
        let heading = table.columns[column].heading
        let speaks = heading.isYear || heading.speaksOfTime
        for entry in 0..<texts.count {
            let bytes = texts.bytes(entry)
            guard YearValue.mayBe(bytes) || speaks && YearValue.mayBeDay(bytes) else {
                years.append(nil)
                continue
            }
            if bytes.count == 4 {
                years.append(NumberShape.value(ofDigitsAlone: bytes).map { Int($0) })
                continue
            }
            let value = YearValue.parseInColumn(texts.string(entry))
            if let value, let day = value.day {
                guard days[value.mention.year, default: day] == day else { return nil }
                days[value.mention.year] = day
                dated += 1
            }
            years.append(value?.mention.year)
        }
        let found = years.count { $0 != nil }
        guard found > 0, dated == 0 || dated == found else { return nil }
        var candidate = Candidate(column: column, years: years, isNamed: heading.isYear)
        candidate.hasPlainDays = dated > 0 && table.columns[column].profile.isMostlyWhole
        guard found < years.count else { return candidate }
        let odd = texts.rows.reduce(0) { years[Int($1)] == nil ? $0 + 1 : $0 }
        candidate.oddRows = odd
        // One bad field is refused at its line, and makes no key of the others.
        let isNearly = table.rowCount >= 4 && odd <= max(1, table.rowCount / 50) && candidate.different.count > 1
        return isNearly || speaks && odd * 2 < table.rowCount ? candidate : nil
    }

    /// Whether most texts of a column have a year in them and none is one: quarters, days, `2019MM01`.
    ///
    /// As a key it would put the figures of all these times into one year; so it is the year column, and is refused.
    private static func holdsPeriods(_ column: Int, _ table: RoleTable) -> Bool {
        let entry = table.columns[column]
        let isShort = ShortYear.isAny
        // Most columns are told by their first text.
        if let texts = entry.texts, texts.count > 1, texts.count <= mostYears, isShort(texts.string(0)),
            texts.strings.allSatisfy(isShort)
        {
            return true
        }
        if let texts = entry.texts, entry.heading.isDay, entry.profile.isOfWholeNumbers, texts.count <= mostYears {
            // Days as a spreadsheet counts them.
            return texts.strings.allSatisfy { Int($0).map(serialDays.contains) == true }
        }
        if let texts = entry.texts, entry.heading.isMonth, entry.profile.isOfWholeNumbers, texts.count <= mostYears {
            return texts.strings.allSatisfy(ShortYear.isMonthWithoutMark)
        }
        guard let texts = entry.texts, texts.count <= mostYears, !entry.profile.isOfWholeNumbers else { return false }
        if table.rowCount > 1, OddPeriods.areAll(texts, heading: entry.heading) { return true }
        let speaks = entry.heading.speaksOfTime
        let periods = texts.strings.count { text in
            let beginsWithYear = Int(text.prefix(4)).map(recent.contains) == true && text.utf8.count > 4
            let next = text.dropFirst(4).first
            if beginsWithYear, next?.isLetter == true, !text.contains(" ") { return true }
            guard speaks else { return false }
            if ShortYear.isMonth(text) { return true }
            let mentions = YearMentions(in: text)
            return beginsWithYear || !mentions.years.isEmpty || !mentions.partsOfYears.isEmpty
                || !mentions.ranges.isEmpty
        }
        return periods * 2 > texts.count
    }

    /// From 1954 to 2064.
    private static let serialDays = 20_000...60_000
    private static let mostYears = 1000
    private static let mostCandidates = 8

    /// Whether a column without a year's name is one of years all the same.
    ///
    /// A year differs within the file; it isn't said of a category, as the year in which a town was founded is; and it is
    /// not the only column of figures.
    private static func mayBeYear(_ candidate: Candidate, _ table: RoleTable, _ claimed: Set<Int>) -> Bool {
        let column = table.columns[candidate.column]
        let speaksOfTime = column.heading.speaksOfTime
        if candidate.different.count < 2 {
            // A day that is the same throughout may be that of an extract; a year is none.
            let isDay = speaksOfDays(column.heading) && !column.profile.isOfYears
            return mayBeLoneYear(candidate, table, claimed) || speaksOfTime && !isDay
        }
        let others = table.open.filter { $0 != candidate.column }
        guard others.contains(where: { mayBeFigures(table.columns[$0]) }) else { return false }
        if speaksOfTime { return candidate.different.allSatisfy(YearMentions.plausible.contains) }
        guard let texts = column.texts, candidate.different.allSatisfy(recent.contains) else { return false }
        // Years come again, or count on; other numbers of their size do neither.
        let different = candidate.different
        let countsOn = (different.max() ?? 0) - (different.min() ?? 0) + 1 == different.count
        guard countsOn || table.rowCount >= 2 * different.count else { return false }
        return !others.contains { other in
            let entry = table.columns[other]
            guard let words = entry.texts, !entry.profile.isOfFigures || entry.heading.isKey, words.count > 1
            else { return false }
            return ColumnRelations.determines(words, texts)
        }
    }

    /// Whether one number throughout, beside figures, is a year: figures that are all alike don't look like one.
    ///
    /// In two rows they may, and in one; there the file must be said to be of that year or of one nearby, and a single row
    /// has its year in front.
    private static func mayBeLoneYear(_ candidate: Candidate, _ table: RoleTable, _ claimed: Set<Int>) -> Bool {
        let column = table.columns[candidate.column]
        guard column.profile.isOfYears, let year = candidate.different.first, recent.contains(year),
            table.hasFigures(besides: candidate.column), !ColumnName.isGenericMeasure(column.name)
        else { return false }
        if table.rowCount >= fewestAlike { return true }
        guard claimed.count == 1, let claim = claimed.first, abs(claim - year) <= mostYearsApart else { return false }
        let words = table.open.first { !mayBeFigures(table.columns[$0]) }
        return table.rowCount > 1 || words.map { candidate.column < $0 } ?? false
    }

    private static let fewestAlike = 3
    private static let mostYearsApart = 20

    /// Numbers outside are figures, whatever they look like.
    private static let recent = 1850...2120

    /// A day that is the same throughout may be that of an extract.
    private static func speaksOfDays(_ name: ColumnName) -> Bool {
        ["date", "day", "dato", "datum"].contains { name.slug.hasSuffix($0) }
    }

    private static func mayBeFigures(_ column: PlanColumn) -> Bool {
        if case .figures = column.content { return true }
        return column.profile.isOfFigures
    }

    /// Whether two columns of years give every row the same year.
    private static func sayTheSame(_ one: Candidate, _ other: Candidate, _ table: RoleTable) -> Bool {
        guard let left = table.columns[one.column].texts, let right = table.columns[other.column].texts else {
            return false
        }
        let odd = zip(left.rows, right.rows).reduce(0) { count, row in
            let (first, second) = (one.years[Int(row.0)], other.years[Int(row.1)])
            return first == second || first == nil || second == nil ? count : count + 1
        }
        return odd == 0
    }

    private static func follows(_ other: Candidate, from best: Candidate, _ table: RoleTable) -> Bool {
        guard let left = table.columns[best.column].texts, let right = table.columns[other.column].texts else {
            return false
        }
        return ColumnRelations.exceptions(left, right, atMost: other.oddRows) != nil
    }

    private static func contradiction(_ best: Candidate, _ other: Candidate, _ table: RoleTable) -> Reason {
        let (first, second) = (table.columns[best.column], table.columns[other.column])
        let words = table.open.filter { !mayBeFigures(table.columns[$0]) && table.columns[$0].profile.filled > 1 }
        let keys = (words + [other.column]).map { DatasetDefinition.Columns.Key(columns: [table.columns[$0].title]) }
        let asAttribute = DatasetDefinition.Columns(year: .init(column: first.title), attributes: [second.title])
        let asKey = DatasetDefinition.Columns(year: .init(column: first.title), keys: keys)
        return Reason(
            "More than one column may give the year: `\(first.title)` and `\(second.title)`", line: table.headingLine,
            column: second.place + 1, found: second.title, expected: "one year column",
            remedy: "Say which in a definition, and what the other one is: `\(asKey.line)` or `\(asAttribute.line)`")
    }
}
