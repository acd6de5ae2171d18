import Annals
import Comparison

/// The rules of a delta written once more, one cell at a time by its codes and in floating point's stead by long division.
///
/// As slow and as plain as can be: what ``Comparison`` is held against.
struct NaiveDelta {
    struct Row: Hashable {
        var at: [String: String]
        var from: Int64?
        var to: Int64?
        var change: Int64?
        var relativeMicros: Int64?
        var fromStatus: CellStatus?
        var toStatus: CellStatus?
        var comparison: DeltaRow.Comparison
        var decimals: Int
    }

    let from: Table
    let to: Table

    /// Codes in the order of the union: `to`'s, then those of `from` that it lacks.
    func codes(of id: String) -> [String] {
        let later = to.keySpace.dimensions[to.keySpace.dimensionIndex(id)!].categories.map(\.code)
        let earlier = from.keySpace.dimensions[from.keySpace.dimensionIndex(id)!].categories.map(\.code)
        return later + earlier.filter { !later.contains($0) }
    }

    var rows: [Row] {
        var combinations: [[String: String]] = [[:]]
        for dimension in to.keySpace.dimensions {
            combinations = combinations.flatMap { combination in
                codes(of: dimension.id).map { combination.merging([dimension.id: $0]) { $1 } }
            }
        }
        return combinations.compactMap(row)
    }

    private func row(at: [String: String]) -> Row? {
        let (earlier, later) = (cell(of: from, at: at), cell(of: to, at: at))
        guard earlier != nil || later != nil else { return nil }
        let decimals = min(earlier?.decimals ?? 99, later?.decimals ?? 99, sharedDecimals(at: at) ?? 99)
        var row = Row(
            at: at, fromStatus: earlier?.mark.status, toStatus: later?.mark.status, comparison: .transition,
            decimals: decimals)
        row.from = earlier.flatMap { coarsen($0, to: decimals) }
        row.to = later.flatMap { coarsen($0, to: decimals) }
        if earlier == nil { row.comparison = .appeared }
        if later == nil { row.comparison = .vanished }
        if earlier != nil, later != nil, row.from == nil, row.to == nil, row.fromStatus == row.toStatus {
            row.comparison = .sameReason
        }
        guard let from = row.from, let to = row.to else { return row }
        row.comparison = .compared
        row.change = to - from
        let belowUnit = row.fromStatus == .belowUnit || row.toStatus == .belowUnit
        let kind = (earlier?.measure.kind, later?.measure.kind)
        let isRatio = [kind.0, kind.1].allSatisfy { ![Measure.Kind.net, .rate, .percent, .index].contains($0) }
        if isRatio, from > 0, !belowUnit { row.relativeMicros = Self.halfEven((to - from) * 1_000_000, from) }
        return row
    }

    /// A measure that both tables have is compared in the coarser decimals even where one lacks the cell.
    private func sharedDecimals(at: [String: String]) -> Int? {
        let found = [from, to].compactMap { table -> Int? in
            guard let dimension = table.keySpace.measureDimension else { return table.measures[0].decimals }
            let code = at[table.keySpace.dimensions[dimension].id]
            return table.measures.first { $0.code == code }?.decimals
        }
        return found.min()
    }

    private func cell(
        of table: Table, at: [String: String]
    ) -> (value: Int64, mark: Mark, decimals: Int, measure: Measure)? {
        let codes = table.keySpace.dimensions.map { at[$0.id]! }
        guard let cell = table.cell(at: codes), let ordinal = table.keySpace.ordinal(ofCodes: codes) else { return nil }
        let measure = table.measure(atOrdinal: ordinal)
        return (table.cells.values[cell], table.cells.mark(at: cell), measure.decimals, measure)
    }

    private func coarsen(
        _ cell: (value: Int64, mark: Mark, decimals: Int, measure: Measure), to decimals: Int
    ) -> Int64? {
        guard cell.mark.status.countsAsNumber else { return nil }
        return Self.halfEven(cell.value, (0..<cell.decimals - decimals).reduce(1) { power, _ in power * 10 })
    }

    /// Tries the two neighbours of the quotient.
    static func halfEven(_ dividend: Int64, _ divisor: Int64) -> Int64 {
        var floor = dividend / divisor
        while floor * divisor > dividend { floor -= 1 }
        let below = dividend - floor * divisor
        let above = divisor - below
        if below == above { return floor % 2 == 0 ? floor : floor + 1 }
        return below < above || below == 0 ? floor : floor + 1
    }
}
