import Annals

/// What parts the fields of a page.
enum PageSeparator: Sendable {
    /// One tab between two fields.
    case tabs
    /// `| a | b |`.
    case pipes
    /// Spaces, one or more; see ``SpacedPage``.
    case spaces

    private static let fewestPiped = 3

    /// Whether most lines of a text's beginning are parted by pipes that stand apart from what they part.
    static func arePipes(_ bytes: ArraySlice<UInt8>) -> Bool {
        let pipe = UInt8(ascii: "|")
        guard bytes.contains(pipe) else { return false }
        var (piped, filled, pipes, isFilled, isApart) = (0, 0, 0, false, false)
        var last: UInt8 = 0x0A
        func count() {
            if pipes > 1, isApart { piped += 1 }
            if isFilled { filled += 1 }
            (pipes, isFilled, isApart) = (0, false, false)
        }
        for byte in bytes {
            if byte == 0x0A {
                count()
            } else {
                if byte == pipe {
                    pipes += 1
                    // `a|b|c` is a list of fields; a page has pipes around its lines, or spaces around its pipes.
                    if !isFilled || last == 0x20 { isApart = true }
                }
                if !Whitespace.isASCII(byte) { isFilled = true }
            }
            last = byte
        }
        count()
        return piped >= fewestPiped && piped * 2 >= filled
    }
}
