import Annals

/// A table's title as printed, taken apart.
struct TitleLine {
    /// Without table number, year and footnote marks; nil where nothing is left.
    private(set) var cleaned: String?
    /// The agency's own id: `07459` of a leading `07459:`.
    private(set) var agencyID: String?
    private(set) var mentions: YearMentions
    /// What marks directly behind a year say of its figures, by the year as printed: `2016p`.
    private(set) var flags: [String: CellFlags] = [:]
    /// Marks behind years that say nothing of themselves, with their years as printed: `2016*`.
    private(set) var footnotes: [String] = []

    /// - Parameters:
    ///   - text: The line.
    ///   - notes: The notes below the table; a glued digit is a footnote mark only where one of them begins with it.
    init(_ text: String, notes: [String]) { self.init(text, marks: Self.marks(of: notes)) }

    /// - Parameters:
    ///   - text: The line.
    ///   - marks: Of the notes below the table.
    ///   - agencyID: Where the file says it apart from the title, it goes before a number in front.
    init(_ text: String, marks: Set<String>, agencyID: String? = nil) {
        var rest = FieldText.collapsed(text)
        let number = Self.takeNumber(&rest)
        self.agencyID = agencyID ?? number
        rest = Self.withoutMarks(rest, marks: marks)
        mentions = YearMentions(in: rest)
        if !mentions.years.isEmpty, rest.utf8.count <= Self.longestMarked {
            mentions = YearMentions(in: takingYearMarks())
        }
        cleaned = Self.withoutEdges(mentions.remainder)
    }

    /// Longer texts are no titles, and every year of one is looked at with what stands behind it.
    private static let longestMarked = 2_000

    /// Takes the marks off the years that have them, and returns the text without.
    ///
    /// A word that makes another table of it stays: `2016 (projection)` is no release of the census.
    private mutating func takingYearMarks() -> String {
        var kept: [Unicode.Scalar] = []
        var end = 0
        for place in mentions.occurrences where place.range.lowerBound >= end {
            kept += mentions.scalars[end..<place.range.upperBound]
            let text = YearMentions.string(mentions.scalars[place.range.upperBound...])
            var rest = text[...]
            let marks = YearMarks(takingFrom: &rest)
            guard marks.flags.subtracting([.provisional, .revised]).isEmpty else {
                end = place.range.upperBound
                continue
            }
            if !marks.flags.isEmpty { flags[place.mention.label, default: []].formUnion(marks.flags) }
            footnotes += marks.footnotes.map { place.mention.label + $0 }
            end = mentions.scalars.count - rest.unicodeScalars.count
        }
        kept += mentions.scalars[end...]
        return YearMentions.string(kept[...])
    }

    /// What marks say of all figures of a year: those of the title, or of the lines above the table where they name it.
    static func flags(_ title: TitleLine?, lines: [String]) -> [String: CellFlags] {
        if let title, !title.mentions.years.isEmpty { return title.flags }
        return lines.reduce(into: [:]) { flags, line in
            flags.merge(TitleLine(line, marks: []).flags) { $0.union($1) }
        }
    }

    /// Whether footnotes stand at years of the title.
    var findings: [Finding] {
        footnotes.isEmpty
            ? []
            : [
                Finding(
                    "title-footnote",
                    "A footnote stands at the year in the title: `\(footnotes.joined(separator: "`, `"))`")
            ]
    }

    /// Removes `07459:`, `Table 6.`, `6 `; returns the number where it is an agency's id.
    private static func takeNumber(_ text: inout String) -> String? {
        var words = text.split(separator: " ", omittingEmptySubsequences: true)
        guard let first = words.first else { return nil }
        let isNamed = ["table", "tabell", "tabelle", "tableau", "tab.", "tabel"].contains(first.lowercased())
        if isNamed { words.removeFirst() }
        guard let token = words.first, token.first?.isASCII == true, token.first?.isNumber == true else { return nil }
        let number = token.prefix { $0.isASCII && ($0.isNumber || $0.isLetter || $0 == "." || $0 == "-") }
        let end = token.dropFirst(number.count)
        guard end.isEmpty || end == ":" || end == ")", number.utf8.count <= 12 else { return nil }
        let core = String(number.last == "." ? number.dropLast() : number)
        if end == ":" {
            text = words.dropFirst().joined(separator: " ")
            return core.utf8.count >= 4 ? core : nil
        }
        // "6 Net migration" has a number; "2011 census", "100 largest cities" and "0-4 years" begin with words of the title.
        guard words.count > 1, core.allSatisfy({ $0.isNumber || $0 == "." }), core.utf8.count <= 5,
            isNamed || (YearMentions(in: core).years.isEmpty && words[1].first?.isUppercase == true)
        else { return nil }
        text = words.dropFirst().joined(separator: " ")
        return nil
    }

    private static func isSuperscript(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "¹", "²", "³", "⁰", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁾", "⁽": true
        default: false
        }
    }

    /// Whether a superscript may be there: those of Latin-1 begin with C2, the others with E2.
    private static func mayHaveSuperscripts(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        for byte in bytes where byte == 0xC2 || byte == 0xE2 { return true }
        return false
    }

    /// Removes superscripts, and digits glued to a word where a note begins with them.
    static func withoutMarks(_ text: String, marks: Set<String> = []) -> String {
        var view = text.unicodeScalars
        if FieldText.withBytes(of: text, mayHaveSuperscripts) { view.removeAll(where: isSuperscript) }
        guard !marks.isEmpty else { return String(view) }
        let words = String(view).split(separator: " ", omittingEmptySubsequences: false)
        return words.enumerated().filter { place, word in
            // `Oslo 1)`: the mark apart.
            place == 0 || word.last != ")" || !marks.contains(String(word.dropLast()))
        }.map { _, word in
            var stem = word
            while let last = stem.last, ".,:;".contains(last) { stem.removeLast() }
            let tail = word[stem.endIndex...]
            if stem.last == ")" { stem.removeLast() }
            let digitsEnd = stem.endIndex
            while let last = stem.last, last.isASCII, last.isNumber { stem.removeLast() }
            guard marks.contains(String(word[stem.endIndex..<digitsEnd])), stem.last?.isLetter == true else {
                return String(word)
            }
            return String(stem + tail)
        }.joined(separator: " ")
    }

    /// The marks that notes begin with.
    static func marks(of notes: [String]) -> Set<String> { Set(notes.compactMap(leadingDigits)) }

    /// The mark of a note that begins `1 …`, `1)…` or `1. …`.
    private static func leadingDigits(of note: String) -> String? {
        let digits = note.prefix { $0.isASCII && $0.isNumber }
        guard (1...2).contains(digits.count), let next = note.dropFirst(digits.count).first,
            next == ")" || next == "." || next.isWhitespace
        else { return nil }
        return String(digits)
    }

    /// Without what the removed year leaves behind: spaces, stops, empty brackets.
    static func withoutEdges(_ text: String) -> String? {
        if FieldText.withBytes(of: text, hasPlainEdges) { return text }
        var words = FieldText.collapsed(text).split(separator: " ").filter { word in
            !["()", "(,)", "-", "–"].contains(word)
        }
        while let last = words.last, last.allSatisfy({ ".,:;-–()".contains($0) }) { words.removeLast() }
        let joined = words.joined(separator: " ")
        var title = Substring(joined)
        while let last = title.last, ".,:;-– _".contains(last) { title.removeLast() }
        while let first = title.first, ".,:;-– _".contains(first) { title.removeFirst() }
        return title.isEmpty ? nil : String(title)
    }

    /// Whether a text has single spaces, a letter or a digit in each word, and one at either end.
    private static func hasPlainEdges(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard FieldText.isCollapsed(bytes), let first = bytes.first, let last = bytes.last, isOfWords(first),
            isOfWords(last)
        else { return false }
        var isWord = true
        for byte in bytes {
            if byte == 0x20 {
                guard isWord else { return false }
                isWord = false
            } else if isOfWords(byte) {
                isWord = true
            }
        }
        return isWord
    }

    private static func isOfWords(_ byte: UInt8) -> Bool {
        FieldText.isLetter(byte) || NumberShape.isDigit(byte) || byte >= 0x80
    }
}
