package import Annals

extension Series {
    /// The same over changes of codes: each point is the sum over what belongs together through all tables.
    ///
    /// - Parameters:
    ///   - wanted: A code, a member of a group, or a group's code, by id of dimension.
    ///   - tables: With their years and versions, ascending by year.
    ///   - choice: The concordance; nil for none.
    /// - Throws: ``ComparisonRefusal``.
    package init(
        where wanted: [String: String], in tables: [(year: Int, version: Int, table: Table)],
        by choice: ConcordanceChoice?
    ) throws(ComparisonRefusal) {
        guard let choice, tables.count > 1,
            let concorded = try ConcordedSeries(where: wanted, in: tables.map(\.table), by: choice)
        else {
            try self.init(where: wanted, in: tables)
            return
        }
        var points: [Point] = []
        for (index, (year, version, table)) in tables.enumerated() {
            points.append(try concorded.point(year: year, version: version, table, at: index))
        }
        self.init(
            dimensions: concorded.dimensions, at: concorded.at, points: points, concordance: concorded.outcome)
    }
}

/// A cell whose codes changed, through several tables.
private struct ConcordedSeries {
    let dimensions: [String]
    let at: [String]
    let outcome: ConcordanceOutcome
    /// The codes of each table, by id of dimension.
    private let codes: [[String: [String]]]
    private let years: ConcordedYears
    /// Ids of the dimensions of groups with several codes.
    private let joined: [String]

    /// Nil where no code that is wanted changed, and nothing of one was left out of account.
    init?(where wanted: [String: String], in tables: [Table], by choice: ConcordanceChoice) throws(ComparisonRefusal) {
        let (first, last) = (tables[0], tables[tables.count - 1])
        let concorded = try ConcordedDimensions.ids(from: first, to: last, by: choice).filter { wanted[$0] != nil }
        let axes = last.keySpace.dimensions
        guard !concorded.isEmpty, axes.allSatisfy({ wanted[$0.id] != nil || $0.categories.count == 1 }),
            wanted.keys.allSatisfy({ id in axes.contains { $0.id == id } })
        else { return nil }
        var years = try ConcordedYears(tables, dimensions: concorded, by: choice)
        var codes = tables.map { _ in [String: [String]]() }
        var groups: [ConcordanceOutcome.Group] = []
        var at: [String] = []
        /// The codes that belong together with those that are wanted.
        var touched: Set<String> = []
        for axis in axes {
            let code = wanted[axis.id] ?? axis.categories[0].code
            let members = concorded.contains(axis.id) ? years.members(of: code) : nil
            for table in tables.indices { codes[table][axis.id] = members?[table] ?? [code] }
            guard let members, members.contains(where: { $0 != [code] }) || years.ignores(members) else {
                at.append(code)
                continue
            }
            touched.formUnion(members.joined())
            let name = members[tables.count - 1].joined(separator: "+")
            at.append(name.isEmpty ? code : name)
            let group = ConcordanceOutcome.Group(
                code: name.isEmpty ? code : name, from: members[0], to: members[tables.count - 1])
            if !groups.contains(group) { groups.append(group) }
        }
        guard !groups.isEmpty else { return nil }
        dimensions = axes.map(\.id)
        self.at = at
        joined = concorded.filter { id in codes.contains { ($0[id] ?? []).count > 1 } }
        outcome = ConcordanceOutcome(
            name: choice.concordance.name, groups: groups,
            ignored: years.ignored.filter { touched.contains($0.from) || touched.contains($0.to) },
            notInUse: years.notInUse)
        self.codes = codes
        self.years = years
    }

    func point(
        year: Int, version: Int, _ table: Table, at index: Int
    ) throws(ComparisonRefusal) -> Series.Point {
        let wanted = table.keySpace.dimensions.map { codes[index][$0.id] ?? [] }
        let present = zip(table.keySpace.dimensions, wanted).map { axis, codes in
            codes.compactMap { years.uses($0, in: axis, of: index) ? axis.index(of: $0) : nil }
        }
        let measure =
            table.keySpace.measureDimension.flatMap { present[$0].first }.map { table.measures[$0] }
            ?? table.measures[0]
        guard measure.addsUp || joined.isEmpty else {
            throw .doesNotAddUp(measure: measure.label, kind: measure.kind, concordance: outcome.name)
        }
        var sum = SumColumns(count: 1)
        for indices in Self.product(present) { add(indices, of: table, to: &sum) }
        if zip(wanted, present).contains(where: { $0.count != $1.count }) { sum.set(.incomplete, at: 0) }
        if isNetDiagonal(measure) { sum.set(.value, at: 0) }
        if sum.overflown != nil { throw .sumTooLarge(at: at) }
        let mark = sum.isAbsent(0) ? nil : SumColumns.mark(sum.key(of: 0))
        return Series.Point(
            year: year, version: version, value: mark.flatMap { $0.status.countsAsNumber ? sum.value(of: 0) : nil },
            decimals: measure.decimals, unit: measure.printedUnit, status: mark?.status, flags: mark?.flags ?? [])
    }

    private func add(_ indices: [Int], of table: Table, to sum: inout SumColumns) {
        guard let cell = table.cell(atOrdinal: table.keySpace.ordinal(indices)) else { return }
        let mark = table.cells.mark(at: cell)
        let part = SumColumns.Part(mark)
        let own = zip(table.keySpace.dimensions, indices).filter { joined.contains($0.0.id) }.map {
            $0.0.categories[$0.1].code
        }
        if mark.status == .notApplicable, own.count == 2, own[0] == own[1] {
            sum.addNothing(part, to: 0)
        } else {
            sum.add(table.cells.values[cell], part, to: 0)
        }
    }

    /// Whether what is asked for is what moves within a group.
    private func isNetDiagonal(_ measure: Measure) -> Bool {
        guard measure.kind == .net, joined.count == 2 else { return false }
        let codes = zip(dimensions, at).filter { joined.contains($0.0) }.map(\.1)
        return codes[0] == codes[1]
    }

    private static func product(_ lists: [[Int]]) -> [[Int]] {
        lists.reduce([[]]) { combinations, list in combinations.flatMap { start in list.map { start + [$0] } } }
    }
}
