import Annals

/// One field of a column that may give each row's year: `2010`, `2010/11`, `2011p`, `31.12.2010`.
struct YearValue: Equatable {
    private(set) var mention: YearMention
    /// `2010-12-31` where the field is a day.
    private(set) var day: String?
    private(set) var flags: CellFlags = []
    /// Marks behind the year, as printed: `*`, `1)`.
    private(set) var footnotes: [String] = []

    /// Reads a whole field.
    ///
    /// - Parameter text: Spaces around it don't count.
    /// - Returns: Nil for months, quarters and weeks, for a day that can be read in two ways, and for anything that says
    ///   more than a year.
    static func parse(_ text: String) -> YearValue? {
        guard text.utf8.count <= 64 else { return nil }
        // A whole year as Statistics Netherlands writes it: `2019JJ00`.
        if text.utf8.count == 8, text.hasSuffix("JJ00") { return parse(String(text.prefix(4))) }
        if text.utf8.count == 4 {
            // A column of years says what it is, so it may go further back than a title.
            guard text.utf8.allSatisfy(NumberShape.isDigit), let year = Int(text), bareYears.contains(year) else {
                return nil
            }
            return YearValue(mention: YearMention(year: year, label: text))
        }
        // Figures are asked too, and have more digits than a year, or fewer.
        guard text.utf8.count <= longestText, FieldText.withBytes(of: text, mayHoldYear) else { return nil }
        var trimmed = FieldText.withoutWhitespace(text)
        if trimmed.utf8.count <= longestEdition, let year = withoutEdition(trimmed) { trimmed = year }
        if trimmed.utf8.count == 4 { return parse(trimmed) }
        guard case .year(var heading) = YearHeading.parse(trimmed), !heading.hasUnclearDay, !hasOddEdges(trimmed) else {
            return nil
        }
        if YearHeading.isInBrackets(heading.remainder), !heading.remainder.isEmpty { heading.takeRemainderAsMark() }
        guard heading.remainder.isEmpty else { return nil }
        return YearValue(
            mention: heading.mention, day: heading.day, flags: heading.flags, footnotes: heading.footnotes)
    }

    private static let longestEdition = 7

    /// The year of `2009-A1`, SDMX's whole year, of `2009-A` and `2009A`, and of the ordinal `2009.`; nil for other texts.
    private static func withoutEdition(_ text: String) -> String? {
        let year = text.prefix { $0.isASCII && $0.isNumber }
        guard year.utf8.count == 4, Int(year).map(YearMentions.plausible.contains) == true else { return nil }
        return ["-A1", "-A", "A1", "A", "."].contains(text.dropFirst(4)) ? String(year) : nil
    }

    /// The same in a column that is known for one of times, where `20101231` is a day.
    static func parseInColumn(_ text: String) -> YearValue? {
        let digits = FieldText.withoutWhitespace(text)
        guard let day = CalendarDay.iso(digits: digits) else { return parse(text) }
        let year = String(digits.prefix(4))
        return Int(year).map { YearValue(mention: YearMention(year: $0, label: year), day: day) }
    }

    private static let bareYears = 1000...2199
    /// `31 December 2010 (preliminary figures)` is shorter.
    private static let longestText = 64

    /// Whether a field may be one, by its bytes: figures are asked too, and few of them are.
    static func mayBe(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count == 4 else { return mayHoldYear(bytes) }
        return NumberShape.value(ofDigitsAlone: bytes).map { bareYears.contains(Int($0)) } ?? false
    }

    /// Whether a field may be a day without marks in it, `20101231`, by its bytes.
    static func mayBeDay(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.count == 8 && NumberShape.isDigitsAlone(bytes)
    }

    private static func mayHoldYear(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.count > 4 && !NumberShape.isDigitsAlone(bytes) && bytes.contains(where: NumberShape.isDigit)
    }

    /// Whether a dash or a stop stands around the year, which a heading may lose and a field may not.
    private static func hasOddEdges(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return true }
        // A point behind a word belongs to it: `2010 г.`.
        let isOfWord = last == "." && text.unicodeScalars.dropLast().last.map(YearMentions.isLetter) == true
        return "-–—.,:;/_+(".unicodeScalars.contains(first) || "-–—.,:;/_+(".unicodeScalars.contains(last) && !isOfWord
    }

    private init(mention: YearMention, day: String? = nil, flags: CellFlags = [], footnotes: [String] = []) {
        self.mention = mention
        self.day = day
        self.flags = flags
        self.footnotes = footnotes
    }
}
