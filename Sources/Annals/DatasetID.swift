/// The name of a dataset: a slug of `a`-`z`, `0`-`9` and single hyphens, at most 120 bytes.
package struct DatasetID: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let slug: String

    /// Longest slug, in bytes: leaves room in a file name.
    package static let maximumBytes = 120

    /// Takes a slug as it is; nil where it isn't one.
    package init?(_ slug: String) {
        let bytes = Array(slug.utf8)
        guard !bytes.isEmpty, bytes.count <= Self.maximumBytes, bytes.first != 0x2D, bytes.last != 0x2D else {
            return nil
        }
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case 0x61...0x7A, 0x30...0x39: continue
            case 0x2D where bytes[index - 1] != 0x2D: continue
            default: return nil
            }
        }
        self.slug = slug
    }

    /// Makes a slug of a title: letters folded to `a`-`z`, everything else to single hyphens.
    ///
    /// Nil where nothing is left.
    package init?(title: String) {
        self.init(Slug.make(title, maximumBytes: Self.maximumBytes))
    }

    package var description: String { slug }

    package static func < (left: DatasetID, right: DatasetID) -> Bool { left.slug < right.slug }
}

/// How text becomes a slug, for dataset and dimension ids.
package enum Slug {
    /// Lower case, letters of Latin alphabets folded (`Øst` → `ost`, `æ` → `ae`), everything else to single hyphens.
    package static func make(_ text: String, maximumBytes: Int = DatasetID.maximumBytes) -> String {
        var slug: [UInt8] = []
        for scalar in text.lowercased().unicodeScalars {
            let folded = fold(scalar)
            if folded.isEmpty {
                if slug.last != 0x2D, !slug.isEmpty, !isCombining(scalar) { slug.append(0x2D) }
            } else {
                slug.append(contentsOf: folded.utf8)
            }
            if slug.count >= maximumBytes { break }
        }
        slug.removeLast(max(0, slug.count - maximumBytes))
        while slug.last == 0x2D { slug.removeLast() }
        return String(decoding: slug, as: UTF8.self)
    }

    private static func isCombining(_ scalar: Unicode.Scalar) -> Bool { (0x300...0x36F).contains(scalar.value) }

    private static func fold(_ scalar: Unicode.Scalar) -> String {
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
