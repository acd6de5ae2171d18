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

    func sides(from: PlainTable, to: PlainTable, _ minor: Concordance.Minor) -> Sides? {
        let days = [from.year, to.year].sorted().map { CalendarDay(startOf: $0) }
        guard links.contains(where: { days[0] < $0.validFrom && $0.validFrom <= days[1] }) else { return nil }
        let isBackwards = from.year > to.year
        let (first, second) = ((from.year, used(from)), (to.year, used(to)))
        let (groups, ignored) = isBackwards ? grouping(second, first, minor) : grouping(first, second, minor)
        func ordered(_ codes: Set<String>, _ used: [String]) -> [String] {
            used.filter(codes.contains) + codes.filter { !used.contains($0) }.sorted()
        }
        let named = groups.map { group in
            let from = ordered(isBackwards ? group.later : group.earlier, first.1)
            let to = ordered(isBackwards ? group.earlier : group.later, second.1)
            return Group(code: (to.isEmpty ? from : to).joined(separator: "+"), from: from, to: to)
        }
        let sides = Sides(
            concordance: self, groups: named, ignored: ignored, idleFrom: idle(from), idleTo: idle(to),
            usedFrom: Set(first.1), usedTo: Set(second.1), isApproximate: minor == .ignore)
        return sides.isEffective ? sides : nil
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
            !idleFrom.isEmpty || !idleTo.isEmpty || groups.contains { $0.isJoined || $0.isRenamed }
        }

        /// Why tables can't be summed.
        func refusals(_ tables: [PlainTable], measures wanted: Set<String>?) -> Set<String> {
            let doesNotAddUp = tables.contains {
                $0.measures.contains { !$0.addsUp && wanted?.contains($0.code) ?? true }
            }
            return doesNotAddUp && groups.contains(where: \.isJoined) ? ["delta-refused"] : []
        }

        /// A member finds its group.
        func group(of code: String) -> String {
            let found =
                groups.first { $0.code == code } ?? groups.first { $0.to.contains(code) }
                ?? groups.first { $0.from.contains(code) }
            return found?.code ?? code
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

        /// Of the parts that add something the first without a figure says what the sum is.
        static func sum(_ parts: [PlainTable.Cell], isNothing: [Bool]) -> PlainTable.Cell {
            var sum = PlainTable.Cell(status: "not-applicable")
            for part in parts { sum.flags.formUnion(part.flags) }
            if !parts.allSatisfy({ $0.flags.contains("derived") }) { sum.flags.remove("derived") }
            let adding = zip(parts, isNothing).filter { !$1 }.map(\.0)
            guard let first = adding.first else { return sum }
            if let gap = adding.first(where: { $0.number == nil }) {
                sum.status = gap.status
                return sum
            }
            sum.value = adding.reduce(0) { $0 + $1.value }
            sum.status = adding.allSatisfy { $0.status == first.status } ? first.status : "value"
            return sum
        }

        var json: ExactJSON {
            .object([
                "name": .string("regions"), "approximate": .bool(isApproximate && !ignored.isEmpty),
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
