import Annals
import Archive
import ControlAPI
import Hummingbird

/// What there is: datasets, their years, the vintages of a year.
struct CatalogRoutes: Sendable {
    let backend: any ControlBackend

    private var archive: Archive { backend.archive }

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
            let (archive, changes, definitions) = (archive, backend.changes, backend.definitions)
            return Answer.json(
                try await BlockingWork.run {
                    HistoryAnswer(question, year: year, in: archive, changes, definitions).report
                })
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
}

extension DatasetReport {
    fileprivate init(_ summary: DatasetSummary) {
        self.init(
            id: summary.id.slug, title: summary.title, years: summary.years, dimensions: summary.dimensions)
    }
}
