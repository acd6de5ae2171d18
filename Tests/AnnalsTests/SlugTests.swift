import Annals
import Testing

@Suite struct SlugTests {
    /// A letter folds as its lower case does, whatever alphabet it is of.
    @Test func foldsEveryScalarAsItsLowerCase() {
        for value in (0..<0x3000).map(UInt32.init) + [0x1E9E, 0x212A, 0x212B, 0xFB01, 0xFFFD, 0x1F600, 0x10FFFF] {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = "x\(scalar)y"
            #expect(Slug.make(text) == Slug.make(text.lowercased()), "U+\(String(value, radix: 16))")
        }
    }

    @Test(arguments: [
        ("Østfold", "ostfold"), ("ÆRØ", "aero"), ("ẞ", "ss"), ("K\u{212A}", "kk"), ("\u{212B}", "a"), ("İ", "i"),
        ("e\u{301}a", "ea"), ("a \u{301}b", "a-b"), ("Șț", "st"), ("ŉ", ""), ("a\u{1F600}b", "a-b"), ("01 Aa", "01-aa"),
    ])
    func folds(text: String, slug: String) { #expect(Slug.make(text) == slug) }

    @Test func isCutWithinALetterOfTwo() {
        #expect(Slug.make("æææ", maximumBytes: 3) == "aea")
        #expect(Slug.make("ab-c", maximumBytes: 3) == "ab")
        #expect(Slug.make("abc", maximumBytes: 0) == "")
    }
}
