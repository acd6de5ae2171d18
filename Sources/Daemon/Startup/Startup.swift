import ControlServer
import Definitions
import Glibc
import Inbox
import Logging
import ServiceLifecycle
import StableStorage
import Systemd

/// What `annald` does from its command line to its exit code.
package enum Startup {
    /// Exit codes: 0 stopped as asked, 1 can't run, 2 the configuration is wrong.
    private static let stopped: Int32 = 0
    private static let cannotRun: Int32 = 1
    private static let wrongConfiguration: Int32 = 2

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
    /// - Parameters:
    ///   - loader: Where the configuration is.
    ///   - startsNewLog: Whether somebody said that the log is to begin anew where it is gone.
    /// - Returns: The exit code.
    package static func run(_ loader: SettingsLoader, startsNewLog: Bool) async -> Int32 {
        // Whoever asks for the end while the configuration is read is answered like anybody else.
        SignalInlet.process.catchEnding()
        let configuration: Configuration
        do throws(ConfigurationError) {
            configuration = try loader.load()
        } catch {
            complain("annald: \(error)")
            return wrongConfiguration
        }
        let logger = bootstrapLogging(level: configuration.settings.logLevel)
        do {
            try await serve(configuration, loader: loader, startsNewLog: startsNewLog, logger: logger)
            logger.notice("stopped")
            return stopped
        } catch {
            logger.critical("can't run", metadata: ["cause": "\(error)"])
            return cannotRun
        }
    }

    /// Says something on standard error, without a logger.
    package static func complain(_ text: String) { LogOutlet.standardError.say(text) }

    /// Ends the process, once what was said is written; a standard error that nobody reads is not waited for.
    package static func end(_ code: Int32) -> Never {
        LogOutlet.standardError.drain(upTo: .milliseconds(500))
        exit(code)
    }

    /// What has to be so before anything is opened, and before any signal can come.
    package static func prepare() {
        StandardDescriptors.occupy()
        // A held lease is broken with SIGIO, and who reads what is written may leave; either would end the process.
        signal(SIGIO, SIG_IGN)
        signal(SIGPIPE, SIG_IGN)
        // What other daemons take for "open your logs anew" or "say how you are" is no reason to end.
        signal(SIGUSR1, SIG_IGN)
        signal(SIGUSR2, SIG_IGN)
        SignalInlet.process.catchHangup()
    }

    private static func bootstrapLogging(level: Logger.Level) -> Logger {
        let toJournal = getenv("JOURNAL_STREAM") != nil
        StandardErrorLog.setLevel(level)
        LoggingSystem.bootstrap { _ in StandardErrorLog(toJournal: toJournal) }
        return Logger(label: "annald")
    }

    /// Opens everything, in the order in which the one needs the other, and runs the services.
    private static func serve(
        _ configuration: Configuration, loader: SettingsLoader, startsNewLog: Bool, logger: Logger
    ) async throws {
        try await TimerWarmUp.run()
        let settings = configuration.settings
        let limits = try connectionLimits(settings, logger)
        let state = try StateDirectory(path: settings.state, startsNewLog: startsNewLog)
        try StateDirectory.make(settings.inbox, mode: 0o2770)
        var owner = InboxOwner(inbox: settings.inbox, state: settings.state)
        try owner.take()
        let socket = try ListeningSocket(path: settings.socket, group: settings.socketGroup.flatMap(Group.number))

        let clock = DaemonClock(directory: state.directory, logger: logger)
        let startup = StartupBoard(inboxPath: settings.inbox, started: WallClock.now())
        let gate = ControlGate { startup.status }
        let monitor = try InboxMonitor(
            directory: InboxDirectory(path: settings.inbox),
            options: InboxMonitor.Options(
                settleTimeNs: UInt64(settings.settleSeconds * 1_000_000_000),
                rescanIntervalNs: UInt64(settings.rescanSeconds * 1_000_000_000)))
        let mailbox = Mailbox(monitor: monitor)
        let notices = SystemdNotices { error in
            logger.warning("systemd does not hear us", metadata: ["cause": "\(error)"])
        }
        let reloading = Reloading(
            loader: loader, configuration: configuration, mailbox: mailbox, notices: notices, logger: logger)
        let engine = Engine(
            configuration: configuration, state: state, clock: clock, startup: startup, gate: gate, monitor: monitor,
            mailbox: mailbox, reloading: reloading, logger: logger)
        let reporter = SystemdReporter(startup: startup, notices: notices, logger: logger)
        let server = ControlServer(
            gate: gate, socket: socket,
            admin: AdminPolicy(daemonUser: geteuid(), adminGroup: settings.adminGroup.flatMap(Group.number)),
            logger: logger, limits: limits
        ) {
            startup.noteListening()
        }
        // Stopped in reverse order: first those who wait are told, then systemd, then come the answers and the work. The
        // state's lock goes last.
        let services: [any Service] = [
            engine, server, ReloadSignal(hangups: SignalInlet.process.hangups, reloading: reloading, logger: logger),
            reporter, MemoryReturn(), ChangePreparation(startup: startup), SyncDismissal(mailbox: mailbox),
        ]
        try await run(ServiceGroup(configuration: .init(services: services.map { .init(service: $0) }, logger: logger)))
        withExtendedLifetime((state, socket)) {}
    }

    /// Runs the services until they end, or until the process is asked to end.
    private static func run(_ group: ServiceGroup) async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            tasks.addTask {
                for await _ in SignalInlet.process.endings { await group.triggerGracefulShutdown() }
                try await Task.sleep(for: .seconds(86_400 * 365))
            }
            try await tasks.next()
            tasks.cancelAll()
        }
    }

    private static func connectionLimits(
        _ settings: Settings, _ logger: Logger
    ) throws(DescriptorLimit.TooLow) -> ConnectionLimits {
        let descriptors = DescriptorLimit.raise()
        try descriptors.check()
        var limits = ConnectionLimits()
        limits.count = descriptors.connections(wanted: settings.connections, readers: settings.readerCount)
        if limits.count < settings.connections {
            logger.warning(
                "fewer connections than the settings say: raise the limit on open files (LimitNOFILE=)",
                metadata: ["connections": "\(limits.count)", "open files": "\(descriptors.count)"])
        }
        return limits
    }
}
