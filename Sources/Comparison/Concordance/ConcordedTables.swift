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
    private var work: (sides: ConcordedSides, labels: [String: String], options: DeltaOptions)?

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
        guard let choice else { return }
        guard let sides = try ConcordedSides(from: from, to: to, by: choice) else { return }
        outcome = sides.outcome
        guard sides.isEffective else {
            if !choice.isAskedFor { outcome = nil }
            return
        }
        try Self.checkAddsUp([from, to], sides, options)
        let labels = sides.labels(from, to)
        self.from = try sides.regrouped(from, isFirst: true, labels: labels, options)
        self.to = try sides.regrouped(to, isFirst: false, labels: labels, options)
        regrouped = sides.dimensions
        groupByCode = Self.groupByCode(sides.outcome.groups)
        work = (sides, labels, options)
    }

    /// Another version of one of the two years, in the same codes.
    ///
    /// - Parameters:
    ///   - table: The version.
    ///   - isFirst: Whether of `from`'s year.
    /// - Returns: The same, or its sums.
    /// - Throws: ``ComparisonRefusal`` where it can't be summed.
    package func regrouped(_ table: Table, isFirst: Bool) throws(ComparisonRefusal) -> Table {
        guard let work else { return table }
        return try work.sides.regrouped(table, isFirst: isFirst, labels: work.labels, work.options)
    }

    /// - Throws: `doesNotAddUp`, where a group has several codes and a selected measure can't be summed.
    private static func checkAddsUp(
        _ tables: [Table], _ sides: ConcordedSides, _ options: DeltaOptions
    ) throws(ComparisonRefusal) {
        guard sides.outcome.groups.contains(where: { $0.from.count > 1 || $0.to.count > 1 }) else { return }
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
            translated[id] = Self.groups(of: text, groupByCode)
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

    /// The code of the group that a code of a dimension is in; itself where it is in none.
    func group(of code: String, in dimension: String) -> String {
        regrouped.contains(dimension) ? groupByCode[code] ?? code : code
    }

    /// The codes in a text as codes of groups, each once.
    private static func groups(of text: String, _ groupByCode: [String: String]) -> String {
        var found: [String] = []
        for code in Selection.codes(in: text, among: groupByCode.keys, { groupByCode[$0] != nil }) {
            let group = groupByCode[code] ?? code
            if !found.contains(group) { found.append(group) }
        }
        return found.joined(separator: ",")
    }
}
