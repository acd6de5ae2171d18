/// White space in valid UTF-8, told by its bytes.
///
/// Source: Unicode 16.0, PropList.txt, White_Space: 09–0D, 20, 85, A0, 1680, 2000–200A, 2028, 2029, 202F, 205F, 3000.
enum Whitespace {
    @inline(__always)
    static func isASCII(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 0x09 < 5 }

    /// Bytes of the white space that begins at `index`, which is below `limit`; 0 where none does.
    @inline(__always)
    static func length(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, limit: Int) -> Int {
        let byte = bytes[index]
        if byte < 0x80 { return isASCII(byte) ? 1 : 0 }
        return longLength(bytes, at: index, limit: limit)
    }

    private static func longLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, limit: Int) -> Int {
        switch bytes[index] {
        case 0xC2 where index + 1 < limit: return bytes[index + 1] == 0x85 || bytes[index + 1] == 0xA0 ? 2 : 0
        case 0xE1 where index + 2 < limit: return bytes[index + 1] == 0x9A && bytes[index + 2] == 0x80 ? 3 : 0
        case 0xE2 where index + 2 < limit:
            switch (bytes[index + 1], bytes[index + 2]) {
            case (0x80, 0x80...0x8A), (0x80, 0xA8), (0x80, 0xA9), (0x80, 0xAF), (0x81, 0x9F): return 3
            default: return 0
            }
        case 0xE3 where index + 2 < limit: return bytes[index + 1] == 0x80 && bytes[index + 2] == 0x80 ? 3 : 0
        default: return 0
        }
    }

    /// Bytes of the white space that ends before `end`, which is above `start`; 0 where none does.
    @inline(__always)
    static func length(_ bytes: UnsafeBufferPointer<UInt8>, before end: Int, from start: Int) -> Int {
        let byte = bytes[end - 1]
        if byte < 0x80 { return isASCII(byte) ? 1 : 0 }
        if end - start >= 2, longLength(bytes, at: end - 2, limit: end) == 2 { return 2 }
        return end - start >= 3 && longLength(bytes, at: end - 3, limit: end) == 3 ? 3 : 0
    }

    /// A range without white space, and without the end-of-file mark (1A) of old systems, at either end.
    static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end {
            let length = bytes[start] == 0x1A ? 1 : length(bytes, at: start, limit: end)
            if length == 0 { break }
            start += length
        }
        while start < end {
            let length = bytes[end - 1] == 0x1A ? 1 : length(bytes, before: end, from: start)
            if length == 0 { break }
            end -= length
        }
        return start..<end
    }
}
