import Glibc
import HTTPTypes
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle

/// Answers the control API on a Unix socket until it is told to stop; the socket is removed at the end.
package struct ControlServer: Service {
    private let gate: ControlGate
    private let socket: ListeningSocket
    private let admin: AdminPolicy
    private let logger: Logger
    private let drainTime: Duration
    private let connections: OpenConnections
    private let onListening: @Sendable () async -> Void

    /// - Parameters:
    ///   - gate: The daemon, once it has started.
    ///   - socket: Where it listens.
    ///   - admin: Who may change something.
    ///   - logger: Gets requests at debug.
    ///   - limits: How many connections there may be, and when one is let go.
    ///   - drainTime: How long requests in hand may take to finish when it stops; then their connections are cut.
    ///   - onListening: Called once connections are taken.
    package init(
        gate: ControlGate, socket: ListeningSocket, admin: AdminPolicy, logger: Logger,
        limits: ConnectionLimits = ConnectionLimits(), drainTime: Duration = .seconds(2),
        onListening: @escaping @Sendable () async -> Void = {}
    ) {
        self.gate = gate
        self.socket = socket
        self.admin = admin
        self.logger = logger
        self.drainTime = drainTime
        self.onListening = onListening
        connections = OpenConnections(limits: limits, logger: logger)
    }

    /// Serves until graceful shutdown; requests in hand are finished first.
    ///
    /// - Throws: `IOError` where it can't listen.
    package func run() async throws {
        defer { socket.remove() }
        guard let descriptor = socket.take() else { return }
        let responder = RequestResponder(responder: responder, logger: quiet)
        let http = HTTP1Channel(
            responder: { request, writer, channel in try await responder.answer(request, writer, channel) },
            configuration: .init(
                additionalChannelHandlers: [ParserProblem(), ConnectionWatch(connections)],
                idleTimeout: TimeAmount(connections.limits.idleTime)))
        let clients = try await listen(at: descriptor, http)
        await onListening()
        try await serve(clients, http)
    }

    private typealias Clients = NIOAsyncChannel<HTTP1Channel.Value, Never>

    private func listen(at descriptor: CInt, _ http: HTTP1Channel) async throws -> Clients {
        let clients = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            // One at a time, so that there are never more than there may be.
            .serverChannelOption(.maxMessagesPerRead, value: 1)
            .serverChannelInitializer { [connections] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Doorkeeper(connections))
                }
            }
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .bind(descriptor) { [quiet] channel in http.setup(channel: channel, logger: quiet) }
        ListeningSocket.deepenQueue(of: descriptor)
        return clients
    }

    /// Runs until it ends by itself, or for the drain time after it was told to stop.
    private func serve(_ clients: Clients, _ http: HTTP1Channel) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await answerAll(clients, http) }
            group.addTask {
                try await gracefulShutdown()
                connections.quiesce()
                try await Task.sleep(for: drainTime)
                connections.cut()
            }
            try await group.next()
            group.cancelAll()
        }
    }

    /// Answers whoever comes, at another socket where the first one is removed, until it is told to stop.
    private func answerAll(_ first: Clients, _ http: HTTP1Channel) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            var next: Clients? = first
            while let clients = next {
                group.addTask { try await answer(clients, http) }
                next = try await renewed(http)
                clients.channel.close(promise: nil)
            }
        }
    }

    /// Waits until the socket is gone from its path, and listens at a new one; nil where it is told to stop.
    private func renewed(_ http: HTTP1Channel) async throws -> Clients? {
        var told: ListeningError?
        while true {
            do {
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: Self.lookTime) }
            } catch is CancellationError {
                return nil
            }
            do {
                guard try socket.renew(), let descriptor = socket.take() else { continue }
                logger.warning(
                    "the control socket was removed and is bound anew", metadata: ["socket": "\(socket.path)"])
                return try await listen(at: descriptor, http)
            } catch let error as ListeningError {
                if error != told { logger.error("the control socket is gone", metadata: ["cause": "\(error)"]) }
                told = error
            }
        }
    }

    /// How often it looks whether the socket stands where it was bound.
    private static let lookTime = Duration.seconds(1)

    private func answer(_ clients: Clients, _ http: HTTP1Channel) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            try await clients.executeThenClose { inbound in
                for try await client in inbound {
                    group.addTask { [quiet] in await http.handle(value: client, logger: quiet) }
                }
            }
        }
    }

    private var responder: GatedResponder {
        GatedResponder(gate: gate) { [admin, connections] backend in
            let router = Router(context: ControlContext.self, options: .autoGenerateHeadEndpoints)
            router.add(middleware: ProblemMiddleware())
            var routes = RouteTable(router: router)
            ControlRoutes(backend: backend, admin: admin, connections: connections).add(to: &routes)
            routes.finish()
            return router.buildResponder()
        }
    }

    /// The framework's own remarks are for who debugs; what the daemon says about its socket it says itself.
    private var quiet: Logger {
        var logger = logger
        logger.logLevel = logger.logLevel <= .debug ? logger.logLevel : max(logger.logLevel, .warning)
        return logger
    }
}
