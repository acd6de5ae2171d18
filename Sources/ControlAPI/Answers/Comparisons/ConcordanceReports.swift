/// What concordances are in force: the answer of `/v1/concordances`.
package struct ConcordancesReport: Codable, Hashable, Sendable {
    package var concordances: [ConcordanceReport]

    package init(concordances: [ConcordanceReport]) { self.concordances = concordances }
}

/// One concordance in brief.
package struct ConcordanceReport: Codable, Hashable, Sendable {
    package var name: String
    package var title: String?
    package var source: String?
    /// Ids of the dimensions that it says it is for.
    package var dimensions: [String]
    package var links: Int
    /// Ids of the datasets whose definitions bind it.
    package var datasets: [String]
    /// Every code that a current table of these has in the dimensions that it is bound to; only where one concordance is
    /// asked for.
    package var codes: [String]?

    package init(
        name: String, title: String?, source: String?, dimensions: [String], links: Int, datasets: [String],
        codes: [String]? = nil
    ) {
        self.name = name
        self.title = title
        self.source = source
        self.dimensions = dimensions
        self.links = links
        self.datasets = datasets
        self.codes = codes
    }
}
