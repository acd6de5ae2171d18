import Annals

/// The figures of a PX file, token by token.
///
/// Spaces, tabs, line ends, commas and semicolons part them; the semicolon that ends them is known before, as the last
/// byte of the file that says anything. A comma that parts figures in a line in which spaces part others may be a decimal
/// mark: the reader refuses both in one file.
struct PXTokens {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// Where the figures end.
    let end: Int
    private(set) var position: Int
    private(set) var line: Int
    /// Which token of its line the last one is, from 1.
    private(set) var column = 0
    /// Whether a line ended before the last token.
    private(set) var isFirstInLine = false
    /// The first comma between two figures.
    private(set) var firstComma: (line: Int, column: Int)?
    /// Whether blanks alone part two figures of a line.
    private(set) var hasBlanks = false

    /// Bytes of the last token, quotes left out.
    private(set) var start = 0
    private(set) var stop = 0
    private(set) var isQuoted = false

    init(_ bytes: UnsafeBufferPointer<UInt8>, from position: Int, line: Int, end: Int, column: Int = 0) {
        self.bytes = bytes
        self.position = position
        self.line = line
        self.end = end
        self.column = column
    }

    /// Where the figures end.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - start: Where they begin.
    /// - Returns: Where the semicolon stands that is the last byte, white space aside. Without one, the end of the file,
    ///   if a space stands behind the last figure, as PC-Axis writes it: then that figure wasn't cut. Else nil.
    static func end(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> (position: Int, isClosed: Bool)? {
        var end = bytes.count
        while end > start, Whitespace.isASCII(bytes[end - 1]) || bytes[end - 1] == 0x1A { end -= 1 }
        guard end > start else { return nil }
        if bytes[end - 1] == UInt8(ascii: ";") { return (end - 1, true) }
        return end < bytes.count && bytes[end] == 0x20 ? (end, false) : nil
    }

    /// Goes on to the next token; false where there is none.
    ///
    /// - Throws: Where a quote isn't closed in its line.
    @inline(__always)
    mutating func next() throws(Reason) -> Bool {
        var comma: Int?
        isFirstInLine = false
        let before = position
        // Bounds: the position is below the end, which lies within the bytes.
        while position < end {
            let byte = bytes[position]
            if byte == 0x20 || byte == 0x0D || byte == 0x09 {
                position += 1
            } else if byte == 0x0A {
                position += 1
                line += 1
                column = 0
                isFirstInLine = true
            } else if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") {
                comma = comma ?? position
                position += 1
            } else if Whitespace.isASCII(byte) {
                position += 1
            } else {
                break
            }
        }
        guard position < end else { return false }
        if let comma, column > 0 || isFirstInLine {
            if firstComma == nil { firstComma = (line, PXScanner.column(of: comma, in: bytes)) }
        } else if position > before, column > 0 {
            hasBlanks = true
        }
        column += 1
        isQuoted = bytes[position] == UInt8(ascii: "\"")
        if isQuoted {
            start = position + 1
            stop = start
            while stop < end, bytes[stop] != UInt8(ascii: "\""), bytes[stop] != 0x0A { stop += 1 }
            guard stop < end, bytes[stop] == UInt8(ascii: "\"") else { throw notClosed() }
            position = stop + 1
        } else {
            start = position
            // A control character parts tokens too, and is one by itself where it stands apart.
            repeat { position += 1 } while position < end && !Self.parts(bytes[position])
            stop = position
        }
        return true
    }

    @inline(__always)
    private static func parts(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "\"")
    }

    private func notClosed() -> Reason {
        let text = FieldText.string(UnsafeBufferPointer(rebasing: bytes[(start - 1)..<min(stop, start + 40)]))
        return Reason(
            "A quote among the figures isn't closed", line: line, column: column, found: text,
            expected: "a symbol in quotes, such as \"..\"", remedy: "Correct the file")
    }

    /// The last token.
    var token: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[start..<stop]) }

    /// The number that the last token is: up to 18 digits, a point and decimals; nil for anything else.
    @inline(__always)
    var number: (value: Int64, decimals: Int)? {
        var index = start
        var isNegative = false
        if index < stop, bytes[index] == UInt8(ascii: "-") {
            isNegative = true
            index += 1
        }
        guard stop - index <= 19, index < stop else { return nil }
        var value: Int64 = 0
        var digits = 0
        var decimals = -1
        while index < stop {
            let byte = bytes[index]
            let digit = byte &- 0x30
            if digit < 10 {
                // At most 18 digits: below 10 to the 18.
                value = value &* 10 &+ Int64(digit)
                digits += 1
                if decimals >= 0 { decimals += 1 }
            } else if byte == UInt8(ascii: "."), decimals < 0 {
                decimals = 0
            } else {
                return nil
            }
            index += 1
        }
        guard (1...18).contains(digits), decimals != 0 else { return nil }
        return (isNegative ? -value : value, max(0, decimals))
    }
}
