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

        /// Whether it has several codes of a table: figures are summed for it.
        package var isJoined: Bool { from.count > 1 || to.count > 1 }

        /// Whether it is more than one code with itself, in tables that both have it.
        package var isChanged: Bool { !from.isEmpty && !to.isEmpty && (from != to || isJoined) }
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

    /// How many groups, links and codes an answer about something else writes out.
    package static let namedAtMost = 20

    /// The changed groups that people are shown, and how many are left.
    ///
    /// Where they are more than so many, those of the rows that stand below; where these are too many as well, the sums
    /// among them, since of a code under another name little can be said.
    ///
    /// - Parameters:
    ///   - groups: All of them.
    ///   - rows: Codes of the groups in those rows; nil where there are none to look at.
    ///   - limit: How many.
    /// - Returns: Those, how many sums are left, and how many single codes that became another.
    package static func shown(
        of groups: [Group], in rows: Set<String>? = nil, atMost limit: Int
    ) -> (groups: [Group], otherSums: Int, otherNames: Int) {
        let changed = groups.filter(\.isChanged)
        guard changed.count > limit else { return (changed, 0, 0) }
        let near = rows.map { codes in changed.filter { codes.contains($0.code) } } ?? changed
        let shown = near.count > limit ? Array(near.filter(\.isJoined).prefix(limit)) : near
        let otherSums = changed.count(where: \.isJoined) - shown.count(where: \.isJoined)
        return (shown, otherSums, changed.count - shown.count - otherSums)
    }

    /// Whether something that moved was left out of account.
    package var isApproximate: Bool { !ignored.isEmpty }
}
