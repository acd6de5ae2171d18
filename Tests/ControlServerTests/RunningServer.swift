import ControlAPI
import ControlClient
import ControlServer
import FoundationEssentials
import Glibc
import Logging
import ServiceLifecycle
import Testing

/// A control server on a socket in a directory of its own, for as long as a test runs.
struct RunningServer: Sendable {
    let backend: StandInBackend
    let socketPath: String
    let group: ServiceGroup

    var client: ControlClient { ControlClient(socketPath: socketPath) }

    /// How long a connection may sit idle unless a test is about that; no test waits so long.
    static let usualIdleTime = ConnectionLimits().idleTime

    /// Serves while `body` runs, then stops in order.
    static func with(
        _ backend: StandInBackend, admin: AdminPolicy = AdminPolicy(daemonUser: geteuid(), adminGroup: nil),
        drainTime: Duration = .seconds(3), limits: ConnectionLimits = ConnectionLimits(), gate: ControlGate? = nil,
        _ body: @Sendable (RunningServer) async throws -> Void
    ) async throws {
        let directory = "/tmp/annal-control-\(UInt64.random(in: 0 ... .max))"
        try #require(mkdir(directory, 0o700) == 0)
        defer { rmdir(directory) }
        let path = directory + "/control.sock"
        let (listening, sign) = AsyncStream.makeStream(of: Void.self)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let server = ControlServer(
            gate: gate ?? ControlGate(serving: backend), socket: try ListeningSocket(path: path), admin: admin,
            logger: logger, limits: limits, drainTime: drainTime,
            onListening: { sign.finish() })
        let group = ServiceGroup(configuration: .init(services: [server], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { sign.finish() }
                try await group.run()
            }
            for await _ in listening {}
            do {
                try await body(RunningServer(backend: backend, socketPath: path, group: group))
            } catch {
                await group.triggerGracefulShutdown()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        #expect(access(path, F_OK) != 0, "the socket is removed at the end")
    }

    /// With the sample archive.
    static func with(_ body: @Sendable (RunningServer) async throws -> Void) async throws {
        try await with(StandInBackend(SampleArchive.filled()), body)
    }

    func get<Value: Decodable>(_ path: String, as type: Value.Type) async throws -> Value {
        try await client.answer(to: Self.request(.get, path), as: type)
    }

    func text(_ path: String, format: AnswerFormat = .json) async throws -> String {
        var request = Self.request(.get, path)
        request.format = format
        return String(decoding: try await client.bytes(of: request), as: UTF8.self)
    }

    func post<Value: Decodable>(_ path: String, as type: Value.Type) async throws -> Value {
        try await client.answer(to: Self.request(.post, path), as: type)
    }

    /// Sends a file to be compared.
    func comparing(
        _ text: String, _ query: String, path: String = "datasets/crops/delta", format: AnswerFormat = .json
    ) -> ControlRequest {
        let bytes = Array(text.utf8)
        var request = Self.request(.post, path + "?" + query)
        request.body = RequestBytes(byteCount: bytes.count) { Array(bytes[$0...].prefix(1000)) }
        request.format = format
        return request
    }

    /// The problem that a question ends in.
    func problem(_ path: String) async throws -> ControlProblem { try await problem(of: Self.request(.get, path)) }

    /// The problem that a command ends in.
    func problem(posting path: String) async throws -> ControlProblem {
        try await problem(of: Self.request(.post, path))
    }

    func problem(of request: ControlRequest) async throws -> ControlProblem {
        try #require(await #expect(throws: ControlProblem.self) { _ = try await client.bytes(of: request) })
    }

    /// The target as it is, query and all.
    private static func request(_ method: ControlRequest.Method, _ target: String) -> ControlRequest {
        ControlRequest(method, "/v1/" + target)
    }

    /// Raw bytes there, raw bytes back until the server closes.
    func exchange(_ bytes: String) async throws -> String {
        let connection = try RawConnection(path: socketPath)
        return try await RawConnection.offTheCooperativePool {
            defer { connection.close() }
            try connection.send(Array(bytes.utf8))
            return String(decoding: try connection.receiveAll(), as: UTF8.self)
        }
    }
}
