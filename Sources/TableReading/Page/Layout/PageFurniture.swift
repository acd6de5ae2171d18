/// What a printer or a program puts around a table and nobody means as part of it: numbers of pages, counts of rows.
enum PageFurniture {
    /// Whether a line says which page this is, or how many rows stand above, and can be nothing else: `- 34 -`,
    /// `Side 34 av 60`, `Page 3 of 9`, `(2 rows)`.
    static func isCertain(_ line: String) -> Bool {
        let line = FieldText.withoutWhitespace(line)
        guard line.utf8.count <= longest, FieldText.withBytes(of: line, mayBeCertain), !line.contains("  ") else {
            return false
        }
        let words = line.lowercased().split { $0.isWhitespace }
        guard let first = words.first else { return false }
        let isFramed = isFramed(line)
        if isFramed, isCount(inside(line)[...]) { return true }
        if pageWords.contains(String(first)) { return isCount(words.dropFirst()) }
        if shortPageWords.contains(String(first)) { return words.count == 2 && isNumber(words[1]) }
        let counted = inside(line)
        guard let number = counted.first, isNumber(number), counted.count > 1, rowWords.contains(String(counted[1]))
        else {
            return false
        }
        return counted.count == 2 && isFramed || counted.dropFirst(2).prefix(2).elementsEqual(["in", "set"])
    }

    /// Whether a line that parts two blocks may be the number of a page: the same, and `34`.
    static func isPageNumber(_ line: String) -> Bool {
        isCertain(line) || isCount(line.lowercased().split { $0.isWhitespace }[...])
    }

    private static let longest = 40

    /// Whether a digit stands in a line, and its first letter is that of a page's word, or a row's word stands in it.
    private static func mayBeCertain(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        guard line.contains(where: NumberShape.isDigit), let first = line.first else { return false }
        guard FieldText.isLatin(line) else { return true }
        if FieldText.isLetter(first) { return first | 0x20 == UInt8(ascii: "p") || first | 0x20 == UInt8(ascii: "s") }
        guard NumberShape.isDigit(first) else { return first < 0x80 }
        // `2 rows`, `2 records`, `2 rader`, `2 Zeilen`.
        return line.indices.dropFirst().contains { index in
            guard !FieldText.isLetter(line[index - 1]), index + 1 < line.count else { return false }
            switch (line[index] | 0x20, line[index + 1] | 0x20) {
            case (UInt8(ascii: "r"), UInt8(ascii: "o")), (UInt8(ascii: "r"), UInt8(ascii: "e")),
                (UInt8(ascii: "r"), UInt8(ascii: "a")), (UInt8(ascii: "z"), UInt8(ascii: "e")):
                return true
            default: return false
            }
        }
    }

    /// The words between dashes or brackets.
    private static func inside(_ line: String) -> [Substring] {
        line.lowercased().split { $0.isWhitespace || "-–—()[]".contains($0) }
    }

    /// `34`, `34.`, `34/60`, `34 / 60`, `34 of 60`.
    private static func isCount(_ words: ArraySlice<Substring>) -> Bool {
        let parts = words.joined(separator: " ").split(separator: "/").map { FieldText.withoutWhitespace(String($0)) }
        if parts.count == 2 { return parts.allSatisfy { isNumber($0[...]) } }
        guard let first = words.first, let last = words.last, isNumber(first), isNumber(last) else { return false }
        return words.count == 1 || words.count == 3 && ofWords.contains(String(words[words.startIndex + 1]))
    }

    private static func isNumber(_ word: Substring) -> Bool {
        let digits = word.last == "." ? word.dropLast() : word
        guard (1...4).contains(digits.utf8.count), digits.utf8.allSatisfy(NumberShape.isDigit), let number = Int(digits)
        else { return false }
        // `2011` between two blocks says of which year the second is.
        return !years.contains(number)
    }

    private static let years = 1800...2199

    /// Whether dashes or brackets stand around the line.
    private static func isFramed(_ line: String) -> Bool {
        guard line.count > 2, let first = line.first, let last = line.last else { return false }
        return "-–—".contains(first) && "-–—".contains(last) || "([".contains(first) && ")]".contains(last)
    }

    private static let pageWords: Set<String> = ["page", "side", "seite", "sida", "sivu"]
    private static let shortPageWords: Set<String> = ["p.", "s."]
    private static let ofWords: Set<String> = ["of", "av", "af", "von", "de"]
    private static let rowWords: Set<String> = ["row", "rows", "record", "records", "rad", "rader", "zeilen"]
}
