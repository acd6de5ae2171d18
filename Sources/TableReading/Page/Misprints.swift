import Annals

/// Fields of a page that look like figures and must not be read as such, each with its own remedy.
enum Misprints {
    /// The refusal of a figure with zeros in front, or of one that a footnote mark may be glued to; nil for any other.
    ///
    /// - Parameters:
    ///   - field: Without spaces around it.
    ///   - shape: Of the number at its front.
    ///   - line: Where it stands.
    ///   - column: The same.
    /// - Returns: Nil where nothing is wrong with it.
    static func reason(
        _ field: UnsafeBufferPointer<UInt8>, _ shape: NumberShape, line: Int, column: Int
    ) -> Reason? {
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
