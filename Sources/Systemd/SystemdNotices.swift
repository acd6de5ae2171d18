internal import Glibc
internal import Synchronization

/// What systemd is told, in order and without ever waiting for it.
///
/// What it must hear (that the daemon is ready, reads its configuration anew, stops) is kept until there is room for it;
/// of the status only the latest, and a sign of life not at all, since the next one follows.
package final class SystemdNotices: Sendable {
    private struct State {
        /// Messages that it must hear, each of some assignments.
        var pending: [[String]] = []
        var status: String?
    }

    private let notifier = SystemdNotifier()
    private let state = Mutex(State())
    private let onFailure: @Sendable (SystemdError) -> Void

    /// So many reloads that nobody read of say no more than the latest.
    private static let mostPending = 32

    /// - Parameter onFailure: Called where a message can't be told at all.
    package init(onFailure: @escaping @Sendable (SystemdError) -> Void) { self.onFailure = onFailure }

    /// How often ``watchdog()`` must be called, in microseconds; nil where no watchdog is armed.
    package var watchdogIntervalMicroseconds: UInt64? { notifier.watchdogIntervalMicroseconds }

    /// The log is open and the inbox scanned, at start or after a reload.
    package func ready(status: String? = nil) { keep(SystemdNotifier.readyLines(status)) }

    /// The configuration is being read anew; ``ready(status:)`` must follow.
    package func reloading() { keep(SystemdNotifier.reloadingLines()) }

    /// The daemon begins to stop.
    package func stopping() { keep(["STOPPING=1"]) }

    /// One line in words about how it is.
    package func status(_ text: String) {
        state.withLock { $0.status = SystemdNotifier.statusLine(text) }
        deliver()
    }

    /// Proof of life.
    package func watchdog() { say(["WATCHDOG=1"]) }

    /// Asks for so much more time, from now.
    package func extendTimeout(microseconds: UInt64) { say(["EXTEND_TIMEOUT_USEC=\(microseconds)"]) }

    /// Tells what is left, as far as there is room.
    ///
    /// - Returns: Whether nothing is left.
    @discardableResult
    package func deliver() -> Bool {
        state.withLock { state in
            while let message = state.pending.first {
                guard say(message) else { return false }
                state.pending.removeFirst()
            }
            guard let status = state.status else { return true }
            guard say([status]) else { return false }
            state.status = nil
            return true
        }
    }

    private func keep(_ message: [String]) {
        state.withLock { state in
            if state.pending.count >= Self.mostPending { state.pending.removeFirst(2) }
            state.pending.append(message)
        }
        deliver()
    }

    /// False where there is no room for it now; what can't be told at all counts as told.
    @discardableResult
    private func say(_ message: [String]) -> Bool {
        do throws(SystemdError) {
            try notifier.send(message)
        } catch {
            if error.isForNow { return false }
            onFailure(error)
        }
        return true
    }
}
