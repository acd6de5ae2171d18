import ControlAPI
import ControlClient
import Dispatch
import Glibc
import Testing

/// Whatever stands behind the socket, a client ends with a problem, never in a trap or without an end.
@Suite struct HostileAnswerTests {
    /// Answers one connection with these bytes.
    private static func answering(
        _ body: [UInt8], status: String = "200 OK", _ ask: (ControlClient) async throws -> Void
    ) async throws {
        let path = "/tmp/annal-hostile-\(UInt64.random(in: 0 ... .max)).sock"
        let listener = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8).prefix($0.count - 1)) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0 && listen(listener, 1) == 0)
        defer {
            close(listener)
            unlink(path)
        }
        let head = Array("HTTP/1.1 \(status)\r\nContent-Length: \(body.count)\r\nConnection: close\r\n\r\n".utf8)
        DispatchQueue.global().async {
            let connection = accept(listener, nil, nil)
            var request = [UInt8](repeating: 0, count: 4096)
            _ = recv(connection, &request, request.count, 0)
            var rest = (head + body)[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
                guard count > 0 else { break }
                rest = rest.dropFirst(count)
            }
            close(connection)
        }
        try await ask(ControlClient(socketPath: path))
    }

    private static let deep = [UInt8](repeating: 0x5B, count: 1 << 20)

    private static let bodies: [[UInt8]] = [
        [], deep, Array(#"{"a":"#.utf8) + deep, Array(String(repeating: #"{"a":"#, count: 100_000).utf8),
        Array(#"{"head":"1:00","seq":99999999999999999999999999,"commits":1}"#.utf8),
        Array(#"{"head":"1:00","seq":1e999999999,"commits":1}"#.utf8),
        Array(#"{"head":"1:00","seq":-1,"commits":-9223372036854775809}"#.utf8),
        Array(("\"" + String(repeating: "\\ud800", count: 1000) + "\"").utf8), [0xFF, 0xFE, 0x00], Array("nul".utf8),
    ]

    @Test(arguments: bodies.indices) func valuesThatAreNone(body: Int) async throws {
        for status in ["200 OK", "500 Oh"] {
            try await Self.answering(Self.bodies[body], status: status) { client in
                let problem = await #expect(throws: ControlProblem.self) {
                    _ = try await client.answer(to: ControlRequest(.get, "/v1/log/head"), as: HeadReport.self)
                }
                #expect(problem?.kind == .failure, "\(String(describing: problem))")
            }
        }
    }

    @Test func linesThatAreNone() async throws {
        try await Self.answering(Self.deep + [0x0A]) { client in
            let problem = await #expect(throws: ControlProblem.self) {
                try await client.lines(of: ControlRequest(.get, "/v1/log/chain"), as: ChainReport.self) { _ in }
            }
            #expect(problem?.kind == .failure)
        }
    }
}
