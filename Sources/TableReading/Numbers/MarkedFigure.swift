/// Tells a figure with something around it that nobody explains from a code: `50 [r]`, `<5`, `$1,200`, `(120)`,
/// `3,34,06,061`; not `5-9`, `65+`, `1a`, `01.11`.
///
/// Such a field is no figure; but a column of them is one of figures, which is refused at the first, and no key.
enum MarkedFigure {
    /// Whether a figure is open at one end, `<5`, as the first and the last of classes are, too.
    static func isOpen(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
        let first = FieldText.string(FieldText.trimmed(field)).unicodeScalars.first
        return first.map { ["<", ">", "≤", "≥"].contains($0) } ?? false
    }

    static func matches(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
        // Longer fields are words; what begins with a letter is a word or a code.
        guard field.count <= longest, let first = field.first, !FieldText.isLetter(first),
            field.contains(where: NumberShape.isDigit)
        else { return false }
        var rest = Array(FieldText.string(FieldText.trimmed(field)).unicodeScalars)[...]
        if rest.first == "(", rest.last == ")" {
            let inside = rest.dropFirst().dropLast()
            return digits(inside) == inside.endIndex && inside.first != "0"
        }
        let count = rest.count
        while let sign = rest.first, signsBefore.contains(sign) || isSpace(sign) { rest.removeFirst() }
        let hasSign = rest.count < count
        if let minus = rest.first, minuses.contains(minus) { rest.removeFirst() }
        guard let end = digits(rest),
            rest.first != "0" || end == rest.startIndex + 1 || isMark(rest[rest.startIndex + 1])
        else { return false }
        if end == rest.endIndex { return hasSign || hasUnevenGroups(rest) }
        return isSuffix(rest[end...])
    }

    private static let longest = 48
    private static let signsBefore: Set<Unicode.Scalar> = [
        "<", ">", "≤", "≥", "~", "≈", "±", "$", "€", "£", "¥", "₹", "*", "†", "‡",
    ]
    private static let minuses: Set<Unicode.Scalar> = ["-", "\u{2212}", "\u{2013}"]
    private static let signsBehind: Set<Unicode.Scalar> = [
        "*", "†", "‡", "§", "#", "%", "‰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁰", "ᵃ", "ᵇ", "ᶜ", "ᵈ", "ᵉ",
        "ᶠ",
        "ᵖ", "ʳ", "⁾", "⁽",
    ]

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\u{A0}" || scalar == "\u{202F}" || scalar == "\u{2009}"
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool { scalar == "," || scalar == "." }

    /// Where digits, and what may part them, end; nil where no digit stands in front.
    private static func digits(_ text: ArraySlice<Unicode.Scalar>) -> Int? {
        guard let first = text.first, isDigit(first) else { return nil }
        var end = text.startIndex
        var index = end
        while index < text.endIndex,
            isDigit(text[index]) || isMark(text[index]) || isSpace(text[index]) || text[index] == "'"
        {
            index += 1
            if isDigit(text[index - 1]) { end = index }
        }
        return end
    }

    /// `3,34,06,061`: groups of two above the thousands, as in India.
    private static func hasUnevenGroups(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
        let groups = text.split(separator: ",", omittingEmptySubsequences: false)
        return groups.count > 2 && groups.allSatisfy { $0.allSatisfy(isDigit) } && groups.last?.count == 3
            && groups.dropFirst().dropLast().allSatisfy { $0.count == 2 }
    }

    /// `*`, ` [r]`, `(p)`, ` e`, ` 1)`.
    private static func isSuffix(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
        let rest = text.drop(while: isSpace)
        guard let first = rest.first, let last = rest.last else { return false }
        if rest.count <= 3, rest.allSatisfy(signsBehind.contains) { return true }
        // `120-`; `1990-` is the beginning of something.
        if rest.count == 1, minuses.contains(first) { return true }
        if "([".unicodeScalars.contains(first), ")]".unicodeScalars.contains(last) { return rest.count <= 6 }
        guard rest.count < text.count else { return false }
        return rest.count <= 2 && rest.allSatisfy { ("a"..."z").contains($0) }
    }
}
