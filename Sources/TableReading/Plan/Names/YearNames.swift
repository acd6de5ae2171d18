/// What a column's name says of the years below it, in the languages of ``TimeWords``.
///
/// A word for a year alone, or beside words of reporting (`survey year`, `Berichtsjahr`, `調査年`), is when the figures are of.
/// Beside any other word it is the year of something else, or may be: of birth, of founding, of whatever a language calls so.
enum YearNames {
    /// Whether a name means a year and says nothing else.
    static func isYear(_ name: String) -> Bool {
        // `2010 [YR2010]` and `Year 1` head figures.
        if name.utf8.contains(where: NumberShape.isDigit) { return false }
        let words = words(name)
        guard words.count == 1, !otherWords.contains(words[0]) else { return false }
        return TimeWords.isYear(words[0]) && words[0].count > 1 || eastAsian.contains(words[0])
    }

    /// Words for years that are names of something else in other languages.
    private static let otherWords: Set<String> = ["lat", "any", "ani", "sena"]

    /// Whether a name says the year of something, and not that it is when the figures are of.
    static func mayBeOther(_ name: String) -> Bool {
        let words = words(name)
        if let word = words.first(where: { $0.contains("年") || $0.contains("년") || $0.contains("연도") }) {
            return words.count > 1 || !eastAsian.contains(word)
        }
        guard let place = words.firstIndex(where: { TimeWords.isYear($0) || stem(of: $0) != nil }) else { return false }
        // Words that are years by themselves in one language are small words in others.
        guard words[place].count > 1 || words.count == 1 else { return false }
        if let stem = stem(of: words[place]), !reporting.contains(where: stem.hasPrefix) { return true }
        return words.enumerated().contains { index, word in
            index != place && !TimeWords.isYear(word) && !fillers.contains(word)
                && CalendarDay.month(named: word) == nil && !reporting.contains(where: word.hasPrefix)
        }
    }

    /// What stands before the word for a year in a compound, `berichts` of `Berichtsjahr`; nil for words that are none.
    private static func stem(of word: String) -> Substring? {
        guard !TimeWords.isYear(word) else { return nil }
        let ending = endings.first { word.hasSuffix($0) && word.count > $0.count + 1 }
        return ending.map { word.dropLast($0.count) }
    }

    private static func words(_ name: String) -> [String] {
        let marked = name.replacing("år", with: "aar").replacing("ár", with: "aar")
        return marked.split { !$0.isLetter }.map { TimeWords.folded($0) }
    }

    private static let endings = ["jahr", "jahre", "aar", "aars", "year", "jaar", "vuosi", "aasta"]
    private static let eastAsian: Set<String> = [
        "年", "年度", "年次", "暦年", "调查年", "調査年", "会計年度", "調査年度", "年份", "統計年", "统计年", "報告年", "年月", "년", "년도",
        "연도", "연도별", "기준연도", "조사연도", "시점",
    ]
    private static let fillers: Set<String> = [
        "of", "the", "de", "del", "di", "do", "da", "la", "le", "des", "du", "van", "von", "der", "for", "as", "in",
        "time",
        "period", "end", "ended", "ending", "code", "id", "key", "label", "name", "text", "nr", "no", "number",
        "date", "quarter", "month", "mid", "a", "d", "l", "end", "fra", "til", "from", "to", "x", "y", "my", "ref",
    ]
    /// Beginnings of words of reporting.
    private static let reporting = [
        "ref", "report", "survey", "census", "calend", "kalend", "fiscal", "financ", "finans", "statist", "stat",
        "school",
        "academ", "data", "observ", "obs", "bericht", "erheb", "bezug", "haush", "schul", "wirtsch", "geschäft",
        "geschaft",
        "gesch", "undersok", "undersøk", "tell", "skol", "regnsk", "budget", "budsj", "exerc", "enquet", "ejerc",
        "esercizio",
        "riferim", "rilevaz", "sprawozd", "szkoln", "отчет", "отчёт", "учебн", "звітн", "verslag", "peil", "boek",
        "onderzoek",
        "studie", "stud", "semest", "scol", "escol", "lectiv", "letiv", "univers", "las", "crop", "harvest", "season",
        "tax", "marketing", "water", "hydro", "election",
        "current", "base", "tilasto", "measure", "publ", "edition", "season", "skatte", "inntekt", "income", "accident",
        "event", "death", "diagnos", "valg", "val", "wahl",
    ]
}
