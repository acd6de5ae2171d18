import Annals
import Definitions

/// Words the refusal of a field that is no figure.
struct GlyphRefusal {
    let definitions: Definitions
    let dialect: String

    /// A symbol, or something else where a figure should stand; names the dialects that know it.
    func unknown(_ text: String, line: Int, column: Int) -> Reason {
        let glyph = Self.glyph(of: text)
        let known = definitions.dialects(knowing: glyph, besides: dialect)
        guard !known.isEmpty else {
            return Reason(
                "`\(glyph)` is no figure, and no symbol of the dialect `\(dialect)`", line: line, column: column,
                found: text,
                expected: "a figure, or a symbol that the dialect explains",
                remedy: "Say what it means in a dialect, and name that in the definition or in the sidecar")
        }
        let meanings = known.map { "`\($0.name)` \($0.meaning)" }.joined(separator: ", ")
        return Reason(
            "`\(glyph)` has no meaning in the dialect `\(dialect)`; agencies differ: \(meanings)", line: line,
            column: column, found: text, expected: "a figure, or a symbol that the dialect explains",
            remedy: "Say whose file it is: `dialect: \(known[0].name)` in the sidecar or in a definition")
    }

    func overflow(_ text: String, line: Int, column: Int) -> Reason {
        Reason(
            "The figure is too large to keep exactly", line: line, column: column, found: text,
            expected: "at most 18 digits, decimals included", remedy: "Publish it in a larger unit")
    }

    /// What is left of a field without the number in front: the symbol that nobody explained.
    private static func glyph(of text: String) -> String {
        FieldText.withBytes(of: text) { bytes in
            guard let shape = NumberShape(bytes), shape.end < bytes.count else { return text }
            let rest = FieldText.trimmed(UnsafeBufferPointer(rebasing: bytes[shape.end...]))
            let suffix = FieldText.string(rest)
            return suffix.count <= 8 && !suffix.contains(where: \.isNumber) ? suffix : text
        }
    }
}
