import Annals
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

    @Test func lettersOfLatinAreCharactersOfTheirOwn() {
        var wrong: [UInt32] = []
        for value in UInt32(0)...0xFFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let isLatin = FieldText.withBytes(of: String(Character(scalar)), FieldText.isLatin)
            let isMeant = (0x20...0x7E).contains(value) || (0xC0...0x27F).contains(value)
            let isAlone = "a\(scalar)a".count == 3 && (scalar == " " || !scalar.properties.isWhitespace)
            if isLatin != isMeant || isLatin && !isAlone { wrong.append(value) }
        }
        #expect(wrong.isEmpty)
    }

    /// What a label becomes that is gone through scalar by scalar.
    private func normalizedByScalars(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xAD, 0x034F, 0x180E, 0x200B...0x200F, 0x2060...0x2064, 0xFE00...0xFE0F, 0xFEFF: continue
            case 0x2010, 0x2011, 0xFE63: scalars.append("-")
            case 0x09...0x0D, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
                scalars.append(" ")
            case 0xFF01...0xFF5E: scalars.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
            default: scalars.append(scalar)
            }
        }
        return String(scalars).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    @Test func isNormalizedAsItsScalarsAre() {
        for text in Self.texts {
            let found = LabelText.normalized(text)
            if Array(found.utf8) != Array(normalizedByScalars(text).utf8) { Issue.record("\(text.debugDescription)") }
        }
    }

    @Test func isFoldedAsItsScalarsAre() {
        for value in UInt32(0x20)...0x24F {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = "a\(scalar)"
            let plain = Slug.make(String(scalar))
            let lower = scalar.properties.lowercaseMapping
            let isLetter = value >= 0x80 && scalar.properties.isAlphabetic
            let wanted = normalizedByScalars("a" + (isLetter && !plain.isEmpty ? plain : lower))
            if LabelText.folded(text) != wanted { Issue.record("\(value)") }
        }
    }

    @Test func namesATotalAsItsWordsDo() {
        let pieces = [
            "Total", "TOTALT", "i", "in", "all", "alt", "I", "Ialt", "Insgesamt", "Troms", "x", "×", "ø", "İ", "K",
        ]
        let joints = [" ", "-", "", "×", "\u{301}", "1"]
        let pairs = pieces.flatMap { first in joints.flatMap { joint in pieces.map { first + joint + $0 } } }
        for label in pieces + pairs {
            let words = label.lowercased().split { !$0.isLetter }.map(String.init)
            let phrases = zip(words, words.dropFirst()).map { "\($0) \($1)" }
            let isTotal =
                words.contains { ["total", "totals", "totalt", "insgesamt", "ialt"].contains($0) }
                || phrases.contains { ["i alt", "in all"].contains($0) }
            if TotalLabel.matches(label) != isTotal { Issue.record("\(label.debugDescription)") }
        }
    }
}
