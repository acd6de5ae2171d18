import Annals

/// What the heading of a column of figures says about what is counted: `Beløp (mill. kr)`.
struct MeasureHeading {
    /// As printed.
    let text: String
    /// Without footnote marks, a year that the heading names, and the unit; empty where it says nothing else.
    private(set) var name: String
    private(set) var unit: UnitText?

    /// - Parameters:
    ///   - text: As printed.
    ///   - keepingYears: Whether a year in it is a part of the name.
    init(_ text: String, keepingYears: Bool = false) {
        self.text = text
        var rest = TitleLine.withoutMarks(text)
        if let (before, inside) = Self.brackets(atEndOf: rest), let unit = UnitText(inside) {
            self.unit = unit
            rest = before
        } else if rest == "%" {
            unit = UnitText(rest)
            rest = ""
        }
        guard !keepingYears else {
            name = FieldText.collapsed(rest)
            return
        }
        // The year of "2010" and "(2010)" goes; "(mill. 2015 kr)" is another measure every year.
        // So does neither `Before 1919` nor `1919-1945`: these are classes.
        let mentions = YearMentions(in: Self.brackets(atEndOf: rest)?.before ?? rest)
        switch YearHeading.parse(rest) {
        case .bound, .range:
            name = FieldText.collapsed(rest)
            return
        default: break
        }
        let isYearAlone = Self.brackets(atEndOf: rest).map { _, inside in
            let mentions = YearMentions(in: inside)
            return !mentions.years.isEmpty && TitleLine.withoutEdges(mentions.remainder) == nil
        }
        if isYearAlone == true || isYearAlone == nil && !mentions.years.isEmpty,
            let remainder = TitleLine.withoutEdges(mentions.remainder)
        {
            rest = remainder
        }
        name = FieldText.collapsed(rest)
    }

    /// Headings of one table, each once: where two differ in their unit alone, the unit stays part of their names.
    static func all(_ texts: [String], keepingYears: Bool = false) -> [MeasureHeading] {
        var headings = texts.map { MeasureHeading($0, keepingYears: keepingYears) }
        var count: [String: Int] = [:]
        // A unit alone, `2010 (%)` beside `2010`, is the name; as printed, where that makes a code.
        for index in headings.indices where headings[index].name.isEmpty && headings.count > 1 {
            let text = headings[index].text
            headings[index].name = Slug.name(text).isEmpty ? headings[index].unit?.unit ?? text : text
        }
        for heading in headings { count[heading.name, default: 0] += 1 }
        for index in headings.indices where count[headings[index].name, default: 0] > 1 {
            headings[index].name = headings[index].text
        }
        return headings
    }

    /// Whether it says that figures stand below, and not of what: `value`, `Antall`.
    var isGeneric: Bool { name.isEmpty || ColumnName.isGenericMeasure(name) }

    /// The measure, under a code that is unique in its table.
    func measure(code: String) -> Measure {
        Measure(
            code: code, label: name.isEmpty ? code : name, unit: unit?.unit, multiplier: unit?.multiplier ?? 0,
            kind: unit?.kind)
    }

    /// What a definition says of the measure, completed with the unit where it leaves that open.
    func completed(_ declared: Measure) -> Measure { DeclaredMeasure.completed(declared, by: measure(code: "")) }

    /// Whether it prints another unit or multiplier than a definition declares, which decides.
    func contradicts(_ declared: Measure) -> Bool { DeclaredMeasure.contradicts(declared, measure(code: "")) }

    /// The text before brackets that end a heading, and what stands in them.
    private static func brackets(atEndOf text: String) -> (before: String, inside: String)? {
        // Nearly no heading has brackets, and looking for them among characters is slow.
        guard text.utf8.contains(where: { $0 == UInt8(ascii: ")") || $0 == UInt8(ascii: "]") }) else { return nil }
        let trimmed = FieldText.withoutWhitespace(text)
        for (open, close) in [("(", ")"), ("[", "]")] as [(Character, Character)] where trimmed.last == close {
            guard let start = trimmed.lastIndex(of: open) else { continue }
            let inside = trimmed[trimmed.index(after: start)...].dropLast()
            guard !inside.contains(close) else { continue }
            return (String(trimmed[..<start]), String(inside))
        }
        return nil
    }
}
