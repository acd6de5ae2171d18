/// Bytes of a field as text.
enum FieldText {
    static func string(_ bytes: UnsafeBufferPointer<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    /// A string's own bytes, for the readers that work on bytes.
    static func withBytes<Result>(of text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        var text = text
        return text.withUTF8(body)
    }

    /// Whether all bytes are printable ASCII, so that a byte is a character.
    static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        for byte in bytes where byte &- 0x20 >= 0x5F { return false }
        return true
    }

    /// Whether a byte of ASCII is a letter.
    @inline(__always)
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    /// Whether a text is of printable ASCII and of letters U+00C0 to U+027F, the signs `×` and `÷` among them.
    ///
    /// Then every scalar is a character, a space is the only white space, and nothing prints nothing.
    static func isLatin(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        for byte in bytes where !isLatin(byte) { return false }
        return true
    }

    /// Whether a byte of valid UTF-8 is one of such a text: printable ASCII, or C3 to C9 and the byte behind it.
    ///
    /// What else begins a character is refused, and so is what would follow it.
    @inline(__always)
    private static func isLatin(_ byte: UInt8) -> Bool {
        byte &- 0x20 < 0x5F || byte &- 0x80 < 0x40 || byte &- 0xC3 < 7
    }

    // MARK: Spaces

    /// Without white space, and without characters of no width (a lost byte order mark, a word joiner), around it.
    @inline(__always)
    static func trimmed(_ field: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        // Most fields have nothing around them: a byte between 21 and 7E is no part of a space.
        if let first = field.first, let last = field.last, first &- 0x21 < 0x5E, last &- 0x21 < 0x5E { return field }
        return withoutSpaces(field)
    }

    private static func withoutSpaces(_ field: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var start = 0
        var end = field.count
        while start < end {
            let length = spaceLength(field, at: start, limit: end)
            if length == 0 { break }
            start += length
        }
        while end > start {
            if isSpace(field[end - 1]) {
                end -= 1
            } else if end - start >= 2, spaceLength(field, at: end - 2, limit: end) == 2 {
                end -= 2
            } else if end - start >= 3, spaceLength(field, at: end - 3, limit: end) == 3 {
                end -= 3
            } else {
                break
            }
        }
        return UnsafeBufferPointer(rebasing: field[start..<end])
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    private static func spaceLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, limit: Int) -> Int {
        let byte = bytes[index]
        if isSpace(byte) { return 1 }
        if byte == 0xC2, index + 1 < limit, bytes[index + 1] == 0xA0 { return 2 }
        guard byte >= 0xE2, index + 2 < limit else { return 0 }
        // 2000–200F: spaces, characters of no width, directions; 202F; 205F, 2060; 3000; FEFF.
        switch (byte, bytes[index + 1], bytes[index + 2]) {
        case (0xE2, 0x80, 0x80...0x8F), (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F...0xA0), (0xE3, 0x80, 0x80),
            (0xEF, 0xBB, 0xBF):
            return 3
        default: return 0
        }
    }

    /// Without any white space, and without the end-of-file mark (1A) of old systems, around it.
    static func withoutWhitespace(_ text: String) -> String {
        withBytes(of: text) { bytes in
            let kept = Whitespace.trimmed(bytes, 0..<bytes.count)
            return kept.count == bytes.count ? nil : string(UnsafeBufferPointer(rebasing: bytes[kept]))
        } ?? text
    }

    /// The text of bytes, without any white space and without the end-of-file mark around it.
    static func withoutWhitespace(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        string(UnsafeBufferPointer(rebasing: bytes[Whitespace.trimmed(bytes, 0..<bytes.count)]))
    }

    /// Words of a text, one space between them.
    static func collapsed(_ text: String) -> String {
        if withBytes(of: text, isCollapsed) { return text }
        if let collapsed = withBytes(of: text, collapsedByBytes) { return collapsed }
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The same where no character is more than one scalar; nil where one may be.
    private static func collapsedByBytes(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        // CA begins U+0280; what joins other scalars comes behind it.
        guard bytes.allSatisfy({ $0 < 0xCA }) else { return nil }
        var collapsed: [UInt8] = []
        collapsed.reserveCapacity(bytes.count)
        var index = 0
        var isBehindSpace = false
        while index < bytes.count {
            let length = Whitespace.length(bytes, at: index, limit: bytes.count)
            if length > 0 {
                isBehindSpace = true
                index += length
                continue
            }
            if isBehindSpace, !collapsed.isEmpty { collapsed.append(0x20) }
            isBehindSpace = false
            collapsed.append(bytes[index])
            index += 1
        }
        return String(decoding: collapsed, as: UTF8.self)
    }

    /// Whether a text is Latin, as ``isLatin(_:)`` says, and has single spaces only, and none at its ends.
    static func isCollapsed(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var isBehindSpace = true
        for byte in bytes {
            guard isLatin(byte), byte != 0x20 || !isBehindSpace else { return false }
            isBehindSpace = byte == 0x20
        }
        return bytes.isEmpty || !isBehindSpace
    }
}

extension FieldText {
    /// Whether a field looks like a figure or a symbol in its place, under whatever dialect.
    ///
    /// `1 236`, `153 p`, `12*`, `..`; not `01 Aa`, which is a code and its label, nor `0-4`.
    static func looksLikeFigure(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let shape = NumberShape(bytes) else { return looksLikeSymbol(bytes) }
        return looksLikeFigure(bytes, shape: shape)
    }

    /// The same of a field that begins with a number, which is known already.
    static func looksLikeFigure(_ bytes: UnsafeBufferPointer<UInt8>, shape: NumberShape) -> Bool {
        guard shape.evidence != .invalid else { return false }
        if shape.end == bytes.count { return true }
        let suffix = trimmed(UnsafeBufferPointer(rebasing: bytes[shape.end...]))
        return !shape.hasLeadingZero && looksLikeSuffix(suffix)
    }

    /// Whether a field looks like a figure or a symbol in its place, under whatever dialect.
    static func looksLikeFigure(_ field: String) -> Bool { withBytes(of: field) { looksLikeFigure($0) } }

    /// Up to four characters, none of them a letter or a digit.
    private static func looksLikeSymbol(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if isPlain(bytes) { return bytes.count <= 4 && !bytes.contains { isLetter($0) || NumberShape.isDigit($0) } }
        let field = string(bytes)
        return field.count <= 4 && !field.contains { $0.isLetter || $0.isNumber }
    }

    /// One character that is no digit, or two of which none is in upper case.
    private static func looksLikeSuffix(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if isPlain(bytes) {
            guard bytes.count <= 2, !bytes.contains(where: NumberShape.isDigit) else { return false }
            return bytes.count == 1 || !bytes.contains { $0 &- 0x41 < 26 }
        }
        let suffix = string(bytes)
        guard suffix.count <= 2, !suffix.contains(where: \.isNumber) else { return false }
        return suffix.count == 1 || !suffix.contains(where: \.isUppercase)
    }
}
