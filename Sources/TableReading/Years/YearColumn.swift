import Annals

/// The column of a file that gives each row's year.
struct YearColumn {
    let list: PeriodList
    /// *Shape:* one a row; index into the periods.
    let rowPeriods: [UInt32]
    /// *Shape:* one an entry of the dictionary; what a mark at the year says of its figures.
    private let flags: [CellFlags]
    private let texts: KeyDictionary
    /// A year that is far from all others.
    private(set) var findings: [Finding] = []

    /// - Parameters:
    ///   - texts: The column as it was scanned.
    ///   - name: The column's name.
    ///   - column: Its number, from 0.
    ///   - day: Month and day of every day in it, where a definition says so: `12-31`.
    ///   - isDeclared: Whether a definition names the column.
    ///   - input: For the limits and the sidecar.
    ///   - lineOfRow: For messages.
    /// - Throws: The first row that names no year: a month, a quarter, a week, or something else.
    init(
        _ texts: KeyDictionary, name: String, column: Int, day: String? = nil, isDeclared: Bool = false,
        input: ReaderInput, lineOfRow: (Int) -> Int
    ) throws(Reason) {
        self.texts = texts
        var mentions: [YearMention] = []
        var flags: [CellFlags] = []
        var days: [Int: String] = [:]
        var isDay: [Bool] = []
        for (entry, text) in texts.strings.enumerated() {
            let line = lineOfRow(texts.firstRow(entry))
            guard let value = YearValue.parseInColumn(text) else {
                throw Self.noYear(text, name: name, line: line, column: column + 1)
            }
            if let wanted = day, let found = value.day, !found.hasSuffix("-" + wanted) {
                throw Self.otherDay(text, wanted, name: name, line: line, column: column + 1)
            }
            if let day = value.day {
                guard days[value.mention.year, default: day] == day else {
                    throw Self.secondDay(
                        text, days[value.mention.year] ?? "", name: name, line: line, column: column + 1)
                }
                days[value.mention.year] = day
            }
            isDay.append(value.day != nil)
            mentions.append(value.mention)
            flags.append(value.flags)
        }
        let areDays = isDay.count { $0 } * 2 > isDay.count
        if let odd = isDay.firstIndex(where: { $0 != areDays }) {
            throw Reason(
                "The column `\(name)` has days beside years", line: lineOfRow(texts.firstRow(odd)), column: column + 1,
                found: texts.string(odd), expected: areDays ? "a day throughout" : "a year throughout",
                remedy: "Correct the row")
        }
        let list = try PeriodList(mentions, input: input)
        self.list = list
        self.flags = flags
        let periods = mentions.map { UInt32(list.index(of: $0.year)) }
        rowPeriods = texts.rows.map { periods[Int($0)] }
        if let odd = YearSlip.first(list.periods.map(\.year), rows: rowPeriods) {
            let line = lineOfRow(odd.row)
            guard odd.isInOrder || isDeclared else { throw odd.reason(name: name, line: line, column: column + 1) }
            findings = [odd.finding(name: name, line: line)]
        }
    }

    private static func noYear(_ text: String, name: String, line: Int, column: Int) -> Reason {
        let isPart =
            !YearMentions(in: text).partsOfYears.isEmpty
            || ShortYear.isMonthWithoutMark(text) && !ShortYear.isSplitWithoutMark(text)
        return Reason(
            !isPart
                ? "The column `\(name)` holds something that is no year"
                : "The column `\(name)` holds months, quarters or weeks",
            line: line, column: column, found: text, expected: "a year, or a split year such as 2011-12 throughout",
            remedy: "Annal keeps yearly tables; sum the figures to years, or correct the row")
    }

    private static func otherDay(_ text: String, _ day: String, name: String, line: Int, column: Int) -> Reason {
        Reason(
            "The column `\(name)` has another day than the definition says", line: line, column: column, found: text,
            expected: day, remedy: "Leave such rows out of the file, or correct `day:` in the definition")
    }

    private static func secondDay(_ text: String, _ first: String, name: String, line: Int, column: Int) -> Reason {
        Reason(
            "The column `\(name)` has more than one day of a year: \(first) and \(text)", line: line, column: column,
            found: text, expected: "one day a year",
            remedy: "Annal keeps yearly tables; drop the figures of one day a year")
    }

    /// Adds the marks at years (`2011p`) to the figures of their rows.
    func mark(_ figure: inout FigureColumn, palette: inout MarkPalette) {
        guard flags.contains(where: { !$0.codes.isEmpty }) else { return }
        for (row, entry) in texts.rows.enumerated() where !flags[Int(entry)].codes.isEmpty {
            let own = palette.marks[Int(figure.marks[row])]
            let mark = Mark(own.status, flags: own.flags.union(flags[Int(entry)]), glyph: own.glyph)
            // The palette holds 65,536 marks, and a file has as many flags as a year can have: a handful.
            if let index = palette.index(of: mark) { figure.marks[row] = index }
        }
    }
}
