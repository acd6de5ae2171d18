/// Makes a stream of UTF-8 safe to print, where whole lines and fields of data pass through: CSV, NDJSON, JSON.
///
/// As ``TerminalText``, but line ends stay: LF, and CR before one. The pieces may end anywhere, within a character too.
package struct TerminalFilter: Sendable {
    /// Bytes of a character whose end hasn't come yet, or a CR of which it isn't known what follows.
    private var kept: [UInt8] = []

    package init() {}

    /// What may be printed of a piece and of what was kept before it.
    package mutating func pass(_ piece: [UInt8]) -> [UInt8] {
        let bytes = kept + piece
        let end = Self.endOfWholeCharacters(bytes)
        kept = Array(bytes[end...])
        return Self.safe(bytes[..<end])
    }

    /// What was kept, at the end of the stream.
    package mutating func finish() -> [UInt8] {
        defer { kept = [] }
        return Self.safe(kept[...])
    }

    private static func safe(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        if bytes.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x0A }) { return Array(bytes) }
        var safe: [UInt8] = []
        safe.reserveCapacity(bytes.count)
        // Bytes that are no UTF-8 become U+FFFD.
        var scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars[...]
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "\n": safe.append(0x0A)
            case "\r" where scalars.first == "\n": safe.append(0x0D)
            case "\r": safe.append(contentsOf: Array("\\r".utf8))
            case "\t": safe.append(contentsOf: Array("\\t".utf8))
            case _ where TerminalText.isDangerous(scalar):
                safe.append(contentsOf: Array(TerminalText.escape(of: scalar).utf8))
            default: safe.append(contentsOf: Array(String(scalar).utf8))
            }
        }
        return safe
    }

    /// Where the last character begins that may go on in the next piece; the end where none does.
    private static func endOfWholeCharacters(_ bytes: [UInt8]) -> Int {
        if bytes.last == 0x0D { return bytes.count - 1 }
        for back in 1...3 where back <= bytes.count {
            let byte = bytes[bytes.count - back]
            if byte < 0x80 { return bytes.count }
            guard byte >= 0xC0 else { continue }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
            return length > back ? bytes.count - back : bytes.count
        }
        return bytes.count
    }
}
