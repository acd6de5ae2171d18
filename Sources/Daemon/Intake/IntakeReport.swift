import Annals
import Inbox
import Synchronization

/// What the intake thread last said about itself, for the status and the watchdog.
struct IntakeReport: Sendable {
    /// A file that stays in the inbox for now, and why.
    struct Kept: Hashable, Sendable {
        /// Percent-escaped.
        var file: String
        var reason: Reason
    }

    /// Whether the inbox was scanned once since the start.
    var hasScanned = false
    /// Whether it was scanned, or can't be.
    var hasLooked = false
    /// Files that wait to settle, or to be taken.
    var pending = 0
    /// How changes are learned of, in words.
    var mode = "starting"
    /// What can't be a drop and stays where it is.
    var refused: [Kept] = []
    /// Drops that can't be taken now and will be tried again.
    var waiting: [Kept] = []
    /// Files that are recorded and can't be moved.
    var stuck: [Kept] = []
    /// Sidecars whose files aren't here.
    var sidecars: [Kept] = []
    /// Why files that are recorded lie in the inbox still, by the numbers of their entries.
    var unfiled: [UInt64: Reason] = [:]
    /// What keeps the inbox from being watched or read, in a sentence.
    var inboxProblem: String?
    /// What is lacking to watch or take everything, with what to raise.
    var shortage: String?
    /// Why no file can be read, in a sentence.
    var readerProblem: String?
    /// Why nothing can be filed away, in a sentence.
    var placeProblem: String?
    /// When the loop last came round, monotonic.
    var tickNs: UInt64 = 0
    /// Until when the loop may be at one piece of work, monotonic.
    fileprivate(set) var allowedUntilNs: UInt64 = 0
}

/// The latest report, written by the intake thread and read by any.
final class IntakeBoard: Sendable {
    private let report = Mutex(IntakeReport())
    private let firstLook: Mutex<(@Sendable () -> Void)?>

    /// - Parameter onFirstLook: Called once, when the inbox has been scanned or turned out to be unreadable.
    init(onFirstLook: @escaping @Sendable () -> Void = {}) { firstLook = Mutex(onFirstLook) }

    var latest: IntakeReport {
        var latest = report.withLock { $0 }
        // One call to the system, a sync for example, can take long, and the loop can't say so from within.
        let nowNs = MonotonicClock.nowNs()
        if nowNs < latest.allowedUntilNs { latest.tickNs = nowNs }
        return latest
    }

    /// Does a piece of work of the intake thread that may take long; up to a limit the loop counts as going round.
    func allow<Value>(for limit: Duration, _ work: () throws -> Value) rethrows -> Value {
        let startNs = MonotonicClock.nowNs()
        update { $0.allowedUntilNs = startNs + UInt64(limit.components.seconds) * 1_000_000_000 }
        defer {
            update { report in
                report.allowedUntilNs = 0
                report.tickNs = MonotonicClock.nowNs()
            }
        }
        return try work()
    }

    func update(_ change: (inout IntakeReport) -> Void) {
        let hasLooked = report.withLock { report in
            change(&report)
            return report.hasLooked
        }
        guard hasLooked else { return }
        let action = firstLook.withLock { action in
            defer { action = nil }
            return action
        }
        action?()
    }
}
