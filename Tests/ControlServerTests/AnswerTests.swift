import Annals
import ControlAPI
import ControlClient
import Testing

/// Large answers leave in pieces.
@Suite struct AnswerTests {
    private static let large = ControlRequest(.get, "/v1/datasets/crops/years/2011", format: .ndjson)

    @Test func aLargeTableIsStreamed() async throws {
        let archive = try SampleArchive.empty()
        try SampleArchive.drop(SampleArchive.large(rows: 1000), into: archive)
        try await RunningServer.with(StandInBackend(archive)) { server in
            var pieces = 0
            var largest = 0
            var lines = 0
            let request = Self.large
            try await server.client.stream(request) { piece in
                pieces += 1
                largest = max(largest, piece.count)
                lines += piece.count { $0 == 0x0A }
            }
            #expect(lines == 100_000)
            #expect(pieces > 20)
            #expect(largest < 1 << 20)
            let head = try await server.exchange(
                "GET \(request.path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(head.prefix(1000).lowercased().contains("transfer-encoding: chunked"))
            #expect(head.contains(#"{"at":["r999","c99"],"value":99999,"status":"value","flags":[]}]"#))
        }
    }

    @Test func aReaderWhoGoesAwayHarmsNobody() async throws {
        let archive = try SampleArchive.empty()
        try SampleArchive.drop(SampleArchive.large(rows: 1000), into: archive)
        try await RunningServer.with(StandInBackend(archive)) { server in
            for _ in 0..<5 {
                let connection = try RawConnection(path: server.socketPath)
                try connection.send(Array("GET \(Self.large.path) HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
                let first = try await RawConnection.offTheCooperativePool { try connection.receive(atMost: 1000) }
                #expect(!first.isEmpty)
                connection.close()
            }
            #expect(try await server.text("datasets").contains("crops"))
        }
    }
}
