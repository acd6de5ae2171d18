import Annals
import Archive
import Comparison
import ControlAPI
import Definitions

/// The answer to a question about two tables, before it is written.
struct ComparedTables: Sendable {
    let delta: Delta
    /// What is compared, in the order of the key space, with the coarser side's decimals.
    let measures: [Measure]
    /// How the codes of two years were brought together; nil where nothing was to do and nobody asked.
    let concordance: ConcordanceOutcome?
    let additions: DeltaAdditions
    /// Which rows go across a break; nil between two versions of a year, where none does.
    let breaks: SeriesBreaks?
    let summary: DeltaSummary

    /// Reads both tables and compares what is asked for.
    ///
    /// - Throws: `ControlProblem` for a comparison that is refused; `ArchiveError`.
    init(
        _ question: DeltaQuestion, in archive: Archive, _ definitions: Definitions, knowing sums: KnownSums
    ) throws {
        let declared = definitions.definition(of: question.dataset)?.measures ?? []
        func table(_ vintage: Vintage) throws(ArchiveError) -> Table {
            try sums.table(vintage, in: archive).withAdditivity(of: declared)
        }
        func table(_ side: ComparedSide) throws(ArchiveError) -> Table {
            try side.table(in: archive, knowing: sums).withAdditivity(of: declared)
        }
        let concorded: ConcordedTables
        do {
            concorded = try ConcordedTables(
                from: try table(question.from),
                to: try table(question.to), by: question.concordance, options: question.options)
            func version(_ vintage: Vintage) throws -> Table {
                try concorded.regrouped(table(vintage), isFirst: vintage.year == question.from.year)
            }
            let (from, to) = (concorded.from, concorded.to)
            var options = question.options
            options.where = concorded.translated(options.where)
            let explanation: Explanation?
            if let dimension = question.by {
                let summation = try Summation(by: dimension, from: from, to: to, where: options.where)
                let sums = try ComparedSums(summation, from: from, to: to, top: options.top)
                explanation = try Self.explanation(
                    of: sums.delta, ComparedPair(from: sums.from, to: sums.to), question
                ) { vintage in try Self.summable { try summation.sums(of: version(vintage)) } }
                delta = sums.delta
                breaks = try Self.breaks(
                    in: sums.delta, sums.pair, BreakPlaces(in: sums.delta, concorded, summed: summation), question,
                    archive)
                additions = DeltaAdditions(delta, contributions: sums.contributions, explanation: explanation)
            } else {
                let pair = try ComparedPair(from: from, to: to, options: options)
                let delta = pair.delta(options)
                explanation = try Self.explanation(of: delta, pair, question) { vintage in
                    try Self.summable { try version(vintage) }
                }
                self.delta = delta
                breaks = try Self.breaks(in: delta, pair, BreakPlaces(in: delta, concorded), question, archive)
                additions = DeltaAdditions(delta, explanation: explanation)
            }
            summary = DeltaSummary(delta.summary, explanation, breaks)
        } catch let refusal as ComparisonRefusal {
            throw ControlProblem(refusal)
        }
        concordance = concorded.outcome
        measures = Self.measures(of: delta.keySpace, from: concorded.from, to: concorded.to)
    }

    /// Nil for another version of a year that can't be summed: it has no figures to tell of.
    private static func summable(_ sum: () throws -> Table) throws -> Table? {
        do { return try sum() } catch is ComparisonRefusal { return nil }
    }

    /// Nil where no time passes between the two.
    ///
    /// - Throws: `ArchiveError` where a year between the two can't be read: whether there is a break is unknown then.
    private static func breaks(
        in delta: Delta, _ pair: ComparedPair, _ empty: BreakPlaces, _ question: DeltaQuestion, _ archive: Archive
    ) throws(ArchiveError) -> SeriesBreaks? {
        guard question.axis == .year, question.from.year != question.to.year else { return nil }
        var places = empty
        for vintage in question.between { places.note(try archive.table(vintage)) }
        return SeriesBreaks(of: pair, isBackwards: question.from.year > question.to.year, between: places)
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
