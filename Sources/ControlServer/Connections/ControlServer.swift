package import Glibc
import Hummingbird
package import Logging
import NIOCore
import ServiceLifecycle

/// Answers the control API on a Unix socket until it is told to stop.
///
/// Start it after the state directory's lock is held: what stands at the path is unlinked before binding, which would
/// take the socket from under another daemon. The socket is removed at the end.
package struct ControlServer: Service {
    private let gate: ControlGate
    private let socketPath: String
    private let socketGroup: gid_t?
    private let admin: AdminPolicy
    private let logger: Logger
    private let drainTime: Duration
    private let idleTime: Duration
    private let onListening: @Sendable () async -> Void

    /// - Parameters:
    ///   - gate: The daemon, once it has started.
    ///   - socketPath: At most 107 bytes.
    ///   - socketGroup: Who may open the socket besides the daemon's user; nil leaves the daemon's group.
    ///   - admin: Who may change something.
    ///   - logger: Gets requests at debug.
    ///   - drainTime: How long requests in hand may take to finish when it stops; then their connections are cut.
    ///   - idleTime: How long a connection may stay open without a request, or with half of one. Who takes its time to
    ///     read an answer may: that is what a pager does.
    ///   - onListening: Called once connections are taken.
    package init(
        gate: ControlGate, socketPath: String, socketGroup: gid_t? = nil, admin: AdminPolicy,
        logger: Logger, drainTime: Duration = .seconds(3), idleTime: Duration = .seconds(60),
        onListening: @escaping @Sendable () async -> Void = {}
    ) {
        self.gate = gate
        self.socketPath = socketPath
        self.socketGroup = socketGroup
        self.admin = admin
        self.logger = logger
        self.drainTime = drainTime
        self.idleTime = idleTime
        self.onListening = onListening
    }

    /// Serves until graceful shutdown; requests in hand are finished first.
    ///
    /// - Throws: `IOError` where it can't bind; ``SocketFileError`` where the socket can't be given its owner and mode.
    package func run() async throws {
        let socket = SocketFile(path: socketPath, group: socketGroup)
        let failure = FirstFailure()
        let application = Application(
            responder: responder,
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [ParserProblem()], idleTimeout: TimeAmount(idleTime))),
            configuration: ApplicationConfiguration(address: .unixDomainSocket(path: socketPath)),
            onServerRunning: { channel in
                do {
                    try socket.secure()
                    await onListening()
                } catch {
                    failure.set(error)
                    // The server's loop ends when its channel closes; how that went changes nothing.
                    try? await channel.close()
                }
            },
            logger: quiet)
        defer { socket.remove() }
        try await serve(application)
        try failure.rethrow()
    }

    /// Runs until it ends by itself, or for the drain time after it was told to stop.
    private func serve(_ application: some ApplicationProtocol) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            group.addTask {
                try await gracefulShutdown()
                try await Task.sleep(for: drainTime)
            }
            try await group.next()
            group.cancelAll()
        }
    }

    private var responder: some HTTPResponder<ControlContext> {
        GatedResponder(gate: gate) { [admin] backend in
            let router = Router(context: ControlContext.self, options: .autoGenerateHeadEndpoints)
            router.add(middleware: ProblemMiddleware())
            var routes = RouteTable(router: router)
            ControlRoutes(backend: backend, admin: admin).add(to: &routes)
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
