import Annals

/// What is odd about the labels of a dimension: twins, lost zeros, spoilt letters, ages that became dates.
///
/// Nothing is corrected here: a label is kept as printed, and named.
enum LabelFindings {
    private static let comparedAtMost = 100_000
    private static let namedAtMost = 5

    static func all(_ dimension: Dimension) -> [Finding] {
        let categories = dimension.categories
        guard categories.count <= comparedAtMost else { return [] }
        return twins(dimension) + zeros(dimension) + spoilt(dimension) + dates(dimension)
    }

    // MARK: Twins

    /// Labels that differ by capitals, accents or a footnote mark alone.
    private static func twins(_ dimension: Dimension) -> [Finding] {
        var first = [String: Category](minimumCapacity: dimension.categories.count)
        var findings: [Finding] = []
        for category in dimension.categories {
            let folded = LabelText.folded(withoutMark(category.label))
            guard let twin = first.updateValue(category, forKey: folded) else { continue }
            first[folded] = twin
            // Printed codes tell two places of one name apart.
            guard isNamedByLabel(category) || isNamedByLabel(twin) else { continue }
            guard findings.count < namedAtMost else { break }
            findings.append(
                Finding(
                    "label-twins",
                    "`\(twin.label)` and `\(category.label)` in `\(dimension.label)` differ by capitals, accents or a footnote "
                        + "mark alone, and are two categories"))
        }
        return findings
    }

    /// Whether a category's code was made of its label.
    private static func isNamedByLabel(_ category: Category) -> Bool {
        category.code == category.label || category.code == Slug.make(category.label)
    }

    /// Without a raised mark or `1)` behind the last word.
    private static func withoutMark(_ label: String) -> String {
        guard FieldText.withBytes(of: label, mayEndInMark) else { return label }
        var rest = Substring(TitleLine.withoutMarks(label))
        if rest.last == ")" {
            let stem = rest.dropLast()
            let digits = stem.reversed().prefix { $0.isASCII && $0.isNumber }.count
            if (1...2).contains(digits) {
                rest = stem.dropLast(digits)
                if rest.last == "(" { rest = rest.dropLast() }
            }
        }
        while rest.last == "*" || rest.last == " " { rest = rest.dropLast() }
        return String(rest)
    }

    private static func mayEndInMark(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard FieldText.isLatin(bytes), let last = bytes.last else { return true }
        return last == UInt8(ascii: ")") || last == UInt8(ascii: "*") || last == 0x20
    }

    // MARK: Leading zeros

    /// Codes that differ by leading zeros alone, and codes that seem to have lost one.
    private static func zeros(_ dimension: Dimension) -> [Finding] {
        let codes = dimension.categories.map(\.code)
        guard !codes.isEmpty, codes.allSatisfy({ isDigits($0) }) else { return [] }
        // Codes are unique: of one length they can't differ by zeros alone, and none has lost one.
        guard codes.contains(where: { $0.utf8.count != codes[0].utf8.count }) else { return [] }
        var byNumber: [Substring: String] = [:]
        for code in codes {
            let number = code.drop { $0 == "0" }
            if let twin = byNumber[number] {
                return [
                    Finding(
                        "leading-zeros",
                        "The codes `\(twin)` and `\(code)` of `\(dimension.label)` differ by leading zeros alone")
                ]
            }
            byNumber[number] = code
        }
        let longest = codes.map(\.utf8.count).max() ?? 0
        guard longest > 1, codes.contains(where: { $0.utf8.count == longest && $0.first == "0" }),
            let short = codes.first(where: { $0.utf8.count == longest - 1 && $0.first != "0" }),
            codes.allSatisfy({ $0.utf8.count >= longest - 1 })
        else { return [] }
        return [
            Finding(
                "leading-zeros",
                "The code `\(short)` of `\(dimension.label)` is shorter than the others: it may have lost a leading zero"
            )
        ]
    }

    private static func isDigits(_ code: String) -> Bool { !code.isEmpty && code.utf8.allSatisfy(NumberShape.isDigit) }

    // MARK: Spoilt labels

    /// Letters of UTF-8 that were taken for Latin-1 and saved again: `MÃ¸re`.
    private static func spoilt(_ dimension: Dimension) -> [Finding] {
        guard let category = dimension.categories.first(where: { isSpoilt($0.label) }) else { return [] }
        return [
            Finding(
                "spoilt-letters",
                "`\(category.label)` in `\(dimension.label)` looks like UTF-8 that was saved as if it were Latin-1")
        ]
    }

    private static func isSpoilt(_ label: String) -> Bool {
        guard label.utf8.contains(where: { $0 >= 0x80 }) else { return false }
        let scalars = Array(label.unicodeScalars)
        return zip(scalars, scalars.dropFirst()).contains { first, second in
            switch first.value {
            case 0xC2, 0xC3, 0xC4, 0xC5: (0x80...0xBF).contains(second.value) || latin1Signs.contains(second.value)
            case 0xE2: second.value == 0x20AC || second.value == 0x80
            default: false
            }
        }
    }

    /// What windows-1252 has at 80–9F that such letters end in.
    private static let latin1Signs: Set<UInt32> = [0x2026, 0x2020, 0x2030, 0x0152, 0x2122, 0x0153, 0x0161, 0x02DC]

    /// `05-Sep` among ages: a spreadsheet made a day of 5-9.
    private static func dates(_ dimension: Dimension) -> [Finding] {
        guard let category = dimension.categories.first(where: { isDay($0.label) }) else { return [] }
        return [
            Finding(
                "label-became-date",
                "`\(category.label)` in `\(dimension.label)` looks like a day that a spreadsheet made of a range such as 5-9"
            )
        ]
    }

    private static let months: Set<String> = [
        "jan", "feb", "mar", "apr", "may", "mai", "jun", "jul", "aug", "sep", "oct", "okt", "nov", "dec", "des",
    ]

    private static func isDay(_ label: String) -> Bool {
        // A month, a digit and what parts them.
        guard label.utf8.count <= 8, label.utf8.contains(where: NumberShape.isDigit),
            label.utf8.contains(where: FieldText.isLetter),
            label.utf8.contains(where: { $0 == 0x2D || $0 == 0x2E || $0 == 0x20 })
        else { return false }
        let parts = label.lowercased().split(whereSeparator: { $0 == "-" || $0 == "." || $0 == " " })
        guard parts.count == 2 else { return false }
        return parts.contains { months.contains(String($0)) }
            && parts.contains { (1...2).contains($0.utf8.count) && $0.utf8.allSatisfy(NumberShape.isDigit) }
    }
}
