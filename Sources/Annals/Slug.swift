/// How text becomes a slug, for dataset and dimension ids.
///
/// Titles, labels and headings are folded many times a file, and most of them are ASCII or Latin: these never ask Unicode's
/// tables. A scalar's lower case is looked up only beyond them.
package enum Slug {
    /// Lower case, letters of Latin alphabets folded (`Øst` → `ost`, `æ` → `ae`), everything else to single hyphens.
    package static func make(_ text: String, maximumBytes: Int = DatasetID.maximumBytes) -> String {
        var slug = SlugBytes(maximumBytes: maximumBytes)
        var text = text
        text.withUTF8 { bytes in
            var index = 0
            while index < bytes.count, slug.hasRoom {
                let byte = bytes[index]
                if byte < 0x80 {
                    slug.append(latin[Int(byte)])
                    index += 1
                } else {
                    let (scalar, length) = scalar(bytes, at: index)
                    if scalar.value < UInt32(latin.count) {
                        slug.append(latin[Int(scalar.value)])
                    } else {
                        for lower in scalar.properties.lowercaseMapping.unicodeScalars { slug.append(folded(lower)) }
                    }
                    index += length
                }
            }
        }
        return slug.finish()
    }

    /// The scalar that begins at a byte of 80 or above, and its length; a string's own bytes are always valid.
    private static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> (Unicode.Scalar, length: Int) {
        let length = bytes[index] < 0xE0 ? 2 : bytes[index] < 0xF0 ? 3 : 4
        var value = UInt32(bytes[index] & (0x7F >> UInt8(length)))
        for next in index + 1..<index + length { value = value << 6 | UInt32(bytes[next] & 0x3F) }
        return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
    }

    /// What a scalar becomes.
    fileprivate enum Folded {
        /// One letter or digit, or two.
        case letters(UInt8, UInt8?)
        /// Parts what stands around it.
        case hyphen
        /// Belongs to the letter before it.
        case nothing
    }

    /// *Shape:* one a scalar below U+0180, by what its lower case becomes.
    private static let latin: [Folded] = (0..<0x180).map { value in
        guard let scalar = Unicode.Scalar(UInt32(value)),
            let lower = scalar.properties.lowercaseMapping.unicodeScalars.first
        else { return .hyphen }
        // The second scalar of a lower case, as in that of `İ`, is a dot above, which folds to nothing.
        return folded(lower)
    }

    private static func folded(_ scalar: Unicode.Scalar) -> Folded {
        let letters = Array(fold(scalar).utf8)
        if let first = letters.first { return .letters(first, letters.count > 1 ? letters[1] : nil) }
        return isCombining(scalar) ? .nothing : .hyphen
    }

    private static func isCombining(_ scalar: Unicode.Scalar) -> Bool { (0x300...0x36F).contains(scalar.value) }

    static func fold(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "a"..."z", "0"..."9": return String(scalar)
        case "à", "á", "â", "ã", "ä", "å", "ā", "ă", "ą": return "a"
        case "æ": return "ae"
        case "ç", "ć", "č": return "c"
        case "ð", "đ", "ď": return "d"
        case "è", "é", "ê", "ë", "ē", "ė", "ę", "ě": return "e"
        case "ğ": return "g"
        case "ì", "í", "î", "ï", "ī", "į", "ı": return "i"
        case "ł", "ľ", "ĺ": return "l"
        case "ñ", "ń", "ň", "ŋ": return "n"
        case "ò", "ó", "ô", "õ", "ö", "ø", "ō", "ő": return "o"
        case "œ": return "oe"
        case "ř", "ŕ": return "r"
        case "ś", "š", "ş", "ș": return "s"
        case "ß": return "ss"
        case "ť", "ţ", "ț", "ŧ": return "t"
        case "þ": return "th"
        case "ù", "ú", "û", "ü", "ū", "ů", "ű", "ų": return "u"
        case "ý", "ÿ": return "y"
        case "ź", "ż", "ž": return "z"
        default: return ""
        }
    }
}

/// A slug in the making.
private struct SlugBytes {
    private var bytes: [UInt8] = []
    private let maximumBytes: Int

    init(maximumBytes: Int) {
        self.maximumBytes = maximumBytes
        bytes.reserveCapacity(min(maximumBytes + 1, 32))
    }

    var hasRoom: Bool { bytes.count < maximumBytes }

    mutating func append(_ folded: Slug.Folded) {
        switch folded {
        case .letters(let first, let second):
            bytes.append(first)
            if let second { bytes.append(second) }
        case .hyphen: if let last = bytes.last, last != 0x2D { bytes.append(0x2D) }
        case .nothing: break
        }
    }

    func finish() -> String {
        var end = min(bytes.count, maximumBytes)
        while end > 0, bytes[end - 1] == 0x2D { end -= 1 }
        return String(decoding: bytes[..<end], as: UTF8.self)
    }
}
