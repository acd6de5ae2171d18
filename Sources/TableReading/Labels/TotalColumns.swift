import Annals

/// Headings that take one whole apart: `Men`, `Women`, `Total`.
///
/// One of them says no more than that it is the total, and nothing about the others says that they count something else.
/// Whether it is their sum is for the figures to prove: the audit of totals finds it, and binds what follows.
enum TotalColumns {
    private static let fewest = 3

    /// The headings' dimension and the one measure below all of them; nil where they are measures of their own.
    static func split(_ headings: [MeasureHeading]) -> (dimension: Dimension, measure: Measure)? {
        let totals = headings.filter { isTotal($0.name) }
        guard headings.count >= fewest, totals.count == 1, Set(headings.map(\.name)).count == headings.count,
            headings.allSatisfy({ $0.unit == totals[0].unit && !isRatio($0) }),
            headings.allSatisfy({ isTotal($0.name) || !$0.isGeneric })
        else { return nil }
        let categories = CategoryCodes.categories(of: headings.map(\.name))
        let measure = Measure(
            code: Measure.unnamedCode, unit: totals[0].unit?.unit, multiplier: totals[0].unit?.multiplier ?? 0)
        return (Dimension(id: "column", label: "column", categories: categories), measure)
    }

    /// Whether a whole heading means the total, and not the total of something that it names.
    static func isTotal(_ name: String) -> Bool { totals.contains(Slug.make(name)) }

    private static let totals: Set<String> = [
        "total", "totals", "grand-total", "in-all", "all", "sum", "both-sexes", "all-ages", "whole-country",
        "all-persons", "totalt", "i-alt", "ialt", "sum-i-alt", "alle", "begge-kjonn", "begge-kon", "alle-aldre",
        "hele-landet", "hela-landet", "samtliga", "yhteensa", "samtals", "insgesamt", "gesamt", "zusammen", "totaal",
        "ensemble", "totale", "ambos-sexos", "ogolem", "celkem",
    ]

    /// Whether figures below a heading can't be parts of a sum.
    private static func isRatio(_ heading: MeasureHeading) -> Bool {
        if heading.unit?.kind != nil || heading.text.contains("%") || heading.text.contains("‰") { return true }
        return !ratios.isDisjoint(with: Slug.make(heading.name).split(separator: "-").map(String.init))
    }

    private static let ratios: Set<String> = [
        "per", "pr", "percent", "cent", "pct", "prosent", "procent", "prozent", "share", "andel", "anteil", "part",
        "rate", "ratio", "index", "indeks", "average", "mean", "median", "gjennomsnitt", "snitt", "mittel", "change",
        "endring", "difference", "differanse",
    ]
}
