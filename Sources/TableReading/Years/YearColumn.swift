import Annals

/// The column of a file that gives each row's year.
struct YearColumn {
    let list: PeriodList
    /// *Shape:* one a row; index into the periods.
    let rowPeriods: [UInt32]

    /// - Parameters:
    ///   - dictionary: The column as it was scanned.
    ///   - name: The column's name.
    ///   - column: Its number, from 0.
    ///   - input: For the limits and the sidecar.
    ///   - lineOfRow: For messages.
    /// - Throws: The first row that names no year: a month, a quarter, a week, or something else.
    init(
        _ dictionary: KeyDictionary, name: String, column: Int, input: ReaderInput, lineOfRow: (Int) -> Int
    ) throws(Reason) {
        var mentions: [YearMention] = []
        for (entry, text) in dictionary.strings.enumerated() {
            guard let mention = Self.year(text) else {
                let part = YearMentions(in: text).partsOfYears.first
                throw Reason(
                    part == nil
                        ? "The column `\(name)` holds something that is no year"
                        : "The column `\(name)` holds months, quarters or weeks",
                    line: lineOfRow(dictionary.firstRows[entry]), column: column + 1, found: text,
                    expected: "a year, or a split year such as 2011-12 throughout",
                    remedy: "Annal keeps yearly tables; sum the figures to years, or correct the row")
            }
            mentions.append(mention)
        }
        let list = try PeriodList(mentions, input: input)
        self.list = list
        let periods = mentions.map { UInt32(list.index(of: $0.year)) }
        rowPeriods = dictionary.indices.map { periods[Int($0)] }
    }

    /// A whole field that is a year: wider than what a title may claim, since the column's name says what it is.
    private static func year(_ text: String) -> YearMention? {
        if text.utf8.count == 4, text.utf8.allSatisfy(NumberShape.isDigit), let year = Int(text), year >= 1000 {
            return YearMention(year: year, label: text)
        }
        let mentions = YearMentions(in: text)
        guard mentions.years.count == 1, TitleLine.withoutEdges(mentions.remainder) == nil else { return nil }
        return mentions.years[0]
    }
}
