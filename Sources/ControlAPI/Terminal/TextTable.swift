/// Rows of text laid out in columns for people: plain, two spaces between columns, figures to the right.
package struct TextTable: Sendable {
    /// On which side of its column text stands.
    package enum Alignment: Sendable {
        case left, right
    }

    private var headings: [String]
    private var alignments: [Alignment]
    private var rows: [[String]] = []

    package init(_ columns: [(heading: String, alignment: Alignment)]) {
        headings = columns.map { TerminalText.sanitised($0.heading) }
        alignments = columns.map(\.alignment)
    }

    /// Adds a row, one text a column; it is made safe for a terminal here.
    package mutating func add(_ row: [String]) {
        precondition(row.count == headings.count, "one text a column")
        rows.append(row.map(TerminalText.sanitised))
    }

    /// The lines, each ending in a line feed, none with spaces at its end.
    package func text() -> String {
        let shown = headings.contains { !$0.isEmpty } ? [headings] + rows : rows
        let widths = headings.indices.map { column in shown.map { Self.width($0[column]) }.max() ?? 0 }
        return shown.map { line($0, widths) + "\n" }.joined()
    }

    private func line(_ row: [String], _ widths: [Int]) -> String {
        var line = row.indices.map { column in
            let padding = String(repeating: " ", count: widths[column] - Self.width(row[column]))
            return alignments[column] == .left ? row[column] + padding : padding + row[column]
        }.joined(separator: "  ")
        while line.last == " " { line.removeLast() }
        return line
    }

    /// How many terminal columns a text takes: one a character, two for the wide ones of East Asia.
    private static func width(_ text: String) -> Int {
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
