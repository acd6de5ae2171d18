import ControlAPI
import Hummingbird
import Logging
import Testing

@testable import ControlServer

@Suite struct DaemonRoutesTests {
    @Test func statusAndHealth() async throws {
        try await RunningServer.with { server async throws in
            #expect(try await server.get("status", as: StatusReport.self).state == .ready)
            #expect(try await server.text("health/live") == "{\"live\":true}\n")
            #expect(try await server.text("health/ready") == "{\"live\":true,\"ready\":true}\n")
        }
    }

    @Test(
        arguments: [
            (.starting, .starting), (.readOnly, .readOnly), (.stopping, .stopping),
        ] as [(StatusReport.State, ProblemKind)])
    func notReady(state: StatusReport.State, kind: ProblemKind) async throws {
        try await RunningServer.with(StandInBackend(SampleArchive.filled(), state: state)) { server in
            let problem = try await server.problem("health/ready")
            #expect(problem.kind == kind)
            #expect(problem.exitCode == .unavailable)
            #expect(try await server.text("health/live") == "{\"live\":true}\n")
        }
    }

    @Test func theDescriptionIsServedAndNamesEveryRoute() async throws {
        try await RunningServer.with { server in
            let text = try await server.text("openapi.yaml")
            let paths = text.split(separator: "\n").filter { $0.hasPrefix("  /v1/") && $0.hasSuffix(":") }
                .map { String($0.dropFirst(2).dropLast()) }
            var routes = RouteTable(router: Router(context: ControlContext.self))
            ControlRoutes(
                backend: server.backend, admin: AdminPolicy(daemonUser: 0, adminGroup: nil),
                connections: OpenConnections(limits: ConnectionLimits(), logger: Logger(label: "test"))
            )
            .add(to: &routes)
            #expect(Set(paths) == routes.paths)
        }
    }
}
