import ControlAPI
import ControlClient
import ControlServer
import Glibc
import Testing

@Suite struct ControlClientTests {
    private func problem(at path: String) async throws -> ControlProblem {
        try #require(
            await #expect(throws: ControlProblem.self) {
                _ = try await ControlClient(socketPath: path).bytes(of: ControlRequest(.get, "/v1/status"))
            })
    }

    @Test func withoutASocketThereIsNoDaemon() async throws {
        let problem = try await problem(at: "/nowhere/control.sock")
        #expect(problem.kind == .noDaemon)
        #expect(problem.exitCode == .noDaemon)
        #expect(problem.detail.contains("/nowhere/control.sock"))
        #expect(problem.remedy != nil)
    }

    @Test func aFileThatIsNoSocketIsNoDaemon() async throws {
        let path = "/tmp/annal-no-socket-\(UInt64.random(in: 0 ... .max))"
        try #require(mknod(path, S_IFREG | 0o600, 0) == 0)
        defer { unlink(path) }
        #expect(try await problem(at: path).kind == .noDaemon)
    }

    @Test func aPathThatFitsNoAddressIsWrong() async throws {
        #expect(try await problem(at: "/" + String(repeating: "x", count: 107)).kind == .wrongParameter)
    }

    @Test func pathsAndQueriesAreEncoded() {
        let request = ControlRequest(
            .get, ControlRequest.path("datasets", "a/b c", "years", "2011/12"),
            query: [("where", "county=03,+&"), ("x", "ø")])
        #expect(request.target == "/v1/datasets/a%2Fb%20c/years/2011%2F12?where=county%3D03%2C%2B%26&x=%C3%B8")
    }

    @Test func itGivesUpInTime() async throws {
        let backend = StandInBackend(try SampleArchive.filled(), syncTime: .milliseconds(800))
        try await RunningServer.with(backend) { server in
            let request = ControlRequest(.post, "/v1/sync", timeout: .milliseconds(200))
            let problem = await #expect(throws: ControlProblem.self) { _ = try await server.client.bytes(of: request) }
            #expect(problem?.kind == .timedOut)
        }
    }

    @Test func itGivesUpOnADaemonThatSaysNothing() async throws {
        let path = "/tmp/annal-mute-\(UInt64.random(in: 0 ... .max)).sock"
        let mute = try ListeningSocket(path: path)
        let client = ControlClient(socketPath: path, patience: .milliseconds(200))
        let problem = await #expect(throws: ControlProblem.self) {
            _ = try await client.bytes(of: ControlRequest(.get, "/v1/status"))
        }
        #expect(problem?.kind == .timedOut)
        #expect(problem?.exitCode == .timedOut)
        #expect(problem?.detail.contains(path) == true)
        withExtendedLifetime(mute) {}
    }

    /// A person at a pager reads as slowly as they like.
    @Test func whoeverReadsSlowlyIsNotTakenForAMuteDaemon() async throws {
        let archive = try SampleArchive.empty()
        try SampleArchive.drop(SampleArchive.large(rows: 400), into: archive)
        try await RunningServer.with(StandInBackend(archive)) { server in
            let client = ControlClient(socketPath: server.socketPath, patience: .milliseconds(300))
            var byteCount = 0
            var pieceCount = 0
            try await client.stream(ControlRequest(.get, "/v1/datasets/crops/years/2011")) { piece in
                byteCount += piece.count
                pieceCount += 1
                if pieceCount == 2 { try await Task.sleep(for: .milliseconds(900)) }
            }
            #expect(byteCount > 1_000_000)
        }
    }
}
