package import Annals

/// Which concordance is asked for, and how.
package struct ConcordanceChoice: Sendable {
    package var concordance: Concordance
    /// The dimensions that it is for, as a definition says; nil where the concordance's own are meant, and every other
    /// that has the same codes under the same labels.
    package var dimensions: [String]?
    package var minor: Concordance.Minor
    /// Whether somebody asked for it by name: then the answer says what it found even where nothing changed.
    package var isAskedFor: Bool

    package init(
        _ concordance: Concordance, dimensions: [String]? = nil, minor: Concordance.Minor = .merge,
        isAskedFor: Bool = false
    ) {
        self.concordance = concordance
        self.dimensions = dimensions
        self.minor = minor
        self.isAskedFor = isAskedFor
    }
}

/// Two tables of different years in codes that both can be summed to.
///
/// Where no link lies between their years, or none that touches their codes, they are the tables themselves, untouched.
package struct ConcordedTables {
    package private(set) var from: Table
    package private(set) var to: Table
    /// What was done; nil where nothing was to do and nobody asked.
    package private(set) var outcome: ConcordanceOutcome?
    /// Ids of the dimensions that are in codes of groups.
    private var regrouped: [String] = []
    /// The group of each code that either table has; a code of a group is its own.
    private var groupByCode: [String: String] = [:]
    /// How tables of the two years are brought into codes of groups; nil where they stay as they are.
    private var work: (sides: ConcordedSides, labels: [String: String])?
    /// What other tables are held against: the two as they were recorded; nil without a concordance.
    private var basis: (sides: ConcordedSides, choice: ConcordanceChoice, from: Table, to: Table)?
    private let options: DeltaOptions

    /// - Parameters:
    ///   - from: The first table of the delta, whichever year is the earlier.
    ///   - to: The second.
    ///   - choice: The concordance; nil for none.
    ///   - options: Of the delta: the measures that it selects must add up, and a net matrix is told by its antisymmetry.
    /// - Throws: ``ComparisonRefusal`` where the concordance can't be used on these tables.
    package init(
        from: Table, to: Table, by choice: ConcordanceChoice?, options: DeltaOptions = DeltaOptions()
    ) throws(ComparisonRefusal) {
        self.from = from
        self.to = to
        self.options = options
        guard let choice else { return }
        let (from, to) = (choice.concordance.withoutEndedParts(from), choice.concordance.withoutEndedParts(to))
        (self.from, self.to) = (from, to)
        guard let sides = try ConcordedSides(from: from, to: to, by: choice) else { return }
        outcome = sides.outcome
        basis = (sides, choice, from, to)
        guard sides.isEffective else {
            // What was left out of account is said even where no code is touched for it.
            let isOfOtherDays = sides.outcome.fromCodesOf != nil || sides.outcome.toCodesOf != nil
            if !choice.isAskedFor, !sides.outcome.isApproximate, !isOfOtherDays { outcome = nil }
            return
        }
        groupByCode = Self.groupByCode(sides.outcome.groups)
        try checkAddsUp([from, to], sides)
        let labels = sides.labels(from, to)
        self.from = try sides.regrouped(from, isFirst: true, labels: labels, options)
        self.to = try sides.regrouped(to, isFirst: false, labels: labels, options)
        regrouped = sides.dimensions
        work = (sides, labels)
    }

    /// Another version of one of the two years, in the same codes.
    ///
    /// It may have the codes of another day than the version that is compared. What can't be told of single rows then is
    /// left out of them.
    ///
    /// - Parameters:
    ///   - table: The version.
    ///   - isFirst: Whether of `from`'s year.
    /// - Returns: The same, or its sums.
    /// - Throws: ``ComparisonRefusal`` where it can't be summed.
    package func regrouped(_ table: Table, isFirst: Bool) throws(ComparisonRefusal) -> Table {
        guard let (sides, choice, from, to) = basis else { return table }
        let table = choice.concordance.withoutEndedParts(table)
        let rows = RowCodes(of: isFirst ? from : to, isFirst: isFirst, sides, choice.concordance)
        // Exact, whatever the comparison leaves out of account.
        let crossing = try rows.crossing(to: table, minor: .merge)
        if crossing.isOfSameDay, let work {
            return try work.sides.regrouped(table, isFirst: isFirst, labels: work.labels, options)
        }
        return try rows.regrouped(table, crossing, options)
    }

    /// For each code of a table of a year in between the rows that it goes into, as either of the two compared tables sees
    /// it; nil without a concordance: then each code is a row's.
    func rowsByCode(of table: Table) -> [String: Set<String>]? {
        guard let (sides, choice, from, to) = basis else { return nil }
        var rowsByCode: [String: Set<String>] = [:]
        for (side, isFirst) in [(from, true), (to, false)] {
            let rows = RowCodes(of: side, isFirst: isFirst, sides, choice.concordance)
            // Where sizes of parts aren't known, all links are followed: better a break too many.
            let wanted = try? rows.crossing(to: table, minor: choice.minor)
            // With all links followed nothing is refused.
            let crossing = wanted ?? (try? rows.crossing(to: table, minor: .merge))
            for bridge in crossing?.bridges ?? [] {
                for code in bridge.codes { rowsByCode[code, default: []].formUnion(bridge.rows) }
            }
        }
        return rowsByCode
    }

    /// - Throws: `doesNotAddUp`, where a selected group has several codes and a selected measure can't be summed.
    private func checkAddsUp(_ tables: [Table], _ sides: ConcordedSides) throws(ComparisonRefusal) {
        let joined = Set(sides.outcome.groups.filter(\.isJoined).map(\.code))
        // What is only renamed, or not touched, has figures of its own.
        let isMet = sides.dimensions.contains { id in
            guard let text = options.where[id] else { return !joined.isEmpty }
            return Self.groups(of: text, groupByCode).contains(where: joined.contains)
        }
        guard isMet else { return }
        for table in tables {
            let wanted = table.keySpace.measureDimension.flatMap { options.where[table.keySpace.dimensions[$0].id] }
            let known = Set(table.measures.map(\.code))
            let codes = wanted.map { Set(Selection.codes(in: $0, among: known, known.contains)) }
            for measure in table.measures where !measure.addsUp && codes?.contains(measure.code) ?? true {
                throw .doesNotAddUp(measure: measure.label, kind: measure.kind, concordance: sides.outcome.name)
            }
        }
    }

    /// A selection in the codes of groups: a code that is a member of one finds it.
    package func translated(_ wanted: [String: String]) -> [String: String] {
        var translated = wanted
        for id in regrouped {
            guard let text = wanted[id] else { continue }
            translated[id] = Self.groups(of: text, groupByCode).joined(separator: ",")
        }
        return translated
    }

    private static func groupByCode(_ groups: [ConcordanceOutcome.Group]) -> [String: String] {
        var groupByCode: [String: String] = [:]
        for group in groups { groupByCode[group.code] = group.code }
        for group in groups {
            for code in group.to where groupByCode[code] == nil { groupByCode[code] = group.code }
        }
        for group in groups {
            for code in group.from where groupByCode[code] == nil { groupByCode[code] = group.code }
        }
        return groupByCode
    }

    /// The codes in a selection that don't mean the same in both tables: in one of them they are a group with others, or under
    /// another name.
    package func changedCodes(in wanted: [String: String]) -> [String] {
        let changed = Set((outcome?.groups ?? []).filter(\.isChanged).flatMap { $0.from + $0.to })
        return regrouped.flatMap { id in
            wanted[id].map { Selection.codes(in: $0, among: changed, changed.contains).filter(changed.contains) } ?? []
        }
    }

    /// Whether a dimension is one that the concordance is for.
    func isConcorded(_ dimension: String) -> Bool { basis?.sides.dimensions.contains(dimension) ?? false }

    /// The codes in a text as codes of groups, each once.
    private static func groups(of text: String, _ groupByCode: [String: String]) -> [String] {
        var found: [String] = []
        for code in Selection.codes(in: text, among: groupByCode.keys, { groupByCode[$0] != nil }) {
            let group = groupByCode[code] ?? code
            if !found.contains(group) { found.append(group) }
        }
        return found
    }
}

extension Concordance {
    /// A table that isn't expected to have parts of sums which aren't valid in its year.
    fileprivate func withoutEndedParts(_ table: Table) -> Table {
        guard table.keySpace.dimensions.contains(where: { !$0.missingCodes.isEmpty }) else { return table }
        let (validity, start) = (CodeValidity(links), CalendarDay(startOf: table.period.year))
        let dimensions = table.keySpace.dimensions.map { dimension in
            var dimension = dimension
            dimension.missingCodes = dimension.missingCodes.filter { validity.state(of: $0, on: start) == .valid }
            return dimension
        }
        var table = table
        // The same categories count: they fitted before.
        table.keySpace = KeySpace(dimensions) ?? table.keySpace
        return table
    }
}
