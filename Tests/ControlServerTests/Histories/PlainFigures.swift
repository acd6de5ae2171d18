import Annals
import TestSupport

/// One figure of a table: a cell, or the sum of what is selected.
struct PlainFigure {
    var value: Int?
    var measure: PlainTable.Measure
    var status = "absent"
    var flags: Set<String> = []

    var decimals: Int { measure.decimals }
    var json: ExactJSON { PlainNumbers.json(value, decimals) }

    /// Latest less first, in the decimals of the coarser.
    static func revision(from first: PlainFigure, to latest: PlainFigure) -> (change: Int, decimals: Int)? {
        guard let earlier = first.value, let later = latest.value, !first.measure.contradicts(latest.measure) else {
            return nil
        }
        let decimals = min(first.decimals, latest.decimals)
        return (
            PlainNumbers.brought(later, from: latest.decimals, to: decimals)
                - PlainNumbers.brought(earlier, from: first.decimals, to: decimals), decimals
        )
    }
}

/// Every release of every year of one figure.
struct PlainTriangle {
    let releases: [PlainHistory.Vintage]
    /// Codes by id of dimension, and those of all dimensions where each has one.
    let wanted: [String: Set<String>]
    let at: [String]?

    /// Nil where a table doesn't count it.
    func measure(of table: PlainTable) -> PlainTable.Measure? {
        guard let id = table.measureDimension else { return table.measures[0] }
        return table.measures.first { wanted[id]?.contains($0.code) ?? true }
    }

    func figure(_ table: PlainTable) -> PlainFigure {
        let measure = measure(of: table) ?? table.measures[0]
        if let at {
            guard let cell = table.cells[at] else { return PlainFigure(measure: measure) }
            return PlainFigure(value: cell.number, measure: measure, status: cell.status)
        }
        let parts = table.keys.filter { key in
            zip(key, table.dimensions).allSatisfy { code, dimension in
                wanted[dimension.id]?.contains(code) ?? (code != dimension.total)
            }
        }.map { table.cells[$0]! }
        guard !parts.isEmpty else { return PlainFigure(measure: measure) }
        let status = PlainTable.Cell.status(ofSumOf: parts.map(\.status))
        guard parts.allSatisfy({ $0.number != nil }) else { return PlainFigure(measure: measure, status: status) }
        return PlainFigure(value: parts.reduce(0) { $0 + $1.value }, measure: measure, status: status)
    }

    /// The answer, with the release that is wanted besides first and latest.
    func json(nth: Int?) -> [String: ExactJSON] {
        var (points, years): ([ExactJSON], [ExactJSON]) = ([], [])
        var revisions: [(change: Int, decimals: Int)] = []
        var (revised, signChanges) = (0, 0)
        for year in Set(releases.map(\.table.year)).sorted() {
            let own = releases.filter { $0.table.year == year }
            let figures = own.map { figure($0.table) }
            points += zip(own, figures).map(Self.point)
            let (first, latest) = (figures[0], figures[figures.count - 1])
            let revision = PlainFigure.revision(from: first, to: latest)
            years.append(
                .object([
                    "year": .integer(year), "releases": .integer(own.count), "first": first.json, "latest": latest.json,
                    "revision": PlainNumbers.json(revision?.change, revision?.decimals ?? 0),
                    "nth": nth.map { $0 <= figures.count ? figures[$0 - 1].json : .null } ?? .missing,
                ]))
            if own.count > 1 {
                revised += 1
                revision.map { revisions.append($0) }
            }
            if revision != nil, first.value!.signum() * latest.value!.signum() < 0 { signChanges += 1 }
        }
        return [
            "at": at.map(ExactJSON.strings) ?? .null, "points": .array(points), "years": .array(years),
            "summary": .object([
                "years": .integer(years.count), "revised": .integer(revised),
                "mean_revision": Self.mean(revisions), "sign_changes": .integer(signChanges),
                "mean_absolute_revision": Self.mean(revisions.map { (abs($0.change), $0.decimals) }),
            ]),
        ]
    }

    private static func point(_ release: PlainHistory.Vintage, _ figure: PlainFigure) -> ExactJSON {
        .object([
            "year": .integer(release.table.year), "version": .integer(release.version),
            "published": .string(release.publishedText),
            "value": figure.json, "status": .string(figure.status),
            "kind": release.kind.map(ExactJSON.string) ?? .missing,
            "stage": release.stage.map(ExactJSON.string) ?? .missing,
            "confirmed": .integer(release.confirmations.count),
        ])
    }

    /// Six decimals.
    private static func mean(_ figures: [(change: Int, decimals: Int)]) -> ExactJSON {
        guard !figures.isEmpty else { return .null }
        let finest = figures.map(\.decimals).max()!
        let sum = figures.reduce(0) { $0 + PlainNumbers.brought($1.change, from: $1.decimals, to: finest) }
        return PlainNumbers.json(
            PlainNumbers.divided(sum * 1_000_000, by: figures.count * PlainNumbers.power(finest)), 6)
    }
}

/// One cell through the years; where codes change, the sum over what belongs together through all of them.
struct PlainSeries {
    let tables: [PlainTable]
    let concordance: PlainConcordance?
    let minor: Concordance.Minor

    /// The codes of each table that belong together with one; nil where none has it.
    ///
    /// From each table to the next as a delta of the two would group them.
    private func members(
        of code: String, _ concordance: PlainConcordance
    ) -> (codes: [[String]], isApproximate: Bool)? {
        var codes = tables.map(concordance.used)
        var sets = codes.enumerated().flatMap { place, codes in codes.map { Set(["\(place) \($0)"]) } }
        var ignored: Set<Concordance.Link> = []
        for second in tables.indices.dropFirst() {
            let first = second - 1
            let (groups, left) = concordance.grouping(
                (tables[first].year, codes[first]), (tables[second].year, codes[second]), minor)
            ignored.formUnion(left)
            for group in groups.sorted(by: { $0.earlier.sorted().joined() < $1.earlier.sorted().joined() }) {
                // What the later table lacks and no link took away is in force still.
                let later = group.later.isEmpty ? group.earlier : group.later
                codes[first] += group.earlier.subtracting(codes[first]).sorted()
                codes[second] += later.subtracting(codes[second]).sorted()
                let joined = Set(group.earlier.map { "\(first) \($0)" } + later.map { "\(second) \($0)" })
                let touched = sets.filter { !$0.isDisjoint(with: joined) }
                sets.removeAll { !$0.isDisjoint(with: joined) }
                sets.append(touched.reduce(joined) { $0.union($1) })
            }
        }
        func found(_ code: String) -> [[String]]? {
            guard let last = tables.indices.last(where: { codes[$0].contains(code) }) else { return nil }
            let own = sets.first { $0.contains("\(last) \(code)") }!
            return codes.enumerated().map { place, codes in codes.filter { own.contains("\(place) \($0)") } }
        }
        func answer(_ members: [[String]]) -> (codes: [[String]], isApproximate: Bool) {
            let own = Set(members.joined())
            return (members, ignored.contains { own.contains($0.from) || own.contains($0.to) })
        }
        if let members = found(code) { return answer(members) }
        // By the code of a group: its codes in the last table.
        guard let members = found(String(code.split(separator: "+")[0])), members.last!.joined(separator: "+") == code
        else { return nil }
        return answer(members)
    }

    struct Answer {
        var at: [String]
        var points: [PlainFigure]
        var isConcorded: Bool
        /// Whether something that moved was left out of account.
        var isApproximate: Bool
        var refusals: Set<String>
    }

    /// The points of one code a dimension.
    func answer(_ at: [String]) -> Answer {
        let axes = tables.last!.dimensions
        var codes = tables.map { _ in at.map { [$0] } }
        var name = at
        var (isConcorded, isApproximate) = (false, false)
        for (place, axis) in axes.enumerated() {
            guard let concordance, tables.count > 1, concordance.dimensions.contains(axis.id),
                let (members, ignores) = members(of: at[place], concordance),
                ignores || members.contains(where: { $0 != [at[place]] })
            else { continue }
            isConcorded = true
            isApproximate = isApproximate || ignores
            for table in tables.indices { codes[table][place] = members[table] }
            if !members.last!.isEmpty { name[place] = members.last!.joined(separator: "+") }
        }
        var refusals: Set<String> = []
        let joined = axes.indices.filter { place in codes.contains { $0[place].count > 1 } }
        let points = zip(tables, codes).map { table, codes in
            let key = codes.map { $0.first ?? "" }
            let measure = table.measure(at: key) ?? table.measures[0]
            if isConcorded, !joined.isEmpty, !measure.addsUp { refusals.insert("delta-refused") }
            return point(table, codes, joined, isConcorded: isConcorded, measure)
        }
        return Answer(
            at: name, points: points, isConcorded: isConcorded, isApproximate: isApproximate, refusals: refusals)
    }

    private func point(
        _ table: PlainTable, _ codes: [[String]], _ joined: [Int], isConcorded: Bool, _ measure: PlainTable.Measure
    ) -> PlainFigure {
        let idle = isConcorded ? concordance!.idle(table) : []
        let isIdle = { (place: Int, code: String) in
            concordance?.dimensions.contains(table.dimensions[place].id) == true && idle.contains(code)
        }
        let keys = PlainTable.product(codes).filter { key in
            table.cells[key] != nil && !key.enumerated().contains(where: isIdle)
        }.sorted { left, right in
            let order = { (key: [String]) in
                zip(key, table.dimensions).map { code, dimension in dimension.codes.firstIndex(of: code)! }
            }
            return order(left).lexicographicallyPrecedes(order(right))
        }
        guard !keys.isEmpty else { return PlainFigure(measure: measure) }
        let isMatrix = joined.count == 2
        var sum = PlainConcordance.Sides.sum(
            keys.map { table.cells[$0]! },
            isNothing: keys.map { key in
                isMatrix && key[joined[0]] == key[joined[1]] && table.cells[key]!.status == "not-applicable"
            })
        let lacks = codes.enumerated().contains { place, codes in
            codes.contains { !table.dimensions[place].codes.contains($0) || isIdle(place, $0) }
        }
        if lacks { (sum.value, sum.status) = (0, "incomplete") }
        if isMatrix, measure.kind == "net", codes[joined[0]] == codes[joined[1]] {
            (sum.value, sum.status) = (0, "value")
        }
        return PlainFigure(value: sum.number, measure: measure, status: sum.status, flags: sum.flags)
    }
}
