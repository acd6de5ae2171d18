import Testing

@testable import TableReading

@Suite struct WhitespaceTests {
    /// What the bytes say is what Unicode says, of every scalar.
    @Test func agreesWithUnicode() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let wanted = scalar.properties.isWhitespace ? UTF8.width(scalar) : 0
            FieldText.withBytes(of: String(scalar)) { bytes in
                let ahead = Whitespace.length(bytes, at: 0, limit: bytes.count)
                let behind = Whitespace.length(bytes, before: bytes.count, from: 0)
                if ahead != wanted || behind != wanted { Issue.record("U+\(String(value, radix: 16))") }
            }
        }
    }

    @Test(arguments: [
        ("", ""), (" \u{3000}\t", ""), ("a b", "a b"), ("\u{A0}a\u{2009}\u{1A}", "a"), ("\u{85}é\u{2028}", "é"),
        ("\u{200B}a", "\u{200B}a"), ("\r\na\r\n", "a"),
    ])
    func trims(text: String, expected: String) { #expect(FieldText.withoutWhitespace(text) == expected) }
}
