/// File names as text that can be shown anywhere.
///
/// Bytes that aren't UTF-8, control characters, characters that turn the writing direction or can't be seen, and the
/// percent sign itself become `%XX`, byte by byte, so that the raw name can be had back.
package enum SafeName {
    /// The name as text for people, logs and answers.
    package static func text(_ raw: [UInt8]) -> String {
        // Nearly every name: printable ASCII.
        if raw.allSatisfy({ (0x20...0x7E).contains($0) && $0 != percent }) {
            return String(decoding: raw, as: UTF8.self)
        }
        var text = ""
        var rest = raw[...]
        while let first = rest.first {
            if let (scalar, length) = decode(rest), isShown(scalar) {
                text.unicodeScalars.append(scalar)
                rest = rest.dropFirst(length)
            } else {
                text += escaped(first)
                rest = rest.dropFirst()
            }
        }
        return text
    }

    /// The raw bytes of a shown name.
    ///
    /// A percent sign that no two hexadecimal digits follow stands for itself.
    package static func raw(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        var raw: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == percent, index + 2 < bytes.count,
                let byte = UInt8(String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
            {
                raw.append(byte)
                index += 3
            } else {
                raw.append(bytes[index])
                index += 1
            }
        }
        return raw
    }

    private static let percent: UInt8 = 0x25

    private static func escaped(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.utf8.count == 1 ? "%0" + digits : "%" + digits
    }

    /// Whether a character may stand for itself: nothing that moves a terminal's cursor or deceives the eye.
    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == "%" { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: return false
        default: return true
        }
    }

    /// The first character and how many bytes it takes; nil where the bytes don't start one.
    private static func decode(_ bytes: ArraySlice<UInt8>) -> (Unicode.Scalar, Int)? {
        var decoder = Unicode.UTF8()
        var iterator = bytes.prefix(4).makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
        return (scalar, Unicode.UTF8.width(scalar))
    }
}
