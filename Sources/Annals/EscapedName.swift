/// How a file's name, which is any bytes, becomes text that is safe to show and that tells names apart.
package enum EscapedName {
    /// The name as text: bytes that are no UTF-8, control characters, and `%` before two hexadecimal digits become `%XX`.
    ///
    /// Printable names stay as they are, so two different names never give the same text.
    package static func text(_ name: some Collection<UInt8>) -> String {
        let bytes = Array(name)
        // Nearly every name: nothing in it to escape.
        if bytes.allSatisfy({ (0x20..<0x7F).contains($0) && $0 != 0x25 }) {
            return String(decoding: bytes, as: UTF8.self)
        }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count {
            let length = printableLength(in: bytes, at: position)
            if length == 0 {
                text.append(contentsOf: [0x25, digit(bytes[position] >> 4), digit(bytes[position] & 15)])
                position += 1
            } else {
                text.append(contentsOf: bytes[position..<position + length])
                position += length
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The raw bytes of a shown name.
    ///
    /// A percent sign that no two hexadecimal digits follow stands for itself.
    package static func raw(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        var raw: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if looksLikeEscape(bytes, at: index),
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

    /// Bytes of the printable character at a position; 0 where there is none, or where it would read as an escape.
    private static func printableLength(in bytes: [UInt8], at position: Int) -> Int {
        let first = bytes[position]
        if first == 0x25 { return looksLikeEscape(bytes, at: position) ? 0 : 1 }
        if first < 0x80 { return first < 0x20 || first == 0x7F ? 0 : 1 }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard position + length <= bytes.count,
            let character = String(validating: bytes[position..<position + length], as: UTF8.self),
            let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1
        else { return 0 }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: return 0
        default: return length
        }
    }

    private static func looksLikeEscape(_ bytes: [UInt8], at position: Int) -> Bool {
        guard bytes[position] == 0x25, position + 2 < bytes.count else { return false }
        return bytes[position + 1...position + 2].allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
        }
    }

    private static func digit(_ nibble: UInt8) -> UInt8 { nibble < 10 ? 0x30 + nibble : 0x41 + nibble - 10 }
}
