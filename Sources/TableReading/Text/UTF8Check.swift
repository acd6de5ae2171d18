import Annals

/// Whether bytes are UTF-8, and where they stop to be.
struct UTF8Check {
    /// Offset of the first byte that can't stand there.
    private(set) var firstInvalid: Int?
    /// Whether a valid sequence of two or more bytes occurs anywhere, before or after an invalid one.
    private(set) var hasMultibyte = false
    /// Whether a NUL stands among them; nil where they weren't gone through to the end.
    private(set) var hasNUL: Bool?

    init(_ bytes: [UInt8], from start: Int = 0) {
        bytes.withUnsafeBufferPointer { check($0, from: start) }
    }

    /// - Throws: The line of the first byte that isn't UTF-8.
    static func refuseInvalid(_ bytes: [UInt8], from start: Int) throws(Reason) {
        guard let place = UTF8Check(bytes, from: start).firstInvalid else { return }
        throw Reason(
            "The text begins with a UTF-8 byte order mark, but isn't UTF-8",
            line: DecodedText.line(of: place, in: bytes),
            found: DecodedText.hex(bytes, at: place), expected: "valid UTF-8", remedy: "Save the file as UTF-8")
    }

    private mutating func check(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
        var hasNUL = false
        var index = start
        /// Where 64 bytes are looked at again, behind some of which not all were ASCII.
        var careful = start
        while index < bytes.count {
            // Bounds: as many bytes are read only where as many are left. Most of a table is ASCII.
            if index >= careful, index + 64 <= bytes.count {
                if let plain = Self.plain(bytes, at: index, count: 64) {
                    if !plain { hasNUL = true }
                    index += 64
                    continue
                }
                careful = index + 64
            }
            if index + 16 <= bytes.count, let plain = Self.plain(bytes, at: index, count: 16) {
                if !plain { hasNUL = true }
                index += 16
                continue
            }
            if bytes[index] < 0x80 {
                if bytes[index] == 0 { hasNUL = true }
                index += 1
                continue
            }
            let length = Self.sequenceLength(bytes, at: index)
            if length > 0 {
                hasMultibyte = true
                index += length
            } else {
                if firstInvalid == nil { firstInvalid = index }
                if hasMultibyte { return }
                index += 1
            }
        }
        self.hasNUL = hasNUL
    }

    /// Whether 16 bytes of ASCII, or a multiple of it, are without a NUL; nil where not all are ASCII.
    @inline(__always)
    private static func plain(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, count: Int) -> Bool? {
        guard let base = bytes.baseAddress else { return nil }
        var (all, less) = (SIMD2<UInt64>.zero, SIMD2<UInt64>.zero)
        for offset in stride(from: 0, to: count, by: 16) {
            let words = UnsafeRawPointer(base).loadUnaligned(fromByteOffset: index + offset, as: SIMD2<UInt64>.self)
            all |= words
            // Of bytes below 80, a zero alone borrows its highest bit when 1 is taken from it.
            less |= words &- SIMD2(repeating: 0x0101_0101_0101_0101)
        }
        guard (all.x | all.y) & 0x8080_8080_8080_8080 == 0 else { return nil }
        return (less.x | less.y) & 0x8080_8080_8080_8080 == 0
    }

    /// Bytes of the well-formed sequence that begins there; 0 where none does.
    ///
    /// Source: The Unicode Standard, table 3-7.
    private static func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        let (length, second): (Int, ClosedRange<UInt8>)
        switch bytes[index] {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return 0
        }
        guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return 0 }
        for next in index + 2..<max(index + 2, index + length) where bytes[next] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
