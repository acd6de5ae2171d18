import Annals
import Archive
import ArchiveAnswers
import Comparison
import ControlAPI
import Definitions

/// All vintages of a year, and what changed in each.
struct HistoryAnswer {
    private let question: CatalogQuestion
    private let year: Int
    private let archive: Archive
    private let changes: VersionChanges
    private let known: KnownBasis
    /// What the dataset's definition tolerates; nil where it doesn't say.
    private let tolerance: Tolerance?

    init(
        _ question: CatalogQuestion, year: Int, in archive: Archive, _ changes: VersionChanges,
        _ definitions: Definitions
    ) {
        self.question = question
        self.year = year
        self.archive = archive
        self.changes = changes
        known = KnownBasis(of: question, definitions, changes)
        tolerance = definitions.definition(of: question.id)?.tolerance
    }

    var report: HistoryReport {
        let vintages = question.vintages(year)
        let current = question.catalog.current(question.id, year, asOf: question.asOf, knownAt: question.knownAt)
        let published = question.releases(year)
        let materials = materials()
        let entries = vintages.map { vintage in
            let place = published.firstIndex { $0.version == vintage.version } ?? 0
            var entry = entry(
                vintage, isCurrent: vintage.version == current?.version,
                before: question.catalog.vintage(question.id, year, version: vintage.version - 1),
                publishedBefore: place > 0 ? published[place - 1] : nil)
            entry.material = materials[vintage.version]
            return entry
        }
        return HistoryReport(
            dataset: question.id.slug, year: year, head: question.catalog.head.description, vintages: entries)
    }

    private func entry(
        _ vintage: Vintage, isCurrent: Bool, before: Vintage?, publishedBefore: Vintage?
    ) -> HistoryReport.Entry {
        var entry = HistoryReport.Entry(
            version: vintage.version, current: isCurrent, recorded: vintage.recorded, published: vintage.published,
            outcome: vintage.outcome.rawValue, source: SourceReport(vintage), kind: vintage.kind?.rawValue,
            stage: vintage.stage?.rawValue, reason: vintage.reason, revertsTo: vintage.revertsTo, seq: vintage.sequence,
            against: before?.version,
            confirmed: vintage.latestConfirmation.flatMap(HistoryReport.Confirmation.init),
            stageSince: vintage.stageConfirmation.flatMap(HistoryReport.Confirmation.init),
            findings: archive.catalog.drop(vintage.sequence)?.findings ?? [])
        if let before {
            let step = step(from: before, to: vintage)
            entry.changed = step.changed
            entry.difference = step.difference
            entry.altered = step.altered
            entry.uncompared = step.uncompared
        }
        if let publishedBefore {
            let step =
                publishedBefore.version == before?.version
                ? Step(changed: entry.changed, difference: entry.difference, uncompared: entry.uncompared)
                : step(from: publishedBefore, to: vintage)
            entry.byPublished = .init(
                against: publishedBefore.version, changed: step.changed, difference: step.difference,
                uncompared: step.uncompared)
        }
        return entry
    }

    // MARK: What changed

    /// What one vintage changed against another.
    private struct Step {
        var changed: DeltaSummary?
        var difference: DifferenceReport?
        var altered: [Finding]?
        var uncompared: String?
    }

    private func step(from before: Vintage, to vintage: Vintage) -> Step {
        do throws(ArchiveError) {
            let change = try changes.change(from: before, to: vintage, knowing: known)
            return Step(
                changed: change.difference.map { DeltaSummary($0.summary) },
                difference: change.difference.map(DifferenceReport.init),
                altered: change.altered.isEmpty ? nil : change.altered, uncompared: change.refusal)
        } catch {
            // One damaged vintage must not hide the others; `verify` says more.
            return Step(uncompared: "\(error)")
        }
    }

    // MARK: What is material

    /// What of each version is material, by version; none where the definition tolerates nothing in particular.
    ///
    /// A *run* begins with a vintage that is material, and goes on with those that aren't. Each vintage is held against the
    /// first one of the run that was current when it was published, as far as the log went when it was recorded: so many
    /// small steps are seen as soon as they add up, and what comes later changes none of the answers.
    private func materials() -> [Int: HistoryReport.Material] {
        guard let tolerance else { return [:] }
        let vintages = question.catalog.vintages(question.id, year)
        var materials: [Int: HistoryReport.Material] = [:]
        /// The first vintage of each one's run, by version.
        var firsts: [Int: Vintage] = [:]
        for (place, vintage) in vintages.enumerated() {
            let before = vintages[..<place].filter { $0.published <= vintage.published }
                .max { ($0.published, $0.sequence) < ($1.published, $1.sequence) }
            guard let before, let first = firsts[before.version] else {
                firsts[vintage.version] = vintage
                continue
            }
            let (count, uncompared) = material(from: first, to: vintage, beyond: tolerance)
            materials[vintage.version] = .init(against: first.version, cells: count, uncompared: uncompared)
            firsts[vintage.version] = count == 0 ? first : vintage
        }
        return materials
    }

    private func material(
        from first: Vintage, to vintage: Vintage, beyond tolerance: Tolerance
    ) -> (cells: Int?, uncompared: String?) {
        do throws(ArchiveError) {
            let count = try changes.material(from: first, to: vintage, beyond: tolerance, knowing: known)
            return (count.cells, count.refusal)
        } catch {
            return (nil, "\(error)")
        }
    }
}

extension HistoryReport.Confirmation {
    /// Nil where it says nothing of a stage.
    fileprivate init?(_ confirmation: Vintage.Confirmation) {
        guard let stage = confirmation.stage else { return nil }
        self.init(seq: confirmation.sequence, published: confirmation.published, stage: stage.rawValue)
    }
}

extension DifferenceReport {
    fileprivate init(_ difference: VersionDifference) {
        let isOne = difference.measures.count == 1
        self.init(
            cells: difference.cells, statuses: difference.statuses, flags: difference.flags,
            totals: difference.totals, labels: difference.labels, notes: difference.notes,
            measures: difference.measures.map { amounts in
                Amounts(
                    measure: isOne ? nil : amounts.measure.code, unit: amounts.measure.printedUnit,
                    absolute: ExactFigure(difference: amounts.absolute, decimals: amounts.decimals),
                    largest: amounts.largest.map {
                        Largest(at: $0.at, from: $0.from, to: $0.to, decimals: amounts.decimals)
                    })
            })
    }
}
