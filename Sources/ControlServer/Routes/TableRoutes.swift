import Annals
import Archive
import ArchiveAnswers
import Comparison
import ControlAPI
import Hummingbird

/// The table of a vintage.
struct TableRoutes: Sendable {
    let backend: any ControlBackend

    func add(to routes: inout RouteTable) {
        let parameters = ["version", WhereParameter.name, "source", "format"] + CatalogQuestion.parameters
        routes.add(.get, "/v1/datasets/{dataset}/years/{year}", parameters) { call in try await answer(call) }
    }

    private func answer(_ call: Call) async throws -> Response {
        let question = try CatalogQuestion(call, in: backend.archive.catalog)
        let format = try AnswerFormat.choice(for: call.request, call.query, among: AnswerFormat.allCases)
        let wanted = try WhereParameter.codes(in: call.query)
        let vintage = try vintage(question, call)
        let withSource = try call.query.flag("source")
        let archive = backend.archive
        let body = try await BlockingWork.run {
            let table = try archive.table(vintage)
            let cells = try Self.cells(of: table, wanted)
            let places = SourcePlaces(archive: archive)
            let place = withSource ? try places.places(of: vintage, in: table) : nil
            return try Self.body(of: vintage, cells, place, as: format)
        }
        return Answer.body(body, as: format)
    }

    private static func cells(of table: Table, _ wanted: [String: String]) throws(ControlProblem) -> ChosenCells {
        do throws(ComparisonRefusal) {
            let selection = try Selection(wanted, in: table.keySpace)
            return ChosenCells(table, picked: selection.isEverything ? nil : selection.cells(of: table))
        } catch {
            throw ControlProblem(error)
        }
    }

    private func vintage(_ question: CatalogQuestion, _ call: Call) throws(ControlProblem) -> Vintage {
        let year = try question.year(try call.segment("year"))
        guard let version = try call.query.number("version", in: 1...Int.max) else { return try question.current(year) }
        return try question.vintage(year, version: version)
    }

    private static func body(
        of vintage: Vintage, _ cells: ChosenCells, _ place: CellPlace.Finder?, as format: AnswerFormat
    ) throws(ControlProblem) -> AnswerBody {
        let table = cells.table
        let heading = TableHeading(vintage)
        let encoder = CellEncoder(
            cells, as: format, dataset: vintage.dataset, version: vintage.version, place: place)
        var body = AnswerBody()
        switch format {
        case .table: return TableLayout(table, heading, cells: cells, place: place).body()
        case .jsonStat: return try JSONStat.body(cells, heading)
        case .ndjson: encoder.addRows(to: &body)
        case .csv:
            body.append(CellEncoder.columns(of: table.keySpace, withPlaces: place != nil))
            encoder.addRows(to: &body)
        case .json:
            var json = JSONWriter()
            json.beginObject()
            heading.writeFields(of: table, to: &json, of: &body)
            json.key("cells")
            json.beginArray()
            body.append(json.take())
            encoder.addRows(to: &body)
            json.endArray()
            heading.writeTail(to: &json)
            json.endObject()
            body.append(json.take() + [0x0A])
        }
        return body
    }
}
