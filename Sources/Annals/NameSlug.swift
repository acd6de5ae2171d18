// What names a dataset, a dimension or a measure: nothing that tells two names apart may fall out of these.
extension Slug {
    /// The slug of a name: Cyrillic and Greek in Latin letters, letters of other scripts by their number (`u51fa`), `<`, `>`
    /// and `+` in words; one that is too long ends with a checksum of the whole.
    ///
    /// The same as ``make(_:maximumBytes:)`` for names in Latin letters that fit.
    package static func name(_ text: String) -> String {
        if isPlain(text) { return make(text) }
        var whole: [UInt8] = []
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            append(scalar, behind: previous, to: &whole)
            previous = scalar
        }
        if whole.last == 0x2D { whole.removeLast() }
        return cut(whole, to: DatasetID.maximumBytes)
    }

    /// The slug of a label, empty where letters of it would fall out of it.
    ///
    /// `Рождений на 1000` and `Смертей на 1000` are not both `1000`.
    package static func label(_ text: String) -> String {
        // Scalars from U+0250 on begin with a byte of C9 or above.
        let losesLetters =
            text.utf8.contains { $0 >= 0xC9 }
            && text.unicodeScalars.contains { $0.value >= 0x250 && !isLatinOrSign($0) }
        return losesLetters ? "" : make(text)
    }

    /// Whether a name has nothing but what every slug keeps, and is short enough for one: both slugs are the same then.
    package static func isPlain(_ text: String) -> Bool {
        guard text.utf8.count <= DatasetID.maximumBytes / 2 else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "+"): false
            case 0x80...: false
            default: true
            }
        }
    }

    private static func append(
        _ scalar: Unicode.Scalar, behind previous: Unicode.Scalar, to slug: inout [UInt8]
    ) {
        for lower in scalar.properties.lowercaseMapping.unicodeScalars {
            if let letters = letters(lower) {
                slug += letters.utf8
            } else if let word = word(lower, behind: previous) {
                part(&slug)
                slug += word.utf8
                part(&slug)
            } else if !(0x300...0x36F).contains(lower.value) {
                part(&slug)
            }
        }
    }

    private static func part(_ slug: inout [UInt8]) {
        if let last = slug.last, last != 0x2D { slug.append(0x2D) }
    }

    private static func word(_ scalar: Unicode.Scalar, behind previous: Unicode.Scalar) -> String? {
        switch scalar {
        case "<", "≤": "under"
        case ">", "≥": "over"
        // `C++`, `65+`; not the plus between two names.
        case "+" where previous == "+" || previous.properties.isAlphabetic || previous.properties.numericType != nil:
            "plus"
        default: nil
        }
    }

    private static func letters(_ scalar: Unicode.Scalar) -> String? {
        let folded = fold(scalar)
        if !folded.isEmpty { return folded }
        if let latin = SlugLetters.latin(scalar) { return latin }
        guard scalar.value >= 0x250, !isLatinOrSign(scalar) else { return nil }
        if let digit = scalar.properties.numericType == .decimal ? scalar.properties.numericValue : nil {
            return String(Int(digit))
        }
        return "u" + String(scalar.value, radix: 16)
    }

    /// Whether a scalar is no letter and no part of one, or a Latin letter.
    private static func isLatinOrSign(_ scalar: Unicode.Scalar) -> Bool {
        if (0x1E00...0x1EFF).contains(scalar.value) || (0x250...0x36F).contains(scalar.value) { return true }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .nonspacingMark, .spacingMark:
            return false
        default: return true
        }
    }

    /// A slug that is too long, with a checksum of the whole in place of its end: names that differ there differ.
    private static func cut(_ slug: [UInt8], to maximumBytes: Int) -> String {
        guard slug.count > maximumBytes else { return String(decoding: slug, as: UTF8.self) }
        // FNV-1a, of 32 bits: it has to differ, not to be hard to find.
        var hash: UInt32 = 0x811C_9DC5
        for byte in slug { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        let digits = String(hash, radix: 16)
        let ending = "-" + String(repeating: "0", count: 8 - digits.count) + digits
        var kept = slug.prefix(max(0, maximumBytes - ending.utf8.count))
        while kept.last == 0x2D { kept.removeLast() }
        return String(decoding: kept, as: UTF8.self) + ending
    }
}
