import Annals

/// The marks directly behind a year: `p`, `(prelim.)`, `*`, `¹`, `1)`.
struct YearMarks: Equatable {
    private(set) var flags: CellFlags = []
    /// As printed: `1)`, `¹`, `*`.
    private(set) var footnotes: [String] = []

    /// Takes marks off the front of what stands behind a year, as long as there are any.
    ///
    /// - Parameter text: Without the marks afterwards.
    init(takingFrom text: inout Substring) {
        takeLetter(&text)
        while takeSigns(&text) || takeBrackets(&text) || takeFootnote(&text) { dropComma(&text) }
        takeLastWord(&text)
    }

    /// `2011¹,²`, `2011 1), 2)`: what parts two marks is no name.
    private func dropComma(_ text: inout Substring) {
        guard text.first == ",", !footnotes.isEmpty else { return }
        var rest = text.dropFirst()
        if rest.first?.isWhitespace == true { rest.removeFirst() }
        var copy = self
        if copy.takeSigns(&rest) || copy.takeFootnote(&rest) { text.removeFirst() }
    }

    // MARK: Flags

    /// `2011p`: one letter that touches the year, and no other letter or digit behind it.
    private mutating func takeLetter(_ text: inout Substring) {
        guard let letter = text.first, let own = Self.letters[letter.lowercased()] else { return }
        let next = text.dropFirst().first
        guard next.map({ !$0.isLetter && !$0.isNumber && $0 != "_" || Self.isRaised($0) }) ?? true else { return }
        flags.formUnion(own)
        text.removeFirst()
    }

    /// `2011 p`, `2011 provisional`: where nothing else stands behind the year.
    private mutating func takeLastWord(_ text: inout Substring) {
        let word = text.drop { $0.isWhitespace || $0 == "," }
        guard word.count < text.count else { return }
        let name = word.last == "." ? word.dropLast() : word
        guard let own = Self.letters[String(name)] ?? Self.drafts[name.lowercased()] ?? Self.short[name.lowercased()]
        else { return }
        flags.formUnion(own)
        text = ""
    }

    /// `(p)`, `[r]`, `(prelim.)`, `(p, r)`, `(1)`, `(*)`.
    private mutating func takeBrackets(_ text: inout Substring) -> Bool {
        let rest = text.drop(while: \.isWhitespace)
        guard let open = rest.first, open == "(" || open == "[",
            let close = rest.firstIndex(of: open == "(" ? ")" : "]")
        else { return false }
        let inside = rest[rest.index(after: rest.startIndex)..<close]
        guard inside.count <= 40, !inside.isEmpty else { return false }
        let isLetter = inside.count == 1 && inside.allSatisfy(\.isLetter) && Self.letters[inside.lowercased()] == nil
        if isLetter || Self.isNote(inside)
            || inside.count <= 2 && inside.allSatisfy({ $0.isASCII && $0.isNumber || Self.signs.contains($0) })
            || Self.areNotes(inside)
        {
            footnotes.append(String(rest[...close]))
        } else {
            var own: CellFlags = []
            for word in inside.split(whereSeparator: { $0 == "," || $0 == "/" || $0 == ";" }) {
                guard let flag = Self.flag(word) else { return false }
                own.formUnion(flag)
            }
            guard !own.isEmpty else { return false }
            flags.formUnion(own)
        }
        text = rest[rest.index(after: close)...]
        return true
    }

    /// `note 1`, as statistical offices of the United Kingdom write it.
    private static func isNote(_ text: Substring) -> Bool {
        let words = text.lowercased().split(separator: " ")
        guard words.count == 2, notes.contains(String(words[0])) else { return false }
        return words[1].utf8.count <= 2
            && words[1].utf8.allSatisfy { NumberShape.isDigit($0) || FieldText.isLetter($0) }
    }

    /// `1,2`, `note 1, note 2`.
    private static func areNotes(_ text: Substring) -> Bool {
        let parts = text.split(separator: ",").map { $0.drop(while: \.isWhitespace) }
        return parts.count > 1
            && parts.allSatisfy { part in
                isNote(part) || (1...2).contains(part.count) && part.allSatisfy { $0.isASCII && $0.isNumber }
            }
    }

    private static let notes: Set<String> = ["note", "footnote", "fotnote", "fn", "anm", "merknad"]

    /// What a word in brackets says of the year's figures: `p`, `prelim.`, `vorläufige Werte`.
    private static func flag(_ text: Substring) -> CellFlags? {
        var words = text.lowercased().split { $0.isWhitespace || $0 == "." }.map(String.init)
        if words.count == 2, fillers.contains(words[1]) { words.removeLast() }
        guard words.count == 1 else { return nil }
        return letters[words[0]] ?? drafts[words[0]] ?? guesses[words[0]]
    }

    /// What one letter behind a year says.
    static let letters: [String: CellFlags] = [
        "p": .provisional, "r": .revised, "e": .estimated, "f": .forecast,
    ]
    private static let fillers: Set<String> = [
        "figures", "figure", "data", "estimate", "estimates", "values", "tall", "tal", "siffror", "werte", "zahlen",
        "ergebnisse",
    ]

    private static let drafts: [String: CellFlags] = [
        "prov": .provisional, "provisional": .provisional, "prel": .provisional, "prelim": .provisional,
        "preliminary": .provisional, "foreløpig": .provisional, "foreløpige": .provisional, "foreløbig": .provisional,
        "foreløbige": .provisional, "preliminär": .provisional, "preliminära": .provisional,
        "vorläufig": .provisional, "vorläufige": .provisional, "vorl": .provisional, "provisoire": .provisional,
        "provisorisch": .provisional, "rev": .revised, "revised": .revised, "revidert": .revised,
        "reviderte": .revised, "revideret": .revised, "reviderad": .revised, "revidiert": .revised, "révisé": .revised,
    ]

    /// Short enough to be no name of a measure.
    private static let short: [String: CellFlags] = ["est": .estimated, "fcst": .forecast, "proj": .forecast]

    private static let guesses: [String: CellFlags] = [
        "est": .estimated, "estimate": .estimated, "estimates": .estimated, "estimated": .estimated,
        "anslag": .estimated, "geschätzt": .estimated, "schätzung": .estimated, "estimé": .estimated,
        "estimation": .estimated, "forecast": .forecast, "forecasts": .forecast, "fcst": .forecast, "proj": .forecast,
        "projection": .forecast, "projections": .forecast, "projected": .forecast, "prognose": .forecast,
        "prognos": .forecast, "framskrevet": .forecast, "framskriving": .forecast, "prévision": .forecast,
    ]

    // MARK: Footnotes

    private static let signs: Set<Character> = ["*", "†", "‡", "#", "§"]

    /// `¹`, `²⁾`; a raised letter is a flag.
    private static func isRaised(_ character: Character) -> Bool { "¹²³⁰⁴⁵⁶⁷⁸⁹⁾⁽".contains(character) }

    private static let raisedLetters: [Character: CellFlags] = [
        "ᵖ": .provisional, "ʳ": .revised, "ᵉ": .estimated, "ᶠ": .forecast,
    ]

    /// `*`, `**`, `¹`, `ᵖ`, touching the year or one space behind it.
    private mutating func takeSigns(_ text: inout Substring) -> Bool {
        var rest = text
        if rest.first?.isWhitespace == true { rest.removeFirst() }
        if let letter = rest.first, let flag = Self.raisedLetters[letter] {
            flags.formUnion(flag)
            text = rest.dropFirst()
            return true
        }
        let marks = rest.prefix { Self.signs.contains($0) || Self.isRaised($0) }
        guard !marks.isEmpty else { return false }
        // `¹)` and `*)` are marks of their own.
        let end = rest.dropFirst(marks.count)
        let hasBracket = end.first == ")" && !marks.contains("(")
        footnotes.append(String(marks) + (hasBracket ? ")" : ""))
        text = hasBracket ? end.dropFirst() : end
        return true
    }

    /// `1)`, `12)`, `a)`; `1/`, as the International Monetary Fund writes it, where nothing stands behind it.
    private mutating func takeFootnote(_ text: inout Substring) -> Bool {
        let rest = text.drop(while: \.isWhitespace)
        let mark = rest.prefix { $0.isASCII && ($0.isNumber || $0.isLetter) }
        let end = rest.dropFirst(mark.count)
        guard (1...2).contains(mark.count), mark.allSatisfy(\.isNumber) || mark.count == 1, let sign = end.first,
            sign == ")" || sign == "/" && end.count == 1 && rest.count < text.count
        else { return false }
        // A digit that touches the year would be part of another number; the year's run of digits ended before.
        footnotes.append(String(mark) + String(sign))
        text = end.dropFirst()
        return true
    }
}
