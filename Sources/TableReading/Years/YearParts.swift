// Parts of a year that are said in words in front of it.
extension YearMentions {
    /// `1st half 2011`, `first six months of 2011`, `January–June 2011`, `in May 2011`.
    ///
    /// - Parameter run: The year's digits.
    /// - Returns: Where the words begin; nil where the year is whole, as in `January–December 2011` and `1 May 2011`.
    func startOfPeriod(before run: Range<Int>) -> Int? {
        guard endsInWord(run.lowerBound) else { return nil }
        var words = wordsBefore(run.lowerBound)[...]
        if let last = words.last, Self.fillers.contains(last.text) { words.removeLast() }
        guard let last = words.popLast(), let before = words.last else { return nil }
        if let month = CalendarDay.month(named: last.text) {
            return startOfMonths(upTo: month, last, words)
        }
        if Self.halves.contains(last.text), Self.isOrdinal(before.text) { return before.start }
        guard Self.months.contains(last.text), Self.isFewMonths(before.text), let ordinal = words.dropLast().last,
            Self.isOrdinal(ordinal.text)
        else { return nil }
        return ordinal.start
    }

    /// Whether one of the words that may mean a part stands in front of a place; a line may hold 100,000 years.
    private func endsInWord(_ place: Int) -> Bool {
        let limit = max(0, place - Self.mostScalars)
        var end = place
        while end > limit, Self.separators.contains(scalars[end - 1]) { end -= 1 }
        guard end < place else { return false }
        var start = end
        while start > limit, scalars[start - 1].properties.isAlphabetic { start -= 1 }
        guard (1...Self.longestPart).contains(end - start) else { return false }
        let word = text(start..<end).lowercased()
        return Self.halves.contains(word) || Self.months.contains(word) || Self.fillers.contains(word)
            || CalendarDay.month(named: word) != nil
    }

    /// `Halbjahres`, `szeptemberben`.
    private static let longestPart = 16

    /// Months before the year, up to the one right in front of it.
    private func startOfMonths(upTo month: Int, _ last: Word, _ words: ArraySlice<Word>) -> Int? {
        guard let before = words.last else { return nil }
        if Self.prepositions.contains(before.text) { return last.start }
        let isJoint = Self.links.contains(before.text)
        guard let first = isJoint ? words.dropLast().last : before, isJoint || last.isBehindDash,
            let beginning = CalendarDay.month(named: first.text)
        else { return nil }
        // From the first month to the last it is the year.
        return beginning == 1 && month == 12 ? nil : first.start
    }

    /// Where an issue of a year ends: `2011:3`, the third of four.
    func endOfIssue(behind run: Range<Int>) -> Int? {
        let digit = run.upperBound + 1
        guard digit < scalars.count, scalars[digit - 1] == ":", ("1"..."4").contains(scalars[digit]),
            digit + 1 == scalars.count
                || !scalars[digit + 1].properties.isAlphabetic && !Self.isDigit(scalars[digit + 1])
        else { return nil }
        return digit + 1
    }

    /// The years that parts are of, said anywhere in their line (`3. Vierteljahr, 2011`) or by a numeral that touches one.
    ///
    /// - Returns: What is said, by where the year begins.
    func linesOfParts(isFileName: Bool) -> [Int: String] {
        var parts: [Int: String] = [:]
        var (line, isPart) = (0..<0, false)
        for occurrence in occurrences {
            let place = occurrence.range.lowerBound
            if !line.contains(place) {
                line = lineAround(place)
                isPart = PartOfYear.isNamed(in: text(line))
            }
            if isPart || isBesideNumeral(occurrence) || isFileName && isBesideMonth(occurrence) {
                parts[place] = text(line)
            }
        }
        return parts
    }

    private func lineAround(_ place: Int) -> Range<Int> {
        let start = scalars[..<place].lastIndex(of: "\n").map { $0 + 1 } ?? 0
        return start..<(scalars[place...].firstIndex(of: "\n") ?? scalars.count)
    }

    /// `I/2011`, `XII-2011`, `2011/IV`, `1/4 2011`, `2011.1/4`.
    private func isBesideNumeral(_ occurrence: Occurrence) -> Bool {
        let (start, end) = (occurrence.range.lowerBound, occurrence.range.upperBound)
        if start > 1, "/-.".unicodeScalars.contains(scalars[start - 1]) {
            let word = wordTouching(start - 1)
            let before = start - 2 - word.unicodeScalars.count
            let isDay = before >= 0 && !"(,;:\n".unicodeScalars.contains(scalars[before]) && isBehindDigit(before + 1)
            // `x-2011` is a file's name.
            let isRoman = TimeWords.roman(word) != nil && (scalars[start - 1] == "/" || word.count > 1)
            if isRoman, !isDay { return true }
        }
        if start > 3, text(start - 4..<start - 1).hasSuffix("/4"), ("1"..."4").contains(scalars[start - 4]),
            start == 4 || !Self.isDigit(scalars[start - 5])
        {
            return true
        }
        guard end + 1 < scalars.count, "/-.".unicodeScalars.contains(scalars[end]) else { return false }
        let behind = text(end + 1..<end + 4)
        if behind.count == 3, behind.hasSuffix("/4"), ("1"..."4").contains(scalars[end + 1]) { return true }
        let word = word(at: end + 1)
        let next = end + 1 + word.unicodeScalars.count
        return TimeWords.roman(word).map { $0 <= 4 } == true && scalars[end] != "."
            && (next == scalars.count || !Self.isDigit(scalars[next]))
    }

    private func isBehindDigit(_ place: Int) -> Bool {
        let last = skipSpacesOnly(before: place) - 1
        return last >= 0 && (Self.isDigit(scalars[last]) || "-/".unicodeScalars.contains(scalars[last]))
    }

    /// The letters that end at a place.
    private func wordTouching(_ place: Int) -> String {
        var start = place
        while start > max(0, place - 12), Self.isLetter(scalars[start - 1]) { start -= 1 }
        return text(start..<place).lowercased()
    }

    /// `births-jan-2011`, `births_2011_jan`; not `births-31-dec-2011`.
    private func isBesideMonth(_ occurrence: Occurrence) -> Bool {
        guard occurrence.day == nil, !occurrence.mention.isSplit else { return false }
        var end = occurrence.range.lowerBound
        while end > 0, Self.separators.contains(scalars[end - 1]) { end -= 1 }
        let before = wordTouching(end)
        if isMonthInName(before) {
            var start = end - before.unicodeScalars.count
            while start > 0, Self.separators.contains(scalars[start - 1]) { start -= 1 }
            return start == 0 || !Self.isDigit(scalars[start - 1])
        }
        var start = occurrence.range.upperBound
        while start < scalars.count, Self.separators.contains(scalars[start]) { start += 1 }
        let behind = word(at: start)
        guard isMonthInName(behind) else { return false }
        start += behind.unicodeScalars.count
        while start < scalars.count, Self.separators.contains(scalars[start]) { start += 1 }
        return start == scalars.count || !Self.isDigit(scalars[start])
    }

    /// Whether a word of a file's name is a month's; short words of several meanings aren't.
    private func isMonthInName(_ word: String) -> Bool {
        CalendarDay.month(named: word) != nil && !["gen", "mag", "sie", "lip", "ago", "gru", "sty"].contains(word)
    }

    // MARK: Words

    /// A word or a number in front of a year.
    private struct Word {
        /// In lower case.
        var text: String
        /// Offset of ``YearMentions/scalars``.
        var start: Int
        /// Whether a dash stands in front of it.
        var isBehindDash: Bool
    }

    private static let (mostWords, mostScalars) = (5, 60)

    /// The last words of the sentence that a place ends, in their order.
    private func wordsBefore(_ place: Int) -> [Word] {
        var words: [Word] = []
        var end = place
        let limit = max(0, place - Self.mostScalars)
        while words.count < Self.mostWords {
            while end > limit, Self.separators.contains(scalars[end - 1]) { end -= 1 }
            var start = end
            while start > limit, scalars[start - 1].properties.isAlphabetic || Self.isDigit(scalars[start - 1]) {
                start -= 1
            }
            guard start < end else { break }
            let gap = start > 0 ? skipSpacesOnly(before: start) : 0
            let isBehindDash = gap > 0 && "-–—".unicodeScalars.contains(scalars[gap - 1])
            words.append(Word(text: text(start..<end).lowercased(), start: start, isBehindDash: isBehindDash))
            end = start
        }
        return words.reversed()
    }

    private func skipSpacesOnly(before place: Int) -> Int {
        var index = place
        while index > 0, scalars[index - 1] == " " || scalars[index - 1] == "." { index -= 1 }
        return index
    }

    private static let separators = Set(" .,-–—_\u{A0}".unicodeScalars)

    /// `1`, `1st`, `1er`, `first`.
    private static func isOrdinal(_ word: String) -> Bool {
        if ordinals.contains(word) { return true }
        let digits = word.prefix { $0.isASCII && $0.isNumber }
        return (1...2).contains(digits.count) && endings.contains(String(word.dropFirst(digits.count)))
    }

    private static func isFewMonths(_ word: String) -> Bool {
        if let number = Int(word) { return (2...11).contains(number) }
        return numbers.contains(word)
    }

    private static let fillers: Set<String> = [
        "of", "in", "av", "af", "des", "de", "del", "di", "do", "du", "i", "im", "van", "w", "v", "ve", "den", "din",
        "od",
        "на", "в", "у", "за", "anno", "roku", "roka",
    ]
    private static let prepositions: Set<String> = [
        "in", "i", "im", "en", "w", "v", "ve", "u", "в", "у", "през", "în", "em",
    ]
    private static let links: Set<String> = [
        "to", "through", "til", "till", "bis", "à", "a", "au", "tot", "tm", "do", "po", "по", "до", "al", "até",
        "până", "iki", "līdz", "kuni", "thru", "fino", "og", "och", "und", "and", "et", "y", "e", "i", "и", "та",
    ]
    private static let halves: Set<String> = [
        "half", "halvår", "halvåret", "halvdel", "hälften", "halbjahr", "halbjahres", "semester", "semestre", "moitié",
        "quarter", "kvartal", "kvartalet", "quartal", "quartals", "trimestre", "tertial", "tertialet", "mitad", "metà",
        "metade",
    ]
    private static let months: Set<String> = [
        "month", "months", "måneder", "månedene", "månader", "månaderna", "monate", "monaten", "mois",
    ]
    private static let endings: Set<String> = [
        "", "st", "nd", "rd", "th", "er", "re", "e", "ème", "eme", "nde", "a", "o",
    ]
    private static let ordinals: Set<String> = [
        "first", "second", "third", "fourth", "last", "første", "annet", "andre", "tredje", "fjerde", "siste", "andet",
        "sidste", "första", "andra", "fjärde", "sista", "erste", "ersten", "erstes", "zweite", "zweiten", "zweites",
        "dritte", "dritten", "vierte", "letzten", "premier", "première", "premiers", "deuxième", "seconde", "troisième",
        "derniers", "primer", "primera", "primero", "segundo", "segunda", "tercer", "tercero", "cuarto", "primo",
        "prima",
        "secondo", "seconda", "terzo", "quarto", "primeiro", "primeira", "terceiro", "i", "ii", "iii", "iv",
    ]
    private static let numbers: Set<String> = [
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "to", "tre", "fire", "fem",
        "seks", "sju", "syv", "åtte", "ni", "ti", "elleve", "sex", "nio", "zwei", "drei", "vier", "fünf", "sechs",
        "sieben", "acht", "neun", "zehn", "elf", "deux", "trois", "quatre", "cinq", "sept", "huit", "neuf", "dix",
    ]
}
