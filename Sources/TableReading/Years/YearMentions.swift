import Annals

/// One reference year that a text names.
struct YearMention: Hashable {
    /// A split year's first.
    var year: Int
    /// `2011`, `2011-12`, `2011/12`.
    var label: String

    /// Whether it names two neighbouring years at once.
    var isSplit: Bool { label != String(year) }
}

/// The years that a title, a heading or a file's name claims, and what merely looks like one.
///
/// No year of reference is: a base year (`1980=100`, `2015 prices`), the ends of a range (`1990-2011`, `-2019`), an age
/// (`2000 years`, `AGE2024`), a version of a classification (`NUTS 2013`), a month, quarter or week (`2011M01`). A day is
/// of its year: `2011-12-31` is 2011, never the split year 2011-12.
struct YearMentions: Sendable {
    /// A place in the text that names a year.
    struct Occurrence: Sendable {
        var mention: YearMention
        /// Offsets of ``YearMentions/scalars``, a day's month and time among them.
        var range: Range<Int>
        /// `2011-12-31` where the year begins a day that the calendar has.
        var day: String?
    }

    /// In order of appearance, each once.
    private(set) var years: [YearMention] = []
    /// In order of appearance, all of them.
    private(set) var occurrences: [Occurrence] = []
    /// From one year to another that doesn't follow it, as written: `1990-2011`, `2010/2012`.
    private(set) var ranges: [String] = []
    /// Ends of something that has no other end, and classes of size, as written: `Before 1919`, `2000-2500`, `2000+`.
    private(set) var bounds: [String] = []
    /// Months, quarters and weeks as written: `2011Q3`.
    private(set) var partsOfYears: [String] = []
    /// The text without the years and ranges in it.
    private(set) var remainder = ""

    /// The text; empty where it can't name a year.
    let scalars: [Unicode.Scalar]
    private var known: Set<YearMention> = []
    private var removed: [Range<Int>] = []

    /// Years outside are numbers.
    static let plausible = 1500...2199

    /// - Parameters:
    ///   - text: A title, a heading, a field, lines of them, or a file's name.
    ///   - isFileName: Whether a month beside a year is a part of it (`births-jan-2011`); a title's says when all is of.
    init(in text: String, isFileName: Bool = false) {
        // Most texts have no four digits in a row, so no year, and nothing is left out of them.
        guard FieldText.withBytes(of: text, Self.mayNameYear) else {
            scalars = []
            remainder = text
            return
        }
        // A name of its own: going through the property copies all of the others at every step.
        let scalars = Array(text.unicodeScalars)
        self.scalars = scalars
        var index = 0
        while index < scalars.count {
            guard Self.isDigit(scalars[index]) else {
                index += 1
                continue
            }
            let end = endOfDigits(from: index)
            index = end - index == 4 ? max(end, take(index..<end)) : end
        }
        takeParts(isFileName: isFileName)
        remainder = remaining()
    }

    /// Whether four digits stand in a row.
    static func mayNameYear(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var digits = 0
        for byte in bytes {
            digits = NumberShape.isDigit(byte) ? digits + 1 : 0
            if digits == 4 { return true }
        }
        return false
    }

    // MARK: One run of four digits

    /// Files a run of four digits under what it is, and returns where to go on.
    private mutating func take(_ run: Range<Int>) -> Int {
        guard let year = number(run), Self.plausible.contains(year) else { return run.upperBound }
        let words = Words(around: run, of: self)
        guard !isBase(run, words), !isMoney(run, words), !isVersion(run, words),
            !isAge(run, words)
        else { return run.upperBound }
        if let end = endOfPart(behind: run) ?? endOfIssue(behind: run) {
            partsOfYears.append(text(run.lowerBound..<end))
            return end
        }
        if let start = startOfQuarter(before: run, words) ?? startOfPeriod(before: run) {
            partsOfYears.append(text(start..<run.upperBound))
            return run.upperBound
        }
        if let end = endOfDecade(run, year: year) {
            removed.append(run.lowerBound..<end)
            ranges.append(text(run.lowerBound..<end))
            return end
        }
        if isOpenEnd(run) { return run.upperBound }
        if isBound(run, words) {
            bounds.append(text(run))
            return run.upperBound
        }
        if let (end, day) = endOfDay(run, year: year) {
            add(YearMention(year: year, label: String(year)), run.lowerBound..<end, day: day)
            return end
        }
        if let (separator, rest) = rangeBehind(run) { return takeRange(year, run, separator: separator, rest: rest) }
        add(YearMention(year: year, label: String(year)), run)
        return run.upperBound
    }

    private mutating func takeRange(_ year: Int, _ run: Range<Int>, separator: Range<Int>, rest: Range<Int>) -> Int {
        let whole = run.lowerBound..<rest.upperBound
        let next = number(rest) ?? 0
        let mark = scalars[separator.lowerBound] == "/" ? "/" : "-"
        if rest.count == 4 ? next == year + 1 : next == (year + 1) % 100 && rest.count == 2 {
            add(YearMention(year: year, label: "\(year)\(mark)\(text(rest))"), whole)
        } else if rest.count <= 2, (1...12).contains(next), separator.count == 1, mark == "-", next <= year % 100 {
            // 2011-06 is June; 1995-98 is a range; neither is a year.
            partsOfYears.append(text(whole))
        } else if rest.count == 4, next > Self.plausible.upperBound {
            bounds.append(text(whole))
        } else if rest.count == 4, !Self.plausible.contains(next) {
            add(YearMention(year: year, label: String(year)), run)
            return run.upperBound
        } else {
            removed.append(whole)
            ranges.append(text(whole))
        }
        return rest.upperBound
    }

    private mutating func add(_ mention: YearMention, _ range: Range<Int>, day: String? = nil) {
        removed.append(range)
        occurrences.append(Occurrence(mention: mention, range: range, day: day))
        if known.insert(mention).inserted { years.append(mention) }
    }

    /// Files years under parts of years where words, or a numeral that touches them, say that they are.
    private mutating func takeParts(isFileName: Bool) {
        guard !occurrences.isEmpty, scalars.count <= PartOfYear.longestText else { return }
        let parts = linesOfParts(isFileName: isFileName)
        guard !parts.isEmpty else { return }
        occurrences.removeAll { parts[$0.range.lowerBound] != nil }
        years.removeAll { year in !occurrences.contains { $0.mention == year } }
        partsOfYears += parts.sorted { $0.key < $1.key }.map(\.value)
    }

    // MARK: What stands around it

    /// `2011M01`, `2011Q3`, `2011-W05`, `2011K1`.
    private func endOfPart(behind run: Range<Int>) -> Int? {
        var index = run.upperBound
        if index < scalars.count, scalars[index] == "-" || scalars[index] == " " { index += 1 }
        guard index < scalars.count, "MmQqWwKkUuTtHhSs".unicodeScalars.contains(scalars[index]) else { return nil }
        let end = endOfDigits(from: index + 1)
        guard (1...2).contains(end - index - 1), end == scalars.count || !Self.isLetter(scalars[end]),
            let part = number(index + 1..<end), Self.parts(of: scalars[index]).contains(part)
        else { return nil }
        return end
    }

    /// Which numbers are parts of a year by their letter: months, weeks, quarters, terms, halves; `2011k5` is none.
    private static func parts(of letter: Unicode.Scalar) -> ClosedRange<Int> {
        switch letter {
        case "M", "m": 1...12
        case "W", "w", "U", "u": 1...99
        case "H", "h", "S", "s": 1...2
        default: 1...4
        }
    }

    /// `Q3 2011`, `Q3/2011`, `3Q2011`, `3rd quarter 2011`, `3. kvartal 2011`, `week 5 2011`, `week 12, 2011`.
    private func startOfQuarter(before run: Range<Int>, _ words: Words) -> Int? {
        if let start = startOfNumberedPart(beforeCommaAt: skipSpacesBack(from: run.lowerBound)) { return start }
        if ["year to date", "ytd"].contains(where: { wordsBefore(run.lowerBound, are: $0) }) {
            return startOfWord(before: skipSpacesBack(from: run.lowerBound))
        }
        var end = run.lowerBound
        if end > 0, "/_-.".unicodeScalars.contains(scalars[end - 1]) { end -= 1 }
        let start = startOfWord(before: skipSpacesBack(from: end))
        let word = end == run.lowerBound ? words.before : wordBefore(end, orGlued: true)
        if Self.quarters.contains(word) || Self.isShortPart(word) || Self.isNumberedPart(word) { return start }
        return startOfName(before: start, numbered: word)
    }

    /// Where `week` of `week 12` begins; nil where another word stands in front of the number.
    private func startOfName(before start: Int, numbered word: String) -> Int? {
        guard word.utf8.count <= 2, !word.isEmpty, word.utf8.allSatisfy(NumberShape.isDigit) else { return nil }
        let kind = wordBefore(start)
        guard Self.quarters.contains(kind) || Self.weeks.contains(kind) else { return nil }
        return startOfWord(before: skipSpacesBack(from: start))
    }

    /// `week 12, 2011`, `Q1, 2011`; not `by quarter, 2011`, whose rows are the quarters.
    private func startOfNumberedPart(beforeCommaAt end: Int) -> Int? {
        guard end > 0, scalars[end - 1] == "," else { return nil }
        let last = skipSpacesBack(from: end - 1)
        let start = startOfWord(before: last)
        guard start < last else { return nil }
        let word = text(start..<last).lowercased()
        if Self.isNumberedPart(word) { return start }
        // `Table K1, 2011` is the table's number.
        if Self.isShortPart(word) { return Self.tables.contains(wordBefore(start)) ? nil : start }
        return startOfName(before: start, numbered: word)
    }

    private static let tables: Set<String> = [
        "table", "tabell", "tabelle", "tab", "tableau", "tabla", "tabel", "tabela", "tabella", "taulukko", "figure",
        "fig",
    ]

    /// `kvartal3`, `week12`.
    private static func isNumberedPart(_ word: String) -> Bool {
        let name = word.prefix { !$0.isNumber }
        guard (1...2).contains(word.count - name.count) else { return false }
        return quarters.contains(String(name)) || weeks.contains(String(name))
    }

    private static let quarters: Set<String> = [
        "quarter", "kvartal", "kvartalet", "quartal", "trimestre", "halvår", "halvåret", "halbjahr", "tertial",
        "tertialet", "semestre", "kwartaal", "kwartał", "kwartal", "półrocze", "polrocze", "halfjaar", "neljännes",
        "vuosineljännes", "квартал", "полугодие",
    ]
    private static let weeks: Set<String> = [
        "week", "uke", "uge", "vecka", "woche", "semaine", "semana", "settimana", "tydzień", "viikko", "kw",
    ]

    /// `q3`, `3q`, `k3`, `h1`, `9m`.
    private static func isShortPart(_ word: String) -> Bool {
        guard word.utf8.count == 2, let first = word.first, let last = word.last else { return false }
        let (letter, digit) = first.isLetter ? (first, last) : (last, first)
        switch letter {
        case "q", "k": return ("1"..."4").contains(digit)
        case "h": return ("1"..."2").contains(digit)
        case "m": return last == letter && (digit == "6" || digit == "9")
        default: return false
        }
    }

    /// `-2019)` or `(2002-`: the end of something's validity.
    private func isOpenEnd(_ run: Range<Int>) -> Bool {
        let before = run.lowerBound - 1
        if before >= 0, Self.isDash(scalars[before]), before == 0 || scalars[before - 1] == "(" { return true }
        let after = run.upperBound
        return after < scalars.count && Self.isDash(scalars[after])
            && (after + 1 == scalars.count || scalars[after + 1] == ")")
    }

    /// A dash, slash or underscore and more digits: `-12`, ` – 2011`.
    private func rangeBehind(_ run: Range<Int>) -> (separator: Range<Int>, rest: Range<Int>)? {
        let start = run.upperBound
        let dash = skipSpaces(from: start)
        guard dash < scalars.count, Self.isDash(scalars[dash]) || scalars[dash] == "/" || scalars[dash] == "_" else {
            return nil
        }
        let first = skipSpaces(from: dash + 1)
        let end = endOfDigits(from: first)
        guard end > first, end - first <= 4, dash == start || Self.isDash(scalars[dash]) else { return nil }
        // `2010/11p` ends in a flag; what ends in a word is no year.
        let isFlagged =
            end < scalars.count && "prefPREF".unicodeScalars.contains(scalars[end])
            && (end + 1 == scalars.count || !Self.isLetter(scalars[end + 1]) && !Self.isDigit(scalars[end + 1]))
        let isWord = end < scalars.count && Self.isLetter(scalars[end]) && !isFlagged
        return isWord ? nil : (dash..<dash + 1, first..<end)
    }

    /// Where a day ends that the year begins, its time included: `2011-06-30`, `2011_12_31`, `2011-12-31T00:00:00`.
    ///
    /// - Returns: The day is nil where the calendar has none such; the year is meant all the same.
    private func endOfDay(_ run: Range<Int>, year: Int) -> (end: Int, day: String?)? {
        let start = run.upperBound
        guard start < scalars.count, "-/_.".unicodeScalars.contains(scalars[start]) else { return nil }
        let month = start + 1..<endOfDigits(from: start + 1)
        guard (1...2).contains(month.count), month.upperBound < scalars.count,
            scalars[month.upperBound] == scalars[start]
        else { return nil }
        let day = month.upperBound + 1..<endOfDigits(from: month.upperBound + 1)
        guard (1...2).contains(day.count) else { return nil }
        if day.upperBound + 1 < scalars.count, scalars[day.upperBound] == scalars[start],
            Self.isDigit(scalars[day.upperBound + 1])
        {
            return nil
        }
        let iso = CalendarDay.iso(year: year, month: number(month) ?? 0, day: number(day) ?? 0)
        guard iso != nil || (month.count == 2 && day.count == 2) else { return nil }
        return (endOfTime(from: day.upperBound), iso)
    }

    /// Passes a time of day: `T00:00:00Z`, ` 00:00`.
    private func endOfTime(from start: Int) -> Int {
        guard start + 3 < scalars.count, scalars[start] == "T" || scalars[start] == " ",
            endOfDigits(from: start + 1) == start + 3, scalars[start + 3] == ":"
        else { return start }
        var end = start + 3
        while end < scalars.count, Self.isDigit(scalars[end]) || ":.+Z".unicodeScalars.contains(scalars[end]) {
            end += 1
        }
        return end
    }

    // MARK: Scalars

    static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
    static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? FieldText.isLetter(UInt8(scalar.value)) : scalar.properties.isAlphabetic
    }
    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? Whitespace.isASCII(UInt8(scalar.value)) : scalar.properties.isWhitespace
    }
    private static func isDash(_ scalar: Unicode.Scalar) -> Bool { scalar == "-" || scalar == "–" || scalar == "—" }

    func text(_ range: Range<Int>) -> String { Self.string(scalars[range.clamped(to: 0..<scalars.count)]) }

    /// The text of some scalars.
    static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        // A view of scalars, appended to, takes many times as long.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(scalars.count)
        for scalar in scalars { bytes.append(contentsOf: UTF8.encode(scalar)!) }  // every scalar has an encoding
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The number of a run of digits, four at most; nil for none.
    private func number(_ range: Range<Int>) -> Int? {
        range.isEmpty ? nil : range.reduce(0) { $0 * 10 + Int(scalars[$1].value) - 0x30 }
    }

    private func endOfDigits(from start: Int) -> Int {
        var index = start
        while index < scalars.count, Self.isDigit(scalars[index]) { index += 1 }
        return index
    }

    func skipSpaces(from start: Int) -> Int {
        var index = start
        while index < scalars.count, Self.isSpace(scalars[index]) { index += 1 }
        return index
    }

    func skipSpacesBack(from end: Int) -> Int {
        var index = end
        while index > 0, Self.isSpace(scalars[index - 1]) || scalars[index - 1] == "-" { index -= 1 }
        return index
    }

    /// Words that mean something here are shorter; a longer one isn't gone through for every year in it.
    private static let longestWord = 32

    func word(at start: Int) -> String {
        guard start < scalars.count else { return "" }
        var end = start
        while end < min(scalars.count, start + Self.longestWord), Self.isLetter(scalars[end]) { end += 1 }
        return start < end ? text(start..<end).lowercased() : ""
    }

    /// The word, digits allowed in it, that ends before a place; one that touches it only where that counts.
    func wordBefore(_ place: Int, orGlued: Bool = false) -> String {
        let end = skipSpacesBack(from: place)
        guard end < place || orGlued else { return "" }
        return text(startOfWord(before: end)..<end).lowercased()
    }

    private func startOfWord(before end: Int) -> Int {
        var start = end
        while start > max(0, end - Self.longestWord),
            Self.isLetter(scalars[start - 1]) || Self.isDigit(scalars[start - 1])
        {
            start -= 1
        }
        return start
    }

    func wordsBefore(_ place: Int, are words: String) -> Bool {
        let end = skipSpacesBack(from: place)
        return text(max(0, end - words.utf8.count)..<end).lowercased().hasSuffix(words)
    }

    private func remaining() -> String {
        var kept: [Unicode.Scalar] = []
        var index = 0
        for range in removed.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.lowerBound >= index {
            kept += scalars[index..<range.lowerBound]
            kept.append(" ")
            index = range.upperBound
        }
        kept += scalars[min(index, scalars.count)...]
        return Self.string(kept[...])
    }
}
