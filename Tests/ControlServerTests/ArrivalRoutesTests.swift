import Annals
import ControlAPI
import ControlServer
import Glibc
import Testing

@Suite struct ArrivalRoutesTests {
    @Test func drops() async throws {
        try await RunningServer.with { server in
            let drops = try await server.get("drops", as: DropsReport.self).drops
            #expect(drops.map(\.seq) == [1, 2, 3, 4])
            #expect(drops.map(\.outcome) == ["new", "new", "revised", "quarantined"])
            #expect(drops[3].file == "bad%1B.csv")
            #expect(drops[3].reason?.message == "It is empty.")
            #expect(try await server.get("drops?since=2", as: DropsReport.self).drops.map(\.seq) == [3, 4])
            #expect(try await server.get("drops?outcome=new", as: DropsReport.self).drops.map(\.seq) == [1, 2])
            #expect(try await server.get("drops?since=99", as: DropsReport.self).drops.isEmpty)
            #expect(try await server.text("drops?since=99") == "{\"drops\":[]}\n")
            #expect(try await server.text("drops", format: .ndjson).split(separator: "\n").count == 4)
            #expect(try await server.problem("drops?outcome=lost").kind == .wrongParameter)
            #expect(try await server.problem("drops?since=-1").kind == .wrongParameter)
            #expect(try await server.problem("drops?format=csv").kind == .unacceptableFormat)
        }
    }

    @Test func quarantine() async throws {
        try await RunningServer.with { server in
            let list = try await server.get("quarantine", as: QuarantineReport.self).quarantined
            #expect(list.map(\.file) == ["bad%1B.csv"])
            let id = try #require(list.first?.id)
            #expect(try await server.get("quarantine/\(id)", as: QuarantinedReport.self) == list[0])
            #expect(try await server.problem("quarantine/nothing").kind == .noSuchQuarantine)
            #expect(try await server.problem("quarantine/..%2f..").kind == .noSuchQuarantine)
        }
    }

    @Test func sync() async throws {
        try await RunningServer.with { server in
            #expect(try await server.post("sync", as: SyncReport.self).seq == 4)
            _ = try await server.post("sync?since=2&timeout=1.5", as: SyncReport.self)
            #expect(server.backend.asked == ["sync 0 60.0 seconds", "sync 2 1.5 seconds"])
            #expect(try await server.problem(posting: "sync?timeout=0").kind == .timedOut)
            for wrong in ["-1", "nan", "1e9", "soon"] {
                #expect(try await server.problem(posting: "sync?timeout=\(wrong)").kind == .wrongParameter)
            }
            #expect(try await server.problem("sync").kind == .methodNotAllowed)
        }
    }

    @Test func whoMayWriteWrites() async throws {
        try await RunningServer.with { server async throws in
            #expect(try await server.post("quarantine/q1/retry", as: QuarantineAnswer.self).action == .retried)
            #expect(try await server.problem(posting: "quarantine/q1/discard").kind == .noSuchQuarantine)
            #expect(try await server.post("reload", as: ReloadReport.self).dialects == 2)
            #expect(server.backend.asked == ["retry q1", "discard q1", "reload"])
            #expect(try await server.problem("reload").kind == .methodNotAllowed)
        }
    }

    /// Root may always; that somebody else may not is for the tests of the whole, which can be somebody else.
    @Test(.enabled(if: geteuid() != 0))
    func whoMayNotWriteIsRefused() async throws {
        let policy = AdminPolicy(daemonUser: geteuid() + 1, adminGroup: nil)
        try await RunningServer.with(StandInBackend(SampleArchive.filled()), admin: policy) { server async throws in
            for path in ["quarantine/q1/retry", "quarantine/q1/discard", "reload"] {
                #expect(try await server.problem(posting: path).kind == .notPermitted)
            }
            #expect(server.backend.asked.isEmpty)
            #expect(try await server.get("drops", as: DropsReport.self).drops.count == 4)
        }
    }
}
