import Annals
import Definitions

/// Columns that say the same part of a year in every row: `Quarter` above `Q4`, `Month` above `December`, `FREQ` above `Q`.
///
/// The figures are of that part, whatever year title or file name give.
enum PartColumns {
    /// - Throws: The first such column that has no role yet.
    static func refuse(_ table: RoleTable) throws(Reason) {
        for column in table.open {
            let entry = table.columns[column]
            guard let texts = entry.texts, texts.count == 1, texts.bytes(0).count <= longestText,
                saysPart(LabelText.normalized(texts.string(0)), below: entry.name)
            else { continue }
            throw Reason(
                "The column `\(entry.title)` says a part of a year in every row", line: table.lineOfRow(0),
                column: entry.place + 1, found: texts.string(0), expected: "figures of a whole year",
                remedy:
                    "Annal keeps yearly tables; where the figures are of the whole year, say in a definition that the "
                    + "column says nothing of time: `\(DatasetDefinition.Columns(attributes: [entry.title]).line)`")
        }
    }

    private static let longestText = 60

    /// Whether a text says a part of a year below a heading.
    static func saysPart(_ text: String, below heading: String) -> Bool {
        guard !text.isEmpty, !TotalLabel.matches(text) else { return false }
        if PartOfYear.isNamed(in: text) { return true }
        if FieldText.withBytes(of: text, YearMentions.mayNameYear), case .part = YearHeading.parse(text) { return true }
        let words = heading.split { !$0.isLetter }.map { TimeWords.folded($0) }
        if frequencies.contains(words.joined()) { return parts.contains(text.uppercased()) }
        let isShort = isShortPart(text)
        if ColumnName.speaksOfTime(heading), isShort { return true }
        // `Month`, `Quarter of year`, `Mois de référence`; not `Age in months`.
        guard
            let part = words.first.flatMap(TimeWords.part)
                ?? (words.count == 1 ? nil : words.last.flatMap(TimeWords.part)),
            words.count <= 3, !words.contains("age"), !words.contains("in")
        else { return false }
        if isShort || ShortYear.isMonth(text) || CalendarDay.month(named: text) != nil { return true }
        let digits = text.utf8.allSatisfy(NumberShape.isDigit) && text.utf8.count <= 2
        if let number = digits ? Int(text) : TimeWords.roman(text.lowercased()) {
            return (1...part.count).contains(number)
        }
        // `2011-12` below a month.
        return part == .month && text.utf8.count <= 8 && text.utf8.contains(where: NumberShape.isDigit)
            && text.split { "-/.".contains($0) }.count == 2
    }

    private static let frequencies: Set<String> = [
        "freq", "frequency", "frekvens", "frequenz", "frequence", "frecuencia", "frequenza", "periodicity",
        "periodicite",
    ]
    private static let parts: Set<String> = [
        "Q", "M", "W", "D", "S", "H", "B", "QUARTERLY", "MONTHLY", "WEEKLY", "DAILY", "HALF-YEARLY", "SEMI-ANNUAL",
        "SEMESTERLY", "Q: QUARTERLY", "M: MONTHLY",
    ]

    /// `Q4`, `4Q`, `T1`, `K2`, `H1`, `S2`, `M12`, `W26`.
    private static func isShortPart(_ text: String) -> Bool {
        guard (2...3).contains(text.utf8.count), let letter = text.first(where: \.isLetter) else { return false }
        let digits = text.filter { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), digits.count + 1 == text.count else { return false }
        switch letter.uppercased() {
        case "Q", "K", "T", "Č": return (1...4).contains(number)
        case "H", "S": return (1...2).contains(number)
        case "M": return (1...12).contains(number)
        case "W", "U", "V": return (1...53).contains(number)
        default: return false
        }
    }
}
