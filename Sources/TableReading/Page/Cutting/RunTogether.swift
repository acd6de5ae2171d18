import Annals

/// Tells pages on which nothing parts the figures: `02 Akershus2649-550-`.
enum RunTogether {
    private static let lookedAt = 200
    private static let fewestRows = 3
    private static let fewestDigits = 6

    /// The refusal of such a page; nil for any other.
    static func refusal(_ page: PageText) -> Reason? {
        var first: PageLine?
        var (rows, filled) = (0, 0)
        for line in page.lines.prefix(lookedAt) {
            guard case .text = line.form else { continue }
            filled += 1
            guard page.withBytes(line.text, isRow) else { continue }
            rows += 1
            first = first ?? line
        }
        guard rows >= fewestRows, rows * 2 > filled, let first else { return nil }
        return Reason(
            "Nothing parts the figures of this page: label and figures run together", line: first.number,
            found: page.string(first.text), expected: "tabs, pipes or spaces between the figures",
            remedy: "Export the table as CSV, or copy it from the page with its tabs")
    }

    /// A code, a label, and figures that begin right behind its last letter.
    private static func isRow(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = bytes.first, NumberShape.isDigit(first), bytes.count < 1_000,
            let letter = bytes.lastIndex(where: { FieldText.isLetter($0) || $0 >= 0x80 }), letter > 2,
            letter + 1 < bytes.count
        else { return false }
        let tail = bytes[(letter + 1)...]
        guard let begin = tail.first, NumberShape.isDigit(begin) || begin == UInt8(ascii: "-") else { return false }
        return tail.filter(NumberShape.isDigit).count >= fewestDigits
            && CodedLabel(FieldText.string(UnsafeBufferPointer(rebasing: bytes[...letter]))) != nil
    }
}
