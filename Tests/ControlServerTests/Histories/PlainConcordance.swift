import Annals
import TestSupport

/// Tables of two years in codes that both can be summed to, by the rules.
struct PlainConcordance {
    struct Group: Equatable {
        var code: String
        var from: [String]
        var to: [String]

        var isJoined: Bool { from.count > 1 || to.count > 1 }
        var isRenamed: Bool { !from.isEmpty && !to.isEmpty && from != to }
    }

    let links: [Concordance.Link]
    /// The dimensions that it is for.
    let dimensions: [String]
    /// What the classification has each year; other codes are not in use.
    let codesByYear: [Int: [String]]

    /// The codes of a table in use, in order.
    func used(_ table: PlainTable) -> [String] {
        let axis = table.dimension(dimensions[0])
        return axis.codes.filter { $0 != axis.total && codesByYear[table.year]!.contains($0) }
    }

    func idle(_ table: PlainTable) -> Set<String> {
        let axis = table.dimension(dimensions[0])
        return Set(axis.codes).subtracting(used(table)).subtracting(axis.total.map { [$0] } ?? [])
    }

    func grouping(
        _ earlier: (year: Int, codes: [String]), _ later: (year: Int, codes: [String]), _ minor: Concordance.Minor
    ) -> (groups: Set<NaiveConcordance.Group>, ignored: Set<Concordance.Link>) {
        NaiveConcordance(links: links).groups(
            from: CalendarDay(startOf: earlier.year), to: CalendarDay(startOf: later.year), earlier: earlier.codes,
            later: later.codes, minor: minor)
    }

    /// Whether a table of that year should have a code: some link names it, and the classification has it.
    private func expects(_ code: String, in year: Int) -> Bool {
        links.contains { $0.from == code || $0.to == code } && codesByYear[year]!.contains(code)
    }

    func sides(from: PlainTable, to: PlainTable, _ minor: Concordance.Minor) -> Sides? {
        let days = [from.year, to.year].sorted().map { CalendarDay(startOf: $0) }
        let hasLinks = links.contains { days[0] < $0.validFrom && $0.validFrom <= days[1] }
        // Where nothing changed, also what isn't in use stays as it is.
        func codes(_ table: PlainTable) -> [String] {
            let axis = table.dimension(dimensions[0])
            return hasLinks ? used(table) : axis.codes.filter { $0 != axis.total }
        }
        let isBackwards = from.year > to.year
        let (first, second) = ((from.year, codes(from)), (to.year, codes(to)))
        let (groups, ignored) = isBackwards ? grouping(second, first, minor) : grouping(first, second, minor)
        func ordered(_ codes: Set<String>, _ used: [String]) -> [String] {
            used.filter(codes.contains) + codes.filter { !used.contains($0) }.sorted()
        }
        let named = groups.map { group in
            var from = ordered(isBackwards ? group.later : group.earlier, first.1)
            var to = ordered(isBackwards ? group.earlier : group.later, second.1)
            let code = (to.isEmpty ? from : to).joined(separator: "+")
            if to.isEmpty, from.count == 1, expects(code, in: second.0) { to = from }
            if from.isEmpty, to.count == 1, expects(code, in: first.0) { from = to }
            return Group(code: code, from: from, to: to)
        }
        let sides = Sides(
            concordance: self, groups: named, ignored: ignored, idleFrom: hasLinks ? idle(from) : [],
            idleTo: hasLinks ? idle(to) : [], usedFrom: Set(first.1), usedTo: Set(second.1),
            isApproximate: minor == .ignore && !ignored.isEmpty)
        return sides.isEffective || sides.isApproximate ? sides : nil
    }
}

extension PlainConcordance {
    /// What it says of two tables; only where that changes anything.
    struct Sides {
        let concordance: PlainConcordance
        let groups: [Group]
        let ignored: Set<Concordance.Link>
        let idleFrom: Set<String>
        let idleTo: Set<String>
        let usedFrom: Set<String>
        let usedTo: Set<String>
        let isApproximate: Bool

        var isEffective: Bool {
            !idleFrom.isEmpty || !idleTo.isEmpty
                || groups.contains { group in
                    group.isJoined || group.isRenamed
                        || !group.from.isEmpty && !group.to.isEmpty
                            && (usedFrom.isDisjoint(with: group.from) || usedTo.isDisjoint(with: group.to))
                }
        }

        /// Why tables can't be summed to what is selected, codes by id of dimension.
        func refusals(
            _ tables: [PlainTable], measures wanted: Set<String>?, _ selected: [String: [String]]
        ) -> Set<String> {
            let joined = Set(groups.filter(\.isJoined).map(\.code))
            let isMet = concordance.dimensions.contains { id in
                selected[id].map { codes in codes.contains { joined.contains(group(of: $0)) } } ?? !joined.isEmpty
            }
            let doesNotAddUp = tables.contains {
                $0.measures.contains { !$0.addsUp && wanted?.contains($0.code) ?? true }
            }
            return doesNotAddUp && isMet ? ["delta-refused"] : []
        }

        /// A member finds its group.
        func group(of code: String) -> String {
            let found =
                groups.first { $0.code == code } ?? groups.first { $0.to.contains(code) }
                ?? groups.first { $0.from.contains(code) }
            return found?.code ?? code
        }

        /// What a code of a year in between goes into, as the first table sees it or as the second does.
        private func rows(
            of code: String, in table: PlainTable, _ ends: [PlainTable], _ minor: Concordance.Minor
        ) -> Set<String> {
            var rows: Set<String> = []
            for (end, isFirst) in zip(ends, [true, false]) {
                let (own, other) = (
                    (table.year, concordance.used(table)), (end.year, concordance.used(end))
                )
                let isLater = table.year > end.year
                let found =
                    (isLater ? concordance.grouping(other, own, minor) : concordance.grouping(own, other, minor)).groups
                for group in found where (isLater ? group.later : group.earlier).contains(code) {
                    for end in isLater ? group.earlier : group.later {
                        rows.insert(groups.first { (isFirst ? $0.from : $0.to).contains(end) }?.code ?? end)
                    }
                }
            }
            return rows.isEmpty ? [code] : rows
        }

        /// The flags of a year between two ends, in codes of groups; no figures.
        func flags(of table: PlainTable, between ends: [PlainTable], _ minor: Concordance.Minor) -> PlainTable {
            var result = table
            result.cells = [:]
            let rowsByCode = table.dimensions.map { axis -> [String: Set<String>] in
                Dictionary(
                    uniqueKeysWithValues: axis.codes.map { code in
                        let isOne = !concordance.dimensions.contains(axis.id) || code == axis.total
                        return (code, isOne ? [code] : self.rows(of: code, in: table, ends, minor))
                    })
            }
            for place in table.dimensions.indices {
                result.dimensions[place].codes = Set(rowsByCode[place].values.flatMap(\.self)).sorted()
            }
            for (key, cell) in table.cells {
                for place in PlainTable.product(zip(rowsByCode, key).map { $0[$1]!.sorted() }) {
                    result.cells[place, default: PlainTable.Cell()].flags.formUnion(cell.flags)
                }
            }
            return result
        }

        func regrouped(_ table: PlainTable, isFirst: Bool) -> PlainTable {
            let idle = isFirst ? idleFrom : idleTo
            var groupByCode: [String: Group] = [:]
            for group in groups { for code in isFirst ? group.from : group.to { groupByCode[code] = group } }
            let places = concordance.dimensions.map(table.place)
            func isConcorded(_ place: Int, _ code: String) -> Bool {
                places.contains(place) && code != table.dimensions[place].total
            }
            func translated(_ place: Int, _ code: String) -> String {
                isConcorded(place, code) ? groupByCode[code]?.code ?? code : code
            }
            var result = table
            for place in places {
                var codes: [String] = []
                for code in table.dimensions[place].codes where !(isConcorded(place, code) && idle.contains(code)) {
                    let group = translated(place, code)
                    if !codes.contains(group) { codes.append(group) }
                }
                result.dimensions[place].codes = codes
                let (own, other) = (Set(table.dimensions[place].codes).subtracting(idle), isFirst ? usedTo : usedFrom)
                for group in groups {
                    let (here, there) = isFirst ? (group.from, group.to) : (group.to, group.from)
                    if !here.isEmpty, own.isDisjoint(with: here), !other.isDisjoint(with: there) {
                        result.missing[table.dimensions[place].id, default: []].insert(group.code)
                    }
                }
            }
            var parts: [[String]: [(key: [String], cell: PlainTable.Cell)]] = [:]
            for key in table.keys where !places.contains(where: { isConcorded($0, key[$0]) && idle.contains(key[$0]) })
            {
                parts[key.enumerated().map(translated), default: []].append((key, table.cells[key]!))
            }
            let known = Set(table.dimensions[places[0]].codes).subtracting(idle)
            result.cells = parts.reduce(into: [:]) { cells, sum in
                let lacks = places.contains { place in
                    isConcorded(place, sum.key[place])
                        && groups.first { $0.code == sum.key[place] }.map { group in
                            (isFirst ? group.from : group.to).contains { !known.contains($0) }
                        } ?? false
                }
                var cell = Self.sum(
                    sum.value.map(\.cell), isNothing: sum.value.map { isNothing($0.key, $0.cell, places) })
                if lacks { (cell.value, cell.status) = (0, "incomplete") }
                if isNetDiagonal(sum.key, table, places) { (cell.value, cell.status) = (0, "value") }
                cells[sum.key] = cell
            }
            return result
        }

        /// What doesn't apply on a matrix' own diagonal adds nothing.
        private func isNothing(_ key: [String], _ cell: PlainTable.Cell, _ places: [Int]) -> Bool {
            places.count == 2 && key[places[0]] == key[places[1]] && cell.status == "not-applicable"
        }

        private func isNetDiagonal(_ key: [String], _ table: PlainTable, _ places: [Int]) -> Bool {
            guard places.count == 2, key[places[0]] == key[places[1]] else { return false }
            return table.measure(at: key)!.kind == "net"
                && groups.first { $0.code == key[places[0]] }?.isJoined == true
        }

        /// Of the parts that add something the statuses say what the sum is.
        static func sum(_ parts: [PlainTable.Cell], isNothing: [Bool]) -> PlainTable.Cell {
            var sum = PlainTable.Cell(status: "not-applicable")
            for part in parts { sum.flags.formUnion(part.flags) }
            if !parts.allSatisfy({ $0.flags.contains("derived") }) { sum.flags.remove("derived") }
            let adding = zip(parts, isNothing).filter { !$1 }.map(\.0)
            guard !adding.isEmpty else { return sum }
            sum.value = adding.reduce(0) { $0 + $1.value }
            sum.status = PlainTable.Cell.status(ofSumOf: adding.map(\.status))
            return sum
        }

        var json: ExactJSON {
            .object([
                "name": .string("regions"), "approximate": .bool(isApproximate),
                "groups": .unordered(
                    groups.map { group in
                        .object([
                            "code": .string(group.code), "from": .strings(group.from), "to": .strings(group.to),
                        ])
                    }),
                "not_in_use": .unordered(idleFrom.union(idleTo).map(ExactJSON.string)),
            ])
        }
    }
}
