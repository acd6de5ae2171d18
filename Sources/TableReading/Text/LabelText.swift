import Annals

/// A label as it is compared: what the eye can't tell apart is one label.
enum LabelText {
    /// Whether bytes of a label may hold anything that is folded: everything beyond ASCII, and doubled spaces.
    private static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var isBehindSpace = true
        for byte in bytes {
            guard byte &- 0x20 < 0x5F, byte != 0x20 || !isBehindSpace else { return false }
            isBehindSpace = byte == 0x20
        }
        return bytes.isEmpty || !isBehindSpace
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xAD, 0x200B...0x200F, 0x2060...0x2064, 0xFEFF: true
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

    /// Spaces of every width as one plain space, none at the ends; hyphens as one; letters put together.
    static func normalized(_ text: String) -> String {
        if FieldText.withBytes(of: text, isPlain) { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !isInvisible(scalar) {
            switch scalar.value {
            case 0x2010, 0x2011, 0xFE63, 0xFF0D: scalars.append("-")
            case 0x09, 0x0A, 0x0D, 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: scalars.append(" ")
            default: scalars.append(scalar)
            }
        }
        // Canonical equivalence: two spellings of one letter are equal strings already, and compare as such.
        return FieldText.collapsed(String(scalars))
    }
}
