import Annals

/// A label as it is compared: what the eye can't tell apart is one label.
enum LabelText {
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xAD, 0x034F, 0x180E, 0x200B...0x200F, 0x2060...0x2064, 0xFE00...0xFE0F, 0xFEFF: true
        default: false
        }
    }

    /// Without characters that print nothing.
    static func withoutInvisible(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 >= 0x80 }), text.unicodeScalars.contains(where: isInvisible) else {
            return text
        }
        var view = text.unicodeScalars
        view.removeAll(where: isInvisible)
        return String(view)
    }

    /// Spaces of every width as one plain space, none at the ends; hyphens as one; full width as plain; letters put
    /// together.
    static func normalized(_ text: String) -> String {
        // Nearly all labels are: nothing of them is folded.
        if FieldText.withBytes(of: text, FieldText.isCollapsed) { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !isInvisible(scalar) {
            switch scalar.value {
            case 0x2010, 0x2011, 0xFE63: scalars.append("-")
            case 0x09...0x0D, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
                scalars.append(" ")
            case 0xFF01...0xFF5E: scalars.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
            default: scalars.append(scalar)
            }
        }
        // Canonical equivalence: two spellings of one letter are equal strings already, and compare as such.
        return FieldText.collapsed(String(scalars))
    }

    /// Whether nothing of a label can be seen.
    static func isEmpty(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = bytes.first else { return true }
        // A letter, a digit or a sign of ASCII is something.
        return first &- 0x21 >= 0x5E && normalized(FieldText.string(bytes)).isEmpty
    }

    /// Without capitals, and with letters of Latin alphabets as their plain ones; every sign is kept.
    ///
    /// What is equal so is one label to a hasty eye, and never to the reader: `Bø` and `Bo`, but not `Rh+` and `Rh-`.
    static func folded(_ label: String) -> String {
        let label = normalized(label)
        if label.utf8.allSatisfy({ $0 < 0x80 }) { return label.lowercased() }
        var folded = ""
        for scalar in label.unicodeScalars {
            folded += scalar.value < UInt32(latin.count) ? latin[Int(scalar.value)] : lookedUp(scalar)
        }
        return folded
    }

    /// *Shape:* one a scalar below U+0180: what it is folded to.
    private static let latin: [String] = (0..<0x180).map { Unicode.Scalar($0).map(lookedUp) ?? "" }

    private static func lookedUp(_ scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0x300...0x36F: return ""
        case 0x80... where scalar.properties.isAlphabetic:
            let plain = Slug.make(String(scalar))
            return plain.isEmpty ? scalar.properties.lowercaseMapping : plain
        default: return scalar.properties.lowercaseMapping
        }
    }
}
