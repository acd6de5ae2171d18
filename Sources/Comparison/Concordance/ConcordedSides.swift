import Annals

/// What a concordance says of two tables: their days, the dimensions it is for, the codes in use, and the groups.
struct ConcordedSides {
    let outcome: ConcordanceOutcome
    /// Ids of the dimensions that the concordance is for.
    let dimensions: [String]
    /// Whether anything differs from the tables as they are.
    let isEffective: Bool
    private let idleFrom: Set<String>
    private let idleTo: Set<String>
    private let usedFrom: Set<String>
    private let usedTo: Set<String>

    /// The days whose codes the two have; nil where nothing makes them differ from those of their years.
    let days: (from: CalendarDay, to: CalendarDay)?

    /// Nil where the concordance has nothing to say: both tables are versions of one year in the codes of one day.
    init?(from: Table, to: Table, by choice: ConcordanceChoice) throws(ComparisonRefusal) {
        let concordance = choice.concordance
        let isOfOneYear = from.period.year == to.period.year
        do throws(ComparisonRefusal) {
            dimensions = try ConcordedDimensions.ids(from: from, to: to, by: choice)
        } catch {
            // Versions of a year that it isn't for are compared as they are.
            if isOfOneYear, !choice.isAskedFor { return nil }
            throw error
        }
        guard !Self.areAlike(from, to, dimensions, concordance) else {
            if isOfOneYear { return nil }
            days = nil
            let codes = CodeInventory(to, dimensions: dimensions.compactMap(to.keySpace.dimensionIndex)) { _ in false }
                .codes
            (usedFrom, usedTo) = ([], [])
            outcome = ConcordanceOutcome(name: concordance.name, groups: Self.unchanged(codes, codes))
            (idleFrom, idleTo, isEffective) = ([], [], false)
            return
        }
        let validity = CodeValidity(concordance.links)
        let (first, second) = (
            Self.inventory(of: from, dimensions, validity), Self.inventory(of: to, dimensions, validity)
        )
        let ownDay = CodeDay(of: from.period.year, codes: first.used, links: concordance.links, validity: validity)
        let otherDay = CodeDay(of: to.period.year, codes: second.used, links: concordance.links, validity: validity)
        let day = ownDay.checked(
            from.period.year, codes: first.used, beside: otherDay, with: second.codes, links: concordance.links,
            validity: validity)
        let other = otherDay.checked(
            to.period.year, codes: second.used, beside: ownDay, with: first.codes, links: concordance.links,
            validity: validity)
        if isOfOneYear, day.day == other.day { return nil }
        days = (day.day, other.day)
        let isBackwards = day.day > other.day
        let (start, end) = isBackwards ? (other.day, day.day) : (day.day, other.day)
        (usedFrom, usedTo) = (Set(first.used), Set(second.used))
        guard concordance.links.contains(where: { start < $0.validFrom && $0.validFrom <= end }) else {
            // Nothing changed: also what isn't in use stays as it is.
            let groups = ExpectedCodes.added(
                to: Self.unchanged(first.codes, second.codes), first, on: day.day, second, on: other.day, validity)
            outcome = ConcordanceOutcome(
                name: concordance.name, groups: groups,
                fromCodesOf: day.isOfAnotherYear ? day.day : nil, toCodesOf: other.isOfAnotherYear ? other.day : nil)
            (idleFrom, idleTo) = ([], [])
            isEffective = ExpectedCodes.areMissing(in: groups, first, second)
            return
        }
        let grouping = try CodeGrouping(
            concordance, from: start, to: end, earlier: isBackwards ? second.used : first.used,
            later: isBackwards ? first.used : second.used, minor: choice.minor)
        let groups = ExpectedCodes.added(
            to: Self.groups(
                grouping.groups, isBackwards: isBackwards, order: second.used, known: Set(first.codes + second.codes)),
            first, on: day.day, second, on: other.day, validity)
        idleFrom = first.idle
        idleTo = second.idle
        let idle =
            second.codes.filter(second.idle.contains)
            + first.codes.filter { first.idle.contains($0) && !second.idle.contains($0) }
        isEffective =
            !idle.isEmpty || groups.contains { $0.isJoined || Self.isRenamed($0) }
            || ExpectedCodes.areMissing(in: groups, first, second)
        outcome = ConcordanceOutcome(
            name: concordance.name, groups: groups, ignored: grouping.ignored, notInUse: idle,
            fromCodesOf: day.isOfAnotherYear ? day.day : nil, toCodesOf: other.isOfAnotherYear ? other.day : nil)
    }

    /// Whether both tables have the same codes and no link lies between their years: most often, and then no cell is
    /// looked at.
    private static func areAlike(_ from: Table, _ to: Table, _ dimensions: [String], _ concordance: Concordance) -> Bool
    {
        let years = [from.period.year, to.period.year].map(CalendarDay.init(startOf:)).sorted()
        return !concordance.links.contains { years[0] < $0.validFrom && $0.validFrom <= years[1] }
            && dimensions.allSatisfy { id in
                guard let first = from.keySpace.dimensionIndex(id), let second = to.keySpace.dimensionIndex(id) else {
                    return false
                }
                return from.keySpace.dimensions[first].categories.lazy.map(\.code)
                    .elementsEqual(to.keySpace.dimensions[second].categories.lazy.map(\.code))
            }
    }

    static func inventory(of table: Table, _ dimensions: [String], _ validity: CodeValidity) -> CodeInventory {
        let start = CalendarDay(startOf: table.period.year)
        return CodeInventory(
            table, dimensions: dimensions.compactMap(table.keySpace.dimensionIndex), isNamed: validity.names
        ) { code in
            validity.state(of: code, on: start) != .valid
        }
    }

    private static func isRenamed(_ group: ConcordanceOutcome.Group) -> Bool {
        !group.from.isEmpty && !group.to.isEmpty && group.from != group.to
    }

    private static func unchanged(_ first: [String], _ second: [String]) -> [ConcordanceOutcome.Group] {
        let (known, own) = (Set(first), Set(second))
        return second.map { ConcordanceOutcome.Group(code: $0, from: known.contains($0) ? [$0] : [], to: [$0]) }
            + first.filter { !own.contains($0) }.map { ConcordanceOutcome.Group(code: $0, from: [$0], to: []) }
    }

    /// The groups from the first table to the second, in the second's order; none has the code of another category.
    static func groups(
        _ groups: [CodeGrouping.Group], isBackwards: Bool, order: [String], known: Set<String>
    ) -> [ConcordanceOutcome.Group] {
        let turned = groups.map { group in
            let (from, to) = isBackwards ? (group.later, group.earlier) : (group.earlier, group.later)
            let parts = to.isEmpty ? from : to
            var code = parts.joined(separator: "+")
            while parts.count > 1, known.contains(code) { code = "(\(code))" }
            return ConcordanceOutcome.Group(code: code, from: from, to: to)
        }
        guard isBackwards else { return turned }
        let places = Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let ranked = turned.enumerated().map { index, group in
            (place: group.to.compactMap { places[$0] }.min() ?? order.count, index: index)
        }
        return ranked.sorted { $0 < $1 }.map { turned[$0.index] }
    }

    // MARK: Regrouping

    /// Labels of all codes, the second table's before the first's.
    func labels(_ from: Table, _ to: Table) -> [String: String] {
        var labels: [String: String] = [:]
        for table in [to, from] {
            for id in dimensions {
                guard let place = table.keySpace.dimensionIndex(id) else { continue }
                for category in table.keySpace.dimensions[place].categories where labels[category.code] == nil {
                    labels[category.code] = category.label
                }
            }
        }
        return labels
    }

    /// One of the two tables in codes of groups.
    func regrouped(
        _ table: Table, isFirst: Bool, labels: [String: String], _ options: DeltaOptions
    ) throws(ComparisonRefusal) -> Table {
        let codes = RegroupedCodes(outcome.groups, isFirst: isFirst, labels: labels)
        let axes = table.keySpace.dimensions.map { dimension in
            dimensions.contains(dimension.id)
                ? RegroupedAxis(
                    dimension, in: codes, leavingOut: isFirst ? idleFrom : idleTo, other: isFirst ? usedTo : usedFrom)
                : RegroupedAxis(dimension)
        }
        return try Regrouping(table, axes: axes, in: dimensions, options).regrouped()
    }
}
