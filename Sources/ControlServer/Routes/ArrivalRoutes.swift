import Annals
import Archive
import ArchiveAnswers
import ControlAPI
import Hummingbird

/// The log of arrivals, the quarantine, and waiting for the inbox.
struct ArrivalRoutes: Sendable {
    let backend: any ControlBackend
    let guardian: AdminGuard

    /// How long `sync` waits where nothing is said, in seconds.
    static let defaultSyncSeconds = 60.0
    static let maximumSyncSeconds = 86_400.0

    func add(to routes: inout RouteTable) {
        routes.add(.get, "/v1/drops", ["since", "outcome", "limit", "format"]) { call in try drops(call) }
        routes.add(.post, "/v1/sync", ["since", "timeout"]) { call in
            let since = try call.query.number("since", in: 0...UInt64.max) ?? 0
            return Answer.json(try await backend.sync(since: since, timeout: try Self.timeout(call.query)))
        }
        routes.add(.get, "/v1/quarantine", ["format"]) { call in
            let format = try AnswerFormat.choice(for: call.request, call.query, among: [.json, .ndjson])
            let entries = backend.archive.catalog.quarantined
            return Answer.list(entries.map(QuarantinedReport.init), named: "quarantined", as: format)
        }
        routes.add(.get, "/v1/quarantine/{id}") { call in
            let id = try call.segment("id")
            guard let entry = backend.archive.catalog.quarantined(id: id) else {
                throw ControlProblem(
                    .noSuchQuarantine, "Nothing is quarantined under “\(id)”.", remedy: "See annalctl quarantine list.")
            }
            return Answer.json(QuarantinedReport(entry))
        }
        routes.add(.post, "/v1/quarantine/{id}/retry") { call in
            try await guardian.check(call)
            return Answer.json(try await backend.retryQuarantined(try call.segment("id")))
        }
        routes.add(.post, "/v1/quarantine/{id}/discard") { call in
            try await guardian.check(call)
            return Answer.json(try await backend.discardQuarantined(try call.segment("id")))
        }
    }

    private func drops(_ call: Call) throws(ControlProblem) -> Response {
        let format = try AnswerFormat.choice(for: call.request, call.query, among: [.json, .ndjson])
        let entries = backend.archive.catalog.drops(
            since: try call.query.number("since", in: 0...UInt64.max) ?? 0,
            outcome: try call.query.choice("outcome", of: Outcome.self),
            limit: try call.query.number("limit", in: 0...Int.max) ?? .max)
        let unfiled = backend.unfiled()
        return Answer.list(entries.lazy.map { DropReport($0, unfiled: unfiled) }, named: "drops", as: format)
    }

    private static func timeout(_ query: QueryParameters) throws(ControlProblem) -> Duration {
        guard let text = try query.text("timeout") else { return .seconds(defaultSyncSeconds) }
        guard let seconds = Double(text), (0...maximumSyncSeconds).contains(seconds) else {
            throw query.wrong("timeout", text, "seconds from 0 to \(Int(maximumSyncSeconds))")
        }
        return .seconds(seconds)
    }
}

/// Lets only those pass who may change something.
struct AdminGuard: Sendable {
    let policy: AdminPolicy

    /// - Throws: `.notPermitted`.
    func check(_ call: Call) async throws {
        let peer = try await PeerCredentials.peer(of: call.context.channel)
        guard policy.permits(peer) else {
            throw ControlProblem(
                .notPermitted, "User \(peer.uid) may read, but not change anything.",
                remedy: "Ask root, the daemon's user, or a member of its admin_group.")
        }
    }
}
