/// What stands in front of a year as part of a date: `31.12.`, `31 December`, `December 31,`.
enum DayBeforeYear: Equatable {
    case day(month: Int, day: Int)
    /// A day that can be read in two ways, as in `01/02/2010`, or that is said in words alone.
    case ambiguousDay
    /// A month without a day: `June`, `06/`.
    case month
    /// A number that the year would be the fraction of: `0.2011`.
    case number
    case none

    /// Takes a date off the end of a text.
    ///
    /// - Parameter text: What stands before the year; without the date, where there is one.
    /// - Returns: What was taken.
    static func take(from text: inout Substring) -> DayBeforeYear {
        if let mark = text.last, ".,/-".contains(mark), text.dropLast().last.map(isDigit) == true {
            return takeNumbers(from: &text, mark: mark)
        }
        return takeWords(from: &text)
    }

    /// `31.12.`, `31/12/`, `12-31-`; `06/`.
    private static func takeNumbers(from text: inout Substring, mark: Character) -> DayBeforeYear {
        var rest = text.dropLast()
        guard let second = takeNumber(&rest) else { return mark == "." || mark == "," ? .number : .none }
        guard rest.last == mark, rest.dropLast().last.map(isDigit) == true else {
            if mark == ".", rest.last.map(isDigit) == true { return .number }
            guard mark != ",", rest.last?.isLetter != true, (1...12).contains(second) else {
                return mark == "." || mark == "," ? .number : .none
            }
            text = rest
            return .month
        }
        rest.removeLast()
        guard let first = takeNumber(&rest), rest.last.map(isDigit) != true else { return .none }
        let isDayFirst = (1...31).contains(first) && (1...12).contains(second)
        let isMonthFirst = mark != "." && (1...12).contains(first) && (1...31).contains(second)
        guard isDayFirst || isMonthFirst else { return .number }
        text = rest
        if isDayFirst && isMonthFirst && first != second { return .ambiguousDay }
        return isDayFirst ? .day(month: second, day: first) : .day(month: first, day: second)
    }

    /// `31 December `, `1. januar `, `1st January `, `December 31, `; `June `.
    private static func takeWords(from text: inout Substring) -> DayBeforeYear {
        var rest = withoutGap(text)
        guard rest.count < text.count || rest.isEmpty || rest.last?.isLetter == true else { return .none }
        if let month = takeMonth(&rest) {
            var before = withoutGap(rest)
            for ending in ["st", "nd", "rd", "th", "er", "º", "ª", "°", "-е", "-го", "."]
            where before.lowercased().hasSuffix(ending) && before.dropLast(ending.count).last.map(isDigit) == true {
                before = before.dropLast(ending.count)
                break
            }
            if let day = takeNumber(&before), (1...31).contains(day), before.last?.isLetter != true {
                text = before
                return .day(month: month, day: day)
            }
            if takeEnd(&before) {
                text = before
                return .ambiguousDay
            }
            text = rest
            return .month
        }
        if let day = takeNumber(&rest), (1...31).contains(day) {
            rest = withoutGap(rest)
            if let month = takeMonth(&rest) {
                text = rest
                return .day(month: month, day: day)
            }
        }
        return .none
    }

    /// Takes `end of` and the like; the month's last day is meant, or nearly.
    private static func takeEnd(_ text: inout Substring) -> Bool {
        for words in ["end of", "end", "ultimo", "ende", "utgangen av", "slutet av"]
        where text.lowercased().hasSuffix(words) {
            let rest = text.dropLast(words.count)
            guard rest.last?.isLetter != true else { continue }
            text = rest
            return true
        }
        return false
    }

    private static func takeMonth(_ text: inout Substring) -> Int? {
        let word = text.reversed().prefix { $0.isLetter }
        guard let month = CalendarDay.month(named: String(word.reversed()).lowercased()) else { return nil }
        text = text.dropLast(word.count)
        return month
    }

    /// Takes one or two digits off the end.
    private static func takeNumber(_ text: inout Substring) -> Int? {
        var digits = 0
        for character in text.reversed().prefix(3) {
            guard isDigit(character) else { break }
            digits += 1
        }
        guard (1...2).contains(digits) else { return nil }
        defer { text = text.dropLast(digits) }
        return Int(text.suffix(digits))
    }

    private static func withoutGap(_ text: Substring) -> Substring {
        var text = text
        while let last = text.last, last.isWhitespace || ",.-".contains(last) { text.removeLast() }
        return text
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
}
