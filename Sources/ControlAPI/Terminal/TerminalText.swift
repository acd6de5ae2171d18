/// Text from files and tables made safe to print: nothing in it can move the cursor, hide or reorder what stands around it.
package enum TerminalText {
    /// Escapes control characters, direction overrides and invisible separators as `\u{202E}`; a line end as `\n`.
    package static func sanitised(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isDangerous) else { return text }
        var safe = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": safe += "\\n"
            case "\r": safe += "\\r"
            case "\t": safe += "\\t"
            case _ where isDangerous(scalar): safe += escape(of: scalar)
            default: safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }

    /// `\u{202E}`.
    static func escape(of scalar: Unicode.Scalar) -> String {
        "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    }

    /// Whether a terminal would act on it, or not show it.
    static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E: false
        case 0x00...0x1F, 0x7F...0x9F: true
        // Direction marks, embeddings, overrides and isolates.
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        // Zero width, line and paragraph separators, tags.
        case 0x200B...0x200D, 0x2028, 0x2029, 0x2060...0x2064, 0xFEFF, 0xE0000...0xE007F: true
        default: false
        }
    }
}
