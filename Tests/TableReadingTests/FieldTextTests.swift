import Testing

@testable import TableReading

/// What is told by bytes is what was told by characters.
@Suite struct FieldTextTests {
    private static let pieces = [
        "0", "1", "01", "12", "2011", "a", "A", "Aa", "x", " ", "  ", "\t", "\r\n", ".", ",", "-", "–", "*", "(", "%",
        "é",
        "e\u{301}", "Ø", "\u{301}", "\u{A0}", "\u{3000}", "²", "½", "\u{FFFD}", "中", "_", "×", "÷", "~", "\u{7F}",
    ]

    /// Texts of up to three pieces.
    private static let texts: [String] = {
        let pairs = pieces.flatMap { first in pieces.map { first + $0 } }
        return [""] + pieces + pairs + pairs.flatMap { pair in pieces.map { pair + $0 } }
    }()

    @Test func looksLikeAFigureAsItsCharactersDo() {
        for text in Self.texts where FieldText.looksLikeFigure(text) != byCharacters(text) {
            Issue.record("\(text.debugDescription)")
        }
    }

    private func byCharacters(_ field: String) -> Bool {
        FieldText.withBytes(of: field) { bytes in
            guard let shape = NumberShape(bytes) else {
                return field.count <= 4 && !field.contains { $0.isLetter || $0.isNumber }
            }
            guard shape.evidence != .invalid else { return false }
            if shape.end == bytes.count { return true }
            let suffix = FieldText.string(FieldText.trimmed(UnsafeBufferPointer(rebasing: bytes[shape.end...])))
            guard !shape.hasLeadingZero, suffix.count <= 2, !suffix.contains(where: \.isNumber) else { return false }
            return suffix.count == 1 || !suffix.contains(where: \.isUppercase)
        }
    }

    @Test func collapsesAsItsCharactersDo() {
        for text in Self.texts {
            let wanted = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if FieldText.collapsed(text) != wanted { Issue.record("\(text.debugDescription)") }
        }
    }

    @Test func hasACodeAsItsCharactersDo() {
        for text in Self.texts {
            let coded = CodedLabel(text).map { [$0.code, $0.label] }
            if coded != codeByCharacters(text) { Issue.record("\(text.debugDescription)") }
        }
    }

    private func codeByCharacters(_ text: String) -> [String]? {
        guard let space = text.firstIndex(where: \.isWhitespace) else { return nil }
        let code = text[..<space]
        guard let first = code.utf8.first, NumberShape.isDigit(first), code.utf8.count <= 20,
            code.unicodeScalars.allSatisfy({
                $0.isASCII && ($0.properties.isAlphabetic || "0123456789.-_".contains(Character($0)))
            })
        else { return nil }
        let label = text[space...].drop(while: \.isWhitespace)
        guard let start = label.first, start.isLetter || start == "\u{FFFD}" else { return nil }
        return [String(code), String(label)]
    }
}
