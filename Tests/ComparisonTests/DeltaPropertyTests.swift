import Annals
import Comparison
import Testing

/// Deltas of random tables, each against ``NaiveDelta``; a failure names the seed that replays it.
struct DeltaPropertyTests {
    @Test(arguments: 0..<200) func everyRowIsWhatTheRulesSay(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        guard let (from, to) = pair(&generator) else { return }
        let delta = try Comparison.delta(from: from, to: to)
        let expected = NaiveDelta(from: from, to: to).rows
        let found = (0..<delta.count).map { naive(delta.row($0), delta) }
        #expect(found == expected, "seed \(seed)")
        #expect((0..<delta.count).map { delta.ordinal(at: $0) } == (0..<delta.count).map { delta.row($0).ordinal })
    }

    @Test(arguments: 0..<200) func summaryCountsTheRowsWithoutTotals(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        guard let (from, to) = pair(&generator) else { return }
        for totals in [nil] + DeltaOptions.Totals.allCases.map(Optional.some) {
            let delta = try Comparison.delta(from: from, to: to, options: DeltaOptions(totals: totals))
            let rows = NaiveDelta(from: from, to: to).rows.filter { row in
                switch totals ?? .exclude {
                case .include: true
                case .exclude: !isTotal(row.at, from, to)
                case .only: isTotal(row.at, from, to)
                }
            }
            #expect(delta.summary == summary(of: rows), "seed \(seed), totals \(String(describing: totals))")
            if let totals, totals != .include { #expect(delta.count == rows.count, "seed \(seed)") }
        }
    }

    @Test(arguments: 0..<200) func topIsTheFrontOfTheSortedRows(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        guard let (from, to) = pair(&generator, decimals: 1...1) else { return }
        let limit = Int.random(in: 0...12, using: &generator)
        let delta = try Comparison.delta(from: from, to: to, options: DeltaOptions(top: limit))
        let sorted = NaiveDelta(from: from, to: to).rows.enumerated()
            .filter { !isTotal($1.at, from, to) && ($1.change ?? 0) != 0 }
            .sorted { ($0.1.change!.magnitude, $1.0) > ($1.1.change!.magnitude, $0.0) }
        #expect((0..<delta.count).map { naive(delta.row($0), delta) } == sorted.prefix(limit).map(\.1), "seed \(seed)")
    }

    @Test(arguments: 0..<200) func turningTheTablesTurnsEveryChange(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        guard let (from, to) = pair(&generator) else { return }
        let forth = changes(try Comparison.delta(from: from, to: to))
        let back = changes(try Comparison.delta(from: to, to: from))
        #expect(forth.mapValues { -$0 } == back, "seed \(seed)")
    }

    @Test(arguments: 0..<200) func selectionPicksAmongTheRows(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        guard let (from, to) = pair(&generator) else { return }
        let naive = NaiveDelta(from: from, to: to)
        var wanted: [String: String] = [:]
        for dimension in to.keySpace.dimensions where Bool.random(using: &generator) {
            let codes = naive.codes(of: dimension.id).filter { _ in Bool.random(using: &generator) }
            if !codes.isEmpty { wanted[dimension.id] = codes.joined(separator: ",") }
        }
        let delta = try Comparison.delta(from: from, to: to, options: DeltaOptions(where: wanted))
        let expected = naive.rows.filter { row in
            wanted.allSatisfy { id, codes in codes.split(separator: ",").contains { $0 == row.at[id]! } }
        }
        #expect((0..<delta.count).map { self.naive(delta.row($0), delta) } == expected, "seed \(seed)")
    }

    // MARK: Help

    /// Two tables with the same dimensions and measures that can be compared, half of the time with the same key space.
    private func pair(_ generator: inout SeededGenerator, decimals: ClosedRange<Int> = 0...2) -> (Table, Table)? {
        let from = RandomTables.table(&generator, year: 2010, decimals: decimals)
        if Bool.random(using: &generator) {
            var to = from
            to.period = Period(year: 2011)
            for cell in to.cells.values.indices where to.cells.status(at: cell) == .value {
                to.cells.values[cell] += Int64.random(in: -3...3, using: &generator)
            }
            return (from, to)
        }
        var measures = from.measures
        for index in measures.indices { measures[index].decimals = Int.random(in: decimals, using: &generator) }
        return (from, RandomTables.table(&generator, year: 2011, measures: measures))
    }

    private func naive(_ row: DeltaRow, _ delta: Delta) -> NaiveDelta.Row {
        let ids = delta.keySpace.dimensions.map(\.id)
        let at = Dictionary(uniqueKeysWithValues: zip(ids, delta.keySpace.codes(at: row.ordinal)))
        return NaiveDelta.Row(
            at: at, from: row.from, to: row.to, change: row.change.flatMap { Int64(exactly: $0) },
            relativeMicros: row.relativeMicros,
            fromStatus: row.fromStatus, toStatus: row.toStatus, comparison: row.comparison, decimals: row.decimals)
    }

    private func isTotal(_ at: [String: String], _ tables: Table...) -> Bool {
        tables.contains { $0.keySpace.dimensions.contains { $0.totalCode != nil && $0.totalCode == at[$0.id] } }
    }

    private func summary(of rows: [NaiveDelta.Row]) -> Delta.Summary {
        var summary = Delta.Summary()
        for row in rows {
            switch row.comparison {
            case .appeared: summary.appeared += 1
            case .vanished: summary.vanished += 1
            case .transition: summary.transitions += 1
            case .sameReason: summary.sameReason += 1
            case .compared:
                summary.compared += 1
                if row.change! > 0 { summary.increased += 1 }
                if row.change! < 0 { summary.decreased += 1 }
                if row.change! == 0 { summary.unchanged += 1 }
            }
        }
        return summary
    }

    private func changes(_ delta: Delta) -> [[String: String]: Int128] {
        var changes: [[String: String]: Int128] = [:]
        for index in 0..<delta.count { changes[naive(delta.row(index), delta).at] = delta.row(index).change }
        return changes
    }
}
