import Annals
import Definitions

/// One side of a page's table: the category, or the year, of each printed label.
struct PageSide {
    private(set) var categories: [Category]
    /// *Shape:* one a mention: its category.
    private(set) var indices: [UInt32]
    /// The year that each label names, *shape:* one a category; nil where the side isn't one of years.
    private(set) var years: [YearHeading?]?
    /// *Shape:* one a category; figures that belong to no year, or that a definition leaves out.
    private(set) var isLeftOut: [Bool]
    /// *Shape:* one a category; where it is printed first.
    private(set) var firstMention: [Int]
    private(set) var findings: [Finding] = []

    /// A side of categories.
    init(_ side: PageCategories) {
        categories = side.categories
        indices = side.indices
        findings = side.findings
        isLeftOut = [Bool](repeating: false, count: max(1, side.categories.count))
        firstMention = Self.first(side.indices, count: side.categories.count)
    }

    /// A side of which labels name years: one category a label.
    ///
    /// - Parameters:
    ///   - mentions: In the order of the page.
    ///   - headings: By label; what names no year is left out.
    init(_ mentions: [PageCategories.Mention], headings: [String: YearHeading]) {
        var places: [String: UInt32] = [:]
        var labels: [String] = []
        indices = mentions.map { mention in
            let label = LabelText.normalized(mention.text)
            if label.isEmpty { return 0 }
            if let place = places[label] { return place }
            places[label] = UInt32(labels.count)
            labels.append(label)
            return UInt32(labels.count - 1)
        }
        categories = CategoryCodes.categories(of: labels)
        let years = labels.map { headings[$0] }
        self.years = years
        isLeftOut = years.map { $0 == nil } + (years.isEmpty ? [false] : [])
        firstMention = Self.first(indices, count: labels.count)
        for place in labels.indices {
            let line = mentions[firstMention[place]].line
            if years[place] == nil {
                findings.append(
                    Finding(
                        "column-left-out", "The column `\(labels[place])` belongs to no year, and is left out",
                        line: line))
            }
        }
        let marked = zip(labels, years).filter { $1.map { !$0.footnotes.isEmpty } ?? false }.map { "`\($0.0)`" }
        if !marked.isEmpty {
            findings.append(
                Finding(
                    "heading-footnote", "A footnote stands at the year in \(marked.prefix(5).joined(separator: ", "))"))
        }
    }

    private static func first(_ indices: [UInt32], count: Int) -> [Int] {
        var first = [Int](repeating: -1, count: count)
        for (mention, index) in indices.enumerated() where Int(index) < count && first[Int(index)] < 0 {
            first[Int(index)] = mention
        }
        return first.map { max(0, $0) }
    }

    /// Whether a definition leaves a column out.
    func isIgnored(_ category: Int) -> Bool { isLeftOut[category] && years.map { $0[category] != nil } ?? true }

    /// Leaves out the columns that a definition ignores.
    mutating func leaveOut(_ names: [String]) {
        for (place, category) in categories.enumerated() {
            if names.contains(where: { ColumnName.areSame($0, category.label) }) { isLeftOut[place] = true }
        }
    }

    /// What a mark at the year of a category says of its figures.
    func flags(_ category: Int) -> CellFlags {
        guard let years, category < years.count else { return [] }
        return years[category]?.flags ?? []
    }

    /// The years that the side names, in the order of the page.
    var mentions: [YearMention] { (years ?? []).compactMap { $0?.mention } }

    // MARK: Telling years from categories

    /// What headings name, by label, where they name years; nil where they are categories.
    ///
    /// - Parameters:
    ///   - labels: The distinct ones.
    ///   - stub: The distinct labels of the rows: what stands there too is a category.
    ///   - claimed: The years that title or file name give.
    ///   - place: Line and column of a label, for a refusal.
    /// - Returns: By label; what is left out names no year.
    /// - Throws: Where most are parts of years, or one names a year among the categories of a matrix.
    static func years(
        _ labels: [String], stub: [String], claimed: Set<Int>, place: (String) -> (line: Int, column: Int)
    ) throws(Reason) -> [String: YearHeading]? {
        let names = labels.map(LabelText.normalized)
        try refuseParts(names, place: place)
        let headings = FigureChoice.yearHeadings(names, claimed: claimed)
        let others = zip(names, headings).filter { $1 == nil }.map(\.0)
        try ShortYear.refuse(others, claimed: claimed) { place(others[$0]) }
        guard others.count < names.count else { return nil }
        // `A1800 men` among `A1 men` and others of its kind counts on, and names no year.
        if others.count * 2 > names.count,
            zip(names, headings).allSatisfy({ name, heading in heading.map { isGlued($0, in: name) } ?? true })
        {
            return nil
        }
        if share(names, stub) { return nil }
        let areCategories =
            others.count * 2 > names.count && FigureLayout.isMatrix(others, stub: stub) || standsInStub(others, stub)
        if areCategories, let odd = zip(names, headings).first(where: { $1 != nil })?.0 {
            let (line, column) = place(odd)
            throw Reason(
                "The heading `\(odd)` names a year, and the others name categories", line: line, column: column,
                found: odd, expected: "years above all columns, or above none", remedy: "Correct the heading")
        }
        var byLabel: [String: YearHeading] = [:]
        var seen: [String: String] = [:]
        for case (let name, let heading?) in zip(names, headings) {
            let key = "\(heading.mention.year) \(heading.remainder)"
            if let first = seen[key], first != name {
                let (line, column) = place(name)
                throw Reason(
                    "Two columns give the same figure of \(heading.mention.label): `\(first)` and `\(name)`",
                    line: line,
                    column: column, found: name, expected: "one column a year", remedy: "Leave one out")
            }
            seen[key] = name
            byLabel[name] = heading
        }
        return byLabel
    }

    /// Whether letters touch the year that a heading names.
    private static func isGlued(_ heading: YearHeading, in name: String) -> Bool {
        guard let place = name.firstRange(of: heading.mention.label) else { return false }
        return name[..<place.lowerBound].last?.isLetter == true || name[place.upperBound...].first?.isLetter == true
    }

    /// Whether most headings stand in the stub too, whole or by their codes: the two sides of a matrix.
    static func share(_ headings: [String], _ stub: [String]) -> Bool {
        func code(_ label: String) -> String { CodedLabel(label)?.code ?? LabelText.folded(label) }
        let rows = Set(stub.map { code(LabelText.normalized($0)) })
        let shared = headings.filter { rows.contains(code(LabelText.normalized($0))) }
        return shared.count > 1 && shared.count * 2 >= headings.count
    }

    /// Whether a code stands in front of a heading and of a row.
    static func shareCode(_ headings: [String], _ stub: [String]) -> Bool {
        standsInStub(headings.map(LabelText.normalized), stub)
    }

    /// Whether one of the headings stands in the stub too.
    private static func standsInStub(_ headings: [String], _ stub: [String]) -> Bool {
        let codes = Set(stub.compactMap { CodedLabel(LabelText.normalized($0))?.code })
        return headings.contains { CodedLabel($0).map { codes.contains($0.code) } ?? false }
    }

    private static func refuseParts(
        _ names: [String], place: (String) -> (line: Int, column: Int)
    ) throws(Reason) {
        let parts = names.filter { if case .part = YearHeading.parse($0) { true } else { false } }
        guard let first = parts.first, parts.count * 2 > names.count else { return }
        let (line, column) = place(first)
        throw Reason(
            "The headings are months, quarters or weeks", line: line, column: column, found: first,
            expected: "years", remedy: "Annal keeps yearly tables; sum the figures to years")
    }

    /// What the labels of rows name where they are years; nil where they are categories.
    ///
    /// - Parameters:
    ///   - mentions: Of all rows.
    ///   - stub: What stands above them.
    ///   - claimed: The years that title or file name give.
    /// - Returns: By label.
    /// - Throws: A label that is no year among years; years that may be something else.
    static func stubYears(
        _ mentions: [PageCategories.Mention], stub: String, claimed: Set<Int>
    ) throws(Reason) -> [String: YearHeading]? {
        let name = ColumnName(stub)
        if name.isKey, !name.isYear { return nil }
        var years: [String: YearHeading] = [:]
        var odd: PageCategories.Mention?
        var others = Set<String>()
        let marked = markedYears(mentions)
        for mention in mentions {
            let label = LabelText.normalized(mention.text)
            guard years[label] == nil else { continue }
            if let heading = marked[label] {
                years[label] = heading
            } else if YearValue.parse(label) != nil, case .year(let heading) = YearHeading.parse(label) {
                years[label] = heading
            } else if others.insert(label).inserted, odd == nil {
                odd = mention
            }
        }
        guard let odd else {
            // What has marks of years is one.
            let areBare = years.values.allSatisfy {
                $0.remainder.isEmpty && $0.flags.codes.isEmpty && $0.footnotes.isEmpty
            }
            if areBare, !name.isYear, !name.speaksOfTime {
                try refuseOtherYears(years, claimed, line: mentions.first?.line)
            }
            return years.isEmpty ? nil : years
        }
        guard years.count > 1, years.count > others.count else { return nil }
        throw Reason(
            "A row is of no year, and the others are", line: odd.line, column: 1, found: odd.text,
            expected: "a year in front of each row", remedy: "Correct the label, or remove the row")
    }

    /// Refuses rows that may be of years, or of postcodes and of the years in which houses were built: nothing calls them
    /// years, and title or file name give another one.
    private static func refuseOtherYears(
        _ years: [String: YearHeading], _ claimed: Set<Int>, line: Int?
    ) throws(Reason) {
        let found = Set(years.values.map(\.mention.year))
        guard found.count > 1, claimed.count == 1, let year = claimed.first, !found.contains(year) else { return }
        throw Reason(
            "The rows may be of years, or their labels may say something else: title or file name give \(year), which isn't "
                + "among them", line: line, column: 1, found: years.keys.sorted().first,
            expected: "a name above the labels",
            remedy:
                "Write `year` above the labels where they give the year of the figures; else what they are, `postcode` or "
                + "`year of birth` for example")
    }

    /// Rows that are years with a letter behind them, where they all are: `2010 R`, `2011 P`.
    private static func markedYears(_ mentions: [PageCategories.Mention]) -> [String: YearHeading] {
        var headings: [String: YearHeading] = [:]
        for mention in mentions {
            let label = LabelText.normalized(mention.text)
            if headings[label] != nil { continue }
            guard let heading = YearHeading.parse(label).year else { return [:] }
            headings[label] = heading
        }
        guard headings.values.contains(where: { !$0.remainder.isEmpty }) else { return [:] }
        let labels = Array(headings.keys)
        var byLabel: [String: YearHeading] = [:]
        for case (let label, let heading?) in zip(labels, YearHeading.withoutMarks(labels.map { headings[$0] }))
        where heading.remainder.isEmpty && !heading.hasUnclearDay {
            byLabel[label] = heading
        }
        return byLabel
    }
}
