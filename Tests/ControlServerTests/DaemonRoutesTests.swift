import ControlAPI
import Hummingbird
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

    @Test func headAndVerify() async throws {
        try await RunningServer.with { server in
            let head = try await server.get("log/head", as: HeadReport.self)
            #expect(head.head.hasPrefix("4:"))
            #expect(head.seq == 4)
            let report = try await server.get("log/verify?against=\(head.head)", as: VerificationReport.self)
            #expect(report.isSound)
            #expect(report.head == head.head)
            #expect(report.commits == 4)
            #expect(report.against == [head.head])
            let other = "3:" + String(repeating: "0", count: 64)
            let lost = try await server.get("log/verify?against=\(other),\(head.head)", as: VerificationReport.self)
            #expect(!lost.isSound)
            #expect(lost.problems.count == 1)
            #expect(try await server.problem("log/verify?against=3").kind == .wrongParameter)
        }
    }

    @Test func theDescriptionIsServedAndNamesEveryRoute() async throws {
        try await RunningServer.with { server in
            let text = try await server.text("openapi.yaml")
            let paths = text.split(separator: "\n").filter { $0.hasPrefix("  /v1/") && $0.hasSuffix(":") }
                .map { String($0.dropFirst(2).dropLast()) }
            var routes = RouteTable(router: Router(context: ControlContext.self))
            ControlRoutes(backend: server.backend, admin: AdminPolicy(daemonUser: 0, adminGroup: nil))
                .add(to: &routes)
            #expect(Set(paths) == routes.paths)
        }
    }
}
