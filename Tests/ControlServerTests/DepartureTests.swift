import ControlAPI
import Glibc
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization
import Testing

@testable import ControlServer

/// A client that leaves ends what is done for it.
@Suite struct DepartureTests {
    /// Told when nobody holds it any more.
    private final class Witness: Sendable {
        private let end: @Sendable () -> Void
        let rows = Atomic(0)

        init(_ end: @escaping @Sendable () -> Void) { self.end = end }

        deinit { end() }
    }

    /// Asks `/` of a server with that answer, reads its beginning and leaves.
    private static func leave(
        _ respond: @escaping @Sendable (ControlContext) async throws -> Response, after body: () async throws -> Void
    ) async throws {
        let path = "/tmp/annal-departure-\(UInt64.random(in: 0 ... .max)).sock"
        let router = Router(context: ControlContext.self)
        router.on("/", method: .get) { _, context in try await respond(context) }
        let (listening, sign) = AsyncStream.makeStream(of: Void.self)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let application = Application(
            router: router, configuration: .init(address: .unixDomainSocket(path: path)),
            onServerRunning: { _ in sign.finish() }, logger: logger)
        let group = ServiceGroup(configuration: .init(services: [application], logger: logger))
        defer { unlink(path) }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { sign.finish() }
                try await group.run()
            }
            for await _ in listening {}
            let connection = try RawConnection(path: path)
            try connection.send(Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
            try await body()
            connection.close()
            // What is still at work would keep the group from ending; the test's time limit tells.
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    @Test(.timeLimit(.minutes(1))) func noMoreRowsAreWritten() async throws {
        let (ended, sign) = AsyncStream.makeStream(of: Void.self)
        let rows = Mutex<Witness?>(Witness { sign.finish() })
        try await Self.leave { _ in
            let witness = rows.withLock { $0.take() }
            var body = AnswerBody()
            // More than anybody could ever write.
            body.append(rows: 1 << 60) { range, buffer in
                for row in range { buffer.append(number: row) }
                witness?.rows.add(range.count, ordering: .relaxed)
            }
            return Answer.body(body, as: .csv)
        } after: {
            try await Task.sleep(for: .milliseconds(100))
        }
        // The body was let go of, so nothing is written any more.
        for await _ in ended {}
    }

    @Test(.timeLimit(.minutes(1))) func longWorkCanSeeIt() async throws {
        let hasSeen = Atomic(false)
        let hasBegun = Atomic(false)
        try await Self.leave { context in
            let channel = context.channel
            return try await WorkAnswer.of(.json) { _ in
                hasBegun.store(true, ordering: .relaxed)
                while channel.isActive { usleep(1000) }
                hasSeen.store(true, ordering: .relaxed)
                return ReloadReport(datasets: 0, dialects: 0, notes: [])
            }
        } after: {
            while !hasBegun.load(ordering: .relaxed) { try await Task.sleep(for: .milliseconds(1)) }
        }
        let isTold = hasSeen.load(ordering: .relaxed)
        #expect(isTold)
    }
}
