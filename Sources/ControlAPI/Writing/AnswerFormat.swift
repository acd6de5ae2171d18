/// How an answer is written.
package enum AnswerFormat: String, Sendable, CaseIterable {
    case json, csv, ndjson
    /// Columns of text for people.
    case table
    case jsonStat = "json-stat"

    /// What a request accepts to get it; JSON-stat has none of its own and is asked for by name.
    package var mediaType: String {
        switch self {
        case .json, .jsonStat: "application/json"
        case .csv: "text/csv"
        case .ndjson: "application/x-ndjson"
        case .table: "text/plain"
        }
    }

    /// What goes into `Content-Type`.
    package var contentType: String {
        switch self {
        case .json, .ndjson, .jsonStat: mediaType
        case .csv: "text/csv; charset=utf-8; header=present"
        case .table: "text/plain; charset=utf-8"
        }
    }
}
