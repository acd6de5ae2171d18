/// Days of the calendar, as numbers and in words.
enum CalendarDay {
    /// `2010-12-31`; nil where the calendar has no such day.
    static func iso(year: Int, month: Int, day: Int) -> String? {
        guard (1...12).contains(month), (1...length(ofMonth: month, year: year)).contains(day) else { return nil }
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    /// `2010-12-31` of `20101231`; nil for other digits, and for what is no day.
    static func iso(digits: some StringProtocol) -> String? {
        guard digits.utf8.count == 8, digits.utf8.allSatisfy(NumberShape.isDigit), let number = Int(digits),
            (1900...2100).contains(number / 10_000)
        else { return nil }
        return iso(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }

    private static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Whether a text names two months: `Apr 2010 to Mar 2011`.
    static func isBetweenMonths(_ text: String) -> Bool {
        text.split { !$0.isLetter }.count { month(named: $0) != nil } == 2
    }

    /// The number of a month by its name, in any case; nil for any other word.
    static func month(named word: some StringProtocol) -> Int? { MonthNames.number(TimeWords.folded(word)) }
}
