import Inbox

/// Who waits until everything that lay in the inbox is committed or quarantined.
///
/// A state machine without I/O: the loop tells it what the settle book says.
struct SyncWaiters {
    /// How a wait ended.
    enum Ending: Sendable {
        /// Everything that lay there is done.
        case done
        case timedOut
        /// Nothing can be committed now, so that waiting would not end.
        case unavailable(String)
        /// The inbox isn't there, so that nobody knows what lies in it.
        case inboxGone(String)
        case stopping
    }

    private struct Waiter {
        /// The scan that tells which files are waited for.
        var scan: UInt64
        /// Files numbered up to this one are waited for; nil before that scan is done.
        var serial: UInt64?
        var deadlineNs: UInt64
        var reply: @Sendable (Ending) -> Void
    }

    private var waiters: [Waiter] = []

    var isEmpty: Bool { waiters.isEmpty }

    /// When the first of them gives up; nil where nobody waits.
    var nextDeadlineNs: UInt64? { waiters.map(\.deadlineNs).min() }

    /// As many as may wait at once: each is looked at whenever the loop comes round.
    static let most = 1024

    /// Has one wait; where too many do already, it is told so at once.
    mutating func add(scan: UInt64, untilNs deadlineNs: UInt64, reply: @escaping @Sendable (Ending) -> Void) {
        guard waiters.count < Self.most else {
            return reply(.unavailable("\(Self.most) others wait for the inbox to be taken already."))
        }
        waiters.append(Waiter(scan: scan, deadlineNs: deadlineNs, reply: reply))
    }

    /// Answers those whose wait is over.
    ///
    /// - Parameters:
    ///   - nowNs: Now, monotonic.
    ///   - obstacle: Why nothing can be committed, where that is so for good.
    ///   - inbox: What the inbox's monitor says now.
    ///   - isClear: Whether every file up to a number has left the inbox.
    mutating func answer(
        nowNs: UInt64, obstacle: String?, inbox: InboxMonitor.State, isClear: (UInt64) -> Bool
    ) {
        for index in waiters.indices where waiters[index].serial == nil && inbox.answeredScan >= waiters[index].scan {
            waiters[index].serial = inbox.lastSerial
        }
        waiters.removeAll { waiter in
            // An inbox that is gone looks empty: only before the scan that was asked for it may come back.
            let ending: Ending? =
                if waiter.serial != nil, let problem = inbox.problem {
                    .inboxGone(problem)
                } else if let serial = waiter.serial, isClear(serial) {
                    .done
                } else if let obstacle {
                    .unavailable(obstacle)
                } else if waiter.deadlineNs <= nowNs {
                    .timedOut
                } else {
                    nil
                }
            if let ending { waiter.reply(ending) }
            return ending != nil
        }
    }

    /// Answers all of them: the daemon stops.
    mutating func dismiss() {
        for waiter in waiters { waiter.reply(.stopping) }
        waiters = []
    }
}
