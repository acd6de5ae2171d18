import Annals

/// One line of a page, by what it looks like on its own.
struct PageLine {
    enum Form {
        case blank
        /// `[Explanation of symbols](#)`: furniture of the page, not of the table.
        case link
        case text
        /// Parted by tabs, spaces around each field removed: their places among ``PageText/fields``.
        case fields(Range<Int>)
    }

    /// Counts from 1.
    let number: Int
    /// Without white space around it.
    let text: PageText.Piece
    let form: Form

    /// More columns than any page has; a line with more is no row.
    private static let maximumTabs = 16_384

    /// Appends the line's fields, where it has any.
    init(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>, number: Int, fields: inout [PageText.Piece]) {
        self.number = number
        let trimmed = Whitespace.trimmed(bytes, line)
        text = PageText.Piece(trimmed)
        var tabs = 0
        for index in line where bytes[index] == 0x09 { tabs += 1 }
        if trimmed.isEmpty {
            form = .blank
        } else if (1...Self.maximumTabs).contains(tabs) {
            let first = fields.count
            var start = line.lowerBound
            for index in line where bytes[index] == 0x09 {
                fields.append(PageText.Piece(Whitespace.trimmed(bytes, start..<index)))
                start = index + 1
            }
            fields.append(PageText.Piece(Whitespace.trimmed(bytes, start..<line.upperBound)))
            form = .fields(first..<fields.count)
        } else {
            form = Self.isLink(UnsafeBufferPointer(rebasing: bytes[trimmed])) ? .link : .text
        }
    }

    private static func isLink(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.first == UInt8(ascii: "["), bytes.last == UInt8(ascii: ")") else { return false }
        let text = FieldText.string(bytes)
        return text.hasPrefix("[") && text.hasSuffix(")") && text.contains("](")
    }
}

/// The refusal of a line that is too long.
enum LineLimit {
    static func reason(line: Int, limit: Int) -> Reason {
        Reason(
            "The line is longer than the limit", line: line, expected: "at most \(limit) bytes a line",
            remedy: "Look whether the file is a table at all; or raise the limit")
    }
}
