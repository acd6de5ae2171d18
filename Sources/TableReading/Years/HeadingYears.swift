import Annals

/// What column headings say where each of them names one year: `2010`, `Persons 2005`.
struct HeadingYears {
    /// *Shape:* one a heading.
    let mentions: [YearMention]
    /// *Shape:* one a heading; what is left of it, empty for a bare year.
    let remainders: [String]

    /// Nil where the headings don't name years.
    ///
    /// Codes may look like years (`1902 Tromsø`): then every heading has another year *and* another name. Where years
    /// head the columns, there are fewer of one or of the other than columns.
    init?(_ headings: [String]) {
        var mentions: [YearMention] = []
        var remainders: [String] = []
        for heading in headings {
            let found = YearMentions(in: heading)
            guard found.years.count == 1, found.partsOfYears.isEmpty else { return nil }
            mentions.append(found.years[0])
            remainders.append(TitleLine.withoutEdges(found.remainder) ?? "")
        }
        guard !mentions.isEmpty else { return nil }
        let names = Set(remainders).count
        let years = Set(mentions.map(\.year)).count
        guard names == 1 || years < headings.count else { return nil }
        guard Set(zip(mentions, remainders).map { "\($0.year) \($1)" }).count == headings.count else { return nil }
        self.mentions = mentions
        self.remainders = remainders
    }

    /// - Throws: Where most headings are months, quarters or weeks.
    static func refuseParts(_ headings: [String], line: Int, column: Int) throws(Reason) {
        let parts = headings.compactMap { YearMentions(in: $0).partsOfYears.first }
        guard let first = parts.first, parts.count * 2 > headings.count else { return }
        throw Reason(
            "The headings are months, quarters or weeks", line: line, column: column, found: first,
            expected: "years", remedy: "Annal keeps yearly tables; sum the figures to years")
    }
}
