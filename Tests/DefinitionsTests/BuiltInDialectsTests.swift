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

    /// What one agency contradicts is no common ground.
    @Test func genericKnowsOnlyWhatNobodyContradicts() {
        let dialects = Definitions.builtIn.dialects
        for (glyph, meaning) in dialects["generic"]!.symbols {
            for dialect in dialects.values {
                #expect(dialect.symbols[glyph] ?? meaning == meaning, "\(glyph) in \(dialect.name)")
                #expect(dialect.suffixes[glyph] == nil)
            }
        }
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
        #expect(known.map(\.name) == ["bhas", "eurostat", "ssb", "ssb-yearbook"])
        #expect(known.map(\.meaning) == ["unreliable", "not-available", "confidential", "confidential"])
    }
}
