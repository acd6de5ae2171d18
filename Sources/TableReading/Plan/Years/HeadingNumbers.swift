import Annals
import Definitions

/// Headings that look like years and may be names: the codes of a matrix' other side, classes, numbers with their names.
///
///     from;1901;1902;1903        Income;1000;1500;2000        Sex;1901 Alta;1902 Tromsø;2011 Kautokeino
///     1901;0;1;2                 Men;10;11;12                 M;7;8;9
///
/// What stands in front of the rows too is a category, unless it is called after a time there (arrivals by year); numbers
/// that count on and of which one is no year are of one kind. Where title or file name may mean one of the headings as well,
/// or give no year, the file is refused; a definition that has the headings for a dimension says that they are categories.
struct HeadingNumbers {
    private let table: RoleTable
    private let claimed: Set<Int>
    private let isDeclared: Bool
    /// Columns that figures may stand in.
    private let figures: [Int]
    /// Those whose heading has a year.
    private let headed: [Int]

    /// Decides whether the years in headings are parts of names.
    ///
    /// - Parameters:
    ///   - table: The columns.
    ///   - figures: Places of those that figures may stand in, whether they have a role or not.
    ///   - claimed: The years that title or file name give.
    ///   - definition: May have the headings for a dimension.
    /// - Returns: False for years, and where no heading has one.
    /// - Throws: Where they may be either.
    static func areNames(
        _ table: RoleTable, figures: [Int], claimed: Set<Int>, definition: DatasetDefinition?
    ) throws(Reason) -> Bool {
        let numbers = HeadingNumbers(table, figures, claimed, isDeclared: definition?.heading != nil)
        guard !numbers.headed.isEmpty else { return false }
        if try numbers.areNumbers() { return true }
        if try numbers.areOtherYears() { return true }
        return try numbers.areCodesWithNames()
    }

    private init(_ table: RoleTable, _ figures: [Int], _ claimed: Set<Int>, isDeclared: Bool) {
        self.table = table
        self.figures = figures
        self.claimed = claimed
        self.isDeclared = isDeclared
        headed = figures.filter { table.columns[$0].heading.year != nil }
    }

    private func name(_ column: Int) -> String { table.columns[column].name }

    private static func isNumber(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 9 && name.utf8.allSatisfy(NumberShape.isDigit)
    }

    // MARK: Numbers alone

    private func areNumbers() throws(Reason) -> Bool {
        guard headed.allSatisfy({ Self.isNumber(name($0)) }) else { return false }
        let all = figures.filter { Self.isNumber(name($0)) }
        let hasOthers = all.count > headed.count
        let values = all.compactMap { Int(name($0)) }
        if hasOthers, countOn(values) {
            // Centuries count on as classes of a size do.
            guard !isDeclared, values.allSatisfy(Self.centuries.contains) else { return true }
            throw unclear(headed[0], "is one of several numbers that count on")
        }
        guard let side = side(all) else { return false }
        let heading = table.columns[side].heading
        if heading.isYear || heading.isOtherYear || heading.speaksOfTime { return false }
        let isKnown =
            hasOthers || isDeclared || heading.isKey
            || table.columns.contains { $0.place != side && $0.heading.isYear && $0.texts != nil }
        guard !isKnown, mayBeOfClaimedTime else { return true }
        throw unclear(headed[0], "stands in front of the rows too")
    }

    private static let centuries = 1000...2199

    private func countOn(_ values: [Int]) -> Bool {
        let steps = Set(zip(values, values.dropFirst()).map { $1 - $0 })
        return values.count > 2 && steps.count == 1 && steps.first ?? 0 > 0
    }

    /// The column in front of the rows in which most headings stand again.
    private func side(_ numbers: [Int]) -> Int? {
        let names = Set(numbers.map(name))
        return table.columns.indices.first { column in
            guard !numbers.contains(column), let texts = table.columns[column].texts, texts.count > 1,
                texts.count <= CrossingNumbers.mostCategories
            else { return false }
            let shared = texts.strings.count { names.contains($0) }
            return shared >= 2 && shared * 2 >= names.count
        }
    }

    /// Whether figures of these years may be in a file of the year that it is said to be of, or nothing says its year.
    private var mayBeOfClaimedTime: Bool {
        guard claimed.count == 1, let year = claimed.first else { return true }
        let latest = headed.compactMap { table.columns[$0].heading.year?.mention.year }.max() ?? year
        return (-Self.mostYearsLater...1).contains(latest - year)
    }

    /// How long after its last year a series is published, at most.
    private static let mostYearsLater = 10

    // MARK: Years of something else

    /// `Cohort 2008` beside `Cohort 2009`, `Jahrgang 2008`, `Model year 2008`: when those were that are counted.
    private func areOtherYears() throws(Reason) -> Bool {
        guard let first = headed.first(where: { saysOtherYear(name($0)) }) else { return false }
        if isDeclared { return true }
        throw unclear(first, "names the year of something else")
    }

    private func saysOtherYear(_ name: String) -> Bool {
        let words = name.lowercased().split { !$0.isLetter }.map { TimeWords.folded($0) }
        if words.contains(where: { word in Self.cohorts.contains { word.hasPrefix($0) } }) { return true }
        // `Birth year 2008`, `Geburtsjahr 2008`.
        return words.contains { TimeWords.isYear($0) || $0.hasSuffix("jahr") || $0.hasSuffix("aar") }
            && ColumnName(name).isOtherYear && !words.contains("per") || words.prefix(2) == ["class", "of"]
            || words.first == "model"
    }

    /// Beginnings of words for those who were born, or things that were made, in one year.
    private static let cohorts = [
        "cohort", "kohort", "coort", "кохорт", "когорт", "rocznik", "ročník", "rocnik", "årgang", "argang", "årskull",
        "arskull", "jahrgang", "lichting", "ikäluok", "ikaluok", "vuosikerta", "évfolyam", "evfolyam", "годиште",
        "godište",
        "godiste", "letnik", "vintage", "baujahr", "geburtsjahr", "生まれ", "年生", "doğumlu", "dogumlu",
    ]

    // MARK: Numbers and their names

    /// `1901 Alta`, `2011 Kautokeino` in a file of 2011: each begins with another year and has another name.
    ///
    /// Where no heading has the file's year, ``YearHeadings`` knows them for codes.
    private func areCodesWithNames() throws(Reason) -> Bool {
        let headings = headed.compactMap { table.columns[$0].heading.year }
        let years = Set(headings.map(\.mention.year))
        guard headings.count > 1, !claimed.isDisjoint(with: years), years.count == headings.count,
            Set(headings.map(\.remainder)).count == headings.count,
            headed.allSatisfy({ YearHeadings.isName(table.columns[$0].heading.year, in: name($0)) }),
            !headings.contains(where: { saysRelease($0.remainder) })
        else { return false }
        if isDeclared { return true }
        throw unclear(headed[0], "has a name of its own, as the others have")
    }

    /// `2010 Census`, `2011 Estimate`: what kind of figures those of a year are.
    private func saysRelease(_ name: String) -> Bool {
        name.lowercased().split { !$0.isLetter }.contains { Self.releases.contains(String($0)) }
    }

    /// Words for kinds of figures, such as those of a census or a budget.
    static let releases: Set<String> = [
        "census", "survey", "estimate", "estimates", "estimated", "projection", "projections", "projected", "forecast",
        "actual", "actuals", "budget", "outturn", "plan", "planned", "target", "result", "results", "total",
        "final", "provisional", "preliminary", "revised", "approved", "folketelling", "anslag", "framskriving",
        "prognose", "regnskap", "budsjett", "volkszählung", "zensus",
        "recensement",
    ]

    private func unclear(_ column: Int, _ why: String) -> Reason {
        let title = claimed.count == 1 ? claimed.first.map { "; title or file name give \($0)" } ?? "" : ""
        return Reason(
            "`\(name(column))` above figures may be a year or the name of a category: it \(why)\(title)",
            line: table.headingLine, column: table.columns[column].place + 1, found: name(column),
            expected: "years, or names that don't look like them",
            remedy: "Where the headings are categories, say so in a definition: "
                + "`dimensions: [{id: column, role: heading}]`; where they are years, write them apart from names, and call "
                + "the column in front by what its years are, as in year of arrival")
    }
}

extension RoleTable {
    /// Whether most numbers of a column stand above the others too, as the codes of a matrix do.
    func standsInHeadings(_ column: Int) -> Bool {
        guard let own = columns[column].texts, own.count > 1, own.count <= CrossingNumbers.mostCategories else {
            return false
        }
        let headings = Set(columns.map(\.name))
        return own.strings.count { headings.contains($0) } * 2 > own.count
    }
}
