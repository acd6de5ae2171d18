import ControlServer
import Definitions
import Glibc
import Inbox
import Logging
import ServiceLifecycle
import UnixSignals

/// What `annald` does from its command line to its exit code.
package enum Startup {
    /// Exit codes: 0 stopped as asked, 1 can't run, 2 the configuration is wrong.
    private static let stopped: Int32 = 0
    private static let cannotRun: Int32 = 1
    private static let wrongConfiguration: Int32 = 2

    /// How long the services have to stop after SIGTERM, in seconds; the commit in hand is finished all the same.
    private static let stopSeconds = 5

    /// The process's environment.
    package static func environment() -> [String: String] {
        var variables: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let halves = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if halves.count == 2 { variables[String(halves[0])] = String(halves[1]) }
            entry += 1
        }
        return variables
    }

    /// Reads the configuration and its definitions and says whether they are good.
    ///
    /// - Returns: The exit code.
    package static func checkConfiguration(_ loader: SettingsLoader) -> Int32 {
        do throws(ConfigurationError) {
            let configuration = try loader.load()
            let definitions = configuration.definitions
            print(
                "The configuration is good: \(definitions.datasets.count) dataset definitions, "
                    + "\(definitions.dialects.count) dialects; inbox \(configuration.settings.inbox), "
                    + "state \(configuration.settings.state), socket \(configuration.settings.socket).")
            return stopped
        } catch {
            complain("annald: \(error)")
            return wrongConfiguration
        }
    }

    /// Runs until asked to stop.
    ///
    /// - Returns: The exit code.
    package static func run(_ loader: SettingsLoader) async -> Int32 {
        let configuration: Configuration
        do throws(ConfigurationError) {
            configuration = try loader.load()
        } catch {
            complain("annald: \(error)")
            return wrongConfiguration
        }
        let logger = bootstrapLogging(level: configuration.settings.logLevel)
        do {
            try await serve(configuration, loader: loader, logger: logger)
            logger.notice("stopped")
            return stopped
        } catch {
            logger.critical("can't run", metadata: ["cause": "\(error)"])
            return cannotRun
        }
    }

    /// Says something on standard error before there is a logger.
    package static func complain(_ text: String) {
        // Nothing is left to do where standard error is gone.
        _ = "\(text)\n".withCString { write(STDERR_FILENO, $0, strlen($0)) }
    }

    private static func bootstrapLogging(level: Logger.Level) -> Logger {
        let toJournal = getenv("JOURNAL_STREAM") != nil
        StandardErrorLog.setLevel(level)
        LoggingSystem.bootstrap { _ in StandardErrorLog(toJournal: toJournal) }
        return Logger(label: "annald")
    }

    /// Opens everything, in the order in which the one needs the other, and runs the services.
    private static func serve(_ configuration: Configuration, loader: SettingsLoader, logger: Logger) async throws {
        // A held lease is broken with SIGIO, and a reader that left with SIGPIPE; either would end the process.
        signal(SIGIO, SIG_IGN)
        signal(SIGPIPE, SIG_IGN)
        let settings = configuration.settings
        let state = try StateDirectory(path: settings.state)
        try StateDirectory.make(settings.inbox, mode: 0o2770)

        let clock = DaemonClock(directory: state.directory, logger: logger)
        let startup = StartupBoard(inboxPath: settings.inbox, started: WallClock.now())
        let gate = ControlGate { startup.status }
        let monitor = try InboxMonitor(
            directory: InboxDirectory(path: settings.inbox),
            options: InboxMonitor.Options(
                settleTimeNs: UInt64(settings.settleSeconds * 1_000_000_000),
                rescanIntervalNs: UInt64(settings.rescanSeconds * 1_000_000_000)))
        let mailbox = Mailbox(monitor: monitor)
        let reloading = Reloading(loader: loader, configuration: configuration, mailbox: mailbox, logger: logger)
        let engine = Engine(
            configuration: configuration, state: state, clock: clock, startup: startup, gate: gate, monitor: monitor,
            mailbox: mailbox, reloading: reloading, logger: logger)
        let reporter = SystemdReporter(startup: startup, logger: logger)
        let server = ControlServer(
            gate: gate, socketPath: settings.socket, socketGroup: try settings.socketGroup.map(Group.number),
            admin: AdminPolicy(daemonUser: geteuid(), adminGroup: try settings.adminGroup.map(Group.number)),
            logger: logger
        ) {
            startup.noteListening()
        }
        // Stopped in reverse order: first the reports, then the answers, then the work. The state's lock goes last.
        let services: [any Service] = [
            engine, server, ReloadSignal(reloading: reloading, logger: logger), reporter,
        ]
        let group = ServiceGroup(
            configuration: .init(
                services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger))
        try await group.run()
        withExtendedLifetime(state) {}
    }
}
