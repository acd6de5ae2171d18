import Annals
import Comparison
import Testing

/// Changes as columns, and summaries of tables of several blocks, against the rows one by one.
struct ChangeColumnsTests {
    @Test(arguments: 0..<200) func columnsHoldWhatTheRowsSay(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let from = RandomTables.table(&generator, year: 2010)
        var measures = from.measures
        for index in measures.indices { measures[index].decimals = Int.random(in: 0...2, using: &generator) }
        let to = RandomTables.table(&generator, year: 2011, measures: measures)
        expectSame(try Comparison.delta(from: from, to: to), seed)
        expectSame(try Comparison.delta(from: from, to: from), seed)
        expectSame(try Comparison.delta(from: from, to: from, options: DeltaOptions(top: 3)), seed)
    }

    @Test(arguments: 0..<60) func manyBlocksAreComparedAsTheirRows(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let count = Int.random(in: 1...5000, using: &generator)
        let hasReasons = Bool.random(using: &generator)
        let isExtreme = Bool.random(using: &generator)
        func table(_ year: Int) -> Table {
            var builder = CellsBuilder(capacity: count)
            for _ in 0..<count {
                let status =
                    hasReasons && Int.random(in: 0..<900, using: &generator) == 0
                    ? Self.reasons.randomElement(
                        using: &generator)! : .value
                let isWide = isExtreme && Int.random(in: 0..<300, using: &generator) == 0
                let value =
                    isWide ? Self.extremes.randomElement(using: &generator)! : .random(in: -9...9, using: &generator)
                _ = builder.append(status.countsAsNumber ? value : 0, Mark(status))
            }
            let categories = (0..<count).map { Category(code: "c\($0)", label: "c\($0)") }
            let axis = Dimension(id: "a", label: "a", categories: categories, totalCode: "c\(count / 2)")
            return Table(
                title: "blocks", period: Period(year: year), notes: [], measures: [Measure(code: "m", decimals: 0)],
                keySpace: KeySpace([axis])!, presence: .dense, cells: builder.finish())
        }
        let (from, to) = (table(2010), table(2011))
        for totals in [nil, DeltaOptions.Totals.include] {
            let delta = try Comparison.delta(from: from, to: to, options: DeltaOptions(totals: totals))
            expectSame(delta, seed)
            let counted = (0..<count).map { delta.row($0) }.filter { totals != nil || $0.ordinal != count / 2 }
            var expected = Delta.Summary()
            for row in counted {
                switch row.comparison {
                case .appeared, .vanished: Issue.record("seed \(seed)")
                case .transition: expected.transitions += 1
                case .sameReason: expected.sameReason += 1
                case .compared:
                    expected.compared += 1
                    if row.change! > 0 { expected.increased += 1 }
                    if row.change! < 0 { expected.decreased += 1 }
                    if row.change! == 0 { expected.unchanged += 1 }
                }
            }
            #expect(delta.summary == expected, "seed \(seed)")
            let top = try Comparison.delta(from: from, to: to, options: DeltaOptions(top: 20, totals: totals))
            let sorted = counted.filter { ($0.change ?? 0) != 0 }
                .sorted { ($0.change!.magnitude, $1.ordinal) > ($1.change!.magnitude, $0.ordinal) }
            #expect((0..<top.count).map { top.row($0) } == Array(sorted.prefix(20)), "seed \(seed)")
        }
    }

    private static let reasons: [CellStatus] = [.confidential, .blank, .nilFigure, .notAvailable]
    private static let extremes: [Int64] = [
        .min, .max, .min + 1, 1 << 62, -(1 << 62), 1 << 62 - 1, 1 << 61, -(1 << 61), 1 << 40,
    ]

    private func expectSame(_ delta: Delta, _ seed: Int) {
        let columns = delta.changes()
        let rows = (0..<delta.count).map { delta.row($0) }
        #expect(columns.comparisons == rows.map(\.comparison), "seed \(seed)")
        #expect(columns.changes == rows.map { $0.change.flatMap { Int64(exactly: $0) } ?? 0 }, "seed \(seed)")
        let beyond = rows.enumerated().filter { $1.change.map { Int64(exactly: $0) == nil } ?? false }
        #expect(
            columns.beyond == Dictionary(uniqueKeysWithValues: beyond.map { ($0.offset, $0.element.change!) }),
            "seed \(seed)")
    }
}
