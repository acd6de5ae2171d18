import Annals
import ControlAPI
import Inbox
import Logging
import ServiceLifecycle
import Systemd

/// Tells systemd when the daemon is ready, how it is, that it lives, and that it stops.
struct SystemdReporter: Service {
    let startup: StartupBoard
    let notices: SystemdNotices
    let logger: Logger

    /// How often it looks whether there is something to tell.
    private static let interval = Duration.milliseconds(100)
    /// How long it tries to say that it stops.
    private static let lastPatience = Duration.milliseconds(300)
    /// An intake loop that has not come round for so long has not proved that it lives.
    private static let staleNs: UInt64 = 20_000_000_000
    /// How much more time a start asks for whenever it has got on, in microseconds.
    private static let extensionMicroseconds: UInt64 = 90_000_000

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            let backend = try await awaitBackend()
            if let backend { try await report(backend) }
        }
        notices.stopping()
        // Where systemd doesn't read what it is told, it learns of the end by the end.
        let end = ContinuousClock.now + Self.lastPatience
        while !notices.deliver(), ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(10)) }
    }

    /// Tells how far the start is, and asks for more time as long as it gets on; nil where the daemon stops before.
    private func awaitBackend() async throws -> DaemonBackend? {
        var told: StatusReport.Progress?
        while !Task.isCancelled {
            if let backend = startup.backend { return backend }
            let progress = startup.progress
            if progress != told {
                if progress.text != told?.text {
                    notices.status(progress.text)
                }
                told = progress
                // A start that hangs asks for nothing and is ended by systemd, as it should be.
                notices.extendTimeout(microseconds: Self.extensionMicroseconds)
            }
            notices.deliver()
            do { try await Task.sleep(for: Self.interval) } catch { return nil }
        }
        return nil
    }

    private func report(_ backend: DaemonBackend) async throws {
        var isReady = false
        var lastStatus = ""
        var lastBeatNs: UInt64 = 0
        let beatNs = notices.watchdogIntervalMicroseconds.map { $0 * 1000 / 3 }
        while !Task.isCancelled {
            let report = await backend.status()
            let intake = backend.board.latest
            let words = Self.words(for: report)
            if !isReady, intake.hasScanned, startup.isListening {
                isReady = true
                lastStatus = words
                notices.ready(status: words)
                logger.notice("ready", metadata: ["inbox": "\(report.inbox.path)", "head": "\(report.log.head)"])
            } else if words != lastStatus {
                lastStatus = words
                notices.status(words)
            }
            let nowNs = MonotonicClock.nowNs()
            if let beatNs, nowNs >= lastBeatNs + beatNs, Self.isAlive(intake, nowNs: nowNs) {
                lastBeatNs = nowNs
                notices.watchdog()
            }
            notices.deliver()
            do { try await Task.sleep(for: Self.interval) } catch { return }
        }
    }

    /// Whether the intake loop came round lately; a loop that hangs in a read or a sync must not look alive.
    private static func isAlive(_ intake: IntakeReport, nowNs: UInt64) -> Bool { nowNs < intake.tickNs + staleNs }

    /// `Ready: 2 datasets, 5 vintages; 1 file pending`.
    private static func words(for report: StatusReport) -> String {
        let tables = "\(report.datasets) datasets, \(report.vintages) vintages"
        let pending = report.inbox.pending == 0 ? "" : "; \(report.inbox.pending) files pending"
        let problem = report.problems.first.map { ". \($0)" } ?? ""
        return "\(report.state.rawValue): \(tables)\(pending)\(problem)"
    }
}
