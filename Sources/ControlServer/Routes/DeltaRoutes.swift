import Annals
import Archive
import Comparison
import ControlAPI
import Hummingbird

/// Cell by cell, one vintage against another; and one cell through the years.
struct DeltaRoutes: Sendable {
    let archive: Archive

    func add(to routes: inout RouteTable) {
        routes.add(.get, "/v1/datasets/{dataset}/delta", DeltaQuestion.parameters + ["format"]) { call in
            try await delta(call)
        }
        let seriesParameters = [WhereParameter.name, "format"] + CatalogQuestion.parameters
        routes.add(.get, "/v1/datasets/{dataset}/series", seriesParameters) { call in try await series(call) }
    }

    // MARK: Delta

    private func delta(_ call: Call) async throws -> Response {
        let format = try AnswerFormat.choice(for: call.request, call.query)
        let question = try DeltaQuestion(call, CatalogQuestion(call, in: archive.catalog))
        let (delta, measures) = try await BlockingWork.run {
            let from = try archive.table(question.from)
            let to = try archive.table(question.to)
            do throws(ComparisonRefusal) {
                let delta = try Comparison.delta(from: from, to: to, options: question.options)
                return (delta, Self.measures(of: delta.keySpace, from: from, to: to))
            } catch {
                throw ControlProblem(error)
            }
        }
        let encoder = DeltaEncoder(delta, of: question, measures: measures, as: format)
        let layout = Self.layout(question, delta, measures, format)
        return Answer.rows(0..<delta.count, in: layout) { encoder.append(row: $0, to: &$1) }
    }

    /// The measures that are compared, in the order of the key space, with the coarser side's decimals.
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

    private static func layout(
        _ question: DeltaQuestion, _ delta: Delta, _ measures: [Measure], _ format: AnswerFormat
    ) -> RowLayout {
        switch format {
        case .ndjson: return RowLayout(format: .ndjson)
        case .csv: return RowLayout(format: .csv, head: DeltaEncoder.columns(of: delta.keySpace))
        case .json:
            var json = JSONWriter()
            json.beginObject()
            json.field("dataset", question.to.dataset.slug)
            json.field("axis", question.axis.rawValue)
            json.field("from", DeltaSide(question.from))
            json.field("to", DeltaSide(question.to))
            json.field("dimensions", delta.keySpace.dimensions)
            json.field("measures", measures)
            json.key("cells")
            json.beginArray()
            let head = json.take()
            json.endArray()
            json.field("summary", DeltaSummary(delta.summary))
            json.key("concordance")
            json.null()
            json.endObject()
            return RowLayout(format: .json, head: head, tail: json.take() + [0x0A])
        }
    }

    // MARK: Series

    private func series(_ call: Call) async throws -> Response {
        let format = try AnswerFormat.choice(for: call.request, call.query)
        let question = try CatalogQuestion(call, in: archive.catalog)
        let wanted = try WhereParameter.codes(in: call.query)
        let report = try await BlockingWork.run { try self.report(question, wanted) }
        switch format {
        case .json: return Answer.json(report)
        case .csv: return Answer.bytes(report.csv(), contentType: format.contentType)
        case .ndjson: return Answer.list(report.points, named: "points", as: .ndjson)
        }
    }

    private func report(_ question: CatalogQuestion, _ wanted: [String: String]) throws -> SeriesReport {
        let tables = try question.years.map { year in
            let vintage = try question.current(year)
            return (year: year, version: vintage.version, table: try archive.table(vintage))
        }
        do throws(ComparisonRefusal) {
            return SeriesReport(question.id, try Series(where: wanted, in: tables))
        } catch {
            throw ControlProblem(error)
        }
    }
}

extension SeriesReport {
    fileprivate init(_ dataset: DatasetID, _ series: Series) {
        self.init(
            dataset: dataset, dimensions: series.dimensions, at: series.at,
            points: series.points.map { point in
                Point(
                    year: point.year, version: point.version, value: point.value, decimals: point.decimals,
                    status: point.status?.code ?? "absent", flags: point.flags.codes, unit: point.unit)
            })
    }
}
