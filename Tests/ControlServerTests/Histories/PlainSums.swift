/// Sums over all dimensions but one: what `--by` compares.
struct PlainSums {
    let dimension: String
    let wanted: [String: Set<String>]

    /// A table of the sums; totals never enter, and a sum with a part that has no figure has none.
    func sums(of table: PlainTable, wanted: [String: Set<String>]) -> PlainTable {
        let kept = [dimension] + (table.measureDimension.map { $0 == dimension ? [] : [$0] } ?? [])
        var sums = table
        sums.isAntisymmetric = false
        sums.dimensions = kept.map { id in
            var own = table.dimension(id)
            own.codes.removeAll { $0 == own.total }
            own.total = nil
            return own
        }
        sums.cells = [:]
        for key in table.keys where !table.isTotal(key) {
            guard zip(key, table.dimensions).allSatisfy({ wanted[$1.id]?.contains($0) ?? true }) else { continue }
            let part = table.cells[key]!
            let place = kept.map { key[table.place(of: $0)] }
            let before = sums.cells[place]
            var sum = before ?? PlainTable.Cell(flags: part.flags)
            sum.flags.formUnion(part.flags)
            sum.flags.remove("derived")
            sum.value += part.value
            sum.status = PlainTable.Cell.status(ofSumOf: [part.status] + (before.map { [$0.status] } ?? []))
            sums.cells[place] = sum
        }
        let lacks = table.missing.contains { id, codes in
            id != dimension && codes.contains { wanted[id]?.contains($0) ?? true }
        }
        for place in sums.cells.keys where lacks {
            (sums.cells[place]!.value, sums.cells[place]!.status) = (0, "incomplete")
        }
        return sums
    }

    func sums(of table: PlainTable) -> PlainTable { sums(of: table, wanted: wanted) }

    /// Why there are no sums.
    func refusals(_ tables: [PlainTable]) -> Set<String> {
        let doesNotAddUp = tables.contains { table in
            table.measures.contains { measure in
                let isWanted = table.measureDimension.flatMap { wanted[$0] }?.contains(measure.code) ?? true
                return isWanted && !measure.addsUp
            }
        }
        return doesNotAddUp ? ["delta-refused"] : []
    }

    /// A change over what all rows of the dimension came to before, whatever is selected; in millionths.
    func contribution(_ row: PlainDelta.Row, from: PlainTable, to: PlainTable) -> Int? {
        let all = sums(of: from, wanted: [:])
        guard let change = row.change, let own = all.measure(at: row.at), own.hasRatios,
            sums(of: to).measure(at: row.at)!.hasRatios
        else { return nil }
        var whole = 0
        for (key, cell) in all.cells {
            // Where the measures are the rows, each is a whole by itself.
            guard dimension == from.measureDimension ? key == row.at : key.dropFirst() == row.at.dropFirst() else {
                continue
            }
            guard let number = cell.number else { return nil }
            whole += PlainNumbers.brought(number, from: own.decimals, to: row.decimals)
        }
        return whole > 0 ? PlainNumbers.divided(change * 1_000_000, by: whole) : nil
    }
}
