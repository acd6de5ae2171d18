import Annals
import Comparison
import Testing

/// Sums of random tables, each against ``NaiveSums``; a failure names the seed that replays it.
struct SummationPropertyTests {
    @Test(arguments: 0..<RandomHistory.count) func everySumIsWhatTheRulesSay(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let from = RandomTables.table(&generator, year: 2010)
        var measures = from.measures
        for index in measures.indices { measures[index].decimals = Int.random(in: 0...2, using: &generator) }
        let to = RandomTables.table(&generator, year: 2011, measures: measures)
        let naive = NaiveDelta(from: from, to: to)
        var wanted: [String: Set<String>] = [:]
        for dimension in to.keySpace.dimensions where Int.random(in: 0..<3, using: &generator) == 0 {
            let codes = naive.codes(of: dimension.id).filter { _ in Bool.random(using: &generator) }
            if !codes.isEmpty { wanted[dimension.id] = Set(codes) }
        }
        for dimension in to.keySpace.dimensions.map(\.id) {
            let expected = NaiveSums(from: from, to: to, dimension: dimension, wanted: wanted).rows
            let summation = try Summation(
                by: dimension, from: from, to: to, where: wanted.mapValues { $0.sorted().joined(separator: ",") })
            let sums = try ComparedSums(summation, from: from, to: to)
            let (delta, contributions) = (sums.delta, sums.contributions)
            let found = (0..<delta.count).map { index in
                let row = delta.row(index)
                return NaiveSums.Row(
                    at: delta.codes(at: index), from: row.from, to: row.to,
                    change: row.change.flatMap { Int64(exactly: $0) },
                    contributionMicros: contributions.micros(of: row, in: delta), fromStatus: row.fromStatus,
                    toStatus: row.toStatus, comparison: row.comparison)
            }
            #expect(found == expected, "seed \(seed), by \(dimension)")
        }
    }

    /// Tables of every layout, large enough for long runs: the sums of a dense one are those of the same cells spelled out.
    @Test(arguments: 0..<120) func denseAndSparseSumsAgree(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let sizes = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
            [1, 2, 3, 7, 70, 130].randomElement(using: &generator)!
        }
        guard sizes.reduce(1, *) <= 200_000 else { return }
        let isLarge = Int.random(in: 0..<4, using: &generator) == 0
        let dense = Self.dense(sizes, figuresUpTo: isLarge ? 1 << 45 : 1000, &generator)
        var sparse = dense
        sparse.presence = .sparse((0..<dense.cells.count).map(UInt64.init))
        for place in sizes.indices {
            var wanted: [String: String] = [:]
            for other in sizes.indices where Int.random(in: 0..<3, using: &generator) == 0 {
                let codes = (0..<sizes[other]).filter { _ in Bool.random(using: &generator) }
                if !codes.isEmpty { wanted["d\(other)"] = codes.map(String.init).joined(separator: ",") }
            }
            let summation = try Summation(by: "d\(place)", from: dense, to: sparse, where: wanted)
            let (left, right) = (try summation.sums(of: dense), try summation.sums(of: sparse))
            #expect(left == right, "seed \(seed), sizes \(sizes), by d\(place), where \(wanted)")
        }
    }

    private static func dense(_ sizes: [Int], figuresUpTo bound: Int64, _ generator: inout SeededGenerator) -> Table {
        let dimensions = sizes.enumerated().map { place, size in
            Dimension(
                id: "d\(place)", label: "d", categories: (0..<size).map { Category(code: "\($0)", label: "\($0)") },
                totalCode: Bool.random(using: &generator) && size > 1 ? "\(size / 2)" : nil,
                isMeasure: false)
        }
        let keySpace = KeySpace(dimensions)!
        let hasGaps = Bool.random(using: &generator)
        var cells = CellsBuilder(capacity: keySpace.size)
        for _ in 0..<keySpace.size {
            let isGap = hasGaps && Int.random(in: 0..<40, using: &generator) == 0
            let value = Int64.random(in: -bound...bound, using: &generator)
            _ = cells.append(
                isGap ? 0 : value, isGap ? Mark([.blank, .confidential].randomElement(using: &generator)!) : .plain)
        }
        return Table(
            title: "dense", period: Period(year: 2010), notes: [], measures: [Measure(code: "v")], keySpace: keySpace,
            presence: .dense, cells: cells.finish())
    }
}
