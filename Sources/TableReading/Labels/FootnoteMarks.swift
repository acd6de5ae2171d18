import Annals

/// The marks with which the notes of a table begin, and which its labels may have behind them.
///
/// So `Oslo1)` above the note `1) Provisional.` is Oslo. A mark is taken off only where a note explains it: else `Level 1)` may be a name.
struct FootnoteMarks {
    /// As ``key(_:)`` makes them.
    private let known: Set<String>

    /// - Parameter notes: The lines around the table.
    init(notes: [String]) { known = Set(notes.compactMap(Self.beginning)) }

    var isEmpty: Bool { known.isEmpty }

    /// A label without the mark at its end; nil where it has none that a note explains.
    func bare(_ label: String) -> String? {
        guard !known.isEmpty, let (rest, mark) = Self.ending(label), known.contains(mark), !rest.isEmpty else {
            return nil
        }
        return rest
    }

    /// The mark that a note begins with: `1) …`, `1. …`, `[1] …`, `² …`, `* …`.
    private static func beginning(_ note: String) -> String? {
        let text = FieldText.withoutWhitespace(note)
        var mark = text.prefix { !$0.isWhitespace && !$0.isLetter }
        if let stop = mark.firstIndex(where: { ")].:".contains($0) }) { mark = mark[...stop] }
        guard mark.count < text.count else { return nil }
        return key(mark)
    }

    /// A label's end, as a mark, and what stands before it.
    private static func ending(_ label: String) -> (rest: String, mark: String)? {
        let mark = String(label.reversed().prefix { !$0.isWhitespace && !$0.isLetter }.reversed())
        guard let found = key(mark[...]) else { return nil }
        let rest = label.dropLast(mark.count)
        // A digit alone that touches the word, or stands behind it, is a part of the name.
        guard mark.contains(where: { !($0.isASCII && $0.isNumber) }) else { return nil }
        return (FieldText.withoutWhitespace(String(rest)), found)
    }

    /// One spelling of a mark: its number, or its signs; nil for what is none.
    private static func key(_ mark: Substring) -> String? {
        let inside = mark.filter { !"()[]⁽⁾.:".contains($0) }
        guard !inside.isEmpty, inside.count <= 3 else { return nil }
        if inside.allSatisfy({ "*†‡#§".contains($0) }) { return String(inside) }
        let digits = inside.compactMap { character in raised[character] ?? (character.isASCII ? character : nil) }
        guard digits.count == inside.count, digits.allSatisfy({ $0.isASCII && $0.isNumber }), digits.count <= 2 else {
            return nil
        }
        return String(digits)
    }

    private static let raised: [Character: Character] = [
        "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9",
    ]
}
