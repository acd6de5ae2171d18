import ControlAPI
import HTTPTypes
import Hummingbird

extension AnswerFormat {
    /// What the request wants: `?format=` first, then the first of `Accept` that this answer has, else JSON.
    ///
    /// - Parameters:
    ///   - request: Its `Accept` header.
    ///   - query: Its `format`.
    ///   - available: What the answer can be written as; JSON among them.
    /// - Returns: One of `available`.
    /// - Throws: `.unacceptableFormat`.
    static func choice(
        for request: Request, _ query: QueryParameters,
        among available: [AnswerFormat] = [.json, .csv, .ndjson, .table]
    ) throws(ControlProblem) -> AnswerFormat {
        let remedy = "Available: \(available.map(\.rawValue).joined(separator: ", "))."
        if let name = try query.text("format") {
            guard let format = AnswerFormat(rawValue: name), available.contains(format) else {
                throw ControlProblem(.unacceptableFormat, "There is no format “\(name)” here.", remedy: remedy)
            }
            return format
        }
        guard let accept = request.headers[.accept] else { return .json }
        for range in accept.split(separator: ",") {
            let type = range.prefix { $0 != ";" }.trimming { $0 == " " || $0 == "\t" }.lowercased()
            if type == "*/*" || type == "application/*" { return .json }
            if let format = available.first(where: { $0.mediaType == type }) { return format }
            if type == "text/*", available.contains(.csv) { return .csv }
        }
        throw ControlProblem(.unacceptableFormat, "None of “\(accept)” is to be had here.", remedy: remedy)
    }
}

extension StringProtocol {
    /// Without the characters at both ends that match.
    fileprivate func trimming(_ matches: (Character) -> Bool) -> String {
        String(drop(while: matches).reversed().drop(while: matches).reversed())
    }
}
