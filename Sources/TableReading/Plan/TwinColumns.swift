/// Whether two columns that go together in every row are a code and its words, by their names and their texts, however few
/// categories they have.
enum TwinColumns {
    /// - Parameters:
    ///   - one: Determines the other, and is determined by it.
    ///   - other: The same.
    /// - Returns: Whether they say one thing: `SEX` and `Gender`, or `Agri` and `Agriculture`.
    static func areAlike(_ one: PlanColumn, _ other: PlanColumn) -> Bool {
        if let family = family(one.heading.slug), family == TwinColumns.family(other.heading.slug) { return true }
        guard let left = one.texts, let right = other.texts, left.count == right.count, left.count > 1,
            left.count <= comparedAtMost
        else { return false }
        return areShortened(left, of: right) || areShortened(right, of: left)
    }

    /// Whether the name of one column begins that of the other: `county` and `county name`.
    ///
    /// Figures may be called by the beginning of a name as well (`Municipality;M;F`, `Hospital;Hospitals`), and are no codes.
    static func haveOneName(_ label: PlanColumn, _ code: PlanColumn) -> Bool {
        let (words, codes) = (label.heading.slug, code.heading.slug)
        guard !words.isEmpty, !codes.isEmpty else { return false }
        guard !label.profile.isOfFigures, !code.profile.isOfFigures else {
            return label.heading.isLabel && codes.utf8.count > 2 && label.heading.subject.map { $0 == codes } == true
        }
        return words.hasPrefix(codes) || codes.hasPrefix(words)
    }

    /// Dimensions that go by several names, of which no table has two.
    private static let families: [Set<String>] = [
        ["sex", "gender", "kjonn", "kon", "geslacht", "geschlecht", "sexe", "sukupuoli", "genre", "sexo", "genero"],
        ["age", "alder", "alter", "ika", "edad", "leeftijd", "age-group", "aldersgruppe", "altersgruppe"],
    ]

    private static func family(_ slug: String) -> Int? { families.firstIndex { $0.contains(slug) } }

    private static let comparedAtMost = 1000

    /// Whether each text of a column begins one of the other, which stands beside it: `M` of `Males`.
    private static func areShortened(_ short: KeyDictionary, of long: KeyDictionary) -> Bool {
        var beginnings = Set<String>()
        var seen = Set<UInt32>()
        for (left, right) in zip(short.rows, long.rows) where seen.insert(left).inserted {
            let (code, words) = (LabelText.folded(short.string(Int(left))), LabelText.folded(long.string(Int(right))))
            guard !code.isEmpty, words.count > code.count, words.hasPrefix(code), beginnings.insert(code).inserted
            else { return false }
        }
        return true
    }
}
