import Annals

/// What the headings above figures say of years, taken together: one heading alone may be a code, a price basis, or a mark.
enum YearHeadings {
    /// - Parameters:
    ///   - names: As printed.
    ///   - headings: *Shape:* one a name: the year in it; nil for one that names none.
    ///   - claimed: The years that title or file name give.
    /// - Returns: *Shape:* one a name.
    static func together(
        _ names: [String], _ headings: [YearHeading?], claimed: Set<Int>
    ) -> [YearHeading?] {
        let headings = YearHeading.withLetters(withMoney(names, headings), names)
        guard headings.contains(where: { $0 != nil }) else { return headings }
        let unmarked = Comparisons.without(YearHeading.withoutMarks(headings), names)
        return areCodes(names, unmarked, claimed) ? unmarked.map { _ in nil } : unmarked
    }

    /// The heading whose year may be a part of its name, where title or file name give another year: the only one with a
    /// year (`gdp_ppp_2017` beside `population`), or a code of a letter and a number (`K2001`).
    ///
    /// - Returns: Its place; nil where there is none.
    static func doubtful(_ headings: [YearHeading?], _ names: [String], claimed: Set<Int>) -> Int? {
        let found = headings.compactMap(\.self)
        let years = Set(found.map(\.mention.year))
        // Codes in front of years that stand alone: `lad_2013` beside `2010`, `2011`.
        let bare = Set(found.filter(\.remainder.isEmpty).map(\.mention.year))
        let named = headings.indices.filter { headings[$0]?.remainder.isEmpty == false }
        if bare.count > 1, named.count == 1, let place = named.first, let heading = headings[place],
            !bare.contains(heading.mention.year)
        {
            return place
        }
        guard claimed.count == 1, !found.isEmpty, years.isDisjoint(with: claimed) else { return nil }
        // Figures of a year may be published in the next, or the one after.
        let isLate = claimed.first.map { claim in years.contains { $0 > claim || claim - $0 > 5 } } ?? false
        let isLone = isLate && years.count == 1 && found.count * 2 <= headings.count && !found[0].remainder.isEmpty
        let areCoded = zip(names, headings).allSatisfy { name, heading in
            heading.map { $0.remainder.count == 1 && name.utf8.count == 5 && name.first?.isLetter == true } ?? true
        }
        return isLone || areCoded ? headings.firstIndex { $0 != nil } : nil
    }

    /// Codes may look like years (`1902 Tromsø`): then every heading begins with another year and has another name, and none
    /// is the year that the file is said to be of (`2010 Census`, `2011 Estimate`).
    private static func areCodes(_ names: [String], _ headings: [YearHeading?], _ claimed: Set<Int>) -> Bool {
        let found = headings.compactMap(\.self)
        return found.count > 1 && claimed.isDisjoint(with: found.map(\.mention.year))
            && Set(found.map(\.mention.year)).count == found.count
            && Set(found.map(\.remainder)).count == found.count
            && zip(names, headings).allSatisfy { name, heading in heading == nil || isName(heading, in: name) }
    }

    /// Whether a heading is four digits and a name: `1902 Tromsø`, and not `2010, number` or `2010 (kr)`.
    static func isName(_ heading: YearHeading?, in text: String) -> Bool {
        guard let heading else { return false }
        let year = heading.mention.label
        let rest = text.dropFirst(year.count)
        guard text.hasPrefix(year), rest.first?.isWhitespace == true else { return false }
        return rest.first { !$0.isWhitespace }?.isLetter == true && UnitText(heading.remainder) == nil
    }

    // MARK: Money of several years

    /// `2010 NOK` beside `2011 NOK`, which alone would be the money of that year: years, where they differ and all else
    /// is the same.
    private static func withMoney(_ names: [String], _ headings: [YearHeading?]) -> [YearHeading?] {
        guard names.count > 1, headings.allSatisfy({ $0 == nil }) else { return headings }
        let moved = names.map(moneyFirst)
        let read = moved.map { $0.flatMap { YearHeading.parse($0).year } }
        let found = read.compactMap(\.self)
        guard found.count > 1, found.count == moved.count(where: { $0 != nil }),
            Set(found.map(\.mention.year)).count > 1,
            Set(found.map { "\($0.mention.year) \($0.remainder)" }).count == found.count
        else { return headings }
        return read
    }

    /// `Turnover 2010 NOK` as `Turnover (NOK) 2010`; nil where no year stands in front of money.
    private static func moneyFirst(_ name: String) -> String? {
        guard name.utf8.count(where: NumberShape.isDigit) >= 4 else { return nil }
        let words = name.split(separator: " ")
        guard
            let place = words.indices.dropFirst().last(where: { place in
                let year = words[place - 1]
                return currencies.contains(words[place].lowercased()) && year.utf8.count == 4
                    && Int(year).map { (1900...2100).contains($0) } == true
            })
        else { return nil }
        let rest = words[..<(place - 1)] + words[(place + 1)...]
        return (rest + ["(\(words[place]))", words[place - 1]]).joined(separator: " ")
    }

    private static let currencies: Set<String> = [
        "nok", "sek", "dkk", "isk", "eur", "usd", "gbp", "chf", "kr", "kroner", "kronor", "euro", "euros", "dollar",
        "dollars", "pounds", "€", "$", "£",
    ]
}
