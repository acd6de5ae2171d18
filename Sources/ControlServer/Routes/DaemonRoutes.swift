import ControlAPI
import HTTPTypes
import Hummingbird

/// The daemon itself: how it is, its configuration, this interface.
struct DaemonRoutes: Sendable {
    let backend: any ControlBackend
    let guardian: AdminGuard
    let connections: OpenConnections

    func add(to routes: inout RouteTable) {
        routes.add(.get, "/v1/status") { _ in Answer.json(await status()) }
        routes.add(.get, "/v1/health/live") { _ in Answer.json(Health(isReady: nil)) }
        routes.add(.get, "/v1/health/ready") { _ in
            let status = await status()
            if let problem = Self.obstacle(status) { throw problem }
            return Answer.json(Health(isReady: true, problems: status.problems))
        }
        routes.add(.post, "/v1/reload") { call in
            try await guardian.check(call)
            return Answer.json(try await backend.reload())
        }
        routes.add(.get, "/v1/openapi.yaml") { _ in
            Answer.bytes(PackageResources.openapi_yaml, contentType: "application/yaml")
        }
    }

    /// How it is, with what is known here about its connections.
    private func status() async -> StatusReport {
        var status = await backend.status()
        if let problem = connections.problem {
            status.note(StatusReport.Condition(name: .connections, message: problem, blocks: false))
        }
        return status
    }

    private static func obstacle(_ status: StatusReport) -> ControlProblem? {
        switch status.state {
        case .ready:
            status.conditions.first(where: \.blocks).map { condition in
                ControlProblem(condition.name == .inbox ? .noInbox : .readOnly, condition.message)
            }
        case .starting: ControlProblem(.starting, "The daemon is starting.")
        case .readOnly: ControlProblem(.readOnly, status.problems.first ?? status.log.condition)
        case .stopping: ControlProblem(.stopping, "The daemon is stopping.")
        }
    }
}

/// Whether it lives, and whether it takes drops.
struct Health: Encodable {
    private let live = true
    private let ready: Bool?
    /// What wants attention although drops are taken.
    private let problems: [String]?

    init(isReady: Bool?, problems: [String] = []) {
        ready = isReady
        self.problems = problems.isEmpty ? nil : problems
    }
}
