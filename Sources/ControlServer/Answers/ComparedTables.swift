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

    /// Reads both tables and compares what is asked for.
    ///
    /// - Throws: `ControlProblem` for a comparison that is refused; `ArchiveError`.
    init(_ question: DeltaQuestion, in archive: Archive, _ definitions: Definitions) throws {
        let declared = definitions.definition(of: question.to.dataset)?.measures ?? []
        let from = try archive.table(question.from).withAdditivity(of: declared)
        let to = try archive.table(question.to).withAdditivity(of: declared)
        do throws(ComparisonRefusal) {
            if let dimension = question.by {
                let summation = try Summation(by: dimension, from: from, to: to, where: question.options.where)
                let (delta, contributions) = try Comparison.delta(
                    by: summation, from: from, to: to, top: question.options.top)
                self.delta = delta
                additions = DeltaAdditions(delta, contributions: contributions)
            } else {
                delta = try Comparison.delta(from: from, to: to, options: question.options)
                additions = DeltaAdditions(delta)
            }
        } catch {
            throw ControlProblem(error)
        }
        measures = Self.measures(of: delta.keySpace, from: from, to: to)
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
