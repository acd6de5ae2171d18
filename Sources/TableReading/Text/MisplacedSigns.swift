/// Quotes of windows-1252 where no text has any: in the middle of a word, or behind one without another that opens.
enum MisplacedSigns {
    /// Signs that stand in front of words, or alone: `¡`, `¿`, `ƒ`, `ˆ`, `¤`, `¦`, `¨`, `¬`, `¯`, `¸`, `×`, `÷`.
    static let endNoWord: Set<UInt8> = [0x83, 0x88, 0x98, 0xA1, 0xBF, 0xA4, 0xA6, 0xA8, 0xAC, 0xAF, 0xB8, 0xD7, 0xF7]

    /// Whether a byte is one; apostrophes, dashes and points in the middle belong to words (`L’Aquila`, `col·lectiu`).
    static func isOne(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
        let byte = bytes[place]
        guard quotes.contains(byte), place > 0, isLetter(bytes[place - 1]) else { return false }
        let next = place + 1 < bytes.count ? bytes[place + 1] : 0x0A
        if isLetter(next) { return true }
        // A low quote opens, and no word ends in one.
        if byte == 0x82 || byte == 0x84 { return true }
        guard endings.contains(next) else { return false }
        return !isOpened(bytes, before: place)
    }

    /// `‚`, `„`, `‹`, `“`, `”`, `›`, `«`, `»`.
    private static let quotes: Set<UInt8> = [0x82, 0x84, 0x8B, 0x93, 0x94, 0x9B, 0xAB, 0xBB]
    private static let openings: Set<UInt8> = [0x22, 0x27, 0x60, 0x82, 0x84, 0x8B, 0x91, 0x93, 0x94, 0x9B, 0xAB, 0xBB]
    private static let endings: Set<UInt8> = [0x09, 0x0A, 0x0D, 0x20, 0x22, 0x2C, 0x3B, 0x7C]
    private static let mostBytesBack = 400

    /// Whether another quote stands in the line before.
    private static func isOpened(_ bytes: UnsafeBufferPointer<UInt8>, before place: Int) -> Bool {
        var index = place - 1
        let limit = max(0, place - mostBytesBack)
        while index >= limit, bytes[index] != 0x0A {
            if openings.contains(bytes[index]) { return true }
            index -= 1
        }
        return false
    }

    /// Letters of windows-1252, roughly: all beyond C0 but two.
    private static func isLetter(_ byte: UInt8) -> Bool {
        if byte < 0x80 { return FieldText.isLetter(byte) }
        return byte >= 0xC0 && byte != 0xD7 && byte != 0xF7
    }
}
