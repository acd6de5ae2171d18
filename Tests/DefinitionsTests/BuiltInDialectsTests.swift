import Annals
import TestSupport
import Testing

@testable import Definitions

@Suite struct BuiltInDialectsTests {
    @Test func compiledInCopiesEqualTheFiles() {
        let names = RepositoryFiles.names(in: "Config/dialects")
        #expect(names == Definitions.builtInDialects.map { String($0.path.split(separator: "/").last!) }.sorted())
        for source in Definitions.builtInDialects {
            #expect(source.text == RepositoryFiles.text("Config/" + source.path), "\(source.path)")
        }
    }

    /// What one agency contradicts is no common ground, those apart whose files have to say whose they are.
    ///
    /// There a dash hides a figure, and never counts as one.
    @Test func genericKnowsOnlyWhatAlmostNobodyContradicts() throws {
        let dialects = Definitions.builtIn.dialects
        let generic = try #require(dialects["generic"])
        var contradicting: Set<String> = []
        for (glyph, meaning) in generic.symbols {
            for dialect in dialects.values {
                #expect(dialect.suffixes[glyph] == nil)
                let own = dialect.symbols[glyph] ?? meaning
                // A dash that is nil or negligible is a zero as well.
                guard !own.status.countsAsNumber else { continue }
                #expect(own.status.isHidden, "\(glyph) in \(dialect.name)")
                contradicting.insert(dialect.name)
            }
        }
        #expect(contradicting == ["unctad", "us-census-acs"])
    }

    @Test func sameGlyphDifferentMeaning() {
        let dialects = Definitions.builtIn.dialects
        #expect(dialects["ssb"]?.symbols[":"]?.status == .confidential)
        #expect(dialects["eurostat"]?.symbols[":"]?.status == .notAvailable)
        #expect(dialects["ssb"]?.symbols["..."]?.status == .notYetAvailable)
        #expect(dialects["statcan"]?.symbols["..."]?.status == .notApplicable)
        #expect(dialects["generic"]?.symbols[":"] == nil)
        #expect(dialects["eurostat"]?.suffixes["b"] == .seriesBreak)
    }

    @Test func namesWhoKnowsAGlyph() {
        let known = Definitions.builtIn.dialects(knowing: ":", besides: "generic")
        #expect(known.map(\.name) == ["bhas", "eurostat", "ons", "ssb", "ssb-yearbook"])
        #expect(
            known.map(\.meaning) == ["unreliable", "not-available", "not-available", "confidential", "confidential"])
    }

    @Test func namesNobodyForWhomAMarkSaysNothing() {
        let definitions = Definitions.builtIn
        #expect(definitions.dialects["statcan"]?.symbols["A"]?.status == .value)
        #expect(definitions.dialects(knowing: "A", besides: "generic").isEmpty)
        #expect(definitions.dialects(knowing: "[s]", besides: "generic").map(\.meaning) == ["no flag"])
    }

    /// One letter has two meanings in SDMX's two lists, and is the column's to tell: a dialect goes before its name.
    @Test func sdmxLeavesToColumnsWhatTheirNamesTell() throws {
        let sdmx = try #require(Definitions.builtIn.dialects["sdmx"])
        for letter in ["A", "D", "E", "F", "G", "M", "N", "O", "P", "S", "C", "T"] {
            #expect(sdmx.symbols[letter] == nil && sdmx.suffixes[letter] == nil, "\(letter)")
        }
    }

    @Test(arguments: Definitions.builtIn.dialects.values.sorted { $0.name < $1.name })
    func saysWhereItIsFrom(dialect: Dialect) {
        #expect(dialect.name == "generic" || dialect.source?.isEmpty == false)
        #expect(dialect.label != dialect.name)
    }
}
