import ControlAPI
import Glibc
import Testing

@testable import ControlServer

/// Who may be connected, and for how long.
@Suite(.timeLimit(.minutes(1))) struct ConnectionLimitsTests {
    private static func status(_ server: RunningServer) async throws -> StatusReport.State {
        try await server.get("status", as: StatusReport.self).state
    }

    private static func connections(_ count: Int, to server: RunningServer) throws -> [RawConnection] {
        try (0..<count).map { _ in try RawConnection(path: server.socketPath) }
    }

    @Test func furtherClientsWaitUntilOneLeaves() async throws {
        var limits = ConnectionLimits()
        limits.count = 3
        (limits.crowdedIdleTime, limits.crowdedSilentTime) = (.seconds(60), .seconds(60))
        try await RunningServer.with(StandInBackend(SampleArchive.filled()), limits: limits) { server in
            let open = try Self.connections(3, to: server)
            async let answer = Self.status(server)
            try await Task.sleep(for: .milliseconds(300))
            #expect(server.backend.asked.isEmpty)
            open[0].close()
            #expect(try await answer == .ready)
            // And again, as often as one leaves.
            for connection in open.dropFirst() { connection.close() }
            for _ in 0..<10 { #expect(try await Self.status(server) == .ready) }
        }
    }

    @Test func thatClientsWaitIsInTheStatus() async throws {
        var limits = ConnectionLimits()
        limits.count = 1
        try await RunningServer.with(StandInBackend(SampleArchive.filled()), limits: limits) { server in
            let status = try await server.get("status", as: StatusReport.self)
            #expect(status.conditions.map(\.name) == [.connections])
            #expect(status.problems.first?.contains("raise `connections`") == true)
            #expect(status.conditions.allSatisfy { !$0.blocks })
        }
    }

    @Test func whoAsksNothingMakesRoomForOthers() async throws {
        var limits = ConnectionLimits()
        limits.count = 3
        limits.crowdedSilentTime = .milliseconds(200)
        try await RunningServer.with(StandInBackend(SampleArchive.filled()), limits: limits) { server in
            let open = try Self.connections(20, to: server)
            #expect(try await Self.status(server) == .ready)
            for connection in open { connection.close() }
        }
    }

    /// Asks for a large answer, reads nothing of it for two seconds, then all; whether all of it came.
    private static func comesWhole(_ server: RunningServer) async throws -> Bool {
        let connection = try RawConnection(path: server.socketPath)
        defer { connection.close() }
        try connection.send(
            Array("GET /v1/datasets/crops/years/2011 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".utf8))
        try await Task.sleep(for: .seconds(2))
        let answer = try await RawConnection.offTheCooperativePool { try connection.receiveAll() }
        #expect(answer.starts(with: "HTTP/1.1 200 ".utf8))
        return answer.suffix(5).elementsEqual("0\r\n\r\n".utf8)
    }

    private static func large() throws -> StandInBackend {
        let archive = try SampleArchive.empty()
        try SampleArchive.drop(SampleArchive.large(rows: 2000), into: archive)
        return StandInBackend(archive)
    }

    @Test func whoTakesNothingOfAnAnswerIsLetGo() async throws {
        var limits = ConnectionLimits()
        limits.stallTime = .milliseconds(500)
        try await RunningServer.with(Self.large(), limits: limits) { server async throws in
            #expect(try await !Self.comesWhole(server))
            #expect(try await Self.status(server) == .ready)
        }
    }

    @Test func whoTakesNothingIsLetGoSoonerWhereTooMuchWaits() async throws {
        var limits = ConnectionLimits()
        limits.unsentBytes = 10_000
        limits.crowdedStallTime = .milliseconds(500)
        try await RunningServer.with(Self.large(), limits: limits) { server async throws in
            #expect(try await !Self.comesWhole(server))
        }
    }

    @Test func whoIsSlowIsWaitedFor() async throws {
        try await RunningServer.with(Self.large()) { server async throws in #expect(try await Self.comesWhole(server)) }
    }
}
