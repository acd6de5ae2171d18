import Annals
import Definitions

/// Headings with a year beside a column that gives another: `Births 2010` where the column `Year` says 2011.
///
/// The figures may be of either, and the file is refused; so it is where the headings are years alone, or one name stands
/// there with several years. A year in brackets with other words (`GDP (PPP 2017)`), one long before the column's, and one
/// that stands beside three years and more can't be that of the figures: it is a part of the name, with a finding.
struct YearsAbove {
    private let table: RoleTable
    /// *Shape:* one a column: the year in its heading.
    private let above: [Int?]
    /// Place of the year column.
    private let column: Int
    private let years: Set<Int>
    /// Columns of figures whose heading has another year than the column's only one; those that were known for figures
    /// before among them.
    private let others: [Int]

    /// - Parameters:
    ///   - table: Has a year column, or none. Where headings keep their years, it is told.
    ///   - headings: What stands above the columns of figures.
    ///   - isDeclared: Whether a definition names the year column.
    /// - Throws: The first heading whose year may be that of its figures.
    static func check(
        _ table: inout RoleTable, _ headings: FigureChoice.Headings, isDeclared: Bool
    ) throws(Reason) {
        guard table.columns.contains(where: { $0.heading.year != nil }), let above = YearsAbove(table, headings) else {
            return
        }
        if !isDeclared, let odd = above.contradicting { throw above.reason(odd) }
        table.namesHaveYears = true
        guard !isDeclared else { return }
        let names = above.others.map { "`\(table.columns[$0].name)`" }.joined(separator: ", ")
        table.note(
            "heading-year",
            "The year in \(names) is not that of the column `\(table.columns[above.column].title)`, and is "
                + "kept as a part of the name")
    }

    private init?(_ table: RoleTable, _ headings: FigureChoice.Headings) {
        guard let column = table.places(.year).first, let texts = table.columns[column].texts else { return nil }
        let years = Set(texts.strings.compactMap { YearValue.parseInColumn($0)?.mention.year })
        let above = table.columns.indices.map { place in
            table.role(place) == nil ? headings.years[place] : table.columns[place].heading.year?.mention.year
        }
        others = table.columns.indices.filter { place in
            above[place].map { years != [$0] } ?? false && table.mayBeMeasure(place)
        }
        guard !others.isEmpty, !years.isEmpty else { return nil }
        (self.table, self.above, self.column, self.years) = (table, above, column, years)
    }

    private func remainder(_ place: Int) -> String { table.columns[place].heading.year?.remainder ?? "" }

    private var contradicting: Int? {
        let near = others.filter { table.role($0) == nil && isNear(above[$0] ?? 0) }
        let names = Dictionary(grouping: near) { LabelText.folded(remainder($0)) }
        if let several = names.values.filter({ $0.count > 1 || remainder($0[0]).isEmpty }).compactMap(\.first).min() {
            return several
        }
        return years.count < Self.manyYears ? near.first { !standsInBrackets($0) } : nil
    }

    private static let manyYears = 3
    private static let mostYearsApart = 30

    private func isNear(_ year: Int) -> Bool { years.contains { abs($0 - year) <= Self.mostYearsApart } }

    /// Whether brackets hold the year and other words: `GDP (PPP 2017)`.
    private func standsInBrackets(_ place: Int) -> Bool {
        let text = table.columns[place].name
        guard let year = above[place], let open = text.lastIndex(of: "("),
            let close = text[open...].firstIndex(of: ")")
        else { return false }
        let inside = text[text.index(after: open)..<close]
        return inside.contains(String(year)) && inside.contains(where: \.isLetter)
    }

    private func reason(_ odd: Int) -> Reason {
        let (title, heading) = (table.columns[column].title, table.columns[odd])
        let own = years.filter { $0 != above[odd] }.min().map(String.init) ?? ""
        let asNames = DatasetDefinition.Columns(
            year: .init(column: title), values: others.map { table.columns[$0].name })
        let asYears = DatasetDefinition.Columns(ignored: [title])
        return Reason(
            "The year may be that of the column `\(title)`, \(own), or that of the heading `\(heading.name)`",
            line: table.headingLine, column: heading.place + 1, found: heading.name,
            expected: "years in a column, or above the figures",
            remedy:
                "Where the year in the heading is a part of a name, say so in a definition: `\(asNames.line)`; where "
                + "it is the year of the figures: `\(asYears.line)`")
    }
}
