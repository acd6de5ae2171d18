import Annals

/// Lines around a table that say something about it: sources, notes, legends.
enum NoteLine {
    private static let words: Set<String> = [
        "source", "sources", "kilde", "kilder", "källa", "källor", "kalla", "quelle", "quellen", "fuente", "lähde",
        "note",
        "notes", "nota", "notat", "merknad", "merknader", "anm", "anmerkung", "anmerkungen", "footnote", "footnotes",
        "fotnote", "fotnoter", "updated", "last", "released", "copyright", "©", "contact", "kontakt", "explanation",
        "symbols",
        "standardtegn", "legend", "hinweis", "remark", "remarks", "comment", "generated", "downloaded", "extracted",
        "nb",
        "data", "reference", "ref",
    ]

    private static let sources: Set<String> = [
        "source", "sources", "kilde", "kilder", "källa", "källor", "quelle", "quellen", "fuente", "lähde", "bron",
        "fonte",
    ]

    private static let signs: Set<Character> = ["*", "†", "‡", "#", "§", "©"]
    private static let raisedDigits: Set<Character> = ["¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]

    /// Whether a text begins as a source, a note or a legend does.
    static func beginsLikeNote(_ text: String) -> Bool {
        if let isNote = FieldText.withBytes(of: text, beginsWithDigits) { return isNote }
        guard let first = text.first else { return false }
        if signs.contains(first) { return text.count > 1 }
        if beginsWithNumber(text) { return true }
        if raisedDigits.contains(first) { return true }
        if first == "(" || first == "[", let close = text.firstIndex(where: { $0 == ")" || $0 == "]" }) {
            return text.distance(from: text.startIndex, to: close) <= 4 && text.index(after: close) != text.endIndex
        }
        guard let end = text.firstIndex(where: { $0 == ":" || $0 == "." || $0 == " " }) else { return false }
        guard words.contains(text[..<end].lowercased()) else { return false }
        return text[end] != " " || text.contains(":") || text.split(separator: " ").count > 2
    }

    /// The same of a Latin text that begins with a digit, as coded labels do; nil for any other.
    private static func beginsWithDigits(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool? {
        guard let first = bytes.first, NumberShape.isDigit(first), FieldText.isLatin(bytes) else { return nil }
        let rest = bytes.drop(while: NumberShape.isDigit)
        guard (1...2).contains(bytes.count - rest.count), rest.count > 2 else { return false }
        return rest.first == UInt8(ascii: ")") || rest.first == UInt8(ascii: ".") && rest.dropFirst().first == 0x20
    }

    /// Whether a line says when the table was published, updated or fetched, which is no year of its figures.
    static func tellsOfPublication(_ text: String) -> Bool {
        let text = text.drop { !$0.isLetter }
        let words = text.lowercased().split { !$0.isLetter }.prefix(3).map(String.init)
        let isSaid = words.first.map { first in
            publications.contains(first)
                && (first == "copyright" || tellsWhen(text.dropFirst(first.count), words.dropFirst()))
        }
        return isSaid ?? false
            || words.count > 1 && ["last", "sist", "zuletzt", "date", "dato"].contains(words[0])
                && publications.contains { words[1].hasPrefix($0) }
            || words.count > 2 && words[0] == "date" && publications.contains(words[2])
    }

    /// Whether a text is the word that stands above notes, and nothing else.
    static func headsNotes(_ text: String) -> Bool {
        [
            "notes", "note", "footnotes", "footnote", "sources", "source", "legend", "anmerkungen", "fußnoten",
            "merknader",
            "noter", "fotnoter", "kilder", "källor", "quellen",
        ].contains(text.lowercased())
    }

    /// Whether a line says to who can't see the sheet how it is laid out; it is no title.
    static func tellsOfLayout(_ text: String) -> Bool {
        let text = text.lowercased()
        return ["table with row headers", "this worksheet contains", "this sheet contains", "this table contains"]
            .contains(where: text.hasPrefix)
    }

    /// Whether a day, a year or somebody follows: `Exported 2012-05-01`, and not `Exported goods`.
    private static func tellsWhen(_ rest: Substring, _ words: ArraySlice<String>) -> Bool {
        guard let next = rest.first(where: { !$0.isWhitespace }) else { return true }
        if next.isNumber || ":.(".contains(next) { return true }
        return words.contains { CalendarDay.month(named: $0) != nil } || words.first.map { links.contains($0) } ?? true
    }

    private static let links: Set<String> = [
        "on", "at", "by", "from", "in", "den", "am", "um", "von", "le", "par", "av", "fra", "från", "with",
        "statistics",
    ]

    private static let publications: Set<String> = [
        "published", "updated", "update", "downloaded", "retrieved", "released", "extracted", "accessed", "created",
        "printed", "exported", "generated", "publisert", "oppdatert", "hentet", "lastet", "utskrift", "publiceret",
        "opdateret", "publicerad", "uppdaterad", "veröffentlicht", "aktualisiert", "abgerufen", "erstellt", "publié",
        "publiée", "téléchargé", "copyright",
    ]

    /// Whether the label of a line with one field beside it says that no figure stands there: `Last updated` and a day,
    /// `Source:` and whatever.
    static func isNote(_ label: String, beside field: String) -> Bool {
        if label.hasSuffix(":") { return beginsLikeNote(label) }
        // `Source: SSB` and the year of its publication.
        if let colon = label.firstIndex(of: ":"), sources.contains(label[..<colon].lowercased()) {
            return field.utf8.count == 4 && Int(field).map { (1900...2100).contains($0) } == true
        }
        // `Published` alone may be a row.
        guard label.contains(" "), tellsOfPublication(label) else { return false }
        return CalendarDay.iso(digits: field) != nil || !YearMentions(in: field).years.isEmpty
    }

    /// What marks a text as a footnote, where no word does: `*`, `#`, the digits of `2)`, `2.` and `(2)`, `²`.
    static func mark(of text: String) -> String? {
        guard let first = text.first, beginsLikeNote(text) else { return nil }
        if "*†‡#§".contains(first) || "¹²³⁴⁵⁶⁷⁸⁹".contains(first) { return String(first) }
        let inner = text.drop { $0 == "(" || $0 == "[" }.prefix { $0.isLetter || $0.isNumber }
        return first == "(" || first == "[" || first.isNumber ? String(inner) : nil
    }

    /// Whether a text has a footnote's mark behind something: `Oslo 2)`, `Oslo²`, `12*`.
    static func bears(_ text: String, mark: String) -> Bool {
        let isNumber = mark.allSatisfy { $0.isASCII && $0.isNumber }
        guard isNumber || mark.allSatisfy(\.isLetter) else { return text.dropFirst().contains(mark) }
        if ["\(mark))", "[\(mark)]"].contains(where: text.contains) { return true }
        if let digit = Int(mark), (1...9).contains(digit), text.contains(Array("¹²³⁴⁵⁶⁷⁸⁹")[digit - 1]) { return true }
        return isNumber && text.hasSuffix(mark) && text.dropLast(mark.count).last?.isLetter == true
    }

    /// `1) …` and `1. …`; not `01.1`, nor `03 Oslo`.
    private static func beginsWithNumber(_ text: String) -> Bool {
        guard let first = text.utf8.first, NumberShape.isDigit(first) else { return false }
        let rest = text.drop { $0.isASCII && $0.isNumber }
        guard (1...2).contains(text.utf8.count - rest.utf8.count), rest.utf8.count > 2 else { return false }
        return rest.first == ")" || rest.hasPrefix(". ")
    }

    /// Whether a line of one text is one of words about the table, and not the label of a row.
    ///
    /// - Parameters:
    ///   - text: The line, or its one filled field.
    ///   - isApart: Whether a blank line stands before it.
    /// - Returns: False where it may be a row.
    static func isNote(_ text: String, isApart: Bool) -> Bool {
        if beginsLikeNote(text) { return true }
        let words = text.split(separator: " ").count
        // What ends with a colon heads the notes below it.
        if text.contains(": ") || text.hasSuffix(":") || text.hasSuffix(".") && words > 1 || words > 4 { return true }
        if text.contains(" = ") || text.hasPrefix("http") { return true }
        return isApart && words > 1
    }
}
