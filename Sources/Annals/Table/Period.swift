/// The reference period of a table: a year, or a split year under its first.
package struct Period: Hashable, Sendable {
    /// Whether figures stand for a day, for what flowed during the period, or for its average.
    package enum Kind: String, Sendable, CaseIterable {
        case stock, flow, average
    }

    /// The year, or a split year's first.
    ///
    /// 1000…9999.
    package var year: Int
    /// As printed: `2011`, `2011-12`.
    package var label: String
    package var kind: Kind?

    package init(year: Int, label: String? = nil, kind: Kind? = nil) {
        self.year = year
        self.label = label ?? String(year)
        self.kind = kind
    }
}
