import Annals

/// Character references in text and attributes: `&amp;`, `&#233;`, `&#x2212;`.
enum HTMLCharacters {
    /// A piece of text with its references replaced.
    static func decoded(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> ArraySlice<UInt8> {
        let piece = UnsafeBufferPointer(rebasing: text[range])
        guard ByteSearch.holds(0x26, piece) else { return Array(piece)[...] }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(piece.count)
        var index = 0
        while index < piece.count {
            let next = ByteSearch.first(0x26, in: piece, from: index) ?? piece.count
            decoded.append(contentsOf: piece[index..<next])
            index = next
            guard index < piece.count else { break }
            if let (scalar, length) = reference(piece, at: index) {
                decoded.append(contentsOf: UTF8.encode(scalar)!)  // every scalar has an encoding
                index += length
            } else {
                decoded.append(0x26)
                index += 1
            }
        }
        return decoded[...]
    }

    /// What a reference stands for, and its length; nil where none stands there.
    private static func reference(
        _ text: UnsafeBufferPointer<UInt8>, at start: Int
    ) -> (Unicode.Scalar, length: Int)? {
        guard start + 1 < text.count else { return nil }
        if text[start + 1] == 0x23 { return number(text, at: start) }
        var end = start + 1
        while end < text.count, end - start <= HTMLEntities.longest,
            FieldText.isLetter(text[end]) || NumberShape.isDigit(text[end])
        {
            end += 1
        }
        let name = FieldText.string(UnsafeBufferPointer(rebasing: text[start + 1..<end]))
        if end < text.count, text[end] == 0x3B, let scalar = HTMLEntities.scalar(named: name) {
            return (scalar, end + 1 - start)
        }
        return HTMLEntities.scalarWithoutSemicolon(name).map { ($0.scalar, $0.length + 1) }
    }

    private static func number(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> (Unicode.Scalar, length: Int)? {
        let isHex = start + 2 < text.count && text[start + 2] | 0x20 == 0x78
        var end = start + (isHex ? 3 : 2)
        let first = end
        var value: UInt32 = 0
        while end < text.count, let digit = digit(text[end], isHex: isHex) {
            // Beyond the last scalar it stays there.
            value = min(value * (isHex ? 16 : 10) + digit, 0x11_0000)
            end += 1
        }
        guard end > first else { return nil }
        if end < text.count, text[end] == 0x3B { end += 1 }
        if (0x80...0x9F).contains(value) {
            // As browsers do: whoever writes these means Windows-1252.
            return (windows1252[Int(value) - 0x80], end - start)
        }
        return (value == 0 ? "\u{FFFD}" : Unicode.Scalar(value) ?? "\u{FFFD}", end - start)
    }

    private static let windows1252 = SingleByteEncodings.upperHalf(of: .windows1252)

    private static func digit(_ byte: UInt8, isHex: Bool) -> UInt32? {
        if NumberShape.isDigit(byte) { return UInt32(byte - 0x30) }
        let letter = byte | 0x20
        return isHex && (0x61...0x66).contains(letter) ? UInt32(letter - 0x61 + 10) : nil
    }
}
