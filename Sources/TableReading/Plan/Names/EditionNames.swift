// What a column's name says of the edition of a table.
extension ColumnName {
    /// Whether what stands below differs from one edition of a table to the next: dates, sources, versions.
    var changesByItself: Bool {
        isRemark || !slug.isEmpty && isIndex || isFlag || speaksOfSomeTime || isOtherYear
            || SDMXHeading.isOfMessage(slug)
            || words.contains { Self.editions.contains(String($0)) }
    }

    /// Whether texts below it that differ in two editions of a table may be times or versions, which differ by themselves;
    /// `Age (years)` above `0-4`, and `Energy source` above `Coal`, say what is counted.
    func mayChange(from earlier: String, to text: String) -> Bool {
        if isRemark || isFlag || !slug.isEmpty && isIndex || SDMXHeading.isOfMessage(slug) { return true }
        guard changesByItself else { return false }
        if words.contains(where: { Self.editions.contains(String($0)) }),
            words.last != "source" || words.first == "data"
        {
            return [earlier, text].contains { text in
                text.utf8.contains(where: NumberShape.isDigit)
                    || text.split { !$0.isLetter }.contains { TimeWords.isOrdinal(TimeWords.folded($0)) }
            }
        }
        return [earlier, text].allSatisfy { FieldText.withBytes(of: $0, YearMentions.mayNameYear) }
    }

    private static let editions: Set<String> = [
        "date", "updated", "update", "release", "released", "version", "edition", "run", "extract", "vintage", "utgave",
        "file", "publication", "published", "revision", "source", "note", "notes", "dato", "datum", "stand",
    ]

    /// Whether one number below it in all rows says which edition of a table it is, or how its figures are written.
    var isOfEdition: Bool { words.contains { Self.ofEditions.contains(String($0)) } }

    private static let ofEditions: Set<String> = [
        "version", "edition", "release", "revision", "utgave", "ausgabe", "versie", "decimals", "measures",
    ]
}
