import Annals

/// What a column's name says about its role, in the languages of the samples.
enum ColumnNames {
    private static let years: Set<String> = [
        "year", "years", "ar", "aar", "aarstall", "arstall", "time", "tid", "time-period", "period", "periode", "jahr",
        "annee", "anno", "ano", "ref-year", "refyear", "reference-year", "ref-date", "vuosi", "rok", "jaar",
    ]
    private static let values: Set<String> = [
        "value", "values", "verdi", "obs-value", "obsvalue", "wert", "valeur", "valor", "data-value", "varde",
    ]
    /// Names that say no more than that figures stand below.
    private static let genericMeasures: Set<String> = values.union([
        "figure", "figures", "number", "numbers", "count", "counts", "antall", "antal", "anzahl", "nombre", "numero",
        "tall", "tal", "data", "observation", "observations", "statistic", "sum", "total", "totals",
    ])
    private static let keyEndings = ["code", "kode", "id", "nr", "no", "number", "nummer", "key"]
    private static let keys: Set<String> = ["age", "alder", "sex", "kjonn", "gender", "geo", "month", "maned"]

    static func isYear(_ name: String) -> Bool { years.contains(Slug.make(name)) }

    /// Whether a column's name, its unit aside, says that the figures stand there.
    static func isValue(_ name: String) -> Bool { values.contains(Slug.make(MeasureHeading(name).name)) }

    /// Whether a name, its unit aside, leaves open what is counted.
    static func isGenericMeasure(_ name: String) -> Bool { genericMeasures.contains(Slug.make(name)) }

    /// Whether numbers under this name are codes or ages, and no figures.
    static func isKey(_ name: String) -> Bool {
        let slug = Slug.make(name)
        return keys.contains(slug) || keyEndings.contains { slug == $0 || slug.hasSuffix("-" + $0) }
    }

    /// Whether two names mean the same column, in a definition and in a file.
    static func areSame(_ left: String, _ right: String) -> Bool {
        left == right || (!Slug.make(left).isEmpty && Slug.make(left) == Slug.make(right))
    }
}
