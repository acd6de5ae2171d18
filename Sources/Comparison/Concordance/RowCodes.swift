import Annals

/// Which rows of a comparison the codes of some other table belong to, as one of the two compared tables sees it.
///
/// The other table is a version of a year, or a year in between. It may have codes of another day than any of the two: old
/// years are published anew in the codes of today, and codes come and go between two years.
struct RowCodes {
    /// Codes of the other table and rows that have figures in common only as a whole.
    struct Bridge {
        /// Those that it lacks and should have behind its own.
        var codes: [String]
        var rows: Set<String>
        /// All codes that the compared table has, or should have, for these rows.
        var members: [String]
    }

    /// What the other table is made of.
    struct Crossing {
        let inventory: CodeInventory
        /// Whether it has the codes of the compared table's day.
        let isOfSameDay: Bool
        let bridges: [Bridge]
    }

    /// In use.
    let used: Set<String>
    private let ordered: [String]
    private let day: CalendarDay
    private let concordance: Concordance
    private let dimensions: [String]
    private let validity: CodeValidity
    private let rowByCode: [String: String]
    private let membersByRow: [String: [String]]

    /// - Parameters:
    ///   - table: The compared table, as it was recorded.
    ///   - isFirst: Whether it is the first of the two.
    ///   - sides: The groups of both.
    ///   - concordance: Which one.
    init(of table: Table, isFirst: Bool, _ sides: ConcordedSides, _ concordance: Concordance) {
        self.concordance = concordance
        dimensions = sides.dimensions
        validity = CodeValidity(concordance.links)
        let inventory = ConcordedSides.inventory(of: table, dimensions, validity)
        ordered = inventory.used
        used = Set(ordered)
        let known = sides.days.map { isFirst ? $0.from : $0.to }
        day =
            known ?? CodeDay(of: table.period.year, codes: ordered, links: concordance.links, validity: validity).day
        var (rows, members): ([String: String], [String: [String]]) = ([:], [:])
        for group in sides.outcome.groups {
            members[group.code] = isFirst ? group.from : group.to
            for code in isFirst ? group.from : group.to { rows[code] = group.code }
        }
        (rowByCode, membersByRow) = (rows, members)
    }

    /// How another table's codes lead to rows.
    ///
    /// - Throws: `unknownSizes`, where links of parts are to be left out of account.
    func crossing(to table: Table, minor: Concordance.Minor) throws(ComparisonRefusal) -> Crossing {
        let inventory = ConcordedSides.inventory(of: table, dimensions, validity)
        let own = CodeDay(of: table.period.year, codes: inventory.used, links: concordance.links, validity: validity)
            .day
        let isLater = own > day
        let grouping = try CodeGrouping(
            concordance, from: min(own, day), to: max(own, day), earlier: isLater ? ordered : inventory.used,
            later: isLater ? inventory.used : ordered, minor: minor)
        let bridges = grouping.groups.map { group in
            let (codes, ours) = isLater ? (group.later, group.earlier) : (group.earlier, group.later)
            let isMissing = codes.isEmpty && ExpectedCodes.isExpected(ours, on: own, inventory, validity)
            let rows = Set(ours.map { rowByCode[$0] ?? $0 })
            return Bridge(
                codes: isMissing ? ours : codes, rows: rows, members: rows.sorted().flatMap { membersByRow[$0] ?? [$0] }
            )
        }
        return Crossing(inventory: inventory, isOfSameDay: own == day, bridges: bridges)
    }

    /// Another version of the compared table's year in the codes of the rows.
    ///
    /// What it has only for several rows together stands under a code that no row has: no figure of any of these rows is
    /// known, sums over all of them are.
    ///
    /// - Parameters:
    ///   - table: The version.
    ///   - crossing: How its codes lead to rows, all links followed.
    ///   - options: Of the comparison.
    /// - Returns: Its sums, or itself.
    /// - Throws: ``ComparisonRefusal`` where it can't be summed.
    func regrouped(
        _ table: Table, _ crossing: Crossing, _ options: DeltaOptions
    ) throws(ComparisonRefusal) -> Table {
        let addsUp = table.measures.allSatisfy(\.addsUp)
        var (groups, untold): ([ConcordanceOutcome.Group], Set<String>) = ([], [])
        for bridge in Self.joined(crossing.bridges) {
            var code = bridge.rows.count == 1 ? bridge.rows.first ?? "" : bridge.codes.joined(separator: "+")
            // What leads to no row isn't one that happens to have its code.
            let isStray =
                bridge.rows.isEmpty
                && (rowByCode[code] != nil || (!crossing.isOfSameDay && membersByRow[code] != nil))
            if bridge.rows.count > 1 || isStray || (!addsUp && bridge.codes.count > 1) {
                untold.formUnion(isStray ? [code] : bridge.rows)
                while untold.contains(code) || rowByCode[code] != nil || membersByRow[code] != nil {
                    code = "(\(code))"
                }
            }
            groups.append(ConcordanceOutcome.Group(code: code, from: bridge.codes, to: bridge.members))
        }
        let codes = RegroupedCodes(groups, isFirst: true, labels: [:])
        let idle = crossing.isOfSameDay ? [] : crossing.inventory.idle
        let axes = table.keySpace.dimensions.map { dimension in
            guard dimensions.contains(dimension.id) else { return RegroupedAxis(dimension) }
            // Of some of the rows nothing can be said; of all together, everything.
            let missing = options.where[dimension.id] == nil ? [] : untold
            return RegroupedAxis(dimension, in: codes, leavingOut: idle, other: used, alsoMissing: missing)
        }
        return try Regrouping(table, axes: axes, in: dimensions, options).regrouped()
    }

    /// Bridges that lead to the same rows as one.
    private static func joined(_ bridges: [Bridge]) -> [Bridge] {
        var sets = DisjointSets()
        var nodeByRow: [String: Int] = [:]
        let nodes = bridges.map { bridge in
            let node = sets.make()
            for row in bridge.rows {
                if let other = nodeByRow[row] { sets.join(other, node) } else { nodeByRow[row] = node }
            }
            return node
        }
        var places: [Int: Int] = [:]
        var joined: [Bridge] = []
        for (bridge, node) in zip(bridges, nodes) {
            let root = sets.root(of: node)
            guard let place = places[root] else {
                places[root] = joined.count
                joined.append(bridge)
                continue
            }
            joined[place].codes += bridge.codes
            joined[place].rows.formUnion(bridge.rows)
            joined[place].members += bridge.members.filter { !joined[place].members.contains($0) }
        }
        return joined
    }
}
