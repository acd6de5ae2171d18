package import Annals

/// What a request can end in besides an answer.
///
/// The one table that ties a problem's name to its HTTP status and to the exit code of `annalctl`. Names are part of the
/// control API: scripts match `type`.
package enum ProblemKind: String, Sendable, CaseIterable {
    case wrongParameter = "wrong-parameter"
    case malformedRequest = "malformed-request"
    case unknownParameter = "unknown-parameter"
    case unacceptableFormat = "unacceptable-format"
    case noSuchRoute = "no-such-route"
    case methodNotAllowed = "method-not-allowed"
    case tooLarge = "too-large"
    case noSuchDataset = "no-such-dataset"
    case noSuchYear = "no-such-year"
    case noSuchVersion = "no-such-version"
    case noSuchQuarantine = "no-such-quarantine"
    case noSuchConcordance = "no-such-concordance"
    case deltaRefused = "delta-refused"
    case refused = "refused"
    case notPermitted = "not-permitted"
    case damaged = "damaged"
    case readOnly = "read-only"
    case busy = "busy"
    case starting = "starting"
    case stopping = "stopping"
    case noInbox = "no-inbox"
    case timedOut = "timed-out"
    case noDaemon = "no-daemon"
    case failure = "failure"

    /// What every problem of this kind is called, title of the problem document.
    package var title: String { entry.title }

    /// The HTTP status it is answered with; 0 for what happens before there is a connection.
    package var status: Int { entry.status }

    package var exitCode: ExitCode { entry.exitCode }

    private var entry: (title: String, status: Int, exitCode: ExitCode) {
        switch self {
        case .wrongParameter: ("A parameter is not right", 400, .wrongUsage)
        case .malformedRequest: ("This request is not valid", 400, .wrongUsage)
        case .unknownParameter: ("There is no such parameter", 400, .wrongUsage)
        case .unacceptableFormat: ("There is no such format for this answer", 406, .wrongUsage)
        case .noSuchRoute: ("There is nothing at this path", 404, .wrongUsage)
        case .methodNotAllowed: ("This path does not take this method", 405, .wrongUsage)
        case .tooLarge: ("The request is too large", 413, .wrongUsage)
        case .noSuchDataset: ("There is no such dataset", 404, .notFound)
        case .noSuchYear: ("There is no such year", 404, .notFound)
        case .noSuchVersion: ("There is no such version", 404, .notFound)
        case .noSuchQuarantine: ("Nothing is quarantined under this id", 404, .notFound)
        case .noSuchConcordance: ("There is no such concordance", 404, .notFound)
        case .deltaRefused: ("The two tables can't be compared", 422, .answerIsNo)
        case .refused: ("The answer is no", 422, .answerIsNo)
        case .notPermitted: ("Not permitted", 403, .notPermitted)
        case .damaged: ("What was asked for is damaged", 500, .answerIsNo)
        case .readOnly: ("Nothing can be recorded or filed away now", 503, .unavailable)
        case .busy: ("The daemon has enough to do", 503, .unavailable)
        case .starting: ("The daemon is starting", 503, .unavailable)
        case .stopping: ("The daemon is stopping", 503, .unavailable)
        case .noInbox: ("The inbox is not there", 503, .unavailable)
        case .timedOut: ("It took too long", 504, .timedOut)
        case .noDaemon: ("No daemon answers", 0, .noDaemon)
        case .failure: ("Something went wrong inside the daemon", 500, .unavailable)
        }
    }
}

/// A problem with what was found and what to do about it; on the wire `application/problem+json`.
///
/// Source: RFC 9457, with `remedy`, `code` (the exit code) and `reason` added.
package struct ControlProblem: Error, Hashable, Sendable {
    package var kind: ProblemKind
    /// One sentence on this very case.
    package var detail: String
    package var remedy: String?
    /// Why a file would be quarantined, where that is the problem; the detail says it in a sentence.
    package var reason: Reason?

    package init(_ kind: ProblemKind, _ detail: String, remedy: String? = nil) {
        self.kind = kind
        self.detail = detail
        self.remedy = remedy
    }

    package var exitCode: ExitCode { kind.exitCode }

    /// What a problem's name has in front of it in `type`.
    package static let typePrefix = "urn:annal:problem:"
    package static let mediaType = "application/problem+json"
}

extension ControlProblem: Codable {
    private enum CodingKeys: String, CodingKey {
        case type, title, status, detail, remedy, code, reason
    }

    /// Reads a problem document; a kind that this version does not know is a ``ProblemKind/failure``.
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        let type = try fields.decode(String.self, forKey: .type)
        self.init(
            ProblemKind(rawValue: String(type.dropFirst(Self.typePrefix.count))) ?? .failure,
            try fields.decode(String.self, forKey: .detail),
            remedy: try fields.decodeIfPresent(String.self, forKey: .remedy))
        reason = try fields.decodeIfPresent(Reason.self, forKey: .reason)
    }

    package func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(Self.typePrefix + kind.rawValue, forKey: .type)
        try fields.encode(kind.title, forKey: .title)
        try fields.encode(kind.status, forKey: .status)
        try fields.encode(detail, forKey: .detail)
        try fields.encodeIfPresent(remedy, forKey: .remedy)
        try fields.encode(exitCode.rawValue, forKey: .code)
        try fields.encodeIfPresent(reason, forKey: .reason)
    }
}
