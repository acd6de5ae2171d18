import Annals
import Definitions

/// The years of a cube: those of its dimension of time, one a category.
struct CubeTime {
    let list: PeriodList
    /// *Shape:* one a category; index into the periods.
    let periods: [Int]
    /// *Shape:* one a category; what a mark at the year says of its figures: `2011p`.
    let flags: [CellFlags]
    /// Of marks that say nothing of themselves: `2011*`.
    let findings: [Finding]

    /// - Parameters:
    ///   - dimension: The one of time.
    ///   - day: Month and day of every day in it, where a definition says so: `12-31`.
    ///   - input: For the limits and the sidecar.
    /// - Throws: The first category that names no year: a month, a quarter, or something else; or two of one year.
    init(_ dimension: CubeDimension, day: String?, input: ReaderInput) throws(Reason) {
        let texts = Self.texts(dimension)
        let values = texts.map { $0.map(YearValue.parseInColumn) }
        guard let place = values.firstIndex(where: { $0.allSatisfy { $0 != nil } }) else {
            throw Self.noYear(dimension, texts, values)
        }
        let chosen = values[place].compactMap(\.self)
        // The label may print what the code only counts: `2011/12` beside 2011, `2011*`.
        let labels = dimension.categories.map { YearValue.parseInColumn($0.label) }
        for other in values[(place + 1)...] where other.allSatisfy({ $0 != nil }) {
            for (index, pair) in zip(chosen, other).enumerated() where pair.0.mention.year != pair.1?.mention.year {
                throw Self.contradiction(dimension, texts[place][index], dimension.categories[index])
            }
        }
        let mentions = zip(chosen, labels).map { value, label in
            label?.mention.year == value.mention.year ? label?.mention ?? value.mention : value.mention
        }
        var seen: [Int: Int] = [:]
        for (index, mention) in mentions.enumerated() {
            guard let first = seen.updateValue(index, forKey: mention.year) else { continue }
            let both = [first, index].map { "`\(dimension.categories[$0].label)`" }.joined(separator: " and ")
            throw Reason(
                "Two categories of `\(dimension.name)` are the year \(mention.label): \(both)", line: dimension.line,
                found: both, expected: "each year once", remedy: "Export one figure a year")
        }
        if let day {
            for (index, value) in chosen.enumerated() {
                guard let found = value.day, !found.hasSuffix("-" + day) else { continue }
                throw Reason(
                    "The dimension `\(dimension.name)` has another day than the definition says", line: dimension.line,
                    found: dimension.categories[index].label, expected: day,
                    remedy: "Leave such days out of the file, or correct `day:` in the definition")
            }
        }
        list = try PeriodList(mentions, input: input)
        let found = list
        periods = mentions.map { found.index(of: $0.year) }
        flags = zip(chosen, labels).map { $0.flags.union($1?.flags ?? []) }
        let marked = dimension.categories.indices.filter { labels[$0]?.footnotes.isEmpty == false }
        let names = marked.prefix(5).map { "`\(dimension.categories[$0].label)`" }.joined(separator: ", ")
        findings =
            marked.isEmpty
            ? [] : [Finding("heading-footnote", "A footnote stands at the year in \(names)", line: dimension.line)]
    }

    /// What may say the years, the surest first: the format itself, codes, labels.
    private static func texts(_ dimension: CubeDimension) -> [[String]] {
        var texts: [[String]] = []
        if let times = dimension.times { texts.append(times) }
        if dimension.hasCodes { texts.append(dimension.categories.map(\.code)) }
        texts.append(dimension.categories.map(\.label))
        return texts
    }

    private static func noYear(
        _ dimension: CubeDimension, _ texts: [[String]], _ values: [[YearValue?]]
    ) -> Reason {
        let odd = (values.last ?? []).firstIndex { $0 == nil } ?? 0
        let text = texts.last?[odd] ?? ""
        let first = texts.first?[odd] ?? text
        let isPart = isPartOfYear(text) || isPartOfYear(first)
        return Reason(
            isPart
                ? "The dimension `\(dimension.name)` is of months, quarters or weeks"
                : "The dimension `\(dimension.name)` is of time, and holds something that is no year",
            line: dimension.line, found: text, expected: "a year, or a split year such as 2011-12 throughout",
            remedy: "Annal keeps yearly tables; sum the figures to years, and drop those")
    }

    private static func contradiction(_ dimension: CubeDimension, _ text: String, _ category: Category) -> Reason {
        Reason(
            "The dimension `\(dimension.name)` says of one category that it is \(text) and that it is "
                + "\(category.label)",
            line: dimension.line, found: category.label, expected: text,
            remedy: "Correct the file: its codes, its labels and its list of times name different years")
    }

    /// Whether a text names a month, a quarter or a week: `2011M01`, `2011T3`, `201103`.
    static func isPartOfYear(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        if (6...7).contains(bytes.count), FieldText.isLetter(bytes[4]) {
            // Whatever the letter means, it parts a year from a number within it.
            return (bytes[..<4] + bytes[5...]).allSatisfy(NumberShape.isDigit)
        }
        return !YearMentions(in: text).partsOfYears.isEmpty
            || ShortYear.isMonthWithoutMark(text) && !ShortYear.isSplitWithoutMark(text)
    }

    // MARK: Finding it

    /// What the databases of some offices call their variable of time, besides what columns are called anywhere.
    private static let names: Set<String> = ["periodo", "aasta", "gads", "metai", "leto", "godina", "ev"]

    /// The dimension that is of years although the file doesn't say so: its categories are years, and its name speaks of
    /// time, or of nothing else's; codes alone that look like years are none.
    ///
    /// - Parameters:
    ///   - cube: Whose dimensions they are.
    ///   - isOpen: Whether nothing was said of a dimension yet.
    /// - Returns: Its place; nil where there is none.
    /// - Throws: Where there are two, or it holds months.
    static func place(_ cube: Cube, open isOpen: (Int) -> Bool) throws(Reason) -> Int? {
        var (named, others): ([Int], [Int]) = ([], [])
        for (place, dimension) in cube.dimensions.enumerated() where isOpen(place) {
            let names = [ColumnName(dimension.name), ColumnName(dimension.label)]
            let isNamed = names.contains {
                $0.speaksOfTime || $0.isYear || $0.isMonth || Self.names.contains($0.slug)
            }
            guard isNamed || dimension.categories.count > 1 && !names.contains(where: \.isOtherYear) else { continue }
            let texts = texts(dimension)
            let areYears = texts.map { $0.allSatisfy { YearValue.parseInColumn($0) != nil } }
            let areParts = texts.map { $0.allSatisfy(isPartOfYear) }
            if isNamed ? areYears.contains(true) : areYears.allSatisfy(\.self) {
                if isNamed { named.append(place) } else { others.append(place) }
            } else if isNamed ? areParts.contains(true) : areParts.allSatisfy(\.self) {
                throw noYear(dimension, texts, texts.map { $0.map { _ in nil } })
            }
        }
        let found = named.isEmpty ? others : named
        guard found.count > 1 else { return found.first }
        let names = found.map { "`\(cube.dimensions[$0].name)`" }
        throw Reason(
            "More than one dimension may be of the reference period: \(names.joined(separator: ", "))",
            line: cube.dimensions[found[0]].line, found: names.joined(separator: ", "),
            expected: "one dimension of years",
            remedy: "Say which in a definition: "
                + found.map { "`columns: {year: \(cube.dimensions[$0].name)}`" }.joined(separator: " or "))
    }
}
