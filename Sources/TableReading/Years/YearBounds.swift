// What four digits are that bound or name more years than one.
extension YearMentions {
    /// `1990s`, `1990's`, `1990er`, `1990-årene`, `1990-tallet`: ten years together.
    func endOfDecade(_ run: Range<Int>, year: Int) -> Int? {
        guard year.isMultiple(of: 10) else { return nil }
        var start = run.upperBound
        if start < scalars.count, "-'\u{2019}".unicodeScalars.contains(scalars[start]) { start += 1 }
        let word = word(at: start)
        let end = start + word.unicodeScalars.count
        guard Self.decades.contains(word), end == scalars.count || !Self.isDigit(scalars[end]) else { return nil }
        return end
    }

    private static let decades: Set<String> = ["s", "er", "erne", "årene", "åra", "tallet", "talet", "luku"]

    /// `Before 1919`, `since 2000`, `<2000`, `2000+`, `2000 and over`: where something begins or ends.
    func isBound(_ run: Range<Int>, _ words: Words) -> Bool {
        let before = skipSpacesBack(from: run.lowerBound)
        if before > 0, "<>≤≥".unicodeScalars.contains(scalars[before - 1]) { return true }
        let introduction = words.beforeApart
        if Self.wordsBeforeBound.contains(introduction) { return true }
        // `from 2010 until 2011` names two years.
        if Self.wordsInFront.contains(introduction), !scalars[run.upperBound...].contains(where: Self.isDigit),
            wordsBefore(run.lowerBound, are: introduction),
            skipSpacesBack(from: run.lowerBound) == introduction.unicodeScalars.count
        {
            return true
        }
        if introduction == "to", wordsBefore(run.lowerBound, are: "up to") { return true }
        // `from 2010 until 2011` names two years.
        if Self.wordsBeforeEnd.contains(introduction), occurrences.isEmpty { return true }
        if run.upperBound < scalars.count, scalars[run.upperBound] == "+" { return true }
        let next = skipSpaces(from: run.upperBound)
        let joint = word(at: next)
        guard Self.joints.contains(joint) else { return false }
        return Self.wordsBehindBound.contains(word(at: skipSpaces(from: next + joint.unicodeScalars.count)))
    }

    private static let wordsBeforeBound: Set<String> = [
        "before", "since", "after", "pre", "post", "exceeding", "før", "siden", "sidan", "etter", "före", "sedan",
        "vor",
        "seit", "nach", "ab", "avant", "depuis", "après", "antes", "desde", "sinds", "fyrir", "eftir", "síðan", "ennen",
        "jälkeen", "enne", "pärast", "alates", "pirms", "kopš", "iki", "po", "przed", "před", "pred", "után", "înainte",
        "după", "преди", "след", "прије", "после", "prije", "nakon", "poslije", "пред", "πριν", "μετά", "από", "önce",
        "sonra", "после", "до", "після", "depois", "prima", "dopo", "abans", "despres", "после",
    ]
    /// Those that mean the end of a class only where nothing stands in front of them: `fra 2008`, not `Endring fra 2008`.
    private static let wordsInFront: Set<String> = [
        "from", "fra", "frå", "från", "frá", "von", "van", "de", "dal", "od", "от", "с", "од", "від", "з", "din", "til",
        "till", "until", "bis", "tot", "do", "до", "hasta", "até", "fino", "jusque", "kuni", "līdz", "nuo", "ab", "εως",
        "έως",
    ]
    private static let wordsBeforeEnd: Set<String> = ["until", "till", "til", "bis", "jusque", "hasta"]
    private static let joints: Set<String> = ["and", "or", "og", "eller", "och", "und", "oder", "et", "ou", "y", "o"]
    private static let wordsBehindBound: Set<String> = [
        "over", "more", "later", "earlier", "before", "after", "newer", "older", "above", "below", "less", "senere",
        "tidligere", "eldre", "nyere", "mer", "fler", "flere", "senare", "tidigare", "später", "früher", "mehr", "plus",
        "después",
    ]
}
