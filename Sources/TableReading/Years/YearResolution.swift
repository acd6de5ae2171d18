import Annals

/// Decides which year a file is of, where no column of it says so.
enum YearResolution {
    /// Sidecar, title, further lines above the table, file name: the first that names a year decides.
    ///
    /// - Parameters:
    ///   - input: The file, for its sidecar and its name.
    ///   - heading: What the headings say, where they all say the same.
    ///   - title: The title line.
    ///   - lines: The other lines above the table.
    ///   - findings: Where a weaker place names another year than the one that decided.
    /// - Returns: The period.
    /// - Throws: Where a place names two years, or none names any.
    static func period(
        _ input: ReaderInput, heading: YearMention?, title: TitleLine?, lines: [String], findings: inout [Finding]
    ) throws(Reason) -> Period {
        let fileName = input.fileName
        let inTitle = title?.mentions
        let speaking = lines.filter { !NoteLine.tellsOfPublication($0) }
        let inLines = speaking.isEmpty ? nil : YearMentions(in: speaking.joined(separator: "\n"))
        if let year = input.document.sidecar?.year {
            if let heading, heading.year != year {
                throw Reason(
                    "The sidecar says \(year), the headings say \(heading.label)", found: heading.label,
                    expected: String(year), remedy: "Correct the sidecar or the file")
            }
            let mentions = (inTitle?.years ?? []) + (inLines?.years ?? []) + fileName.mentions.years
            let label = mentions.first { $0.year == year }?.label
            return Period(year: year, label: label)
        }
        if let heading { return Period(year: heading.year, label: heading.label) }
        for (place, mentions) in [
            ("title", inTitle), ("text above the table", inLines), ("file name", fileName.mentions),
        ] {
            guard let mentions else { continue }
            if let found = try only(mentions, in: place) {
                // A mark at it is one of a single period.
                let isMarked = place == "title" && title?.flags[found.label] != nil
                if place != "text above the table", !isMarked { try refuseTwoYears(found, mentions, in: place) }
                noteOther(found, fileName: place == "file name" ? nil : fileName, place: place, findings: &findings)
                return Period(year: found.year, label: found.label)
            }
        }
        throw Reason(
            "No year: neither a column, nor the headings, nor the title, nor the file's name gives one",
            expected: "one reference year",
            remedy: "Put the year into the file's name, or `year:` into a sidecar NAME.meta.yaml")
    }

    private static func only(_ mentions: YearMentions, in place: String) throws(Reason) -> YearMention? {
        if mentions.years.count > 1 {
            let names = mentions.years.map(\.label).joined(separator: " and ")
            throw Reason(
                "The \(place) names \(mentions.years.count) years: \(names)", found: names, expected: "one year",
                remedy: "Say which in a sidecar NAME.meta.yaml: "
                    + mentions.years.map { "`year: \($0.year)`" }.joined(separator: " or "))
        }
        if mentions.years.isEmpty, let part = mentions.partsOfYears.first {
            throw Reason(
                "The \(place) names a part of a year: \(part)", found: part, expected: "a whole year",
                remedy: "Annal keeps yearly tables; say the year in a sidecar if the figures are yearly")
        }
        return mentions.years.first
    }

    /// Refuses `Population 2010-2011`, which may be a split year or two years; `2010/2011` and `School year 2010-2011` are
    /// split years.
    private static func refuseTwoYears(
        _ found: YearMention, _ mentions: YearMentions, in place: String
    ) throws(Reason) {
        guard found.isSplit, found.label.utf8.count == 9, found.label.contains("-"),
            let range = mentions.occurrences.first(where: { $0.mention == found })?.range
        else { return }
        let word = mentions.wordBefore(range.lowerBound, orGlued: true)
        guard !splits.contains(where: word.hasSuffix) else { return }
        throw Reason(
            "The \(place) names \(found.label), which may be one split year or two years", found: found.label,
            expected: "one year",
            remedy: "Where it is one year from autumn to spring, say so in a sidecar NAME.meta.yaml: "
                + "`year: \(found.year)`; else drop each year as a file of its own")
    }

    /// Ends of words in front of a split year.
    private static let splits = [
        "year", "år", "jahr", "année", "season", "sesong", "säsong", "saison", "semester", "winter", "vinter", "fy",
        "ay", "sy",
    ]

    private static func noteOther(_ found: YearMention, fileName: FileName?, place: String, findings: inout [Finding]) {
        guard let fileName, !fileName.mentions.years.isEmpty,
            !fileName.mentions.years.contains(where: { $0.year == found.year })
        else { return }
        let other = fileName.mentions.years.map(\.label).joined(separator: ", ")
        findings.append(Finding("year-differs", "The \(place) says \(found.label), the file's name \(other)"))
    }
}
