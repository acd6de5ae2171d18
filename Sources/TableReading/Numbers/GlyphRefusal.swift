import Annals
import Definitions

/// Words the refusal of a field that is no figure.
struct GlyphRefusal {
    let definitions: Definitions
    let dialect: String

    /// A symbol, or something else where a figure should stand; names the dialects that know it.
    ///
    /// - Parameters:
    ///   - text: The whole field.
    ///   - line: Where it stands.
    ///   - column: The same.
    ///   - isFlag: Whether marks of figures stand in the column, and no figures.
    ///   - isPercent: Whether its figures have percent signs.
    /// - Returns: The refusal, whose remedy names only dialects that read the field.
    func unknown(_ text: String, line: Int, column: Int, isFlag: Bool = false, isPercent: Bool = false) -> Reason {
        if isPercent, let reason = Self.signMissing(text, line: line, column: column) { return reason }
        if !isFlag, let reason = misprint(text, line: line, column: column) { return reason }
        let glyph = Self.glyph(of: text)
        if glyph != text, hides(glyph) { return figureBesideHiding(glyph, line: line, column: column) }
        let known = definitions.dialects(knowing: glyph, besides: dialect)
            .filter { isRead(text, in: $0.name, isFlag: isFlag) }
        guard !known.isEmpty else {
            return Reason(
                isFlag
                    ? "`\(text)` stands in a column of marks, and the dialect `\(dialect)` doesn't explain it"
                    : "`\(glyph)` is no figure, and no symbol of the dialect `\(dialect)`", line: line, column: column,
                found: text,
                expected: isFlag
                    ? "a mark that the dialect explains" : "a figure, or a symbol that the dialect explains",
                remedy: "Say what it means in a dialect, and name that in the definition or in the sidecar")
        }
        let meanings = known.map { "`\($0.name)` \($0.meaning)" }.joined(separator: ", ")
        return Reason(
            "`\(glyph)` has no meaning in the dialect `\(dialect)`; agencies differ: \(meanings)", line: line,
            column: column, found: text, expected: "a figure, or a symbol that the dialect explains",
            remedy: "Say whose file it is, in the sidecar or in a definition: "
                + known.map { "`dialect: \($0.name)`" }.joined(separator: " or "))
    }

    /// Whether a symbol says that a figure isn't to be seen.
    private func hides(_ glyph: String) -> Bool {
        definitions.dialects[dialect]?.glyphs.mark(of: glyph)?.status == .confidential
    }

    /// What is not to be published is not repeated in the reason, which everybody reads.
    private func figureBesideHiding(_ glyph: String, line: Int, column: Int) -> Reason {
        Reason(
            "A figure stands beside `\(glyph)`, which says that it is confidential in the dialect `\(dialect)`",
            line: line,
            column: column, found: "a figure and `\(glyph)`",
            expected: "a figure, or a symbol that the dialect explains",
            remedy: "Take the figure out of the field where it must not be published, or the mark where it may, "
                + "and drop the file again")
    }

    /// Whether a dialect makes something of the whole field: one that knows `-` alone makes nothing of `120-`.
    private func isRead(_ text: String, in name: String, isFlag: Bool) -> Bool {
        guard let dialect = definitions.dialects[name] else { return false }
        if isFlag { return true }
        return ([".", ","] as [Unicode.Scalar]).contains { mark in
            let others: Set<Unicode.Scalar> = [" ", "\u{A0}", "\u{202F}", "'", mark == "." ? "," : "."]
            let reader = FigureReader(dialect: dialect, style: NumberStyle(decimalMark: mark, grouping: others))
            if case .other = FieldText.withBytes(of: text, { reader.read($0) }) { return false }
            return true
        }
    }

    /// A number that is written as no figure of the column may be; nil for anything else.
    private func misprint(_ text: String, line: Int, column: Int) -> Reason? {
        if text.contains("\r") {
            return Self.loneReturn(text, line: line, column: column)
        }
        if let reason = Self.gluedMark(text, line: line, column: column) { return reason }
        if Self.hasExponent(text) {
            return Reason(
                "`\(text)` is written with an exponent, which tells neither its digits nor its decimals", line: line,
                column: column, found: text, expected: "a figure with all its digits",
                remedy: "Write the figure in full: 3000, not 3e3")
        }
        if Self.hasMinusBehind(text) {
            return Reason(
                "`\(text)` has a minus sign behind its digits", line: line, column: column, found: text,
                expected: "a minus sign in front of the figure", remedy: "Write the minus sign in front of the figure")
        }
        let isNumber = FieldText.withBytes(of: text) { bytes in
            let bytes = FieldText.trimmed(bytes)
            return NumberShape(bytes).map { $0.end == bytes.count } ?? false
        }
        guard isNumber else { return nil }
        return Reason(
            "`\(text)` is no figure as the others are written: its digits are not grouped by three, or its mark is another",
            line: line, column: column, found: text, expected: "a figure with groups of three digits, or none",
            remedy:
                "Correct the figure, or say by `numbers` in a definition how figures are written"
        )
    }

    /// The refusal of a field with the line end of old systems in it.
    static func loneReturn(_ text: String, line: Int, column: Int) -> Reason {
        Reason(
            "A line ends with a carriage return alone, and others with a line feed", line: line, column: column,
            found: text, expected: "one kind of line ends", remedy: "Save the file with one kind of line ends")
    }

    /// The refusal of a label with such a line end in it; nil where there is none, or quotes hold it together.
    static func loneReturn(
        _ field: Field, _ text: UnsafeBufferPointer<UInt8>, _ line: Int, _ column: Int
    ) -> Reason? {
        let content = UnsafeBufferPointer(rebasing: text[field.start..<field.end])
        guard ByteSearch.holds(0x0D, content), field.start == 0 || text[field.start - 1] != 0x22 else { return nil }
        return loneReturn(FieldText.string(content), line: line, column: column)
    }

    /// Something behind a figure that a dialect would drop, and the figure be another one: `101)`, `10%`.
    private static func gluedMark(_ text: String, line: Int, column: Int) -> Reason? {
        let rest = FieldText.withBytes(of: text) { bytes -> String in
            let bytes = FieldText.trimmed(bytes)
            guard let shape = NumberShape(bytes) else { return "" }
            return FieldText.string(FieldText.trimmed(UnsafeBufferPointer(rebasing: bytes[shape.end...])))
        }
        if rest == "%" {
            return Reason(
                "`\(text)` has a percent sign, and other figures of its column have none", line: line, column: column,
                found: text, expected: "percent signs at all figures of a column, or at none",
                remedy: "Write the sign at all of them, where all are in percent, or bring this one to their unit")
        }
        guard rest == ")" else { return nil }
        let digits = String(FieldText.withoutWhitespace(text).dropLast())
        let split =
            digits.utf8.count > 1 && digits.utf8.allSatisfy(NumberShape.isDigit)
            ? ": \(digits.dropLast()) and `\(digits.suffix(1)))`" : ""
        return Reason(
            "`\(text)` may be a figure with a footnote mark run together with it\(split)", line: line, column: column,
            found: text, expected: "a figure, its footnote mark apart from it or left out",
            remedy: "Take the footnote mark off the figure")
    }

    /// A plain figure in a column of percent signs.
    private static func signMissing(_ text: String, line: Int, column: Int) -> Reason? {
        let isNumber = FieldText.withBytes(of: text) { bytes in
            let bytes = FieldText.trimmed(bytes)
            return NumberShape(bytes).map { $0.end == bytes.count } ?? false
        }
        guard isNumber else { return nil }
        return Reason(
            "`\(text)` has no percent sign, and other figures of its column have one", line: line, column: column,
            found: text, expected: "percent signs at all figures of a column, or at none",
            remedy: "Write the sign here as well, where the figure is in percent; else bring it to percent")
    }

    /// `120-`, `120 -`.
    private static func hasMinusBehind(_ text: String) -> Bool {
        FieldText.withBytes(of: text) { bytes in
            let bytes = FieldText.trimmed(bytes)
            guard let shape = NumberShape(bytes), shape.end < bytes.count else { return false }
            let rest = FieldText.string(FieldText.trimmed(UnsafeBufferPointer(rebasing: bytes[shape.end...])))
            return ["-", "\u{2212}", "\u{2013}", "\u{2012}", "\u{FF0D}"].contains(rest)
        }
    }

    /// `3e3`, `1.2E3`, `1e+05`.
    private static func hasExponent(_ text: String) -> Bool {
        FieldText.withBytes(of: text) { bytes in
            let bytes = FieldText.trimmed(bytes)
            guard let shape = NumberShape(bytes), shape.end < bytes.count, bytes[shape.end] | 0x20 == 0x65 else {
                return false
            }
            var digits = bytes[(shape.end + 1)...]
            if let sign = digits.first, sign == 0x2B || sign == 0x2D { digits.removeFirst() }
            return !digits.isEmpty && digits.allSatisfy(NumberShape.isDigit)
        }
    }

    func overflow(_ text: String, line: Int, column: Int) -> Reason {
        Reason(
            "The figure is too large to keep exactly", line: line, column: column, found: text,
            expected: "at most 18 digits, decimals included", remedy: "Publish it in a larger unit")
    }

    /// - Parameters:
    ///   - text: The whole field.
    ///   - line: Where it stands.
    ///   - column: The same.
    ///   - otherwise: What to do where the column holds codes.
    /// - Returns: The refusal of a figure such as `007`.
    static func leadingZero(
        _ text: String, line: Int, column: Int, otherwise: String = "say so in a definition: `columns: {keys: […]}`"
    ) -> Reason {
        Reason(
            "A figure begins with a zero, as codes do", line: line, column: column, found: text,
            expected: "figures without leading zeros",
            remedy: "Correct the figure; where the column holds codes, \(otherwise)")
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
