import Annals
import Comparison
import Testing

/// Decompositions of random histories, each row against ``NaiveExplanation``; a failure names the seed that replays it.
struct ExplanationPropertyTests {
    @Test(arguments: 0..<RandomHistory.count) func everyRowIsTakenApartAsTheRulesSay(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let history = RandomHistory(&generator)
        let options = DeltaOptions(top: Bool.random(using: &generator) ? 3 : nil)
        let (from, to) = (history.current(2010), history.current(2011))
        guard let delta = try Self.delta(from, to, options) else { return }
        let explanation = try Explanation(
            of: delta, ComparedPair(from: from, to: to, options: options), from: history.years[2010]!.map(\.release),
            to: history.years[2011]!.map(\.release)
        ) { history.table(of: $0) }
        for index in 0..<delta.count {
            let row = delta.row(index)
            let at = Dictionary(uniqueKeysWithValues: zip(delta.keySpace.dimensions.map(\.id), delta.codes(at: index)))
            let naive = NaiveExplanation(
                from: history.sorted(2010).map { Self.step($0, at, row.decimals) },
                to: history.sorted(2011).map { Self.step($0, at, row.decimals) })
            let expected = row.comparison == .compared ? naive.parts : nil
            #expect(Self.parts(explanation.row(at: index)) == expected, "seed \(seed), at \(delta.codes(at: index))")
            if let parts = explanation.row(at: index) {
                let sum = parts.asPublished + parts.toRevision + parts.fromRevision
                #expect(Int128(sum) == row.change, "seed \(seed)")
            }
        }
        // Those that the summary counts, whether they are listed or not.
        let all = try Comparison.delta(from: from, to: to, options: DeltaOptions(totals: .exclude))
        let every = try Explanation(
            of: all, ComparedPair(from: from, to: to), from: history.years[2010]!.map(\.release),
            to: history.years[2011]!.map(\.release)
        ) { history.table(of: $0) }
        let count = (0..<all.count).count { every.row(at: $0) != nil }
        #expect(explanation.explained == count, "seed \(seed)")
        #expect(explanation.explained + explanation.unexplained == delta.summary.compared, "seed \(seed)")
    }

    @Test(arguments: 0..<RandomHistory.count) func everySumIsTakenApartAsTheRulesSay(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let history = RandomHistory(&generator)
        let (from, to) = (history.current(2010), history.current(2011))
        guard try Self.delta(from, to, DeltaOptions()) != nil else { return }
        let summation = try Summation(by: "a", from: from, to: to)
        let sums = try ComparedSums(summation, from: from, to: to)
        let explanation = try Explanation(
            of: sums.delta, ComparedPair(from: sums.from, to: sums.to), from: history.years[2010]!.map(\.release),
            to: history.years[2011]!.map(\.release)
        ) { try summation.sums(of: history.table(of: $0)) }
        let naiveSums = NaiveSums(from: from, to: to, dimension: "a")
        for index in 0..<sums.delta.count {
            let row = sums.delta.row(index)
            let key = sums.delta.codes(at: index)
            func step(_ vintage: RandomHistory.Vintage) -> NaiveExplanation.Step {
                let sum = naiveSums.sums(of: vintage.table, where: [:])[key]
                let measure =
                    vintage.table.measures.count == 1
                    ? vintage.table.measures[0] : vintage.table.measures.first { $0.code == key.last }
                return NaiveExplanation.Step(
                    release: vintage.release,
                    figure: sum.flatMap { sum in sum.value.map { Self.brought($0, sum.decimals, to: row.decimals) } },
                    measure: measure)
            }
            let naive = NaiveExplanation(from: history.sorted(2010).map(step), to: history.sorted(2011).map(step))
            let expected = row.comparison == .compared ? naive.parts : nil
            #expect(Self.parts(explanation.row(at: index)) == expected, "seed \(seed), at \(key)")
        }
        #expect(explanation.explained == (0..<sums.delta.count).count { explanation.row(at: $0) != nil })
    }

    // MARK: Help

    /// Nil where the two can't be compared.
    private static func delta(_ from: Table, _ to: Table, _ options: DeltaOptions) throws -> Delta? {
        do throws(ComparisonRefusal) {
            return try Comparison.delta(from: from, to: to, options: options)
        } catch {
            if case .differentUnits = error { return nil }
            throw error
        }
    }

    private static func step(
        _ vintage: RandomHistory.Vintage, _ at: [String: String], _ decimals: Int
    ) -> NaiveExplanation.Step {
        let table = vintage.table
        let codes = table.keySpace.dimensions.map { at[$0.id]! }
        let measure =
            table.keySpace.measureDimension.map { place in table.measures.first { $0.code == codes[place] } }
            ?? table.measures[0]
        let figure = table.cell(at: codes).flatMap { table.cells.number(at: $0) }
        return NaiveExplanation.Step(
            release: vintage.release, figure: figure.map { brought($0, measure!.decimals, to: decimals) },
            measure: measure)
    }

    private static func brought(_ value: Int64, _ decimals: Int, to wanted: Int) -> Int64 {
        decimals >= wanted
            ? NaiveDelta.halfEven(value, (0..<decimals - wanted).reduce(1) { power, _ in power * 10 })
            : (0..<wanted - decimals).reduce(value) { value, _ in value * 10 }
    }

    private static func parts(_ row: Explanation.Row?) -> NaiveExplanation.Parts? {
        row.map { row in
            NaiveExplanation.Parts(
                asPublished: row.asPublished, toRevision: row.toRevision, fromRevision: row.fromRevision,
                toByKind: Dictionary(uniqueKeysWithValues: row.toByKind.map { ($0.kind, $0.amount) }),
                fromByKind: Dictionary(uniqueKeysWithValues: row.fromByKind.map { ($0.kind, $0.amount) }))
        }
    }
}
