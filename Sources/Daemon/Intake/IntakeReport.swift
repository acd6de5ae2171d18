import Annals
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
    /// What keeps the inbox from being watched or read, in a sentence.
    var problem: String?
    /// When the loop last came round, monotonic.
    var tickNs: UInt64 = 0
}

/// The latest report, written by the intake thread and read by any.
final class IntakeBoard: Sendable {
    private let report = Mutex(IntakeReport())
    private let firstLook: Mutex<(@Sendable () -> Void)?>

    /// - Parameter onFirstLook: Called once, when the inbox has been scanned or turned out to be unreadable.
    init(onFirstLook: @escaping @Sendable () -> Void = {}) { firstLook = Mutex(onFirstLook) }

    var latest: IntakeReport { report.withLock { $0 } }

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
