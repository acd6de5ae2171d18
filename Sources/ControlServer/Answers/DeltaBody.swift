import Annals
import Comparison
import ControlAPI

/// The answer to a delta's question in any format.
enum DeltaBody {
    static func of(_ question: DeltaQuestion, _ compared: ComparedTables, as format: AnswerFormat) -> AnswerBody {
        let encoder = DeltaEncoder(compared, of: question, as: format)
        var body = AnswerBody()
        switch format {
        case .table: return DeltaLayout(compared, of: question).body()
        case .ndjson: encoder.addRows(to: &body)
        case .csv:
            body.append(encoder.columns)
            encoder.addRows(to: &body)
        case .json, .jsonStat:
            var json = JSONWriter()
            json.beginObject()
            json.field("dataset", question.dataset.slug)
            json.field("axis", question.axis.rawValue)
            json.field("from", question.from.report)
            json.field("to", question.to.report)
            question.basis.writeFields(to: &json)
            json.field("dimensions", compared.delta.keySpace.dimensions)
            json.field("measures", compared.measures)
            json.key("cells")
            json.beginArray()
            body.append(json.take())
            encoder.addRows(to: &body)
            json.endArray()
            json.field("summary", compared.summary)
            json.key("concordance")
            if let concordance = compared.concordance { json.encode(concordance) } else { json.null() }
            if case .file(let table) = question.to {
                json.field("audits", table.audits)
                json.field("findings", table.findings)
            }
            json.endObject()
            body.append(json.take() + [0x0A])
        }
        return body
    }
}
