import Annals
import Testing

@testable import Definitions

@Suite struct GlyphTableTests {
    private func meaning(_ text: String, in dialect: Dialect) -> String {
        var text = text
        guard let mark = text.withUTF8({ dialect.glyphs.markWithSuffixes(of: $0) }) else { return "none" }
        return ([mark.status.code] + mark.flags.codes + [mark.glyph]).joined(separator: " ")
    }

    private let dialect = Dialect(
        name: "x",
        symbols: [
            "-": .init(.nilFigure), "..": .init(.notAvailable), "...": .init(.notYetAvailable), ". .": .init(.blank),
            "é": .init(.confidential), "x": .init(.confidential), "-9": .init(.value), "": .init(.blank),
        ], suffixes: ["p": .provisional, "e": .estimated, "ep": [.forecast], "é": .revised, "": .corrected])

    @Test(arguments: [
        ("-", "nil -"), ("..", "not-available .."), (". .", "blank . ."), (". . .", "not-yet-available ..."),
        ("..p", "not-available provisional ..p"), (".. e p", "not-available forecast ..ep"),
        ("..ep", "not-available forecast ..ep"), ("..q", "none"), ("q", "none"), ("xx", "none"),
        ("é", "confidential é"), ("e\u{301}", "confidential é"), ("..é", "not-available revised ..é"),
        ("..e\u{301}", "not-available revised ..é"), ("-9", "value "), ("\u{B}-", "nil -"), ("", "none"),
    ])
    func tells(text: String, expected: String) { #expect(meaning(text, in: dialect) == expected) }

    /// The Kelvin sign is another spelling of K, so bytes don't tell here.
    @Test func spellingsOfOneCharacterAreTheSame() {
        let kelvin = Dialect(name: "k", symbols: ["\u{212A}": .init(.confidential)], suffixes: ["\u{37E}": .revised])
        #expect(meaning("K", in: kelvin) == "confidential K")
        #expect(meaning("K;", in: kelvin) == "confidential revised K;")
    }

    @Test func followsItsDialect() {
        var dialect = Dialect(name: "x")
        #expect(meaning("*", in: dialect) == "none")
        dialect.symbols["*"] = .init(.confidential)
        #expect(meaning("*", in: dialect) == "confidential *")
        #expect(!dialect.glyphs.hasNumericSymbols)
        dialect.symbols["-1"] = .init(.confidential)
        #expect(dialect.glyphs.hasNumericSymbols)
        #expect(dialect.glyphs.hasNegativeSymbols)
        #expect(
            !Dialect(name: "y", symbols: ["-": .init(.nilFigure), "0": .init(.belowUnit)]).glyphs.hasNegativeSymbols)
        dialect.suffixes["r"] = .revised
        #expect(meaning("*r", in: dialect) == "confidential revised *r")
    }
}
