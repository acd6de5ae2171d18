import Annals
import Archive
import Comparison
import ControlAPI
import Definitions

/// The answer to a question about two vintages, before it is written.
struct ComparedTables: Sendable {
    let delta: Delta
    /// What is compared, in the order of the key space, with the coarser side's decimals.
    let measures: [Measure]
    let additions: DeltaAdditions
    let summary: DeltaSummary

    /// Reads both tables and compares what is asked for.
    ///
    /// - Throws: `ControlProblem` for a comparison that is refused; `ArchiveError`.
    init(_ question: DeltaQuestion, in archive: Archive, _ definitions: Definitions) throws {
        let declared = definitions.definition(of: question.to.dataset)?.measures ?? []
        func table(_ vintage: Vintage) throws(ArchiveError) -> Table {
            try archive.table(vintage).withAdditivity(of: declared)
        }
        let (from, to) = (try table(question.from), try table(question.to))
        do {
            let explanation: Explanation?
            if let dimension = question.by {
                let summation = try Summation(by: dimension, from: from, to: to, where: question.options.where)
                let sums = try ComparedSums(summation, from: from, to: to, top: question.options.top)
                explanation = try Self.explanation(
                    of: sums.delta, ComparedPair(from: sums.from, to: sums.to), question
                ) { Self.sums(summation, of: try table($0)) }
                delta = sums.delta
                additions = DeltaAdditions(delta, contributions: sums.contributions, explanation: explanation)
            } else {
                let delta = try Comparison.delta(from: from, to: to, options: question.options)
                explanation = try Self.explanation(
                    of: delta, ComparedPair(from: from, to: to, options: question.options), question, table)
                self.delta = delta
                additions = DeltaAdditions(delta, explanation: explanation)
            }
            summary = DeltaSummary(delta.summary, explanation)
        } catch let refusal as ComparisonRefusal {
            throw ControlProblem(refusal)
        }
        measures = Self.measures(of: delta.keySpace, from: from, to: to)
    }

    /// Nil for a table that can't be summed: it has no figures to tell of.
    private static func sums(_ summation: Summation, of table: Table) -> Table? {
        do throws(ComparisonRefusal) { return try summation.sums(of: table) } catch { return nil }
    }

    /// Nil where none is asked for.
    private static func explanation(
        of delta: Delta, _ pair: @autoclosure () throws(ComparisonRefusal) -> ComparedPair, _ question: DeltaQuestion,
        _ table: (Vintage) throws -> Table?
    ) throws -> Explanation? {
        guard let vintages = question.explained else { return nil }
        let both = vintages.from + vintages.to
        let releases = Release.numbered(both)
        let vintageBySequence = Dictionary(both.map { ($0.sequence, $0) }, uniquingKeysWith: { first, _ in first })
        return try Explanation(
            of: delta, try pair(), from: Array(releases.prefix(vintages.from.count)),
            to: Array(releases.suffix(vintages.to.count))
        ) { release in try vintageBySequence[release.sequence].flatMap(table) }
    }

    private static func measures(of keySpace: KeySpace, from: Table, to: Table) -> [Measure] {
        let codes =
            keySpace.measureDimension.map { keySpace.dimensions[$0].categories.map(\.code) } ?? [to.measures[0].code]
        return codes.map { code in
            let earlier = from.measures.count == 1 ? from.measures[0] : from.measures.first { $0.code == code }
            let later = to.measures.count == 1 ? to.measures[0] : to.measures.first { $0.code == code }
            var measure = later ?? earlier ?? to.measures[0]
            if let earlier, let later { measure.decimals = min(earlier.decimals, later.decimals) }
            return measure
        }
    }
}

extension Table {
    /// The same with what a definition in force says of whether measures add up.
    ///
    /// It says so of figures that were recorded before, too: a vintage is never recorded anew for it.
    func withAdditivity(of declared: [Measure]) -> Table {
        var table = self
        for (place, measure) in measures.enumerated() {
            guard let said = declared.first(where: { $0.code == measure.code })?.isAdditive else { continue }
            table.measures[place].isAdditive = said
        }
        return table
    }
}
