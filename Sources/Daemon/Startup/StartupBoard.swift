import Annals
import ControlAPI
import Glibc
import RecordLog
import Synchronization

/// How far a start has come, and the daemon once it is there: written by the engine, read by any.
final class StartupBoard: Sendable {
    private struct State {
        /// Both in bytes of the log.
        var bytesRead = 0
        var byteCount = 0
        var isRead = false
        var isListening = false
        var backend: DaemonBackend?
    }

    private let state = Mutex(State())
    private let inboxPath: String
    let started: Instant

    init(inboxPath: String, started: Instant) {
        self.inboxPath = inboxPath
        self.started = started
    }

    /// Nil until the log is read.
    var backend: DaemonBackend? { state.withLock { $0.backend } }

    /// Takes note of how much of the log was read.
    func note(_ progress: ReplayProgress) {
        state.withLock { state in
            state.bytesRead = progress.bytesRead
            state.byteCount = progress.byteCount
        }
    }

    /// The segments are read; what they say is being put together.
    func noteRead() { state.withLock { $0.isRead = true } }

    /// The control socket takes connections.
    func noteListening() { state.withLock { $0.isListening = true } }

    var isListening: Bool { state.withLock { $0.isListening } }

    /// The daemon is there.
    func open(_ backend: DaemonBackend) { state.withLock { $0.backend = backend } }

    var progress: StatusReport.Progress {
        let (isRead, bytesRead, byteCount) = state.withLock { ($0.isRead, $0.bytesRead, $0.byteCount) }
        let amount = "\(Self.megabytes(bytesRead)) of \(Self.megabytes(byteCount)) MB"
        return StatusReport.Progress(
            text: isRead ? "putting the catalog together, the log is read" : "reading the log: \(amount)",
            bytesRead: bytesRead, byteCount: byteCount)
    }

    /// The status until the daemon is there: nothing is known yet, and `progress` says so.
    var status: StatusReport {
        let progress = progress
        return StatusReport(
            state: .starting, inbox: StatusReport.Inbox(path: inboxPath, mode: "starting", pending: 0),
            drops: StatusReport.DropCounts(new: 0, revised: 0, identical: 0, quarantined: 0),
            log: StatusReport.Log(
                commits: 0, bytes: 0, head: "0:" + String(repeating: "0", count: 64), condition: progress.text),
            datasets: 0, vintages: 0, version: Version.current, pid: Int(getpid()), started: started,
            progress: progress)
    }

    /// Rounded up, with commas: `1,024`.
    static func megabytes(_ bytes: Int) -> String {
        let digits = String((bytes + 999_999) / 1_000_000)
        var text = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return text
    }
}
