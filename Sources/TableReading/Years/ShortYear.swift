import Annals

/// Years of two digits, which tell no century, and months and days beside them: `'10`, `FY10`, `10/11`, `Mar-10`,
/// `31.12.10`.
///
/// None of them is read: a heading that nobody understands would put its figures into the year of the file's name.
enum ShortYear {
    /// Whether a text is a month of a year: `Mar-10`, `Mar 10`, `mars-10`.
    static func isMonth(_ text: String) -> Bool {
        guard endsInTwoDigits(text) else { return false }
        let letters = text.prefix(while: \.isLetter)
        guard CalendarDay.month(named: letters.lowercased()) != nil else { return false }
        let rest = text.dropFirst(letters.count).drop { " -./'".contains($0) || $0 == "\u{2019}" }
        return rest.utf8.count == 2 && rest.utf8.allSatisfy(NumberShape.isDigit)
            && text.utf8.count > letters.utf8.count + 2
    }

    /// `'10`, `FY10`, `FY 10`, `AY'10`.
    private static func isYear(_ text: String) -> Bool {
        guard endsInTwoDigits(text) else { return false }
        var rest = Substring(text)
        var isTold = false
        for word in ["FY", "CY", "AY", "SY"] where rest.uppercased().hasPrefix(word) {
            rest = rest.dropFirst(2).drop(while: \.isWhitespace)
            isTold = true
            break
        }
        if let mark = rest.first, "'\u{2019}\u{2018}`".contains(mark) {
            rest = rest.dropFirst()
            isTold = true
        }
        return isTold && rest.utf8.count == 2 && rest.utf8.allSatisfy(NumberShape.isDigit)
    }

    /// Whether a text is a quarter or a half of a year: `1Q10`, `Q1-10`, `2H'11`, `10Q1`.
    private static func isPart(_ text: String) -> Bool {
        guard (4...6).contains(text.utf8.count) else { return false }
        let text = Array(text.uppercased().utf8.filter { !" -/.'".utf8.contains($0) })
        guard text.count == 4 else { return false }
        func isPart(_ letter: UInt8, _ digit: UInt8) -> Bool {
            switch letter {
            case UInt8(ascii: "Q"), UInt8(ascii: "K"), UInt8(ascii: "T"): (0x31...0x34).contains(digit)
            case UInt8(ascii: "H"), UInt8(ascii: "S"): (0x31...0x32).contains(digit)
            default: false
            }
        }
        func areDigits(_ places: Range<Int>) -> Bool { text[places].allSatisfy(NumberShape.isDigit) }
        return areDigits(2..<4) && (isPart(text[0], text[1]) || isPart(text[1], text[0]))
            || areDigits(0..<2) && isPart(text[2], text[3])
    }

    private static func endsInTwoDigits(_ text: String) -> Bool {
        text.utf8.count >= 2 && text.utf8.suffix(2).allSatisfy(NumberShape.isDigit)
    }

    /// Whether a text is a day of a year of two digits: `31.12.10`, `01/01/11`.
    static func isDay(_ text: String) -> Bool { dayParts(text) != nil }

    /// Whether a text is a year of a Japanese era: `平成22年`.
    static func isOfEra(_ text: String) -> Bool {
        // All of these begin beyond ASCII.
        guard let first = text.utf8.first, first >= 0x80 else { return false }
        return ["明治", "大正", "昭和", "平成", "令和"].contains { text.hasPrefix($0) }
    }

    /// Whether a text is a year or a day of two digits, or a year of an era; `CY01` may be a region's code.
    static func isAny(_ text: String) -> Bool {
        isDay(text) || isOfEra(text) || isYear(text) && !["C", "A", "S"].contains { text.hasPrefix($0) }
    }

    /// Whether a text is a month without a mark in it: `201112`.
    static func isMonthWithoutMark(_ text: String) -> Bool {
        guard text.utf8.count == 6, text.utf8.allSatisfy(NumberShape.isDigit), let number = Int(text) else {
            return false
        }
        return (1900...2100).contains(number / 100) && (1...12).contains(number % 100)
    }

    /// Whether the same digits may be a split year: `201112`.
    static func isSplitWithoutMark(_ text: String) -> Bool {
        guard text.utf8.count == 6, let number = Int(text) else { return false }
        return (number / 100 + 1) % 100 == number % 100
    }

    /// First and last year of `10/11`, `10-11`.
    private static func split(_ text: String) -> (Int, Int)? {
        guard text.utf8.count <= 7, text.utf8.contains(where: NumberShape.isDigit) else { return nil }
        let parts = text.split(whereSeparator: { "/-\u{2013}".contains($0) })
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }),
            let first = Int(parts[0]), let last = Int(parts[1]), (first + 1) % 100 == last
        else { return nil }
        return (first, last)
    }

    /// Which headings differ in two digits alone that may be years: `pop_10`, `pop_11` in a file of 2011, and
    /// `P11_POP`, `P06_POP` as INSEE writes them.
    private static func shortYears(_ names: [String], _ claimed: Set<Int>) -> [Bool] {
        let parts = names.map(twoDigits)
        var numbers: [String: Set<Int>] = [:]
        for case let (frame, number)? in parts { numbers[frame, default: []].insert(number) }
        let ends = Set(claimed.map { $0 % 100 })
        // `Grade 10` behind `Grade 9` counts on.
        let counted = Set(names.compactMap(oneDigit))
        return parts.map { part in
            guard let (frame, _) = part, let found = numbers[frame], found.count > 1, !counted.contains(frame) else {
                return false
            }
            // `AT11` is a region.
            let letters = frame.count(where: \.isLetter)
            let isNamed = frame.contains { $0.isLowercase || $0 == "_" || $0 == " " } || letters > 3
            return isNamed && !found.isDisjoint(with: ends) || ["P", "C"].contains { frame.hasPrefix($0 + "##_") }
        }
    }

    /// What stands around the only digit of a name, as around two of them; nil for other names.
    private static func oneDigit(_ name: String) -> String? {
        guard name.utf8.count(where: NumberShape.isDigit) == 1,
            let place = name.firstIndex(where: { $0.isASCII && $0.isNumber })
        else { return nil }
        return name.replacingCharacters(in: place..<name.index(after: place))
    }

    /// A name that has two digits and no other in it: what stands around them, and their number.
    private static func twoDigits(_ name: String) -> (frame: String, number: Int)? {
        if FieldText.withBytes(of: name, FieldText.isLatin) { return FieldText.withBytes(of: name, twoDigitsByBytes) }
        let digits = name.filter { $0.isASCII && $0.isNumber }
        guard digits.count == 2, let number = Int(digits), let place = name.firstRange(of: digits) else { return nil }
        return (name.replacingCharacters(in: place), number)
    }

    /// The same where every scalar is a character.
    private static func twoDigitsByBytes(_ name: UnsafeBufferPointer<UInt8>) -> (frame: String, number: Int)? {
        guard let first = name.firstIndex(where: NumberShape.isDigit), first + 1 < name.count,
            NumberShape.isDigit(name[first + 1]), !name[(first + 2)...].contains(where: NumberShape.isDigit)
        else { return nil }
        let frame = String(unsafeUninitializedCapacity: name.count) { frame in
            _ = frame.initialize(fromContentsOf: name)
            // Bounds: two digits stand there.
            (frame[first], frame[first + 1]) = (UInt8(ascii: "#"), UInt8(ascii: "#"))
            return name.count
        }
        return (frame, Int(name[first] - 0x30) * 10 + Int(name[first + 1] - 0x30))
    }

    /// What stands before the year of a day, `31.12.` of `31.12.10`; nil where a text is none.
    private static func dayAndMonth(_ text: String) -> Substring? {
        guard let (first, second) = dayParts(text) else { return nil }
        // Of a leap year, so that the 29th of February is one.
        let isDay = [(first, second), (second, first)].contains { month, day in
            CalendarDay.iso(year: 2000, month: month, day: day) != nil
        }
        return isDay ? text.dropLast(2) : nil
    }

    /// Day and month, in either order, of what looks like a day of a year of two digits, be there such a day or not.
    private static func dayParts(_ text: String) -> (Int, Int)? {
        guard text.utf8.count <= 8, let mark = text.first(where: { !$0.isNumber }), "./-".contains(mark) else {
            return nil
        }
        let parts = text.split(separator: mark, omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ (1...2).contains($0.utf8.count) }), parts[2].utf8.count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy(NumberShape.isDigit) }), let first = Int(parts[0]),
            let second = Int(parts[1])
        else { return nil }
        return (first, second)
    }

    /// - Parameters:
    ///   - names: Headings of figures that name no year of four digits.
    ///   - claimed: The years that title or file name give.
    ///   - place: Line and column of one.
    /// - Throws: The first that is such a year.
    static func refuse(
        _ names: [String], claimed: Set<Int>, place: (Int) -> (line: Int, column: Int)
    ) throws(Reason) {
        let short = shortYears(names, claimed)
        let splits = names.map(split)
        // Ages `10-11` and `12-13` don't overlap as years do.
        let overlap = zip(splits, splits.dropFirst()).contains { left, right in
            left.flatMap { left in right.map { left.1 == $0.0 } } ?? false
        }
        // Codes `1.1.10` and `1.2.10` are of no day of each year.
        let days = names.map(dayAndMonth)
        let areDays = days.count { $0 != nil } * 2 > names.count && Set(days.compactMap(\.self)).count == 1
        // `CY00` among other codes is a region.
        let areYears = names.count(where: isYear) * 2 >= names.count
        // `Q101` alone is a code.
        let parts = Set(names.filter(isPart))
        let areParts = parts.count > 1 && parts.count * 2 >= names.count
        for index in names.indices {
            let (line, column) = place(index)
            if isMonth(names[index]) || areParts && parts.contains(names[index]) {
                throw Reason(
                    "The headings are months, quarters or weeks", line: line, column: column, found: names[index],
                    expected: "years",
                    remedy:
                        "Annal keeps yearly tables; where each column is a year, write the year alone, in four digits")
            }
            if isOfEra(names[index]) {
                throw Reason(
                    "The headings are years of an era", line: line, column: column, found: names[index],
                    expected: "years of four digits", remedy: "Write the years as 2010, 2011 …")
            }
            guard
                areYears && isYear(names[index]) || short[index] || overlap && splits[index] != nil
                    || areDays && days[index] != nil
            else { continue }
            throw Reason(
                "The headings are years of two digits, which tell no century", line: line, column: column,
                found: names[index], expected: "years of four digits", remedy: "Write the years in four digits")
        }
    }
}

extension String {
    /// The same with `##` in a place.
    fileprivate func replacingCharacters(in place: Range<String.Index>) -> String {
        String(self[..<place.lowerBound] + "##" + self[place.upperBound...])
    }
}
