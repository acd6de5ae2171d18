import Annals

/// A label with its code in front: `01 Østfold`.
struct CodedLabel: Hashable {
    var code: String
    var label: String

    /// Nil where no code stands in front: a token that begins with a digit, then a label that begins with a letter.
    init?(_ text: String) {
        guard let first = text.utf8.first, NumberShape.isDigit(first), let places = Self.places(text) else {
            return nil
        }
        code = String(text[..<places.codeEnd])
        label = String(text[places.labelStart...])
    }

    /// Where the code ends and the label begins.
    private static func places(_ text: String) -> (codeEnd: String.Index, labelStart: String.Index)? {
        switch FieldText.withBytes(of: text, plainPlaces) {
        case .noCode: return nil
        case .coded(let end, let start):
            return (text.utf8.index(text.startIndex, offsetBy: end), text.utf8.index(text.startIndex, offsetBy: start))
        case .asksUnicode: break
        }
        guard let space = text.firstIndex(where: \.isWhitespace) else { return nil }
        let code = text[..<space]
        guard code.utf8.count <= longestCode, code.utf8.allSatisfy(Self.mayStandInCode) else { return nil }
        let label = text[space...].drop(while: \.isWhitespace)
        guard let start = label.first, start.isLetter || start == "\u{FFFD}" else { return nil }
        return (space, label.startIndex)
    }

    private enum PlainPlaces {
        case noCode
        case coded(codeEnd: Int, labelStart: Int)
        /// Something beyond ASCII stands where it matters.
        case asksUnicode
    }

    /// The same by the bytes alone, as far as they tell.
    private static func plainPlaces(_ bytes: UnsafeBufferPointer<UInt8>) -> PlainPlaces {
        var end = 0
        while end < bytes.count, !Whitespace.isASCII(bytes[end]) {
            if bytes[end] >= 0x80 { return .asksUnicode }
            guard end < longestCode, mayStandInCode(bytes[end]) else { return .noCode }
            end += 1
        }
        var start = end
        while start < bytes.count, Whitespace.isASCII(bytes[start]) { start += 1 }
        guard end < bytes.count, start < bytes.count else { return .noCode }
        let byte = bytes[start]
        // C3 begins the letters of Latin-1, all but the signs of multiplication and division, and no mark that would
        // belong to the space before it.
        if byte == 0xC3, start + 1 < bytes.count, bytes[start + 1] != 0x97, bytes[start + 1] != 0xB7 {
            return .coded(codeEnd: end, labelStart: start)
        }
        if byte >= 0x80 { return .asksUnicode }
        return FieldText.isLetter(byte) ? .coded(codeEnd: end, labelStart: start) : .noCode
    }

    private static let longestCode = 20

    private static func mayStandInCode(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2E, 0x2D, 0x5F: true
        default: false
        }
    }

    /// Splits texts that all have a code in front, all codes being different.
    ///
    /// `0 years`, `1 year`, `2 years` are no codes: what would be the label hardly changes.
    ///
    /// - Returns: Nil where one has none, two share one, or the labels aren't labels.
    static func split(_ texts: [String]) -> [CodedLabel]? {
        var coded: [CodedLabel] = []
        for text in texts {
            guard let label = CodedLabel(text) else { return nil }
            coded.append(label)
        }
        guard !coded.isEmpty, Set(coded.map(\.code)).count == coded.count, areLabels(coded) else { return nil }
        return coded
    }

    /// Whether the labels differ nearly as much as the codes do.
    static func areLabels(_ coded: [CodedLabel]) -> Bool {
        coded.count == 1 ? coded[0].code.utf8.count > 1 : Set(coded.map(\.label)).count * 2 > coded.count
    }
}

/// Words that mean the total of the other categories.
enum TotalLabel {
    private static let words: Set<String> = ["total", "totals", "totalt", "insgesamt", "ialt"]
    private static let phrases: Set<String> = ["i alt", "in all"]

    /// Whether a label without a code says that it is the total.
    static func matches(_ label: String) -> Bool {
        guard FieldText.withBytes(of: label, mayMatch) else { return false }
        let words = words(of: label.lowercased())
        guard words.count <= 4 else { return false }
        return words.contains(where: Self.words.contains)
            || zip(words, words.dropFirst()).contains { phrases.contains("\($0) \($1)") }
    }

    private static func words(of label: String) -> [String] {
        label.utf8.allSatisfy { $0 < 0x80 }
            ? label.utf8.split { !FieldText.isLetter($0) }.map { String(Substring($0)) }
            : label.split { !$0.isLetter }.map(String.init)
    }

    /// Whether a word begins as one of them does: with `to`, `in`, `ia`, or `i` alone; in other scripts it may.
    private static func mayMatch(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard FieldText.isLatin(bytes) else { return true }
        var isBehindLetter = false
        for (place, byte) in bytes.enumerated() {
            if !isBehindLetter, mayBegin(byte | 0x20, place + 1 < bytes.count ? bytes[place + 1] | 0x20 : 0x20) {
                return true
            }
            // No letter beyond ASCII is one of these words' whatever its case; the signs (97, B7) part words.
            isBehindLetter = FieldText.isLetter(byte) || byte >= 0x80 && byte != 0x97 && byte != 0xB7
        }
        return false
    }

    private static func mayBegin(_ first: UInt8, _ second: UInt8) -> Bool {
        switch first {
        case UInt8(ascii: "t"): second == UInt8(ascii: "o")
        case UInt8(ascii: "i"):
            second == UInt8(ascii: "n") || second == UInt8(ascii: "a") || !FieldText.isLetter(second)
        default: false
        }
    }
}

/// Whether two labels under one code are spellings of one another.
enum LabelLikeness {
    /// Equal but for case, accents and punctuation; one beginning with the other; or at most two letters apart.
    ///
    /// Labels with other signs or other numbers in them say something else: `Rh+` and `Rh-`, `Zone 1` and `Zone 2`.
    static func areVariants(_ left: String, _ right: String) -> Bool {
        let (numbers, others) = (numbers(left), numbers(right))
        guard signs(left) == signs(right), numbers == others || numbers.isEmpty || others.isEmpty else { return false }
        let (left, right) = (Slug.name(left), Slug.name(right))
        if left == right || left.hasPrefix(right + "-") || right.hasPrefix(left + "-") { return true }
        let (first, second) = (Array(left.utf8), Array(right.utf8))
        let longest = max(first.count, second.count)
        return longest <= 200 && distance(first, second) <= (longest >= 5 ? 2 : 1)
    }

    /// The signs of a label that tell it from others, a dash among them where it doesn't part two words.
    private static func signs(_ label: String) -> [Character] {
        guard FieldText.withBytes(of: label, mayHaveSigns) else { return [] }
        let characters = Array(label)
        return characters.indices.filter { place in
            if ownSigns.contains(characters[place]) { return true }
            guard characters[place] == "-" || characters[place] == "−" else { return false }
            let isBehind = place > 0 && !characters[place - 1].isWhitespace
            let isBefore = place + 1 < characters.count && !characters[place + 1].isWhitespace
            return isBehind != isBefore
        }.map { characters[$0] }
    }

    private static let ownSigns: Set<Character> = ["<", ">", "≤", "≥", "=", "+", "±", "%", "‰"]

    private static func mayHaveSigns(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard FieldText.isLatin(bytes) else { return true }
        for (place, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "%"):
                return true
            case UInt8(ascii: "-"):
                let isBehind = place > 0 && bytes[place - 1] != 0x20
                let isBefore = place + 1 < bytes.count && bytes[place + 1] != 0x20
                if isBehind != isBefore { return true }
            default: continue
            }
        }
        return false
    }

    private static func numbers(_ label: String) -> [Substring] {
        guard label.utf8.contains(where: NumberShape.isDigit) else { return [] }
        return label.split { !$0.isNumber || !$0.isASCII }
    }

    /// Levenshtein's distance.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (index, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (place, other) in right.enumerated() {
                let above = row[place + 1]
                row[place + 1] = min(min(above, row[place]) + 1, diagonal + (byte == other ? 0 : 1))
                diagonal = above
            }
        }
        return row[right.count]
    }
}

/// Codes for labels that have none.
enum CategoryCodes {
    /// One category a label, its slug as code; where two share a slug, each one's text, whichever comes first.
    static func categories(of labels: [String]) -> [Category] {
        var count: [String: Int] = [:]
        for label in Set(labels) { count[Slug.label(label), default: 0] += 1 }
        var taken = Set<String>()
        return labels.enumerated().map { index, label in
            let slug = Slug.label(label)
            let own = count[slug, default: 0] > 1 ? [] : [slug]
            let candidates = own + [label, "\(label) (\(index + 1))", "(\(index + 1))"]
            let code = candidates.first { !$0.isEmpty && !taken.contains($0) } ?? "\(label)#\(index)"
            taken.insert(code)
            return Category(code: code, label: label)
        }
    }
}
