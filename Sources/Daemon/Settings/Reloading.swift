import ControlAPI
import Definitions
import Logging
import Synchronization
import Systemd

/// Reads the configuration anew and hands it to the intake thread; a bad one changes nothing.
final class Reloading: Sendable {
    private let loader: SettingsLoader
    private let mailbox: Mailbox
    private let notices: SystemdNotices
    private let logger: Logger
    /// What was in force at the start, for the settings that need a restart.
    private let startup: Settings
    private let current: Mutex<Configuration>

    init(
        loader: SettingsLoader, configuration: Configuration, mailbox: Mailbox, notices: SystemdNotices, logger: Logger
    ) {
        self.loader = loader
        self.mailbox = mailbox
        self.notices = notices
        self.logger = logger
        startup = configuration.settings
        current = Mutex(configuration)
    }

    /// What is in force.
    var configuration: Configuration { current.withLock { $0 } }

    /// Takes the configuration as it is on disk now.
    ///
    /// - Returns: What is in force from now on.
    /// - Throws: `ControlProblem` of kind `refused` where it is not right, and the old one stays; `stopping`.
    func reload() async throws(ControlProblem) -> ReloadReport {
        notices.reloading()
        // Whatever becomes of it, the daemon is ready again afterwards.
        defer { notices.ready() }
        let fresh: Configuration
        do throws(ConfigurationError) {
            fresh = try loader.load()
        } catch {
            logger.error("the configuration is not right; the old one stays in force", metadata: ["cause": "\(error)"])
            throw ControlProblem(
                .refused, "\(error)", remedy: "The old configuration stays in force; correct it, then reload.")
        }
        let taken: Bool? = await mailbox.ask { loop, reply in
            loop.adopt(fresh)
            reply(true)
        }
        guard taken == true else { throw DaemonBackend.stopping }
        current.withLock { $0 = fresh }
        StandardErrorLog.setLevel(fresh.settings.logLevel)
        let notes = fresh.settings.needingRestart(against: startup).map { "`\($0)` changes at the next start" }
        logger.notice(
            "configuration taken", metadata: notes.isEmpty ? nil : ["notes": "\(notes.joined(separator: "; "))"])
        return ReloadReport(
            datasets: fresh.definitions.datasets.count, dialects: fresh.definitions.dialects.count, notes: notes)
    }
}
