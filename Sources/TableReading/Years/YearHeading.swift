import Annals

/// A heading that names one year, taken apart: `Population 2011 (prov.)`, `FY2011`, `POPESTIMATE2011`, `31.12.2010`.
struct YearHeading: Equatable {
    /// What a heading says of time.
    enum Result: Equatable {
        case year(YearHeading)
        /// A month, a quarter or a week, as written.
        case part(String)
        /// From one year to another: an average or a change over years.
        case range(String)
        /// A class of size or of time that a year bounds: `Before 1919`, `2000-2500`.
        case bound(String)
        case several([YearMention])
        case none

        /// The one year that it names; nil where it says anything else.
        var year: YearHeading? { if case .year(let heading) = self { heading } else { nil } }
    }

    private(set) var mention: YearMention
    /// What else the heading says, a measure's name mostly; empty where it names the year alone.
    var remainder = ""
    var flags: CellFlags = []
    /// Marks that are neither year nor measure, as printed: `1)`, `¹`, `*`.
    private(set) var footnotes: [String] = []
    /// `2010-12-31` where the heading names a day.
    private(set) var day: String?
    /// Whether it names a day that can be read in two ways (`01/02/2010`), or in words alone (`end of June 2010`).
    private(set) var hasUnclearDay = false

    /// No heading is longer, and looking for years in one takes its time.
    private static let longestText = 2000

    /// Reads a heading, or a text like one.
    static func parse(_ text: String) -> Result {
        guard text.utf8.count <= longestText, FieldText.withBytes(of: text, YearMentions.mayNameYear) else {
            return .none
        }
        if let bare = bareYear(text) { return bare }
        let mentions = YearMentions(in: text)
        if mentions.years.count > 1 { return .several(mentions.years) }
        if let part = mentions.partsOfYears.first { return .part(part) }
        if let range = mentions.ranges.first { return .range(range) }
        if let bound = mentions.bounds.first, mentions.occurrences.isEmpty { return .bound(bound) }
        guard let place = mentions.occurrences.first else { return .none }
        let before = YearMentions.string(mentions.scalars[..<place.range.lowerBound])
        let after = YearMentions.string(mentions.scalars[place.range.upperBound...])
        return take(place, before: before[...], after: after[...], text: text)
    }

    /// What four digits alone say, as nearly all headings of years do; nil for any other text.
    private static func bareYear(_ text: String) -> Result? {
        guard text.utf8.count == 4, let year = Int(text) else { return nil }
        return YearMentions.plausible.contains(year)
            ? Result.year(YearHeading(mention: YearMention(year: year, label: text))) : Result.none
    }

    private static func take(
        _ place: YearMentions.Occurrence, before: Substring, after: Substring, text: String
    ) -> Result {
        var (before, after) = (before, after)
        let isGlued = before.last?.isLetter == true || after.first?.isLetter == true
        guard !isGlued || gluedYears.contains(place.mention.year) else { return .none }
        var heading = YearHeading(mention: place.mention)
        heading.day = place.day
        if place.day == nil, !place.mention.isSplit {
            // More than the year and no day: one that the calendar hasn't.
            if place.range.count > place.mention.label.utf8.count { return .none }
            switch DayBeforeYear.take(from: &before) {
            case .day(let month, let day):
                heading.day = CalendarDay.iso(year: place.mention.year, month: month, day: day)
                if heading.day == nil { return .none }
            case .ambiguousDay: heading.hasUnclearDay = true
            case .month: return .part(text)
            case .number: return .none
            case .none:
                switch Fraction(takingFrom: &after) {
                case .month: return .part(text)
                case .number: return .none
                case .none: break
                }
                if isBehindNumber(before) { return .bound(text) }
                if let result = heading.takeMonth(from: &after, text: text) { return result }
            }
        }
        dropRepeated(place.mention.year, from: &after)
        dropYearWord(from: &after)
        if heading.day == nil, let result = heading.takeEastAsianMonth(from: &after, text: text) { return result }
        let marks = YearMarks(takingFrom: &after)
        heading.flags = marks.flags
        heading.footnotes = marks.footnotes
        heading.remainder = remainder(before: withoutIntroduction(before), after: after)
        if place.mention.isSplit, saysChange(heading.remainder) { return .range(place.mention.label) }
        return .year(heading)
    }

    /// Takes what stands beside the year for a mark at it: a flag, or a footnote.
    mutating func takeRemainderAsMark() {
        guard !remainder.isEmpty else { return }
        if let own = YearMarks.letters[remainder.lowercased()] {
            flags.formUnion(own)
        } else {
            footnotes.append(remainder)
        }
        remainder = ""
    }

    /// `1000-1999`: the end of a class of numbers.
    private static func isBehindNumber(_ before: Substring) -> Bool {
        let rest = before.reversed().drop { $0 == " " }
        guard let dash = rest.first, "-–—".contains(dash) else { return false }
        return (3...4).contains(rest.dropFirst().drop { $0 == " " }.prefix { $0.isASCII && $0.isNumber }.count)
    }

    /// `2010 [YR2010]`, as the World Bank writes it: the year twice.
    private static func dropRepeated(_ year: Int, from after: inout Substring) {
        let rest = after.drop(while: \.isWhitespace)
        guard let open = rest.first, open == "[" || open == "(",
            let close = rest.firstIndex(of: open == "[" ? "]" : ")")
        else { return }
        let inside = rest[rest.index(after: rest.startIndex)..<close].drop(while: \.isLetter)
        if inside == String(year) { after = rest[rest.index(after: close)...] }
    }

    /// `2010年`, `2010 год`, `2010. év`, `2010 m.`: the word for a year behind it.
    private static func dropYearWord(from after: inout Substring) {
        guard !after.isEmpty else { return }
        let rest = after.drop { $0.isWhitespace || $0 == "." }
        for word in ["年度", "年", "년도", "년"] where rest.hasPrefix(word) {
            after = rest.dropFirst(word.count)
            return
        }
        let word = rest.prefix(while: \.isLetter)
        let behind = rest.dropFirst(word.count)
        // Lithuanian, Croatian, Latvian and Polish write one letter and a point.
        let isShort = ["m", "g", "r"].contains(word) && behind == "."
        guard TimeWords.isYear(TimeWords.folded(word)) && word != "any" || isShort else { return }
        after = isShort || behind.first == "." && word.count <= 2 ? behind.dropFirst() : behind
    }

    /// `3月` and `3月1日` behind a year: a month, and a day of it.
    private mutating func takeEastAsianMonth(from after: inout Substring, text: String) -> Result? {
        let digits = after.drop(while: \.isWhitespace).prefix { $0.isASCII && $0.isNumber }
        guard (1...2).contains(digits.count), let month = Int(digits) else { return nil }
        let sign = after[digits.endIndex...]
        guard sign.first == "月" || sign.first == "월" else { return nil }
        let rest = sign.dropFirst().drop(while: \.isWhitespace)
        let days = rest.prefix { $0.isASCII && $0.isNumber }
        let behind = rest.dropFirst(days.count)
        guard let number = Int(days), behind.first == "日" || behind.first == "일",
            let day = CalendarDay.iso(year: mention.year, month: month, day: number)
        else { return .part(text) }
        self.day = day
        after = behind.dropFirst()
        return nil
    }

    /// `2011 December 31` is a day, `2011 June` and `2011-Jun` are months.
    private mutating func takeMonth(from after: inout Substring, text: String) -> Result? {
        let rest = after.drop { $0.isWhitespace || ",-./".contains($0) }
        guard rest.count < after.count else { return nil }
        let word = rest.prefix(while: \.isLetter)
        let name = word.lowercased()
        if Self.parts.contains(name) { return .part(text) }
        // `2010 1st quarter`, `2010 2. kvartal`.
        let second = rest.drop { !$0.isWhitespace }.drop(while: \.isWhitespace).prefix(while: \.isLetter)
        if rest.first?.isNumber == true || Self.numerals.contains(name), Self.parts.contains(second.lowercased()) {
            return .part(text)
        }
        guard let month = CalendarDay.month(named: name) else { return nil }
        let behind = rest.dropFirst(word.count).drop { $0.isWhitespace || $0 == "." || $0 == "-" }
        let digits = behind.prefix { $0.isASCII && $0.isNumber }
        guard (1...2).contains(digits.count), let number = Int(digits),
            let day = CalendarDay.iso(year: mention.year, month: month, day: number)
        else { return .part(text) }
        self.day = day
        after = behind.dropFirst(digits.count)
        return nil
    }

    private static let parts: Set<String> = [
        "quarter", "kvartal", "quartal", "trimestre", "week", "uke", "woche", "vecka", "tertial", "halvår", "halbjahr",
        "semestre", "half", "kwartaal", "kwartał",
    ]
    private static let numerals: Set<String> = ["i", "ii", "iii", "iv", "first", "second", "third", "fourth"]

    /// Years that may touch letters; others are codes there, such as the ages 15 to 24 in `POP1524`.
    private static let gluedYears = 1800...2100

    // MARK: What else it says

    /// `.0` of a program behind the year, or digits that make it another number.
    private enum Fraction {
        case month, number, none

        init(takingFrom after: inout Substring) {
            self = .none
            guard let mark = after.first, mark == "." || mark == "," else { return }
            let digits = after.dropFirst().prefix { $0.isASCII && $0.isNumber }
            guard !digits.isEmpty else { return }
            let next = after.dropFirst(digits.count + 1).first
            if mark == ".", digits.count <= 2, digits.allSatisfy({ $0 == "0" }), next?.isLetter != true, next != "." {
                after = after.dropFirst(digits.count + 1)
            } else {
                let month = digits.count == 2 ? Int(digits) ?? 0 : 0
                self = mark == "." && (1...12).contains(month) ? .month : .number
            }
        }
    }

    /// Without words that only introduce a year: `FY`, `Year`, `Mid-`, `in`, `as of`.
    private static func withoutIntroduction(_ text: Substring) -> Substring {
        var text = text
        // `X2011` is what R makes of a heading 2011.
        if ["x", "y", "fy", "cy", "yr"].contains(text.lowercased()) { return "" }
        while true {
            var trimmed = text
            while let last = trimmed.last, last.isWhitespace || ",-–_".contains(last) { trimmed.removeLast() }
            let letters = trimmed.reversed().prefix(while: \.isLetter)
            let word = String(letters.reversed()).lowercased()
            let isPreposition = trimmed.count < text.count && prepositions.contains(word)
            guard !word.isEmpty,
                isPreposition || introductions.contains(word)
                    || word.count > 1 && TimeWords.isYear(TimeWords.folded(word)),
                // What stands in front of the word must not be a part of it.
                trimmed.dropLast(letters.count).last.map({ !$0.isNumber && $0 != "_" }) ?? true
            else { return text }
            text = trimmed.dropLast(letters.count)
        }
    }

    private static let introductions: Set<String> = ["fy", "cy", "mid", "midyear"]
    private static let prepositions: Set<String> = [
        "in", "at", "on", "of", "as", "for", "the", "i", "im", "am", "zum", "per", "pr", "den", "en", "au", "end",
        "ultimo", "om",
    ]

    private static let edges = " \t\u{A0},;:.-–_"

    private static func remainder(before: Substring, after: Substring) -> String {
        var (front, back) = (before, after)
        while let last = front.last, edges.contains(last) { front.removeLast() }
        while let first = back.first, edges.contains(first) { back.removeFirst() }
        for (open, close) in [("(", ")"), ("[", "]")] as [(Character, Character)]
        where front.last == open && back.first == close {
            front.removeLast()
            back.removeFirst()
        }
        while let last = front.last, edges.contains(last) { front.removeLast() }
        while let first = back.first, edges.contains(first) { back.removeFirst() }
        guard !front.isEmpty, !back.isEmpty else { return TitleLine.withoutEdges(String(front + back)) ?? "" }
        var joint = " "
        if before.last == "_" || after.first == "_" { joint = "_" }
        if before.last == "," || after.first == "," { joint = ", " }
        if let last = front.last, "([".contains(last) { joint = "" }
        if let first = back.first, ")]".contains(first) { joint = "" }
        return TitleLine.withoutEdges(front + joint + back) ?? ""
    }

    /// Whether a split year is rather two years that are compared: `Change 2010-2011`.
    private static func saysChange(_ text: String) -> Bool {
        if text.contains("%") { return true }
        return text.lowercased().split { !$0.isLetter }.contains { changes.contains(String($0)) }
    }

    private static let changes: Set<String> = [
        "change", "changes", "growth", "increase", "decrease", "difference", "diff", "average", "mean", "endring",
        "vekst", "differanse", "ændring", "ändring", "förändring", "veränderung", "zunahme", "abnahme", "differenz",
        "évolution", "evolution", "variation",
    ]
}
