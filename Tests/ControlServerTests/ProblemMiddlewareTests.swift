import ControlAPI
import Testing

@Suite struct ProblemMiddlewareTests {
    @Test func unknownParametersAreRefusedNamingTheAllowedOnes() async throws {
        try await RunningServer.with { server in
            let problem = try await server.problem("datasets/crops/years/2011?versoin=1")
            #expect(problem.kind == .unknownParameter)
            #expect(problem.exitCode == .wrongUsage)
            #expect(problem.remedy == "Allowed: version, where, source, format, as_of, known_at.")
            #expect(try await server.problem("status?verbose").remedy == "This path takes none.")
            #expect(try await server.problem("drops?since=1&since=2").kind == .wrongParameter)
            #expect(try await server.problem("drops?since=%zz").kind == .wrongParameter)
            #expect(try await server.problem("drops?since=%ff").kind == .wrongParameter)
        }
    }

    @Test func whatIsNotThereIsAProblemDocument() async throws {
        try await RunningServer.with { server in
            let answer = try await server.exchange("GET /v1/nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 404 Not Found\r\n"))
            #expect(answer.lowercased().contains("content-type: application/problem+json\r\n"))
            #expect(answer.contains(#""type":"urn:annal:problem:no-such-route""#))
            let method = try await server.exchange(
                "DELETE /v1/status HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(method.hasPrefix("HTTP/1.1 405 "))
            #expect(method.lowercased().contains("\r\nallow: get, head, options\r\n"))
        }
    }

    @Test func headAndOptionsAreAnswered() async throws {
        try await RunningServer.with { server in
            func asked(_ method: String, _ path: String) async throws -> String {
                try await server.exchange("\(method) /v1/\(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            }
            let head = try await asked("HEAD", "datasets")
            #expect(head.hasPrefix("HTTP/1.1 200 ") && head.hasSuffix("\r\n\r\n"), "\(head)")
            #expect(head.lowercased().contains("content-type: application/json"))
            let missing = try await asked("HEAD", "datasets/nothing")
            #expect(missing.hasPrefix("HTTP/1.1 404 ") && missing.hasSuffix("\r\n\r\n"), "\(missing)")
            let wrong = try await asked("HEAD", "reload")
            #expect(wrong.hasPrefix("HTTP/1.1 405 ") && wrong.hasSuffix("\r\n\r\n"), "\(wrong)")
            let options = try await asked("OPTIONS", "reload")
            #expect(options.hasPrefix("HTTP/1.1 204 "), "\(options)")
            #expect(options.lowercased().contains("\r\nallow: post, options\r\n"))
            #expect(try await asked("OPTIONS", "nothing").hasPrefix("HTTP/1.1 404 "))
            #expect(server.backend.asked.isEmpty)
        }
    }

    @Test(arguments: ["NONSENSE\r\n\r\n", "GET /v1/status HTTP/9.9\r\n\r\n", "\u{1}\u{2}\r\n\r\n"])
    func whatIsNoHTTPIsAProblemDocument(bytes: String) async throws {
        try await RunningServer.with { server in
            let answer = try await server.exchange(bytes)
            #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(answer)")
            #expect(answer.lowercased().contains("content-type: application/problem+json\r\n"))
            #expect(answer.contains(#""type":"urn:annal:problem:malformed-request""#))
            #expect(answer.hasSuffix("}"))
        }
    }

    @Test func acceptDecidesWhereNoFormatIsGiven() async throws {
        try await RunningServer.with { server in
            let path = "/v1/datasets/crops/years/2011"
            for (accept, type) in [
                ("text/csv", "text/csv"), ("application/x-ndjson", "application/x-ndjson"), ("*/*", "application/json"),
                ("text/html, text/csv;q=0.9", "text/csv"), ("text/*", "text/csv"),
                ("application/json", "application/json"),
            ] {
                let answer = try await server.exchange(
                    "GET \(path) HTTP/1.1\r\nHost: a\r\nAccept: \(accept)\r\nConnection: close\r\n\r\n")
                #expect(answer.lowercased().contains("content-type: \(type)"), "\(accept)")
            }
            let none = try await server.exchange(
                "GET \(path) HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\nConnection: close\r\n\r\n")
            #expect(none.hasPrefix("HTTP/1.1 406 "))
        }
    }

    @Test func bodiesAreLimited() async throws {
        try await RunningServer.with { server in
            let large = try await server.exchange(
                "POST /v1/reload HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\nConnection: close\r\n\r\n"
                    + String(repeating: "x", count: 65_537))
            #expect(large.hasPrefix("HTTP/1.1 413 "))
            let chunked = try await server.exchange(
                "POST /v1/reload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                    + "11000\r\n" + String(repeating: "x", count: 0x11000) + "\r\n0\r\n\r\n")
            #expect(chunked.hasPrefix("HTTP/1.1 413 "))
            #expect(server.backend.asked.isEmpty)
            let small = try await server.exchange(
                "POST /v1/reload HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
            #expect(small.hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test(arguments: ["FFFFFFFFFFFFFFFFF", "xyz", "-1"])
    func aBadChunkIsTheClientsFault(size: String) async throws {
        try await RunningServer.with { server in
            let answer = try await server.exchange(
                "POST /v1/reload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(size)\r\n")
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 400 "), "\(answer)")
            #expect(server.backend.asked.isEmpty)
        }
    }

    @Test func noiseEndsTheConnectionAndNotTheServer() async throws {
        try await RunningServer.with { server in
            let answer = try await server.exchange("\u{0}\u{1}\u{2} not HTTP at all\r\n\r\n")
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 400 "))
            let long = try await server.exchange(
                "GET /v1/drops?since=" + String(repeating: "1", count: 70_000)
                    + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(long.hasPrefix("HTTP/1.1 4") || long.isEmpty)
            #expect(try await server.get("status", as: StatusReport.self).state == .ready)
        }
    }
}
