import Annals
import Archive
import ArchiveAnswers
import Comparison
import ControlAPI
import Definitions
import Hummingbird

/// Cell by cell, one vintage against another; and one cell through the years.
struct DeltaRoutes: Sendable {
    let backend: any ControlBackend
    let origins = VintageOrigins()

    private var archive: Archive { backend.archive }

    func add(to routes: inout RouteTable) {
        routes.add(.get, FileDeltaRoutes.path, DeltaQuestion.parameters + ["format"]) { call in
            try await delta(call)
        }
        let seriesParameters =
            [WhereParameter.name, "format"] + ConcordanceQuestion.parameters + CatalogQuestion.parameters
        routes.add(.get, "/v1/datasets/{dataset}/series", seriesParameters) { call in try await series(call) }
    }

    // MARK: Delta

    private func delta(_ call: Call) async throws -> Response {
        let format = try AnswerFormat.choice(for: call.request, call.query)
        // One look at them: a reload may come between two.
        let (archive, definitions) = (archive, backend.definitions)
        let catalog = try CatalogQuestion(call, in: archive.catalog)
        let question = try DeltaQuestion(call, catalog, definitions)
        let body = try await BlockingWork.run {
            let sums = backend.changes.sums.sums(of: catalog, definitions)
            return DeltaBody.of(
                question, try ComparedTables(question, in: archive, definitions, knowing: sums), as: format)
        }
        return Answer.body(body, as: format)
    }

    // MARK: Series

    private func series(_ call: Call) async throws -> Response {
        let format = try AnswerFormat.choice(for: call.request, call.query)
        let question = try CatalogQuestion(call, in: archive.catalog)
        let wanted = try WhereParameter.codes(in: call.query)
        let definitions = backend.definitions
        let concordance = try ConcordanceQuestion.choice(in: call.query, of: question.id, definitions)
        let report = try await BlockingWork.run { try self.report(question, wanted, concordance, definitions) }
        switch format {
        case .json, .jsonStat: return Answer.json(report)
        case .csv: return Answer.bytes(report.csv(), contentType: format.contentType)
        case .table: return Answer.bytes(Array(report.text().utf8), contentType: format.contentType)
        case .ndjson: return Answer.list(report.points, named: "points", as: .ndjson)
        }
    }

    private func report(
        _ question: CatalogQuestion, _ wanted: [String: String], _ concordance: ConcordanceChoice?,
        _ definitions: Definitions
    ) throws -> SeriesReport {
        let declared = definitions.definition(of: question.id)?.measures ?? []
        let vintages = try question.years.map(question.current)
        let tables = try vintages.map { vintage in
            (
                year: vintage.year, version: vintage.version,
                table: try archive.table(vintage).withAdditivity(of: declared)
            )
        }
        let basis = AnswerBasis(question, definitions, concordance: concordance?.concordance.name)
        do throws(ComparisonRefusal) {
            let series = try Series(where: wanted, in: tables, by: concordance)
            return SeriesReport(question.id.slug, series, origins.origins(of: vintages), basis)
        } catch {
            throw ControlProblem(error)
        }
    }
}

extension SeriesReport {
    /// - Parameters:
    ///   - dataset: Its id.
    ///   - series: One point a vintage.
    ///   - origins: Of the vintages, in the same order.
    ///   - basis: What the answer rests on besides.
    fileprivate init(_ dataset: String, _ series: Series, _ origins: [VintageOrigin], _ basis: AnswerBasis) {
        self.init(
            dataset: dataset, dimensions: series.dimensions, at: series.at,
            points: zip(series.points, origins).map { point, origin in
                Point(
                    year: point.year, version: point.version, value: point.value, decimals: point.decimals,
                    status: point.status?.code ?? "absent", flags: point.flags.codes, unit: point.unit,
                    origin: origin)
            }, basis: basis, concordance: series.concordance)
    }
}
