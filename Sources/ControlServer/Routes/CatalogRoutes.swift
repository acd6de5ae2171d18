import Annals
import Archive
import ArchiveAnswers
import Comparison
import ControlAPI
import Hummingbird

/// What there is: datasets, their years, the vintages of a year.
struct CatalogRoutes: Sendable {
    let archive: Archive

    func add(to routes: inout RouteTable) {
        routes.add(.get, "/v1/datasets", ["format"]) { call in
            let format = try AnswerFormat.choice(for: call.request, call.query, among: [.json, .ndjson])
            return Answer.list(archive.catalog.datasets.map(DatasetReport.init), named: "datasets", as: format)
        }
        routes.add(.get, "/v1/datasets/{dataset}") { call in
            Answer.json(DatasetReport(try CatalogQuestion(call, in: archive.catalog).dataset))
        }
        routes.add(.get, "/v1/datasets/{dataset}/years", CatalogQuestion.parameters) { call in
            Answer.json(try years(CatalogQuestion(call, in: archive.catalog)))
        }
        routes.add(.get, "/v1/datasets/{dataset}/years/{year}/vintages", CatalogQuestion.parameters) { call in
            let question = try CatalogQuestion(call, in: archive.catalog)
            let year = try question.year(try call.segment("year"))
            return Answer.json(try await BlockingWork.run { history(question, year) })
        }
    }

    private func years(_ question: CatalogQuestion) throws(ControlProblem) -> YearsReport {
        var years: [YearsReport.Year] = []
        for year in question.years {
            let current = try question.current(year)
            years.append(
                YearsReport.Year(
                    year: year, label: current.periodLabel, version: current.version, recorded: current.recorded,
                    published: current.published, vintages: question.vintages(year).count))
        }
        return YearsReport(dataset: question.id.slug, years: years)
    }

    private func history(_ question: CatalogQuestion, _ year: Int) -> HistoryReport {
        let vintages = question.vintages(year)
        let current = question.catalog.current(question.id, year, asOf: question.asOf, knownAt: question.knownAt)
        let published = question.releases(year)
        let entries = vintages.map { vintage in
            let place = published.firstIndex { $0.version == vintage.version } ?? 0
            return entry(
                vintage, isCurrent: vintage.version == current?.version,
                before: question.catalog.vintage(question.id, year, version: vintage.version - 1),
                publishedBefore: place > 0 ? published[place - 1] : nil)
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
            stage: vintage.stage?.rawValue,
            reason: vintage.reason, revertsTo: vintage.revertsTo, seq: vintage.sequence, against: before?.version,
            confirmed: vintage.latestConfirmation.flatMap { last in
                last.stage.map { .init(seq: last.sequence, published: last.published, stage: $0.rawValue) }
            },
            findings: archive.catalog.drop(vintage.sequence)?.findings ?? [])
        if let before {
            let step = step(from: before, to: vintage)
            entry.changed = step.changed
            entry.altered = step.altered
            entry.uncompared = step.uncompared
        }
        if let publishedBefore {
            let step =
                publishedBefore.version == before?.version
                ? Step(changed: entry.changed, uncompared: entry.uncompared)
                : step(from: publishedBefore, to: vintage, tellsAlterations: false)
            entry.byPublished = .init(
                against: publishedBefore.version, changed: step.changed, uncompared: step.uncompared)
        }
        return entry
    }

    /// What one vintage changed against another.
    private struct Step {
        var changed: DeltaSummary?
        var altered: [Finding]?
        var uncompared: String?
    }

    private func step(from before: Vintage, to vintage: Vintage, tellsAlterations: Bool = true) -> Step {
        var step = Step()
        do {
            let (from, to) = (try archive.table(before), try archive.table(vintage))
            let altered = tellsAlterations ? Alterations.between(from, to) : []
            step.altered = altered.isEmpty ? nil : altered
            step.changed = try summary(
                from: from, to: to, antisymmetric: DeltaOptions.antisymmetry(from: before.audits, to: vintage.audits))
        } catch let refusal as ComparisonRefusal {
            step.uncompared = refusal.message
        } catch {
            // One damaged vintage must not hide the others; `verify` says more.
            step.uncompared = "\(error)"
        }
        return step
    }

    private func summary(
        from: Table, to: Table, antisymmetric: (row: String, column: String)?
    ) throws(ComparisonRefusal) -> DeltaSummary {
        let delta = try Comparison.delta(
            from: from, to: to, options: DeltaOptions(top: 0, antisymmetric: antisymmetric))
        return DeltaSummary(delta.summary)
    }
}

extension DatasetReport {
    fileprivate init(_ summary: DatasetSummary) {
        self.init(
            id: summary.id.slug, title: summary.title, years: summary.years, dimensions: summary.dimensions)
    }
}
