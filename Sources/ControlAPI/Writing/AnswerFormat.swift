/// How an answer with cells or rows is written.
package enum AnswerFormat: String, Sendable, CaseIterable {
    case json, csv, ndjson

    package var mediaType: String {
        switch self {
        case .json: "application/json"
        case .csv: "text/csv"
        case .ndjson: "application/x-ndjson"
        }
    }

    /// What goes into `Content-Type`.
    package var contentType: String {
        switch self {
        case .json, .ndjson: mediaType
        case .csv: "text/csv; charset=utf-8; header=present"
        }
    }
}
