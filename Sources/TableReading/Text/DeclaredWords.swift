import Annals

/// Whether the words of a text make sense in the encoding that a person said.
///
/// In a wrong one signs stand between letters, as in `M¯re`, and capitals behind small letters, as in `лНЯЙБЮ`. It is said
/// and not refused: a person has the last word.
enum DeclaredWords {
    /// - Parameters:
    ///   - bytes: UTF-8.
    ///   - encoding: What was said of them.
    /// - Returns: Nil where fewer than a tenth of the words beyond ASCII are odd.
    static func finding(_ bytes: [UInt8], encoding: String) -> Finding? {
        var words = 0
        var odd = 0
        var first: String?
        for word in String(decoding: bytes.prefix(longestText), as: UTF8.self).unicodeScalars.split(
            whereSeparator: parts)
        {
            guard word.contains(where: { !$0.isASCII }) else { continue }
            words += 1
            guard isOdd(Array(word)) else { continue }
            odd += 1
            first = first ?? String(String.UnicodeScalarView(word.prefix(longestShown)))
        }
        guard let first, odd * 10 >= words else { return nil }
        return Finding(
            "encoding-assumed",
            "The text is said to be \(encoding), and has words such as `\(first)` in it; correct `encoding:` where they are none"
        )
    }

    private static let (longestText, longestShown) = (200_000, 40)

    /// Spaces, digits, and all of ASCII that is no letter.
    private static func parts(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return !FieldText.isLetter(UInt8(scalar.value)) }
        return scalar.properties.isWhitespace
    }

    private static func isOdd(_ word: [Unicode.Scalar]) -> Bool {
        for (place, scalar) in word.enumerated() where place > 0 {
            let before = word[place - 1].properties
            if !scalar.isASCII, !word[place - 1].isASCII, scalar.properties.isUppercase, before.isLowercase {
                return true
            }
            // Accents of their own, signs of money and of computing.
            guard isSign(scalar), before.isAlphabetic else { continue }
            if place + 1 == word.count
                ? scalar.properties.generalCategory == .modifierSymbol
                : word[place + 1].properties.isAlphabetic
            {
                return true
            }
        }
        return false
    }

    private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.isASCII else { return false }
        switch scalar.properties.generalCategory {
        case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol, .control, .initialPunctuation,
            .openPunctuation:
            return scalar != "°" && scalar != "\u{2018}"
        default: return scalar == "¿" || scalar == "¡"
        }
    }
}
