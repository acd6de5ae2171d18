import Annals

/// One line of a page, by what it looks like on its own.
struct PageLine {
    enum Form {
        case blank
        /// `[Explanation of symbols](#)`, `------+-----`: furniture of the page, not of the table.
        case furniture
        case text
        /// Spaces around each field removed: their places among ``PageText/fields``.
        case fields(Range<Int>)
    }

    /// Counts from 1.
    let number: Int
    /// Without white space around it.
    let text: PageText.Piece
    var form: Form

    /// Whether it is passed over wherever it stands.
    var isFurniture: Bool { if case .furniture = form { true } else { false } }

    /// More columns than any page has; a line with more is no row.
    private static let maximumSeparators = 16_384

    /// Appends the line's fields, where it has any.
    init(
        _ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>, number: Int, _ separator: PageSeparator,
        fields: inout [PageText.Piece]
    ) {
        self.number = number
        let trimmed = Whitespace.trimmed(bytes, line)
        text = PageText.Piece(trimmed)
        let first = fields.count
        switch separator {
        case .tabs where !trimmed.isEmpty: Self.cut(bytes, line, at: 0x09, &fields)
        case .pipes where !trimmed.isEmpty: Self.cutPipes(bytes, trimmed, &fields)
        default: break
        }
        let inner = UnsafeBufferPointer(rebasing: bytes[trimmed])
        if trimmed.isEmpty {
            form = .blank
        } else if PageRule.isRule(inner) || fields.count == first && Self.isLink(inner) {
            form = .furniture
        } else {
            form = fields.count > first ? .fields(first..<fields.count) : .text
        }
    }

    private static func cut(
        _ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>, at separator: UInt8, _ fields: inout [PageText.Piece]
    ) {
        var count = 0
        for index in line where bytes[index] == separator { count += 1 }
        guard (1...maximumSeparators).contains(count) else { return }
        var start = line.lowerBound
        for index in line where bytes[index] == separator {
            fields.append(PageText.Piece(Whitespace.trimmed(bytes, start..<index)))
            start = index + 1
        }
        fields.append(PageText.Piece(Whitespace.trimmed(bytes, start..<line.upperBound)))
    }

    /// `| a | b |`, with pipes around it or without.
    private static func cutPipes(
        _ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>, _ fields: inout [PageText.Piece]
    ) {
        let pipe = UInt8(ascii: "|")
        var inner = line
        if bytes[inner.lowerBound] == pipe { inner = inner.lowerBound + 1..<inner.upperBound }
        if !inner.isEmpty, bytes[inner.upperBound - 1] == pipe { inner = inner.lowerBound..<inner.upperBound - 1 }
        cut(bytes, inner, at: pipe, &fields)
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
