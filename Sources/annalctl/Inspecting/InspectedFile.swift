import Annals
import Auditing
import ControlAPI
import Definitions
import Reading
import TableReading

/// A file as it would be taken: tables with their audits, or the reason why not.
struct InspectedFile {
    /// How much of a table is shown.
    enum Detail {
        case shape, cells, places
    }

    let path: String
    private let detail: Detail
    private var examined: Examiner.Audited?
    private var reason: Reason?
    /// By year.
    private var printed: [Int: TableReading.SourceTable] = [:]

    init(path: String, definitions: Definitions, detail: Detail) {
        self.path = path
        self.detail = detail
        do throws(Reason) {
            let source = InspectedSource(path: path)
            let (bytes, job) = (try source.bytes(), try source.job())
            let examiner = Examiner(definitions: definitions)
            let examined = try examiner.audited(bytes, job)
            self.examined = examined
            reason = examined.failure
            guard detail == .places else { return }
            for table in try examiner.sourceTables(bytes, job) {
                printed[table.table.period.year] = table
            }
        } catch {
            reason = error
        }
    }

    /// Whether it would be quarantined.
    var isRefused: Bool { reason != nil }

    /// For people.
    func text() -> AnswerBody {
        var text = TerminalText.sanitised("\(path): \(isRefused ? "refused" : "readable")") + "\n"
        if let facts = examined?.document.facts {
            let how = "read by \(facts.reader), \(facts.encoding), dialect \(facts.dialect)"
            text += TerminalText.sanitised(how) + "\n"
        }
        if detail == .places { text += columns.map { TerminalText.sanitised($0) + "\n" }.joined() }
        if let reason {
            var table = TextTable([("", .left), ("", .left)])
            for (name, value) in ReasonLayout.rows(reason) { table.add([name, value]) }
            text += table.text()
        }
        var body = AnswerBody()
        body.append(text)
        for year in years {
            body.append("\n")
            year.layOut(in: &body)
        }
        body.append("\n")
        return body
    }

    /// Adds it to an answer as a value of JSON.
    func write(to json: inout JSONWriter, of body: inout AnswerBody) {
        json.beginObject()
        json.field("file", path)
        json.field("outcome", isRefused ? "refused" : "readable")
        json.field("reader", examined?.document.facts.reader)
        json.field("encoding", examined?.document.facts.encoding)
        json.field("dialect", examined?.document.facts.dialect)
        writePlan(to: &json)
        json.key("tables")
        json.beginArray()
        for year in years { year.write(to: &json, of: &body) }
        json.endArray()
        json.field("reason", reason)
        json.endObject()
    }

    /// For each column what it was taken for and why, a line each.
    private var columns: [String] {
        (examined?.document.plan.columns ?? []).map { column in
            let name = column.name.isEmpty ? "column \(column.number)" : "`\(column.name)`"
            return "  \(name): \(column.role.rawValue)\(column.of.map { " of `\($0)`" } ?? ""); it \(column.why)"
        }
    }

    private func writePlan(to json: inout JSONWriter) {
        guard let plan = examined?.document.plan, !plan.columns.isEmpty else { return }
        json.key("columns")
        json.beginArray()
        for column in plan.columns {
            json.beginObject()
            json.field("number", column.number)
            json.field("name", column.name)
            json.field("role", column.role.rawValue)
            json.field("of", column.of)
            json.field("why", column.why)
            json.endObject()
        }
        json.endArray()
    }

    private var years: [InspectedYear] {
        guard let examined else { return [] }
        return examined.years.map { year in
            InspectedYear(
                dataset: examined.document.facts.dataset, examined: year,
                fileFindings: examined.document.facts.findings,
                detail: detail, printed: printed[year.table.period.year])
        }
    }
}
