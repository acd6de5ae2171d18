package import Annals

/// What an agency's symbols mean, and how it writes numbers.
///
/// The same glyph means different things at different agencies, so a meaning belongs here and never to the program.
package struct Dialect: Hashable, Sendable {
    /// What stands between whole and fraction.
    package enum DecimalMark: String, Hashable, Sendable, CaseIterable {
        case point, comma
    }

    /// What a symbol, or a sentinel such as `-1`, says in the place of a figure.
    package struct Meaning: Hashable, Sendable {
        package var status: CellStatus
        package var flags: CellFlags

        package init(_ status: CellStatus, flags: CellFlags = []) {
            self.status = status
            self.flags = flags
        }
    }

    package var name: String
    package var label: String
    /// Where the meanings are from, with its date.
    package var source: String?
    /// Symbols that stand alone in a field.
    ///
    /// A number among them (`-1`) is a sentinel; one whose status is `value` is an honest figure, however often it stands there.
    package var symbols: [String: Meaning] {
        didSet { glyphs = GlyphTable(symbols: symbols, suffixes: suffixes) }
    }
    /// Marks that stand after a figure or after a symbol, alone or run together (`bep`).
    package var suffixes: [String: CellFlags] {
        didSet { glyphs = GlyphTable(symbols: symbols, suffixes: suffixes) }
    }
    /// ``symbols`` and ``suffixes`` as a reader of fields asks them.
    package private(set) var glyphs: GlyphTable
    /// Nil: the figures themselves have to tell.
    package var decimalMark: DecimalMark?
    /// Single characters that group digits by three.
    package var thousandsSeparators: Set<Character>

    /// Space, no-break space, narrow no-break space, thin space.
    package static let spaces: Set<Character> = [" ", "\u{A0}", "\u{202F}", "\u{2009}"]
    /// The plain one and the printed one.
    package static let apostrophes: Set<Character> = ["'", "\u{2019}"]

    package init(
        name: String, label: String? = nil, source: String? = nil, symbols: [String: Meaning] = [:],
        suffixes: [String: CellFlags] = [:], decimalMark: DecimalMark? = nil,
        thousandsSeparators: Set<Character> = Dialect.spaces
    ) {
        self.name = name
        self.label = label ?? name
        self.source = source
        self.symbols = symbols
        self.suffixes = suffixes
        glyphs = GlyphTable(symbols: symbols, suffixes: suffixes)
        self.decimalMark = decimalMark
        self.thousandsSeparators = thousandsSeparators
    }
}
