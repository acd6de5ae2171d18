import Annals
import Definitions

/// What stands in the place of figures: dots and a dash, each of which the file may show as something else.
///
/// A file stores `.` to `......` and `-`, and says by DATASYMBOL1 to 6 and DATASYMBOLNIL what a reader of the table is shown
/// in their place. What that means is the dialect's to say; where it doesn't, the format says that the figure is missing, or
/// that it is exactly zero.
struct PXSymbols {
    private let dialect: Dialect
    /// What is shown for a stored symbol, by it.
    private let shown: [String: String]
    private var known: [String: UInt16] = [:]
    /// Symbols that the dialect doesn't explain, as shown, and how the format has them, in order of appearance.
    private var unexplained: [(shown: String, stored: String)] = []

    private static let keywords: [(stored: String, keyword: String)] = [
        (".", "DATASYMBOL1"), ("..", "DATASYMBOL2"), ("...", "DATASYMBOL3"), ("....", "DATASYMBOL4"),
        (".....", "DATASYMBOL5"), ("......", "DATASYMBOL6"), (".......", "DATASYMBOLSUM"), ("-", "DATASYMBOLNIL"),
    ]

    init(_ metadata: PXMetadata, dialect: Dialect) {
        self.dialect = dialect
        shown = Self.shown(metadata)
    }

    /// What the file shows for the symbols that it renames, by what it stores.
    static func shown(_ metadata: PXMetadata) -> [String: String] {
        var shown: [String: String] = [:]
        for (stored, keyword) in keywords { shown[stored] = metadata.text(keyword) }
        return shown
    }

    /// The mark of a symbol, in a palette.
    ///
    /// - Parameters:
    ///   - token: Without quotes.
    ///   - palette: Takes it in.
    /// - Returns: Nil where the token is no symbol; or where the palette is full.
    mutating func mark(of token: String, palette: inout MarkPalette) -> UInt16? {
        if let known = known[token] { return known }
        guard let mark = mark(of: token), let index = palette.index(of: mark) else { return nil }
        known[token] = index
        return index
    }

    private mutating func mark(of token: String) -> Mark? {
        let isStored = Self.keywords.contains { $0.stored == token }
        let glyph = shown[token] ?? token
        if let mark = dialect.glyphs.mark(of: glyph), mark.status != .value { return mark }
        guard isStored else { return nil }
        if token != "-" || glyph != token { unexplained.append((glyph, token)) }
        return Mark(token == "-" ? .nilFigure : .notAvailable, glyph: glyph)
    }

    /// What is to be said of symbols that the dialect left to the format.
    var findings: [Finding] {
        guard !unexplained.isEmpty else { return [] }
        let names = unexplained.map { $0.shown == $0.stored ? "`\($0.shown)`" : "`\($0.shown)` (\($0.stored))" }
        return [
            Finding(
                "symbol-of-the-format",
                "The dialect `\(dialect.name)` doesn't explain \(names.joined(separator: ", ")): taken as PX has it, a dash "
                    + "for zero and dots for figures that aren't there")
        ]
    }
}
