import Annals

/// What statistics offices call the category that is the sum of the others.
///
/// Only ever a reason to try: the figures have to prove it.
enum TotalNames {
    private static let codes: Set<String> = ["total", "totals", "tot", "_t", "all", "sum"]

    /// Slugs of whole labels.
    private static let labels: Set<String> = [
        // English, and what every agency uses
        "total", "totals", "grand-total", "all", "sum", "both-sexes", "all-ages", "all-persons", "whole-country",
        "the-whole-country", "all-regions", "all-industries",
        // Norwegian, Danish, Swedish, Finnish, Icelandic
        "i-alt", "ialt", "totalt", "sum-i-alt", "alle", "hele-landet", "hele-riket", "landet-i-alt", "begge-kjonn",
        "begge-kon", "alle-aldre", "alle-aldrer", "hela-landet", "hela-riket", "riket", "samtliga", "bada-konen",
        "bada-konen-totalt", "yhteensa", "koko-maa", "alls", "allir", "samtals",
        // German, Dutch, French, Italian, Spanish, Portuguese
        "insgesamt", "gesamt", "zusammen", "summe", "beide-geschlechter", "deutschland-insgesamt", "totaal",
        "ensemble", "ensemble-total", "tous", "les-deux-sexes", "totale", "tutti", "ambos-sexos", "total-general",
        "total-nacional", "todos", "ambos-os-sexos",
        // Polish, Czech, Slovak, Hungarian, Estonian, Latvian, Lithuanian, Turkish
        "ogolem", "razem", "celkem", "spolu", "osszesen", "kokku", "pavisam", "is-viso", "toplam",
    ]

    /// Labels in other alphabets, of which a slug keeps nothing.
    private static let others: Set<String> = ["всего", "итого", "σύνολο", "合計", "总计", "合计", "總計", "합계"]

    /// Words that say it at either end of a label: "Net migration, total".
    private static let words: Set<String> = ["total", "totalt", "ialt", "insgesamt", "totale", "totaal"]

    static func name(_ category: Category) -> Bool {
        codes.contains(category.code.lowercased()) || nameTotal(category.label)
            || category.aliases.contains(where: nameTotal)
    }

    private static func nameTotal(_ label: String) -> Bool {
        let slug = Slug.make(label)
        if labels.contains(slug) { return true }
        if slug.isEmpty { return others.contains(label.lowercased()) }
        return hasWord(atEndsOf: slug)
    }

    private static func hasWord(atEndsOf slug: String) -> Bool {
        // Nearly all labels end here: each of the words, and the last of "i alt", begins with one of three letters.
        let bytes = slug.utf8
        let last = bytes.lastIndex(of: UInt8(ascii: "-")).map(bytes.index(after:)) ?? bytes.startIndex
        guard [bytes.startIndex, last].contains(where: { "tia".utf8.contains(bytes[$0]) }) else { return false }
        let parts = slug.split(separator: "-")
        if parts.count >= 2, parts.suffix(2) == ["i", "alt"] { return true }
        return [parts.first, parts.last].contains { $0.map { words.contains(String($0)) } ?? false }
    }
}
