import Annals

// Lines that look like those of a page parted by spaces, and are parted by commas.
extension SpacedPage {
    /// Whether commas part nearly all lines into equally many fields, the first of them a heading: spaces group the digits of
    /// its figures (`Oslo,7 077,1 748`), which look like a page's.
    static func isPartedByCommas(_ page: PageText) -> Bool {
        var heading: [Substring] = []
        var (alike, filled) = (0, 0)
        for line in page.lines.prefix(lookedAt) {
            guard case .text = line.form, page.withBytes(line.text, { !$0.isEmpty }) else { continue }
            filled += 1
            let commas = page.withBytes(line.text) { $0.count { $0 == UInt8(ascii: ",") } }
            if heading.isEmpty {
                guard commas > 0 else { continue }
                heading = page.string(line.text).split(separator: ",", omittingEmptySubsequences: false)
            }
            if commas == heading.count - 1 { alike += 1 }
        }
        guard alike >= fewestRows + 1, alike * 3 >= filled * 2, let first = heading.first,
            first.contains(where: \.isLetter), !first.contains(where: \.isNumber)
        else { return false }
        // In `Name, county` a space follows, and in `1,234` three digits do.
        return heading.dropFirst().allSatisfy { $0.first.map { !$0.isWhitespace } ?? false }
            && heading.dropFirst().contains { $0.count != 3 || !$0.allSatisfy(\.isNumber) }
    }
}
