/// One table against another, by the rules, a row at a time.
struct PlainDelta {
    struct Row {
        var at: [String]
        var earlier: PlainTable.Cell?
        var later: PlainTable.Cell?
        var from: Int?
        var to: Int?
        /// Of the coarser side.
        var decimals: Int
        var comparison: String
        var change: Int?
        var relativeMicros: Int?
    }

    let from: PlainTable
    let to: PlainTable
    /// Codes by id of dimension.
    let wanted: [String: Set<String>]
    /// Whether `--totals` says something; nil for nothing.
    var totals: String?
    var isAntisymmetric: Bool { from.isAntisymmetric && to.isAntisymmetric }

    /// `to`'s codes, then those that only `from` has.
    func codes(_ id: String) -> [String] {
        let own = to.dimension(id).codes
        return own + from.dimension(id).codes.filter { !own.contains($0) }
    }

    /// Why the two can't be compared.
    var refusals: Set<String> {
        let contradicts = from.measures.contains { measure in
            to.measures.contains { $0.code == measure.code && measure.contradicts($0) }
        }
        return contradicts ? ["delta-refused"] : []
    }

    /// Why their changes can't be ranked.
    var rankingRefusals: Set<String> {
        guard let id = to.measureDimension else { return [] }
        let codes = codes(id).filter { wanted[id]?.contains($0) ?? true }
        let units = codes.map { code in
            let measure = { (table: PlainTable) in table.measures.first { $0.code == code } }
            return measure(to)?.unit ?? measure(from)?.unit
        }
        return Set(units).count > 1 ? ["wrong-parameter"] : []
    }

    var rows: [Row] {
        PlainTable.product(to.dimensions.map { codes($0.id) }).filter { key in
            zip(key, to.dimensions).allSatisfy { wanted[$1.id]?.contains($0) ?? true }
        }.compactMap(row)
    }

    private func row(_ key: [String]) -> Row? {
        let (earlier, later) = (from.cells[key], to.cells[key])
        guard earlier != nil || later != nil else { return nil }
        let (own, other) = (from.measure(at: key), to.measure(at: key))
        let decimals = min(own?.decimals ?? .max, other?.decimals ?? .max)
        var row = Row(at: key, earlier: earlier, later: later, decimals: decimals, comparison: "transition")
        row.from = earlier?.number.map { PlainNumbers.brought($0, from: own!.decimals, to: decimals) }
        row.to = later?.number.map { PlainNumbers.brought($0, from: other!.decimals, to: decimals) }
        guard let earlier, let later else {
            row.comparison = earlier == nil ? "appeared" : "vanished"
            return row
        }
        guard let from = row.from, let to = row.to else {
            if row.from == nil, row.to == nil, earlier.status == later.status { row.comparison = "same-reason" }
            return row
        }
        row.comparison = "compared"
        row.change = to - from
        let isBelowUnit = earlier.status == "below-unit" || later.status == "below-unit"
        if own!.hasRatios, other!.hasRatios, from > 0, !isBelowUnit {
            row.relativeMicros = PlainNumbers.divided((to - from) * 1_000_000, by: from)
        }
        return row
    }

    // MARK: Which of them count

    /// Whether the rule on totals lets a row through.
    func takesTotals(_ row: Row) -> Bool {
        let isTotal = zip(row.at, to.dimensions).contains { code, dimension in
            // Whoever names a total means it, as long as nothing is said about totals.
            code == dimension.total && (totals != nil || wanted[dimension.id] == nil)
        }
        switch totals {
        case "include": return true
        case "only": return isTotal
        default: return !isTotal
        }
    }

    /// The rows of the summary and of `--top`.
    func counted(_ rows: [Row]) -> [Row] {
        let keys = Set(rows.map(\.at))
        return rows.filter { row in
            guard takesTotals(row) else { return false }
            guard isAntisymmetric else { return true }
            var mirrored = row.at
            mirrored.swapAt(0, 1)
            guard mirrored != row.at, keys.contains(mirrored) else { return true }
            let order = codes(to.dimensions[0].id)
            return order.firstIndex(of: row.at[0])! > order.firstIndex(of: row.at[1])!
        }
    }

    /// The largest changes, then key order.
    func top(_ limit: Int, of counted: [Row]) -> [Row] {
        let finest = counted.map(\.decimals).max() ?? 0
        func size(_ row: Row) -> Int { abs(row.change!) * PlainNumbers.power(finest - row.decimals) }
        let changed = counted.filter { $0.change ?? 0 != 0 }.enumerated()
        let sorted = changed.sorted { left, right in
            (size(right.element), left.offset) < (size(left.element), right.offset)
        }
        return sorted.prefix(limit).map(\.element)
    }

    static func summary(of counted: [Row]) -> [String: ExactJSON] {
        func count(_ comparison: String, _ isCounted: (Row) -> Bool = { _ in true }) -> ExactJSON {
            .integer(counted.count { $0.comparison == comparison && isCounted($0) })
        }
        return [
            "compared": count("compared"), "appeared": count("appeared"), "vanished": count("vanished"),
            "transitions": count("transition"), "same_reason": count("same-reason"),
            "increased": count("compared") { $0.change! > 0 }, "decreased": count("compared") { $0.change! < 0 },
            "unchanged": count("compared") { $0.change! == 0 },
        ]
    }
}

extension PlainDelta.Row {
    var json: [String: ExactJSON] {
        func status(_ cell: PlainTable.Cell?) -> ExactJSON { cell.map { .string($0.status) } ?? .null }
        func flags(_ cell: PlainTable.Cell?) -> ExactJSON {
            guard let cell, !cell.flags.isEmpty else { return .missing }
            return .unordered(cell.flags.map(ExactJSON.string))
        }
        return [
            "at": .strings(at), "from": PlainNumbers.json(from, decimals), "to": PlainNumbers.json(to, decimals),
            "change": PlainNumbers.json(change, decimals), "relative": PlainNumbers.json(relativeMicros, 6),
            "from_status": status(earlier), "to_status": status(later), "comparison": .string(comparison),
            "from_flags": flags(earlier), "to_flags": flags(later),
        ]
    }
}
