import Annals
import Comparison

/// The rules of `--by` written once more, cell after cell in dictionaries: what sums are held against.
struct NaiveSums {
    struct Row: Hashable {
        var at: [String]
        var from: Int64?
        var to: Int64?
        var change: Int64?
        var contributionMicros: Int64?
        var fromStatus: CellStatus?
        var toStatus: CellStatus?
        var comparison: DeltaRow.Comparison
    }

    struct Sum: Hashable {
        var value: Int64? = 0
        var status = CellStatus.value
        var decimals = 0
    }

    let from: Table
    let to: Table
    let dimension: String
    var wanted: [String: Set<String>] = [:]

    private var naive: NaiveDelta { NaiveDelta(from: from, to: to) }

    private var measureDimension: String? {
        to.keySpace.measureDimension.map { to.keySpace.dimensions[$0].id }.flatMap { $0 == dimension ? nil : $0 }
    }

    /// The sums of a table by code, and measure where there is a dimension of them.
    func sums(of table: Table, where wanted: [String: Set<String>]) -> [[String]: Sum] {
        var sums: [[String]: Sum] = [:]
        for cell in 0..<table.cells.count {
            let ordinal = table.ordinal(ofCell: cell)
            let at = Dictionary(
                uniqueKeysWithValues: zip(table.keySpace.dimensions.map(\.id), table.keySpace.codes(at: ordinal)))
            let isTotal = [from, to, table].contains { table in
                table.keySpace.dimensions.contains { $0.totalCode != nil && $0.totalCode == at[$0.id] }
            }
            if isTotal || wanted.contains(where: { !$1.contains(at[$0]!) }) { continue }
            let key = [at[dimension]!] + (measureDimension.map { [at[$0]!] } ?? [])
            var sum = sums[key] ?? Sum()
            sum.decimals = table.measure(atOrdinal: ordinal).decimals
            sum.value = table.cells.number(at: cell).flatMap { figure in sum.value.map { $0 + figure } }
            sum.status = .ofSum([table.cells.status(at: cell)] + (sums[key].map { [$0.status] } ?? []))
            sums[key] = sum
        }
        return sums
    }

    var rows: [Row] {
        let (earlier, later) = (sums(of: from, where: wanted), sums(of: to, where: wanted))
        let measureCodes = measureDimension.map(naive.codes(of:)) ?? []
        var rows: [Row] = []
        for code in naive.codes(of: dimension) {
            for key in measureCodes.isEmpty ? [[code]] : measureCodes.map({ [code, $0] }) {
                if let row = row(key, earlier[key], later[key]) { rows.append(row) }
            }
        }
        return rows
    }

    private func row(_ key: [String], _ earlier: Sum?, _ later: Sum?) -> Row? {
        guard earlier != nil || later != nil else { return nil }
        let decimals = self.decimals(key)
        var row = Row(at: key, fromStatus: earlier?.status, toStatus: later?.status, comparison: .transition)
        row.from = earlier.flatMap { Self.coarsened($0, to: decimals) }
        row.to = later.flatMap { Self.coarsened($0, to: decimals) }
        if earlier == nil { row.comparison = .appeared }
        if later == nil { row.comparison = .vanished }
        if earlier != nil, later != nil, row.from == nil, row.to == nil, row.fromStatus == row.toStatus {
            row.comparison = .sameReason
        }
        guard let from = row.from, let to = row.to else { return row }
        row.comparison = .compared
        row.change = to - from
        if let whole = whole(key, decimals), whole > 0 {
            row.contributionMicros = NaiveDelta.halfEven((to - from) * 1_000_000, whole)
        }
        return row
    }

    private func measures(_ key: [String]) -> [Measure] {
        [from, to].compactMap { table in
            guard let place = table.keySpace.measureDimension else { return table.measures[0] }
            let code = table.keySpace.dimensions[place].id == dimension ? key[0] : key[1]
            return table.measures.first { $0.code == code }
        }
    }

    private func decimals(_ key: [String]) -> Int { measures(key).map(\.decimals).min()! }

    /// The sum of `from` over all rows of the dimension, whatever is selected.
    private func whole(_ key: [String], _ decimals: Int) -> Int64? {
        let isRatio = measures(key).allSatisfy { ![Measure.Kind.net, .rate, .percent, .index].contains($0.kind) }
        guard isRatio else { return nil }
        let isByMeasure = to.keySpace.dimensions.contains { $0.isMeasure && $0.id == dimension }
        var whole: Int64 = 0
        for (other, sum) in sums(of: from, where: [:])
        where isByMeasure ? other == key : other.dropFirst() == key.dropFirst() {
            guard let value = Self.coarsened(sum, to: decimals) else { return nil }
            whole += value
        }
        return whole
    }

    private static func coarsened(_ sum: Sum, to decimals: Int) -> Int64? {
        sum.value.map { NaiveDelta.halfEven($0, (0..<sum.decimals - decimals).reduce(1) { power, _ in power * 10 }) }
    }
}

extension CellStatus {
    /// The status of a sum of parts with these: a reason before a figure, what is hidden before what isn't there, a printed
    /// figure before one below the unit, that before a dash.
    static func ofSum(_ parts: [CellStatus]) -> CellStatus {
        let order: [CellStatus] = [
            .incomplete, .confidential, .unreliable, .includedElsewhere, .notAvailable, .notYetAvailable, .blank,
            .notApplicable,
            .value,
            .belowUnit,
        ]
        return order.first(where: parts.contains) ?? .nilFigure
    }
}
