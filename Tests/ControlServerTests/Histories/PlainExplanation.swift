/// What a change is made of, by the rules: how it was published first, and what revisions added.
struct PlainExplanation {
    typealias Release = (vintage: PlainHistory.Vintage, table: PlainTable)

    /// In order of publication, tables as they are compared.
    let from: [Release]
    let to: [Release]

    /// Nil where a row can't be taken apart.
    func parts(of row: PlainDelta.Row) -> ExactJSON? {
        guard row.comparison == "compared", let start = to.first?.vintage.published,
            let toPath = path(to, from: start), let fromPath = path(from, from: start),
            !isContradicted(toPath, row), !isContradicted(fromPath, row),
            let later = figure(toPath[0], row), let earlier = figure(fromPath[0], row)
        else { return nil }
        func json(_ amount: Int) -> ExactJSON { PlainNumbers.json(amount, row.decimals) }
        func kinds(_ path: [Release], sign: Int) -> ExactJSON {
            .closed(steps(path, row).filter { $0.value != 0 }.mapValues { json(sign * $0) })
        }
        return .object([
            "as_published": json(later - earlier), "to_revision": json(row.to! - later),
            "from_revision": json(earlier - row.from!),
            "by_kind": .object(["to": kinds(toPath, sign: 1), "from": kinds(fromPath, sign: -1)]),
        ])
    }

    /// From the release that was current at an instant to the last.
    private func path(_ releases: [Release], from start: Int64) -> [Release]? {
        releases.lastIndex { $0.vintage.published <= start }.map { Array(releases[$0...]) }
    }

    private func isContradicted(_ path: [Release], _ row: PlainDelta.Row) -> Bool {
        let current = path.last!.table.measure(at: row.at)!
        return path.contains { $0.table.measure(at: row.at)?.contradicts(current) ?? false }
    }

    private func figure(_ release: Release, _ row: PlainDelta.Row) -> Int? {
        release.table.cells[row.at]?.number.map { number in
            PlainNumbers.brought(number, from: release.table.measure(at: row.at)!.decimals, to: row.decimals)
        }
    }

    /// Each step from a figure to the next goes to the later release's kind.
    private func steps(_ path: [Release], _ row: PlainDelta.Row) -> [String: Int] {
        var amounts: [String: Int] = [:]
        var last = figure(path[0], row)!
        for release in path.dropFirst() {
            guard let figure = figure(release, row) else { continue }
            amounts[release.vintage.kind ?? "unstated", default: 0] += figure - last
            last = figure
        }
        return amounts
    }
}
