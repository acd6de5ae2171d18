import Annals
import Archive
import ControlAPI
import ControlClient
import Glibc
import RecordLog
import StableStorage
import Synchronization
import Testing

@testable import ControlServer

@Suite struct LogRoutesTests {
    @Test func headAndVerify() async throws {
        try await RunningServer.with { server async throws in
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

    @Test func theChainNamesEveryCommit() async throws {
        try await RunningServer.with { server async throws in
            var lines: [ChainReport] = []
            try await server.client.lines(of: ControlRequest(.get, "/v1/log/chain"), as: ChainReport.self) {
                lines.append($0)
            }
            #expect(lines.map(\.kind) == ["taken", "taken", "taken", "quarantined"])
            #expect(lines.map(\.first) == [1, 2, 3, 4])
            #expect(lines.last?.head == server.backend.archive.catalog.head.description)
            #expect(lines[2].years == [.init(year: 2011, outcome: "revised", version: 2)])
            #expect(lines[2].file == "crops-2011.csv" && lines[2].dataset == "crops" && lines[2].sha256?.count == 64)
            #expect(lines[3].quarantine?.hasPrefix("000004-") == true)
            struct Chain: Decodable { var commits: [ChainReport] }
            #expect(try await server.get("log/chain", as: Chain.self).commits == lines)
            #expect(try await server.problem("log/chain?since=2").kind == .unknownParameter)
        }
    }

    @Test func anEmptyLogHasAnEmptyChain() async throws {
        try await RunningServer.with(StandInBackend(SampleArchive.empty())) { server async throws in
            #expect(try await server.text("log/chain") == "{\"commits\":[]}\n")
            #expect(try await server.text("log/chain", format: .ndjson).isEmpty)
        }
    }

    @Test func aBackupIsTheLog() async throws {
        let scratch = try Scratch()
        let log = try SegmentedLog(directory: POSIXDirectory(path: scratch.path))
        // Several pieces of an answer, in one segment.
        for byte in UInt8(1)...9 {
            let frame = Frame(kind: .blob, payload: [UInt8](repeating: byte, count: 700_000))
            _ = try log.append([frame], expectedHead: log.head)
        }
        try await RunningServer.with(StandInBackend(SampleArchive.empty(), log: log)) { server async throws in
            var bytes: [UInt8] = []
            var expected: Int?
            try await server.client.stream(ControlRequest(.post, "/v1/log/backup")) {
                expected = $0
            } _: {
                bytes += $0
            }
            #expect(expected == bytes.count)
            let archive = try scratch.archive(bytes)
            let copy = try SegmentedLog(
                directory: archive.subdirectory("log", create: false), access: .readOnly)
            #expect(copy.head == log.head && copy.recovery.damage.isEmpty)
            #expect(try copy.frame(at: 9) == log.frame(at: 9))
        }
    }

    @Test func aBackupThatMeetsDamageEndsEarly() async throws {
        let scratch = try Scratch()
        let log = try SegmentedLog(directory: POSIXDirectory(path: scratch.path))
        for byte in UInt8(1)...9 {
            let frame = Frame(kind: .blob, payload: [UInt8](repeating: byte, count: 700_000))
            _ = try log.append([frame], expectedHead: log.head)
        }
        try scratch.spoil("00000001.seg", at: 5_000_000)
        try await RunningServer.with(StandInBackend(SampleArchive.empty(), log: log)) { server async throws in
            var byteCount = 0
            let problem = await #expect(throws: ControlProblem.self) {
                try await server.client.stream(ControlRequest(.post, "/v1/log/backup")) { byteCount += $0.count }
            }
            #expect(problem?.kind == .noDaemon)
            #expect(byteCount < 6_000_000)
            // From here on the log knows, and says so before anything is sent.
            #expect(try await server.problem(posting: "log/backup").kind == .damaged)
        }
    }

    /// As lines: how far it is, then what came of it.
    @Test(arguments: ["log/repair", "log/repair?accept_loss=true"])
    func aRepairTellsHowFarItIs(target: String) async throws {
        let backend = StandInBackend(try SampleArchive.empty())
        backend.seenFrames.withLock { $0 = 0 }
        try await RunningServer.with(backend) { server async throws in
            var steps: [UInt64] = []
            var answers: [RepairAnswer] = []
            try await server.client.lines(
                of: ControlRequest(.post, "/v1/" + target), as: WorkLine<RepairAnswer>.self
            ) { line in
                switch line {
                case .progress(let step):
                    steps.append(step.frames)
                    backend.seenFrames.withLock { $0 = step.frames }
                case .report(let answer): answers.append(answer)
                case .problem(let problem): throw problem
                }
            }
            #expect(steps == steps.sorted() && Set(steps) == [1, 2, 3], "\(steps)")
            #expect(answers == [RepairAnswer(isRepaired: target.hasSuffix("true"), restoredFrames: 2)])
            #expect(try await server.post(target, as: RepairAnswer.self) == answers.first)
            #expect(try await server.problem(posting: "log/repair?accept_loss=perhaps").kind == .wrongParameter)
        }
    }

    @Test func aRepairThatCantWriteSaysSo() async throws {
        let backend = StandInBackend(try SampleArchive.empty(), state: .readOnly)
        try await RunningServer.with(backend) { server async throws in
            #expect(try await server.problem(posting: "log/repair").kind == .readOnly)
            var last: ControlProblem?
            try await server.client.lines(
                of: ControlRequest(.post, "/v1/log/repair"), as: WorkLine<RepairAnswer>.self
            ) { line in
                if case .problem(let problem) = line { last = problem }
            }
            #expect(last?.kind == .readOnly)
            #expect(last?.exitCode == .unavailable)
        }
    }

    @Test func aVerificationComesAsLinesToo() async throws {
        try await RunningServer.with { server async throws in
            var report: VerificationReport?
            try await server.client.lines(
                of: ControlRequest(.get, "/v1/log/verify"), as: WorkLine<VerificationReport>.self
            ) { line in
                if case .report(let found) = line { report = found }
            }
            #expect(try await server.get("log/verify", as: VerificationReport.self) == report)
            #expect(report?.isSound == true)
        }
    }

    @Test func aBackupIsForAdmins() async throws {
        let backend = StandInBackend(try SampleArchive.empty())
        try await RunningServer.with(backend, admin: AdminPolicy(daemonUser: 12_345, adminGroup: nil)) {
            server async throws in
            // Root may always.
            let problem = try await server.problem(posting: "log/backup")
            #expect(problem.kind == (geteuid() == 0 ? .damaged : .notPermitted))
            if geteuid() != 0 { #expect(try await server.problem(posting: "log/repair").kind == .notPermitted) }
        }
        #expect(backend.asked == (geteuid() == 0 ? ["backup"] : []))
    }
}

/// A directory of a test's own.
private final class Scratch: Sendable {
    let path: String

    init() throws {
        path = "/tmp/annal-log-routes-\(UInt64.random(in: 0 ... .max))"
        try #require(mkdir(path, 0o700) == 0)
    }

    deinit {
        for name in ["00000001.seg", "00000001.idx", "b.tar"] { unlink(path + "/" + name) }
        rmdir(path)
    }

    func archive(_ bytes: [UInt8]) throws -> TarDirectory {
        let file = try POSIXDirectory(path: path).open("b.tar", mode: .create)
        try bytes.withUnsafeBytes { bytes in try file.write([bytes], at: 0) }
        return try TarDirectory(file)
    }

    func spoil(_ name: String, at offset: Int) throws {
        let file = try POSIXDirectory(path: path).open(name, mode: .readWrite)
        try [UInt8(0xEE)].withUnsafeBytes { byte in try file.write([byte], at: offset) }
    }
}
