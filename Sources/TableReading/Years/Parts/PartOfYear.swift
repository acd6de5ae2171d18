/// What a text says of a part of a year: `1st half`, `III. čtvrtletí`, `weeks 1-26`, `9 месяцев`, `kvartal3`, `第1四半期`.
///
/// A word for a part counts beside the number of one. `By quarter`, `per week` and `quarters 1-4` say no part.
enum PartOfYear {
    /// Whether a text says one.
    ///
    /// - Parameter text: Without the years in it, or with them. Of the length of a title.
    /// - Returns: False for longer texts.
    static func isNamed(in text: String) -> Bool {
        // `2011-12-31` has no word.
        guard text.utf8.count <= longestText, text.utf8.contains(where: { $0 >= 0x80 || FieldText.isLetter($0) }) else {
            return false
        }
        let lowercased = text.lowercased()
        if TimeWords.toDate.contains(where: { lowercased.contains($0) }) { return true }
        if isInEastAsian(lowercased) { return true }
        let tokens = tokens(lowercased)
        return tokens.indices.contains { isPart(tokens, at: $0) || tokens[$0].text == "ytd" }
    }

    /// Longer texts are no titles.
    static let longestText = 1000

    // MARK: Words and numbers

    private struct Token {
        var text: String
        var isNumber: Bool
        /// What stands between the token before and this one.
        var gap: Substring

        /// Whether it belongs to what stands before it: nothing but spaces, points and hyphens between them.
        var isNear: Bool { gap.allSatisfy { " \u{A0}.-–_ºª°/".contains($0) } }
        var isBehindDash: Bool { gap.contains { "-–—~".contains($0) } }
    }

    /// Runs of letters and runs of digits.
    private static func tokens(_ text: String) -> [Token] {
        var tokens: [Token] = []
        var rest = text[...]
        while !rest.isEmpty {
            let gap = rest.prefix { !isLetter($0) && !isDigit($0) }
            rest = rest.dropFirst(gap.count)
            let run = rest.first.map(isDigit) == true ? rest.prefix(while: isDigit) : rest.prefix(while: isLetter)
            guard !run.isEmpty else { break }
            let isNumber = isDigit(run.first ?? " ")
            tokens.append(Token(text: isNumber ? String(run) : TimeWords.folded(run), isNumber: isNumber, gap: gap))
            rest = rest.dropFirst(run.count)
        }
        return tokens
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
    private static func isLetter(_ character: Character) -> Bool {
        (character.isLetter || character == "'" || character == "\u{2019}") && !"ºª".contains(character)
    }

    private static func isPart(_ tokens: [Token], at place: Int) -> Bool {
        guard !tokens[place].isNumber, let part = TimeWords.part(tokens[place].text) else { return false }
        // `1 кв. м`, `kv. km` are areas.
        if place + 1 < tokens.count, areas.contains(tokens[place + 1].text) { return false }
        switch part {
        case .month: return isCount(tokens, before: place)
        case .week: return isNumbered(tokens, behind: place, part)
        case .third, .quarter, .half:
            return isOrdinal(tokens, before: place, part) || isNumbered(tokens, behind: place, part)
        }
    }

    private static let areas: Set<String> = ["m", "km", "м", "км", "cm", "mm", "miles", "feet", "ft"]

    /// `1.`, `1st`, `first`, `III`, `first three` in front of a word.
    private static func isOrdinal(_ tokens: [Token], before place: Int, _ part: TimeWords.Part) -> Bool {
        guard place > 0, tokens[place].isNear else { return false }
        var last = place - 1
        // `1-й`, `1er`, `2:a`: an ending.
        if last > 0, !tokens[last].isNumber, tokens[last].text.count <= 3, tokens[last - 1].isNumber,
            tokens[last].gap.allSatisfy({ "-:.ºª'\u{2019}".contains($0) })
        {
            last -= 1
        }
        let token = tokens[last]
        if let number = token.isNumber ? Int(token.text) : TimeWords.roman(token.text) {
            guard (1...part.count).contains(number) else { return false }
            return !isWhole(tokens, upTo: number, at: last, part)
        }
        return TimeWords.isOrdinal(token.text)
            || TimeWords.isNumber(token.text) && last > 0
                && TimeWords.isOrdinal(tokens[last - 1].text)
    }

    /// Whether numbers count from the first part to the last: `1-4`.
    private static func isWhole(_ tokens: [Token], upTo number: Int, at place: Int, _ part: TimeWords.Part) -> Bool {
        guard place > 0, number >= (part == .week ? 52 : part.count), tokens[place].isBehindDash else { return false }
        let first = tokens[place - 1]
        return (first.isNumber ? Int(first.text) : TimeWords.roman(first.text)) == 1
            || TimeWords.part(first.text) != nil
    }

    /// `quarter 3`, `week 12`, `trimestrul I`, `kvartal3`.
    private static func isNumbered(_ tokens: [Token], behind place: Int, _ part: TimeWords.Part) -> Bool {
        guard place + 1 < tokens.count, tokens[place + 1].isNear else { return false }
        var next = place + 1
        if words.contains(tokens[next].text), next + 1 < tokens.count { next += 1 }
        let token = tokens[next]
        guard let number = token.isNumber ? Int(token.text) : TimeWords.roman(token.text),
            (1...part.count).contains(number), token.text.utf8.count <= 4
        else { return false }
        guard number == 1, next + 1 < tokens.count, tokens[next + 1].isBehindDash else { return true }
        let end = tokens.indices.dropFirst(next + 1).first {
            tokens[$0].isNumber || TimeWords.roman(tokens[$0].text) != nil
        }
        guard let end, end <= next + 2,
            let last = tokens[end].isNumber ? Int(tokens[end].text) : TimeWords.roman(tokens[end].text)
        else { return true }
        return !(last == part.count || part == .week && last >= 52)
    }

    private static let words: Set<String> = ["nr", "no", "number", "nummer"]

    /// `9 месяцев 2011`, `6 maanden`, `first nine months`: some months of the year that stands behind them.
    private static func isCount(_ tokens: [Token], before place: Int) -> Bool {
        guard place > 0, tokens[place].isNear else { return false }
        let count = tokens[place - 1]
        let isFew =
            count.isNumber ? Int(count.text).map { (2...11).contains($0) } ?? false : TimeWords.isNumber(count.text)
        guard isFew else { return false }
        if place > 1, TimeWords.isOrdinal(tokens[place - 2].text) { return true }
        // The year right behind it, a word such as `of` between them.
        let next = tokens.indices.dropFirst(place + 1).prefix(2)
        guard let year = next.first(where: { tokens[$0].isNumber }), tokens[year].text.utf8.count == 4 else {
            return false
        }
        return tokens[place + 1...year].allSatisfy { token in
            token.isNear && (token.isNumber || token.text.count <= 4)
        }
    }

    // MARK: East Asia

    /// `第1四半期`, `1～3月`, `上半年`, `1분기`, `상반기`.
    private static func isInEastAsian(_ text: String) -> Bool {
        guard text.unicodeScalars.contains(where: { $0.value >= 0x3000 }) else { return false }
        let scalars = Array(text.unicodeScalars)
        for (words, needsNumber) in [(quarters, true), (halves, false)] {
            for word in words {
                var rest = scalars[...]
                while let place = rest.firstRange(of: Array(word.unicodeScalars)) {
                    let next = place.upperBound < scalars.count ? scalars[place.upperBound] : " "
                    let before = place.lowerBound > 0 ? scalars[place.lowerBound - 1] : " "
                    if !each.contains(next), !needsNumber || numerals.contains(before) { return true }
                    rest = scalars[place.upperBound...]
                }
            }
        }
        return hasMonths(scalars)
    }

    private static let quarters = ["四半期", "季度", "季", "分期", "분기"]
    private static let halves = ["上半期", "下半期", "上半年", "下半年", "上期", "下期", "前半期", "後半期", "상반기", "하반기"]
    private static let numerals = Set("0123456789０１２３４一二三四".unicodeScalars)
    private static let each = Set("別별".unicodeScalars)

    /// `1-3月`, `1月～6月`, `1~9월`: from a month to one that isn't the last.
    private static func hasMonths(_ scalars: [Unicode.Scalar]) -> Bool {
        for place in scalars.indices where scalars[place] == "月" || scalars[place] == "월" {
            var start = place
            while start > 0, YearMentions.isDigit(scalars[start - 1]) { start -= 1 }
            guard start < place, start > 0, "-–~～〜至".unicodeScalars.contains(scalars[start - 1]) else { continue }
            var end = start - 1
            if end > 0, scalars[end - 1] == "月" || scalars[end - 1] == "월" { end -= 1 }
            var first = end
            while first > 0, YearMentions.isDigit(scalars[first - 1]) { first -= 1 }
            guard first < end else { continue }
            let (from, to) = (YearMentions.string(scalars[first..<end]), YearMentions.string(scalars[start..<place]))
            if !(from == "1" || from == "01") || to != "12" { return true }
        }
        return false
    }
}
