import Annals

/// One field of a record, as offsets into the text.
struct Field: Sendable {
    /// Content without quotes and without spaces around it.
    var start: Int
    var end: Int
    /// Whether the content holds doubled quotes.
    var hasEscapes: Bool
    /// Offset of what ended the field: a delimiter, a line end, or the end of the text.
    var next: Int
    /// Line ends inside the field.
    var newlines: Int
}

/// Cuts fields out of delimited text.
///
/// Source: RFC 4180; beyond it, LF ends a line too, and spaces around a field don't belong to it.
struct FieldScanner {
    let text: UnsafeBufferPointer<UInt8>
    let delimiter: UInt8

    private static let quote: UInt8 = 0x22

    /// What is wrong with quotes.
    enum QuoteError: Error {
        /// The closing quote is missing.
        case unterminated(at: Int)
        /// Something stands between the closing quote and the next delimiter.
        case textBehind(at: Int)
    }

    /// Bounds: `position` is at most the text's count, and every read is guarded by it.
    func field(at position: Int) throws(QuoteError) -> Field {
        var start = position
        while start < text.count, isPadding(text[start]) { start += 1 }
        if start < text.count, text[start] == Self.quote { return try quoted(from: start + 1) }
        var end = start
        // Most fields end within eight bytes.
        if let near = nearEnd(from: start) {
            end = near
        } else {
            while end < text.count, text[end] != delimiter, text[end] != 0x0A { end += 1 }
        }
        let next = end
        while end > start, isPadding(text[end - 1]) || text[end - 1] == 0x0D { end -= 1 }
        return Field(start: start, end: end, hasEscapes: false, next: next, newlines: 0)
    }

    /// Where a delimiter or a line end stands among eight bytes; nil where none does, or fewer are left.
    @inline(__always)
    private func nearEnd(from start: Int) -> Int? {
        guard text.count - start >= 8, let base = text.baseAddress else { return nil }
        // Bounds: eight bytes are left.
        let bytes = UInt64(
            littleEndian: UnsafeRawPointer(base).loadUnaligned(fromByteOffset: start, as: UInt64.self))
        let delimiters = Self.zeros(bytes ^ (Self.everyByte &* UInt64(delimiter)))
        let ends = delimiters | Self.zeros(bytes ^ (Self.everyByte &* 0x0A))
        return ends == 0 ? nil : start + ends.trailingZeroBitCount / 8
    }

    private static let everyByte: UInt64 = 0x0101_0101_0101_0101

    /// The high bit of each byte that is zero; of bytes above the lowest such one it may be set as well.
    @inline(__always)
    private static func zeros(_ word: UInt64) -> UInt64 { (word &- everyByte) & ~word & (everyByte << 7) }

    private func quoted(from start: Int) throws(QuoteError) -> Field {
        var index = start
        var hasEscapes = false
        var newlines = 0
        while true {
            guard index < text.count else { throw .unterminated(at: start - 1) }
            if text[index] == Self.quote {
                guard index + 1 < text.count, text[index + 1] == Self.quote else { break }
                hasEscapes = true
                index += 1
            } else if text[index] == 0x0A {
                newlines += 1
            }
            index += 1
        }
        var next = index + 1
        while next < text.count, isPadding(text[next]) || text[next] == 0x0D { next += 1 }
        guard next == text.count || text[next] == delimiter || text[next] == 0x0A else { throw .textBehind(at: next) }
        return Field(start: start, end: index, hasEscapes: hasEscapes, next: next, newlines: newlines)
    }

    private func isPadding(_ byte: UInt8) -> Bool { (byte == 0x20 || byte == 0x09) && byte != delimiter }

    /// The content of a field; doubled quotes become one.
    func bytes(_ field: Field) -> [UInt8] {
        guard field.hasEscapes else { return Array(text[field.start..<field.end]) }
        var bytes: [UInt8] = []
        var index = field.start
        while index < field.end {
            bytes.append(text[index])
            index += text[index] == Self.quote ? 2 : 1
        }
        return bytes
    }

    func string(_ field: Field) -> String {
        field.hasEscapes
            ? String(decoding: bytes(field), as: UTF8.self)
            : String(decoding: text[field.start..<field.end], as: UTF8.self)
    }

    func reason(_ error: QuoteError, line: Int, column: Int) -> Reason {
        switch error {
        case .unterminated(let place):
            Reason(
                "A quoted field has no closing quote", line: line, column: column, found: excerpt(place),
                expected: "a closing quote before the end of the file",
                remedy: "Close the quote, or double it inside a field")
        case .textBehind(let place):
            Reason(
                "Text stands behind the closing quote of a field", line: line, column: column, found: excerpt(place),
                expected: "a delimiter or the end of the line", remedy: "Double the quotes inside quoted fields")
        }
    }

    private func excerpt(_ place: Int) -> String {
        let end = text[place..<min(place + 30, text.count)].firstIndex(of: 0x0A) ?? min(place + 30, text.count)
        return String(decoding: text[place..<end], as: UTF8.self)
    }
}

/// Goes through delimited text record by record; for samples, surveys and single look-ups.
struct RecordScanner {
    let scanner: FieldScanner
    private(set) var position: Int
    /// Of the next record; counts from 1.
    private(set) var line: Int
    private let lineLimit: Int

    /// More columns than any table has; keeps a line of nothing but delimiters from filling the memory.
    private static let maximumFields = 65_536

    init(_ text: UnsafeBufferPointer<UInt8>, delimiter: UInt8, position: Int = 0, line: Int = 1, lineLimit: Int) {
        scanner = FieldScanner(text: text, delimiter: delimiter)
        self.position = position
        self.line = line
        self.lineLimit = lineLimit
    }

    /// The next record's fields and first line; nil at the end.
    ///
    /// A blank line is a record of one empty field.
    mutating func next(_ fields: inout [Field]) throws(Reason) -> Int? {
        guard position < scanner.text.count else { return nil }
        fields.removeAll(keepingCapacity: true)
        return try next(appendingTo: &fields)
    }

    /// The same behind fields of other records, which are kept.
    mutating func next(appendingTo fields: inout [Field]) throws(Reason) -> Int? {
        guard position < scanner.text.count else { return nil }
        let kept = fields.count
        let start = position
        let first = line
        while true {
            let field: Field
            do throws(FieldScanner.QuoteError) {
                field = try scanner.field(at: position)
            } catch {
                throw scanner.reason(error, line: line, column: fields.count - kept + 1)
            }
            fields.append(field)
            guard fields.count - kept <= Self.maximumFields else {
                throw Reason(
                    "The line has too many fields", line: first, found: "more than \(Self.maximumFields)",
                    expected: "at most \(Self.maximumFields) columns", remedy: "Look whether the file is a table at all"
                )
            }
            line += field.newlines
            position = field.next
            guard position - start <= lineLimit else { throw LineLimit.reason(line: first, limit: lineLimit) }
            if position == scanner.text.count { break }
            position += 1
            if scanner.text[position - 1] == 0x0A { break }
        }
        line += 1
        return first
    }
}
