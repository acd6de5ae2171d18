/// How text stands in columns for people: two spaces between them, nothing behind the last.
package enum TextColumns {
    /// On which side of its column text stands.
    package enum Alignment: Sendable {
        case left, right
    }

    /// Spaces between two columns.
    package static let gap = 2

    /// One line of safe texts, with its line feed and without spaces at its end.
    static func line(_ row: [String], _ columns: [(alignment: Alignment, width: Int)]) -> String {
        var line = zip(row, columns).map { text, column in
            let padding = String(repeating: " ", count: max(0, column.width - width(of: text)))
            return column.alignment == .left ? text + padding : padding + text
        }.joined(separator: String(repeating: " ", count: gap))
        while line.last == " " { line.removeLast() }
        return line + "\n"
    }

    /// A safe text to the left of a column, with what parts it from the next.
    package static func padded(_ text: String, to width: Int) -> [UInt8] {
        Array(text.utf8) + [UInt8](repeating: 0x20, count: max(0, width - self.width(of: text)) + gap)
    }

    /// How many terminal columns a text takes: one a character, two for the wide ones of East Asia.
    package static func width(of text: String) -> Int {
        text.reduce(0) { sum, character in
            guard let scalar = character.unicodeScalars.first else { return sum }
            return sum + (isWide(scalar.value) ? 2 : 1)
        }
    }

    /// Source: Unicode Standard Annex 11, the large ranges of class W.
    private static func isWide(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
