import Annals
import Archive
import ControlAPI
import ControlClient
import ControlServer
import Definitions
import FoundationEssentials
import Reading
import Synchronization
import TableCoding
import TableReading
import Testing

/// A file that nobody has dropped, against what is recorded.
@Suite(.serialized) struct FileDeltaRoutesTests {
    private static func csv(_ north: Int, _ south: Int) -> String { "region,harvest\nNorth,\(north)\nSouth,\(south)\n" }

    /// 2010 and 2012 of crops.
    private static func archive() throws -> Archive {
        let archive = try SampleArchive.empty()
        for (year, text) in [(2010, csv(107, 1000)), (2012, csv(120, 1100))] {
            let bytes = Array(text.utf8)
            let source = SourceRef(
                path: Array("crops-\(year).csv".utf8), size: Int64(bytes.count),
                sha256: ContentHasher.digest(of: bytes))
            _ = try archive.commit(Examiner(definitions: .builtIn).examine(bytes, ReaderJob(source: source)))
        }
        return archive
    }

    private func with(
        limits: ReadingLimits = ReadingLimits(), _ body: @Sendable (RunningServer) async throws -> Void
    ) async throws {
        try await RunningServer.with(StandInBackend(Self.archive(), readingLimits: limits), body)
    }

    @Test func theCurrentVersionOfItsYear() async throws {
        try await with { server async throws in
            let head = server.backend.archive.catalog.head
            let request = server.comparing(Self.csv(121, 1100), "name=crops-2012.csv")
            let text = String(decoding: try await server.client.bytes(of: request), as: UTF8.self)
            let digest = ContentHasher.digest(of: Array(Self.csv(121, 1100).utf8)).hex
            #expect(text.hasPrefix(#"{"dataset":"crops","axis":"vintage","from":{"year":2012,"version":1,"recorded":"#))
            #expect(
                text.contains(
                    #""to":{"year":2012,"file":"crops-2012.csv","sha256":"\#(digest)","source":{"file":"crops-2012.csv","#
                ),
                "\(text)")
            #expect(text.contains(#""head":"\#(head)""#))
            #expect(text.contains(#"{"at":["North"],"from":120,"to":121,"change":1,"#))
            #expect(text.contains(#""concordance":null,"audits":[],"findings":["#), "\(text)")
            #expect(server.backend.archive.catalog.head == head)
        }
    }

    @Test func theYearBeforeWhereItsOwnIsNotThere() async throws {
        try await with { server async throws in
            let text = Self.csv(110, 1010)
            for query in [
                "name=crops-2011.csv", "name=crops-2011.csv&year=2011", "name=crops-2011.csv&from=2010&to=2011",
            ] {
                let delta = try await server.client.answer(to: server.comparing(text, query), as: ReceivedDelta.self)
                #expect(delta.axis == "year" && delta.from.name == "2010 version 1")
                #expect(delta.to.name == "2011 in crops-2011.csv" && delta.to.version == nil)
                #expect(delta.cells.map(\.change) == [3, 10])
            }
            // An earlier one that is named, and the file's year against itself.
            let named = server.comparing(Self.csv(121, 1100), "name=crops-2012.csv&from=2010&to=2012")
            #expect(try await server.client.answer(to: named, as: ReceivedDelta.self).axis == "year")
            let early = try await server.problem(of: server.comparing(text, "name=crops-2009.csv"))
            #expect(early.kind == .noSuchYear && early.detail.contains("neither 2009 nor a year before it"))
        }
    }

    @Test func limitsOfTheQuestionHold() async throws {
        try await with { server async throws in
            func delta(_ query: String) async throws -> ReceivedDelta {
                let request = server.comparing(Self.csv(121, 1090), "name=crops-2012.csv&" + query)
                return try await server.client.answer(to: request, as: ReceivedDelta.self)
            }
            let then = try await delta("known_at=1")
            #expect(then.axis == "year" && then.from.name == "2010 version 1")
            #expect(try await delta("top=1").cells.map(\.at) == [["South"]])
            #expect(try await delta("where=region=North").cells.map(\.at) == [["North"]])
            #expect(try await delta("by=region").cells.map(\.change) == [1, -10])
        }
    }

    @Test func otherFormats() async throws {
        try await with { server async throws in
            func answer(_ format: AnswerFormat) async throws -> String {
                let request = server.comparing(Self.csv(121, 1100), "name=crops-2012.csv", format: format)
                return String(decoding: try await server.client.bytes(of: request), as: UTF8.self)
            }
            let csv = try await answer(.csv)
            #expect(csv.contains("crops,2012,,North,120,121,1,0.008333,compared,value,,,2012,1,,false\r\n"), "\(csv)")
            let table = try await answer(.table)
            #expect(table.hasPrefix("crops: 2012 version 1 → 2012 in crops-2012.csv\n"), "\(table)")
            #expect(table.contains("region  version 1  file  change  relative\n"), "\(table)")
            #expect(table.contains("2012 in crops-2012.csv: not recorded, from "), "\(table)")
        }
    }

    @Test func theSidecarComesInFront() async throws {
        try await with { server async throws in
            let sidecar = "year: 2012\nkind: correction\nreason: A typing error\npublished: 2013-01-01\n"
            let request = server.comparing(
                sidecar + Self.csv(121, 1100), "name=draft.csv&sidecar_bytes=\(sidecar.utf8.count)")
            let delta = try await server.client.answer(to: request, as: ReceivedDelta.self)
            #expect(delta.to.kind == "correction" && delta.to.reason == "A typing error")
            #expect(delta.to.published == Instant(iso8601: "2013-01-01"))
            #expect(delta.to.sha256 == ContentHasher.digest(of: Array(Self.csv(121, 1100).utf8)).hex)
        }
    }

    @Test func aFileOfAnotherDatasetIsNamed() async throws {
        try await with { server async throws in
            let titled = "Potatoes 2012\n\n" + Self.csv(121, 1100)
            let problem = try await server.problem(of: server.comparing(titled, "name=crops-2012.csv"))
            #expect(problem.kind == .refused && problem.exitCode == .answerIsNo)
            #expect(problem.detail.contains("ambiguous-dataset: this would be potatoes"), "\(problem)")
            #expect(problem.reason?.found == "potatoes" && problem.remedy?.contains("dataset: crops") == true)
            // What only its name says is presumed to be meant otherwise.
            let request = server.comparing(Self.csv(121, 1100), "name=potatoes-2012.csv")
            #expect(try await server.client.answer(to: request, as: ReceivedDelta.self).axis == "vintage")
        }
    }

    @Test func aFileThatCanNotBeReadIsRefusedWithItsPlace() async throws {
        try await with { server async throws in
            let request = server.comparing("region,harvest\nNorth,1,2\n", "name=crops-2012.csv")
            let problem = try await server.problem(of: request)
            #expect(problem.kind == .refused && problem.reason?.line == 2, "\(problem)")
            #expect(problem.detail.hasPrefix("crops-2012.csv would be quarantined: "))
            #expect(problem.detail.contains("(line 2"))
        }
    }

    @Test func ofSeveralYearsOneIsNamed() async throws {
        try await with { server async throws in
            let text = "region,year,harvest\nNorth,2012,121\nNorth,2013,125\nSouth,2012,1100\nSouth,2013,1104\n"
            let several = try await server.problem(of: server.comparing(text, "name=crops.csv"))
            #expect(several.kind == .wrongParameter && several.remedy == "Name one of them: 2012, 2013.")
            let none = try await server.problem(of: server.comparing(text, "name=crops.csv&year=2014"))
            #expect(none.kind == .noSuchYear && none.remedy == "It has: 2012, 2013.")
            let one = server.comparing(text, "name=crops.csv&year=2013")
            let delta = try await server.client.answer(to: one, as: ReceivedDelta.self)
            // Against what the file itself says of 2012, which it revises.
            #expect(delta.axis == "year" && delta.cells.map(\.change) == [4, 4])
            let named = server.comparing(text, "name=crops.csv&from=2012&to=2013")
            #expect(try await server.client.answer(to: named, as: ReceivedDelta.self).cells.map(\.change) == [4, 4])
            let older = server.comparing(text, "name=crops.csv&from=2010&to=2013")
            #expect(try await server.client.answer(to: older, as: ReceivedDelta.self).cells.map(\.change) == [18, 104])
            let unknown = try await server.problem(of: server.comparing(text, "name=crops.csv&from=1999&to=2012"))
            #expect(unknown.kind == .noSuchYear)
            // What was published before the version that is current doesn't become it.
            let sidecar = "published: 2001-01-01T00:00:00Z\n"
            let late = server.comparing(
                sidecar + text, "name=crops.csv&year=2013&sidecar_bytes=\(sidecar.utf8.count)")
            #expect(try await server.client.answer(to: late, as: ReceivedDelta.self).cells.map(\.change) == [5, 4])
        }
    }

    /// What is wrong with the question is said before anything is read.
    @Test(
        arguments: [
            ("", .wrongParameter), ("name=", .wrongParameter), ("name=a%2Fb.csv", .wrongParameter),
            ("name=a%00.csv", .wrongParameter), ("name=a.csv&explain=true", .deltaRefused),
            ("name=a.csv&top=0", .wrongParameter), ("name=a.csv&from=2010", .wrongParameter),
            ("name=a.csv&year=2012&from=2010&to=2012", .wrongParameter),
            ("name=a.csv&concordance=none-such", .noSuchConcordance), ("name=a.csv&from_version=1", .unknownParameter),
            ("name=a.csv&sidecar_bytes=70000", .wrongParameter), ("name=a.csv&sidecar_bytes=60000", .wrongParameter),
            ("name=a.csv&format=json-stat", .unacceptableFormat),
        ] as [(String, ProblemKind)])
    func questionsThatAreWrong(query: String, kind: ProblemKind) async throws {
        try await with { server async throws in
            let problem = try await server.problem(of: server.comparing(Self.csv(1, 2), query))
            #expect(problem.kind == kind, "\(problem)")
            #expect(server.backend.asked.isEmpty)
        }
    }

    @Test func names() async throws {
        try await with { server async throws in
            for name in ["%25FF-2012.csv", "..", "%E2%80%AEvsc.2102%20spor%C2%A0.csv", "-2012", "2012%0A.csv"] {
                // It may be refused for what it says; nothing of it is opened, nor acted on.
                let answer = try? await server.client.bytes(of: server.comparing(Self.csv(1, 2), "name=\(name)"))
                #expect(answer?.contains(0x1B) != true)
            }
            #expect(server.backend.asked.first == "examine %FF-2012.csv \(Self.csv(1, 2).utf8.count) crops")
        }
    }

    @Test func tooLargeIsSaidAtOnce() async throws {
        try await with(limits: ReadingLimits(fileBytes: 100)) { server async throws in
            let long = Self.csv(121, 1100) + String(repeating: "\n", count: 3 << 20)
            let problem = try await server.problem(of: server.comparing(long, "name=crops-2012.csv"))
            #expect(problem.kind == .tooLarge, "\(problem)")
            #expect(server.backend.asked.isEmpty)
        }
    }

    /// Past what is kept in memory, on disk.
    @Test func aLongFileArrivesWhole() async throws {
        try await with { server async throws in
            let long = Self.csv(121, 1100) + String(repeating: "\n", count: 3 << 20)
            let delta = try await server.client.answer(
                to: server.comparing(long, "name=crops-2012.csv"), as: ReceivedDelta.self)
            #expect(delta.cells.map(\.change) == [1, 0])
            #expect(delta.to.source.bytes == Int64(long.utf8.count))
        }
    }

    @Test func withoutALengthItIsRefused() async throws {
        try await with { server async throws in
            let answer = try await server.exchange(
                "POST /v1/datasets/crops/delta?name=a.csv HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
                    + "Connection: close\r\n\r\n5\r\nabcde\r\n0\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 400 ") && answer.contains("Content-Length"), "\(answer)")
        }
    }

    @Test(.timeLimit(.minutes(1))) func aClientThatLeavesEndsTheWork() async throws {
        try await with { server async throws in
            server.backend.readsForNobody.withLock { $0 = true }
            let text = Self.csv(1, 2)
            let connection = try RawConnection(path: server.socketPath)
            try connection.send(
                Array(
                    ("POST /v1/datasets/crops/delta?name=a.csv HTTP/1.1\r\nHost: a\r\nContent-Length: \(text.utf8.count)"
                        + "\r\n\r\n" + text).utf8))
            while server.backend.asked.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
            connection.close()
            while !server.backend.hasSeenDeparture.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
        }
    }

    @Test(.timeLimit(.minutes(1))) func whoComesWhenThereAreTooManyIsTold() async throws {
        try await with { server async throws in
            server.backend.readsForNobody.withLock { $0 = true }
            // Half of a file each: they hold their turns until they leave.
            let head = "POST /v1/datasets/crops/delta?name=a.csv HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc"
            let others = try (0..<4).map { _ in try RawConnection(path: server.socketPath) }
            for connection in others { try connection.send(Array(head.utf8)) }
            // One that asks before them would have the last turn, and wait for its own end.
            while UploadTurns.shared.count < UploadTurns.mostAtOnce { try await Task.sleep(for: .milliseconds(5)) }
            var problem: ControlProblem?
            while problem?.kind != .busy {
                let request = server.comparing("x", "name=a.csv")
                problem = await #expect(throws: ControlProblem.self) {
                    var request = request
                    request.timeout = .milliseconds(500)
                    _ = try await server.client.bytes(of: request)
                }
            }
            #expect(problem?.exitCode == .unavailable)
            for connection in others { connection.close() }
            server.backend.readsForNobody.withLock { $0 = false }
            let file = server.comparing(Self.csv(121, 1100), "name=crops-2012.csv")
            // Busy until the server has seen them leave.
            while (try? await server.client.bytes(of: file)) == nil { try await Task.sleep(for: .milliseconds(10)) }
        }
    }
}
