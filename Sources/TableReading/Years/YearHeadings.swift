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
        let headings = withMoney(names, headings)
        guard headings.contains(where: { $0 != nil }) else { return headings }
        let unmarked = withoutMarks(headings)
        return unmarked ?? (areCodes(names, headings, claimed) ? headings.map { _ in nil } : headings)
    }

    /// The heading whose year may be a part of its name, where title or file name give another year: the only one with a
    /// year (`gdp_ppp_2017` beside `population`), or a code of a letter and a number (`K2001`).
    ///
    /// - Returns: Its place; nil where there is none.
    static func doubtful(_ headings: [YearHeading?], _ names: [String], claimed: Set<Int>) -> Int? {
        let found = headings.compactMap(\.self)
        let years = Set(found.map(\.mention.year))
        guard claimed.count == 1, !found.isEmpty, years.isDisjoint(with: claimed) else { return nil }
        // Figures of a year may be published in the next, or the one after.
        let isLate = claimed.first.map { claim in years.contains { $0 > claim || claim - $0 > 2 } } ?? false
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
            && zip(names, headings).allSatisfy { name, heading in
                heading.map { name.hasPrefix($0.mention.label) && isName($0.remainder) } ?? true
            }
    }

    /// Whether a text is more than a unit or a mark.
    private static func isName(_ text: String) -> Bool { !text.isEmpty && unit(text) == nil && Mark(text) == nil }

    /// The unit that is all that a heading says besides its year: `2010 (1000 kr)`, `2010, number`.
    private static func unit(_ text: String) -> UnitText? {
        UnitText(text.trimming { "()[], ".contains($0) })
    }

    /// The first heading whose unit is another than that of the years before, where units are all that they say.
    ///
    /// Figures of one year in kroner and of the next in thousands of them would be compared.
    ///
    /// - Returns: Its place; nil where there is none.
    static func otherUnit(_ headings: [YearHeading?]) -> Int? {
        let years = headings.compactMap { $0?.mention.year }
        guard years.count > 1, Set(years).count == years.count else { return nil }
        var first: UnitText?
        for (place, heading) in headings.enumerated() {
            guard let heading, let unit = unit(heading.remainder) else { continue }
            if let first, first != unit { return place }
            first = unit
        }
        return nil
    }

    static func otherUnit(_ name: String, line: Int, column: Int) -> Reason {
        Reason(
            "The headings give another unit for another year", line: line, column: column, found: name,
            expected: "one unit above all years",
            remedy: "Bring all years to one unit, or drop those of each unit as a file of its own")
    }

    // MARK: Marks that nobody explains

    /// `2010 R` beside `2011 P`, `2010a` beside `2011b`, `2010 [note 1]`: what stands behind each year is a mark of that
    /// year, where it differs from year to year and without it each heading is another figure.
    ///
    /// - Returns: Nil where the headings have no such marks.
    private static func withoutMarks(_ headings: [YearHeading?]) -> [YearHeading?]? {
        let marks = headings.map { heading in heading.flatMap { Mark($0.remainder) } }
        let found = zip(headings, marks).filter { $0.0 != nil && $0.0?.remainder.isEmpty == false }
        guard !found.isEmpty, found.allSatisfy({ $0.1 != nil }) else { return nil }
        let years = headings.compactMap { $0?.mention.year }
        let texts = Set(headings.compactMap { $0?.remainder })
        guard Set(years).count == years.count, texts.count > 1 || found.allSatisfy({ $0.1?.isNote == true }) else {
            return nil
        }
        return zip(headings, marks).map { heading, mark in
            heading.map { heading in mark.map(heading.marked) ?? heading }
        }
    }

    /// What may be a mark at a year: a letter or two, or the number of a note.
    struct Mark {
        let text: String
        /// Whether it names a note, and can be nothing else.
        let isNote: Bool

        init?(_ text: String) {
            self.text = text
            var inside = Substring(text.lowercased())
            let isBracketed = inside.first == "[" || inside.first == "("
            if isBracketed { inside = inside.dropFirst() }
            if let last = inside.last, "])/".contains(last) { inside = inside.dropLast() }
            let bare = inside.count < text.count
            if inside.hasPrefix("note") {
                isNote = inside.dropFirst(4).allSatisfy { $0 == " " || $0.isASCII && $0.isNumber }
                if !isNote { return nil }
                return
            }
            isNote = bare && inside.allSatisfy { $0.isASCII && $0.isNumber } && inside.count <= 2
            guard !inside.isEmpty, inside.count <= 2, UnitText(String(inside)) == nil,
                isNote || inside.allSatisfy({ $0.isASCII && $0.isLetter })
            else { return nil }
        }

        /// What it says of the figures, where that is known.
        var flags: CellFlags {
            switch text.lowercased() {
            case "p", "pd", "po": .provisional
            case "r", "rd": .revised
            case "e": .estimated
            case "f": .forecast
            default: []
            }
        }
    }

    // MARK: Money of several years

    /// `2010 NOK` beside `2011 NOK`, which alone would be the money of that year: years, where they differ and all else
    /// is the same.
    private static func withMoney(_ names: [String], _ headings: [YearHeading?]) -> [YearHeading?] {
        guard names.count > 1, headings.allSatisfy({ $0 == nil }) else { return headings }
        let moved = names.map(moneyFirst)
        let found = moved.compactMap { $0.flatMap { YearHeading.parse($0).year } }
        let years = found.map(\.mention.year)
        guard found.count > 1, found.count == moved.count(where: { $0 != nil }), Set(years).count > 1,
            Set(found.map { "\($0.mention.year) \($0.remainder)" }).count == found.count
        else { return headings }
        return moved.map { $0.flatMap { YearHeading.parse($0).year } }
    }

    /// `Turnover 2010 NOK` as `Turnover (NOK) 2010`; nil where no year stands in front of money.
    private static func moneyFirst(_ name: String) -> String? {
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

extension String {
    /// Without such characters at both ends.
    fileprivate func trimming(_ isEdge: (Character) -> Bool) -> String {
        var text = self[...]
        while let last = text.last, isEdge(last) { text.removeLast() }
        return String(text.drop(while: isEdge))
    }
}
