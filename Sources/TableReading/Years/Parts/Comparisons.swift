/// Headings that name a year which their figures are compared with: `Change from 2010`, `Index 2010`, `+/- gg. 2010`.
///
/// They are no figures of that year, and belong to none.
enum Comparisons {
    /// Headings without those that compare, which name no year afterwards.
    ///
    /// One does where no other year has such a heading, and others have, and where a word says so; beside years that stand
    /// alone, where anything stands in front of its year (`+/- gg. 2010`): a measure would come in each year.
    ///
    /// - Parameters:
    ///   - headings: *Shape:* one a column; nil for one that names no year.
    ///   - names: *Shape:* one a column, as printed.
    /// - Returns: *Shape:* one a column.
    static func without(_ headings: [YearHeading?], _ names: [String]) -> [YearHeading?] {
        let found = headings.compactMap(\.self)
        guard found.count > 1 else { return headings }
        var years: [String: Set<Int>] = [:]
        for heading in found { years[heading.remainder, default: []].insert(heading.mention.year) }
        let bare = years["", default: []]
        return zip(headings, names).map { heading, name in
            guard let heading, !heading.remainder.isEmpty, years[heading.remainder]?.count == 1, years.count > 1,
                heading.mention.isSplit == false
            else { return heading }
            let words = name.lowercased().split { !$0.isLetter }.map { TimeWords.folded($0) }
            if words.contains(where: saysComparison) { return nil }
            let isBehind = name.hasSuffix(heading.mention.label) && !name.hasPrefix(heading.mention.label)
            return bare.count > 1 && bare.contains(heading.mention.year) && isBehind ? nil : heading
        }
    }

    private static func saysComparison(_ word: String) -> Bool {
        words.contains(word) || stems.contains { word.hasPrefix($0) }
    }

    private static let words = Set(
        """
        from since vs versus than fra frå från frá gegenüber ggü geg gg siden sidan sedan seit depuis desde dal rispetto
        respecto raport mot med verrattuna verglichen compared relative index indeks indekss indeksas indice índice índex
        iндекс индекс індекс δείκτης endeks endeksi mutató от од від oproti proti od față fata diff differenz differanse pp
        """
        .split(whereSeparator: \.isWhitespace).map { TimeWords.folded($0) })
    private static let stems = Array(
        Set(
            """
            chang growth increas decreas differen endring økning nedgang vekst ændring stigning förändr ökning minskning
            breyting muutos muutus kasvu izmain pokyt zmian wzrost spadek změn zmen zmena přírůst nárůst változ schimbăr
            creșter variați variac variaz variat промян промен изменен прирост темп зміна зміни змін приріст promjen promen
            sprememb ndryshim μεταβολ değişim artış azalış evolut évolut accroiss écart cambio crecim crescim crescit
            alteraç diferenc verander verschil toename afname groei wijzig veränder veraend zunahm abnahm wachstum steiger
            abweich 増減 前年 変化 变化 增长 증감 변화
            """
            .split(whereSeparator: \.isWhitespace).map { TimeWords.folded($0) }))
}
