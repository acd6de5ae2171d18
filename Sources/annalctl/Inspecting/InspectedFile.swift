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
    private var examined: ExaminedDocument?
    private var reason: Reason?
    /// By year.
    private var printed: [Int: TableReading.SourceTable] = [:]

    init(path: String, definitions: Definitions, detail: Detail) {
        self.path = path
        self.detail = detail
        do throws(Reason) {
            let document = try InspectedSource(path: path).document()
            let examined = try Intake.examine(document, definitions: definitions)
            self.examined = examined
            reason = examined.failure
            guard detail == .places else { return }
            for table in try TableReading.sourceTables(document, definitions: definitions) {
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
        if let document = examined?.document {
            let how = "read by \(document.reader), \(document.encoding), dialect \(document.dialect)"
            text += TerminalText.sanitised(how) + "\n"
        }
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
        json.field("reader", examined?.document.reader)
        json.field("encoding", examined?.document.encoding)
        json.field("dialect", examined?.document.dialect)
        json.key("tables")
        json.beginArray()
        for year in years { year.write(to: &json, of: &body) }
        json.endArray()
        json.field("reason", reason)
        json.endObject()
    }

    private var years: [InspectedYear] {
        guard let examined else { return [] }
        return examined.years.map { year in
            InspectedYear(
                dataset: examined.document.dataset, examined: year, fileFindings: examined.document.findings,
                detail: detail, printed: printed[year.table.period.year])
        }
    }
}
