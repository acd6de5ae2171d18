import Annals
import ControlAPI
import ControlServer
import Testing

@Suite struct ControlGateTests {
    private static func starting() -> StatusReport {
        StatusReport(
            state: .starting, inbox: .init(path: "/inbox", mode: "starting", pending: 0),
            drops: .init(new: 0, revised: 0, identical: 0, quarantined: 0),
            log: .init(commits: 0, bytes: 0, head: "0:0", condition: "reading the log"), datasets: 0, vintages: 0,
            version: "0", pid: 1, started: Instant(microseconds: 0),
            progress: .init(text: "reading the log: 312 of 1,024 MB", bytesRead: 312_000_000, byteCount: 1_024_000_000))
    }

    @Test func aShutGateTellsHowFarTheStartIs() async throws {
        let gate = ControlGate(starting: Self.starting)
        try await RunningServer.with(StandInBackend(SampleArchive.filled()), gate: gate) { server in
            let status = try await server.get("status", as: StatusReport.self)
            #expect(status.state == .starting)
            #expect(status.progress?.bytesRead == 312_000_000)
            #expect(try await server.text("health/live") == "{\"live\":true}\n")
            #expect(try await server.problem("health/ready").kind == .starting)
            let problem = try await server.problem("log/head")
            #expect(problem.kind == .starting)
            #expect(problem.detail == "reading the log: 312 of 1,024 MB")
            #expect(try await server.problem(posting: "sync?timeout=0").exitCode == .unavailable)
        }
    }

    @Test func aRequestThatCameEarlyIsAnsweredOnceTheGateOpens() async throws {
        let gate = ControlGate(starting: Self.starting)
        try await RunningServer.with(StandInBackend(SampleArchive.filled()), gate: gate) { server in
            async let head = server.get("log/head", as: HeadReport.self)
            async let sync = server.post("sync?timeout=30", as: SyncReport.self)
            try await Task.sleep(for: .milliseconds(200))
            gate.open(server.backend)
            #expect(try await head.seq == 4)
            #expect(try await sync.seq == 4)
            #expect(try await server.get("status", as: StatusReport.self).state == .ready)
        }
    }

    /// No number of seconds is waited for: these are told so once the gate is open.
    @Test(arguments: ["nan", "inf", "-inf", "-1", "1e300", "86401"])
    func timesThatAreNone(timeout: String) async throws {
        let gate = ControlGate(starting: Self.starting)
        try await RunningServer.with(StandInBackend(SampleArchive.filled()), gate: gate) { server async throws in
            async let problem = server.problem(posting: "sync?timeout=\(timeout)")
            try await Task.sleep(for: .milliseconds(50))
            gate.open(server.backend)
            #expect(try await problem.kind == .wrongParameter)
        }
    }

    @Test func theClockIsAskedAndConfirmed() async throws {
        try await RunningServer.with { server async throws in
            #expect(try await server.get("clock", as: ClockReport.self).state == .held)
            #expect(try await server.post("clock/confirm", as: ClockReport.self).state == .right)
            #expect(server.backend.asked == ["confirm the clock"])
        }
    }
}
