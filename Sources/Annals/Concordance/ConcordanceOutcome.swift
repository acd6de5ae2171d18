/// What a concordance did to two tables.
package struct ConcordanceOutcome: Hashable, Sendable {
    /// Codes of either table that can be compared only as a sum.
    package struct Group: Hashable, Sendable {
        /// The one code of `to`, or all of them joined by a plus sign.
        package var code: String
        /// Codes of the first table, in its order; those that it lacks and should have behind them.
        package var from: [String]
        package var to: [String]

        package init(code: String, from: [String], to: [String]) {
            self.code = code
            self.from = from
            self.to = to
        }

        /// Whether it is more than one code with itself.
        package var isChanged: Bool { from != to }
    }

    package var name: String
    /// In the order of the second table's codes, then those that only the first has.
    package var groups: [Group]
    /// Links of parts that were not followed, by day.
    package var ignored: [Concordance.Link]
    /// Codes that a table lists in a year in which they aren't valid, without a figure other than zero.
    package var notInUse: [String]
    /// The day whose codes a table has, where these are not those of its year.
    package var fromCodesOf: CalendarDay?
    /// The same of the second table.
    package var toCodesOf: CalendarDay?

    package init(
        name: String, groups: [Group], ignored: [Concordance.Link] = [], notInUse: [String] = [],
        fromCodesOf: CalendarDay? = nil, toCodesOf: CalendarDay? = nil
    ) {
        self.name = name
        self.groups = groups
        self.ignored = ignored
        self.notInUse = notInUse
        self.fromCodesOf = fromCodesOf
        self.toCodesOf = toCodesOf
    }

    /// Whether something that moved was left out of account.
    package var isApproximate: Bool { !ignored.isEmpty }
}
