import Annals

/// Fields of a page that look like figures and must not be read as such, each with its own remedy.
enum Misprints {
    /// The refusal of a figure with zeros in front, or of one that a footnote mark may be glued to; nil for any other.
    static func reason(_ bytes: UnsafeBufferPointer<UInt8>, line: Int, column: Int) -> Reason? {
        let field = FieldText.trimmed(bytes)
        guard let shape = NumberShape(field) else { return nil }
        if shape.hasLeadingZero {
            return GlyphRefusal.leadingZero(
                FieldText.string(field), line: line, column: column, otherwise: "export the table as CSV")
        }
        if shape.end < field.count, field[shape.end] == UInt8(ascii: ")") {
            let digits = field[..<shape.end].reversed().prefix(while: NumberShape.isDigit)
            let mark = digits.first.map { String(UnicodeScalar($0)) } ?? ""
            return Reason(
                "A footnote mark seems to be glued to a figure: `\(mark))` may not belong to its digits", line: line,
                column: column, found: FieldText.string(field), expected: "the figure alone",
                remedy: "Take the footnote mark off the figure, its digit and the bracket")
        }
        return nil
    }
}
