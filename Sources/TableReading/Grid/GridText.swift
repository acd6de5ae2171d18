/// The text of a cell as a field of one line can hold it.
enum GridText {
    /// Whether nothing but spaces of some kind stand there.
    static func isBlank(_ text: some Collection<UInt8>) -> Bool {
        if text.isEmpty { return true }
        if let first = text.first, first > 0x20, first != 0xC2, first != 0xE2, first != 0xE3, first != 0xEF {
            return false
        }
        return FieldText.withoutWhitespace(LabelText.withoutInvisible(String(decoding: text, as: UTF8.self))).isEmpty
    }

    /// Adds a text; line ends, tabs and other signs that aren't printed become spaces.
    static func append(_ text: some Collection<UInt8>, to bytes: inout [UInt8]) {
        let start = bytes.count
        bytes.append(contentsOf: text)
        for index in start..<bytes.count where bytes[index] < 0x20 || bytes[index] == 0x7F { bytes[index] = 0x20 }
    }

    /// Digits and brackets that stand raised behind a word or a number are a footnote's mark, and written as such.
    ///
    /// Letters behind digits stay (`12p`, `1st`); a single one behind a word is a mark (`Oslo[a]`).
    static func append(raised text: some Collection<UInt8>, to bytes: inout [UInt8]) {
        let scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
        let letters = scalars.filter(\.properties.isAlphabetic)
        if letters.count == 1, scalars.count <= 3, let last = bytes.last, !NumberShape.isDigit(last) {
            bytes.append(contentsOf: "[\(letters[0])]".utf8)
            return
        }
        for scalar in scalars { bytes.append(contentsOf: String(Character(raised[scalar] ?? scalar)).utf8) }
    }

    private static let raised: [Unicode.Scalar: Unicode.Scalar] = [
        "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹", "(": "⁽",
        ")": "⁾",
    ]
}
