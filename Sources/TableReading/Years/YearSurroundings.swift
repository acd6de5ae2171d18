// What the words around four digits make of them that is no year of reference.
extension YearMentions {
    /// The words before and behind a run of digits, in lower case, each looked up once.
    struct Words {
        /// Touching it or not.
        let before: String
        /// Empty where it touches.
        let beforeApart: String
        /// A dash in front of it or not.
        let behind: String
        /// Empty where a dash stands in front of it.
        let behindApart: String

        init(around run: Range<Int>, of mentions: YearMentions) {
            before = mentions.wordBefore(run.lowerBound, orGlued: true)
            beforeApart = mentions.skipSpacesBack(from: run.lowerBound) < run.lowerBound ? before : ""
            let next = mentions.skipSpaces(from: run.upperBound)
            let hasDash = next < mentions.scalars.count && mentions.scalars[next] == "-"
            behind = mentions.word(at: hasDash ? next + 1 : next)
            behindApart = hasDash ? "" : behind
        }
    }

    /// `1980=100`, `2015 prices`, `gdp_2015_prices`, `base year 2015`.
    func isBase(_ run: Range<Int>, _ words: Words) -> Bool {
        let after = skipSpaces(from: run.upperBound)
        if after < scalars.count, scalars[after] == "=" { return true }
        for behind in [words.behind, wordJoined(to: run)] where !behind.isEmpty {
            if Self.prices.contains(where: behind.hasPrefix) { return true }
        }
        return Self.bases.contains(words.beforeApart)
            || words.before == "year" && wordsBefore(run.lowerBound, are: "base year")
    }

    /// The word behind a year that a program joined to it: `prices` of `gdp_2015_prices`.
    private func wordJoined(to run: Range<Int>) -> String {
        run.upperBound < scalars.count && scalars[run.upperBound] == "_" ? word(at: run.upperBound + 1) : ""
    }

    private static let prices = ["price", "pris", "preise"]
    private static let bases: Set<String> = ["base", "basis", "basisår", "prices", "priser", "constant", "chained"]

    /// Whether it is the version of a classification, or of what comes in versions: `NUTS 2013`, `NACE Rev. 2 2008`,
    /// `2020 boundaries`, `2020_boundaries`, `EU27_2020`.
    func isVersion(_ run: Range<Int>, _ words: Words) -> Bool {
        if Self.versioned.contains(words.before) || isRevision(run, words) || isUnion(run) { return true }
        return skipSpaces(from: run.upperBound) > run.upperBound && Self.versions.contains(words.behindApart)
            || Self.versions.contains(wordJoined(to: run))
    }

    /// `NACE Rev. 1.1 2002`: behind the number of a classification's revision.
    private func isRevision(_ run: Range<Int>, _ words: Words) -> Bool {
        guard !words.beforeApart.isEmpty, words.beforeApart.utf8.count <= 2,
            words.beforeApart.utf8.allSatisfy(NumberShape.isDigit)
        else { return false }
        let start = max(0, run.lowerBound - Self.longestRevision)
        let before = text(start..<run.lowerBound).lowercased().split { !$0.isLetter }
        guard let last = before.last, Self.revisions.contains(String(last)) else { return false }
        return before.dropLast().last.map { Self.versioned.contains(String($0)) } ?? false
    }

    private static let longestRevision = 24
    private static let revisions: Set<String> = ["rev", "revision", "ver", "version"]

    /// Countries of the European Union or the euro area as they were then: `EU27_2007`, `EU27_2020`.
    private func isUnion(_ run: Range<Int>) -> Bool {
        guard run.lowerBound >= 5, scalars[run.lowerBound - 1] == "_" else { return false }
        let name = text(run.lowerBound - 5..<run.lowerBound - 1)
        let isApart = run.lowerBound == 5 || !Self.isLetter(scalars[run.lowerBound - 6])
        return isApart && ["EU27", "EU28", "EA19", "EA20"].contains(name.uppercased())
    }

    private static let versioned: Set<String> = [
        "nuts", "nace", "isic", "isco", "iso", "coicop", "sna", "esa", "bpm", "sic", "isced", "hs", "naics", "soc",
        "cpc",
        "agenda", "icd", "lau", "anzsic",
    ]
    /// What comes in versions that are called after years: `2020 boundaries`.
    private static let versions: Set<String> = [
        "boundaries", "borders", "boundary", "classification", "nomenclature", "definition", "definitions", "inndeling",
        "grenzen", "gebietsstand",
    ]

    /// `2015 kr`, `2010 US$`: money of one year's worth.
    func isMoney(_ run: Range<Int>, _ words: Words) -> Bool {
        let after = skipSpaces(from: run.upperBound)
        guard after < scalars.count else { return false }
        switch scalars[after] {
        case "$", "€", "£": return true
        default: break
        }
        if words.behindApart == "us" {
            let next = skipSpaces(from: after + 2)
            return next < scalars.count && (scalars[next] == "$" || word(at: next).hasPrefix("dollar"))
        }
        return Self.currencies.contains(words.behindApart)
    }

    private static let currencies: Set<String> = [
        "kr", "kroner", "kronor", "nok", "sek", "dkk", "euro", "euros", "eur", "dollar", "dollars", "usd", "pounds",
        "gbp", "chf", "ppp",
    ]

    /// `2000 years`, `AGE2024`.
    func isAge(_ run: Range<Int>, _ words: Words) -> Bool {
        Self.yearsOfAge.contains(words.behind)
            || run.lowerBound > 0 && Self.isLetter(scalars[run.lowerBound - 1]) && Self.ages.contains(words.before)
    }

    private static let yearsOfAge: Set<String> = ["year", "years", "år", "jahre", "ans"]
    private static let ages: Set<String> = ["age", "aged", "ages"]
}
