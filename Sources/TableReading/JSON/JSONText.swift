/// What a text in quotes says; its escapes were checked when the file was parsed.
enum JSONText {
    /// The bytes between the quotes of the text that begins at an offset.
    static func content(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Range<Int> {
        var end = offset + 1
        // Bounds: every text of the tape ends with a quote.
        while bytes[end] != 0x22 { end += bytes[end] == 0x5C ? 2 : 1 }
        return offset + 1..<end
    }

    /// UTF-8 of the text that begins at an offset, without quotes and escapes.
    static func unescaped(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> [UInt8] {
        let content = content(bytes, at: offset)
        var text: [UInt8] = []
        text.reserveCapacity(content.count)
        var index = content.lowerBound
        while index < content.upperBound {
            guard bytes[index] == 0x5C else {
                text.append(bytes[index])
                index += 1
                continue
            }
            let code = bytes[index + 1]
            guard code == 0x75 else {
                text.append(plain(code))
                index += 2
                continue
            }
            var value = unit(bytes, at: index) ?? 0xFFFD
            index += 6
            if (0xD800...0xDBFF).contains(value), let low = unit(bytes, at: index) {
                value = 0x10000 + (value - 0xD800) << 10 + (low & 0x3FF)
                index += 6
            }
            text.append(contentsOf: String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8)
        }
        return text
    }

    private static func plain(_ code: UInt8) -> UInt8 {
        switch code {
        case 0x62: 0x08
        case 0x66: 0x0C
        case 0x6E: 0x0A
        case 0x72: 0x0D
        case 0x74: 0x09
        default: code
        }
    }

    /// The UTF-16 code unit of `\uXXXX` at an offset; nil where no such escape stands there.
    static func unit(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> UInt32? {
        guard offset + 6 <= bytes.count, bytes[offset] == 0x5C, bytes[offset + 1] == 0x75 else { return nil }
        var unit: UInt32 = 0
        for byte in bytes[offset + 2..<offset + 6] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else { return nil }
            unit = unit << 4 | UInt32(digit)
        }
        return unit
    }
}
