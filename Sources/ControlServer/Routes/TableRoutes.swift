import Annals
import Archive
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
        let format = try AnswerFormat.choice(for: call.request, call.query)
        let wanted = try WhereParameter.codes(in: call.query)
        let vintage = try vintage(question, call)
        let archive = backend.archive
        let (table, selection) = try await BlockingWork.run {
            let table = try archive.table(vintage)
            do throws(ComparisonRefusal) {
                return (table, try Selection(wanted, in: table.keySpace))
            } catch {
                throw ControlProblem(error)
            }
        }
        let place = try call.query.flag("source") ? try await places(of: vintage, in: table) : nil
        let encoder = CellEncoder(
            table, as: format, dataset: question.id, version: vintage.version, place: place)
        let layout = Self.layout(vintage, table, format, withPlaces: place != nil)
        if selection.isEverything {
            return Answer.rows(0..<table.cells.count, in: layout) { encoder.append(cell: $0, to: &$1) }
        }
        return Answer.rows(selection.cells(of: table), in: layout) { encoder.append(cell: $0, to: &$1) }
    }

    private func places(of vintage: Vintage, in table: Table) async throws -> CellEncoder.Place {
        let places = SourcePlaces(archive: backend.archive, definitions: backend.definitions)
        return try await BlockingWork.run { try places.places(of: vintage, in: table) }
    }

    private func vintage(_ question: CatalogQuestion, _ call: Call) throws(ControlProblem) -> Vintage {
        let year = try question.year(try call.segment("year"))
        guard let version = try call.query.number("version", in: 1...Int.max) else { return try question.current(year) }
        return try question.vintage(year, version: version)
    }

    private static func layout(
        _ vintage: Vintage, _ table: Table, _ format: AnswerFormat, withPlaces: Bool
    ) -> RowLayout {
        switch format {
        case .ndjson: return RowLayout(format: .ndjson)
        case .csv:
            return RowLayout(format: .csv, head: CellEncoder.columns(of: table.keySpace, withPlaces: withPlaces))
        case .json:
            let heading = TableHeading(vintage)
            var json = JSONWriter()
            json.beginObject()
            heading.writeFields(of: table, to: &json)
            json.key("cells")
            json.beginArray()
            let head = json.take()
            json.endArray()
            heading.writeTail(to: &json)
            json.endObject()
            return RowLayout(format: .json, head: head, tail: json.take() + [0x0A])
        }
    }
}
