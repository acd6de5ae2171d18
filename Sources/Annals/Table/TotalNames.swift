/// What statistics offices call the category that is the sum of the others.
///
/// To audits only ever a reason to try: the figures have to prove it. Where they can't, because they are rounded, hidden or
/// mistaken, it is no part of a sum all the same.
package enum TotalNames {
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

    /// Whether a category is called a total, by its code or by one of its labels.
    package static func name(_ category: Category) -> Bool {
        !isNumbered(category.code) && codes.contains(category.code.lowercased()) || nameTotal(category.label)
            || category.aliases.contains(where: nameTotal)
    }

    /// Whether a category is called a total by all of its label, and not by a word at its end: "Total", not "Total E&P".
    ///
    /// A code counts that is its own label and can hardly be anything else: `ALL` is a currency, too.
    package static func isWholeName(_ category: Category) -> Bool {
        guard category.label.utf8.count <= longestName else { return false }
        if category.label == category.code, ["all", "sum"].contains(category.code.lowercased()) { return false }
        let slug = Slug.make(category.label)
        return slug.isEmpty ? others.contains(category.label.lowercased()) : labels.contains(slug)
    }

    /// In bytes; the longest of the names, and room for other spellings.
    private static let longestName = 40

    private static func nameTotal(_ label: String) -> Bool {
        if isNumbered(label) { return false }
        let slug = Slug.make(label)
        if labels.contains(slug) { return true }
        if slug.isEmpty { return others.contains(label.lowercased()) }
        return hasWord(atEndsOf: slug)
    }

    /// Whether a text of ASCII has a digit, as no name has, and none of the letters that a word at either end begins with.
    private static func isNumbered(_ text: String) -> Bool {
        var hasDigit = false
        for byte in text.utf8 {
            if byte &- 0x30 < 10 { hasDigit = true }
            switch byte | 0x20 {
            case 0x80..., UInt8(ascii: "t"), UInt8(ascii: "i"), UInt8(ascii: "a"): return false
            default: continue
            }
        }
        return hasDigit
    }

    private static func hasWord(atEndsOf slug: String) -> Bool {
        // Nearly all labels end here.
        let bytes = slug.utf8
        let last = bytes.lastIndex(of: UInt8(ascii: "-")).map(bytes.index(after:)) ?? bytes.startIndex
        guard mayBegin(bytes) || mayBegin(bytes[last...]) else { return false }
        let parts = slug.split(separator: "-")
        if parts.count >= 2, parts.suffix(2) == ["i", "alt"] { return true }
        return [parts.first, parts.last].contains { $0.map { words.contains(String($0)) } ?? false }
    }

    /// Whether a word begins as one of the words does, or as the last of "i alt".
    private static func mayBegin(_ word: some Collection<UInt8>) -> Bool {
        guard let first = word.first, let second = word.dropFirst().first else { return false }
        return switch first {
        case UInt8(ascii: "t"): second == UInt8(ascii: "o")
        case UInt8(ascii: "i"): second == UInt8(ascii: "a") || second == UInt8(ascii: "n")
        case UInt8(ascii: "a"): second == UInt8(ascii: "l")
        default: false
        }
    }
}
