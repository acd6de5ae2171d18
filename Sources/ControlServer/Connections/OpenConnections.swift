import Logging
import NIOCore
import Synchronization

/// How many connections there may be, and when one is let go.
package struct ConnectionLimits: Sendable {
    /// Most at once; further ones wait to be taken.
    package var count = 256
    /// Most bytes of answers that clients haven't taken yet, of all together.
    package var unsentBytes = 64 << 20
    /// How long a connection may stay open without a request, or with half of one.
    package var idleTime = Duration.seconds(60)
    /// The same while there are as many connections as there may be.
    package var crowdedIdleTime = Duration.seconds(5)
    /// The same for those that never asked anything: who wants something asks at once.
    package var crowdedSilentTime = Duration.seconds(1)
    /// How long a client may take nothing of its answer: a pager may, for a while.
    package var stallTime = Duration.seconds(120)
    /// The same while more than ``unsentBytes`` wait.
    package var crowdedStallTime = Duration.seconds(5)

    package init() {}
}

/// The connections that are open, over all event loops.
final class OpenConnections: Sendable {
    private struct State {
        var open: [ObjectIdentifier: OpenConnection] = [:]
        /// When there last were as many as there may be, from when that was said to when it was said that it is over.
        var lastFull: ContinuousClock.Instant?
        /// The same for when none could be taken, for want of descriptors.
        var lastShortage: ContinuousClock.Instant?
        var isStopping = false
    }

    let limits: ConnectionLimits
    private let logger: Logger
    private let state = Mutex(State())

    init(limits: ConnectionLimits, logger: Logger) {
        self.limits = limits
        self.logger = logger
    }

    /// Whether there are as many as there may be.
    var isFull: Bool { state.withLock { $0.open.count >= limits.count } }

    /// Why clients wait to be taken, from when the log says so to when it says that it is over; nil while they don't.
    var problem: String? {
        let (hasBeenFull, hasShortage) = state.withLock { ($0.lastFull != nil, $0.lastShortage != nil) }
        if hasShortage {
            return "No connection can be taken, and clients wait: raise the limit on open files (LimitNOFILE=)"
        }
        return hasBeenFull
            ? "As many connections as there may be (\(limits.count)) are open, and clients wait: close some, or raise "
                + "`connections`"
            : nil
    }

    subscript(channel: any Channel) -> OpenConnection? { state.withLock { $0.open[ObjectIdentifier(channel)] } }

    func add(_ channel: any Channel) {
        let (isFullNow, isStopping) = state.withLock { state in
            state.open[ObjectIdentifier(channel)] = OpenConnection(channel)
            guard state.open.count >= limits.count else { return (false, state.isStopping) }
            defer { state.lastFull = .now }
            return (state.lastFull == nil, state.isStopping)
        }
        if isFullNow {
            logger.warning(
                "as many connections as there may be are open; further clients wait",
                metadata: ["connections": "\(limits.count)"])
        }
        if isStopping { channel.close(promise: nil) }
    }

    /// Takes note that one is closed.
    func remove(_ channel: any Channel) { state.withLock { $0.open[ObjectIdentifier(channel)] = nil } }

    /// Takes note that a client could not be taken.
    func noteShortage(_ error: any Error) {
        let isNews = state.withLock { state in
            defer { state.lastShortage = .now }
            return state.lastShortage == nil
        }
        if isNews {
            logger.error(
                "no connection can be taken, and clients wait: raise the limit on open files (LimitNOFILE=)",
                metadata: ["cause": "\(error)"])
        }
    }

    /// Lets go of those that keep others waiting: clients that take nothing of their answers, and while there are as
    /// many as there may be, those that ask nothing.
    func sweep(now: ContinuousClock.Instant = .now) {
        let (open, isFull) = state.withLock { ($0.open.values, $0.open.count >= limits.count) }
        let all = open.map { (connection: $0, activity: $0.activity) }
        var unsent = all.reduce(0) { $0 + $1.activity.unsentBytes }
        var stalledCount = 0
        var idleCount = 0
        for (connection, activity) in all.sorted(by: { $0.activity.since < $1.activity.since }) {
            let quiet = activity.since.duration(to: now)
            if activity.unsentParts > 0 {
                let isTooMuch = unsent > limits.unsentBytes && quiet >= limits.crowdedStallTime
                guard quiet >= limits.stallTime || isTooMuch else { continue }
                unsent -= activity.unsentBytes
                stalledCount += 1
            } else if isFull, activity.requestsInHand == 0, quiet >= patience(with: activity) {
                idleCount += 1
            } else {
                continue
            }
            connection.channel.close(promise: nil)
        }
        if stalledCount > 0 {
            logger.notice(
                "clients took nothing of their answers and are let go", metadata: ["clients": "\(stalledCount)"])
        }
        if idleCount > 0 {
            logger.debug("idle clients are let go, since others wait", metadata: ["clients": "\(idleCount)"])
        }
        sayWhatIsOver(now)
    }

    private func patience(with activity: OpenConnection.Activity) -> Duration {
        activity.hasAsked ? limits.crowdedIdleTime : limits.crowdedSilentTime
    }

    /// Says that what was said is over: only after a while, since who waits takes the place of one that left at once.
    private func sayWhatIsOver(_ now: ContinuousClock.Instant) {
        func isOver(_ last: inout ContinuousClock.Instant?) -> Bool {
            guard let time = last, time.duration(to: now) > Self.calmTime else { return false }
            last = nil
            return true
        }
        let (hasRoom, canTake) = state.withLock { state in
            (state.open.count < limits.count && isOver(&state.lastFull), isOver(&state.lastShortage))
        }
        if hasRoom { logger.notice("there is room for connections again") }
        if canTake { logger.notice("connections can be taken again") }
    }

    private static let calmTime = Duration.seconds(2)

    /// Has each closed as soon as what was asked over it is answered, and further ones at once.
    func quiesce() {
        for connection in stopping() {
            connection.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        }
    }

    /// Closes all.
    func cut() {
        for connection in stopping() { connection.channel.close(promise: nil) }
    }

    private func stopping() -> [OpenConnection] {
        state.withLock { state in
            state.isStopping = true
            return Array(state.open.values)
        }
    }
}

/// One connection, and what happens on it.
final class OpenConnection: Sendable {
    struct Activity {
        /// Whether a request ever came, or the beginning of one.
        var hasAsked = false
        /// Requests that came whole and aren't answered yet.
        var requestsInHand = 0
        /// Parts of answers that were written and that the client hasn't taken.
        var unsentParts = 0
        var unsentBytes = 0
        /// When it last got on: something was received, or taken.
        var since = ContinuousClock.now
    }

    let channel: any Channel
    private let state = Mutex(Activity())

    init(_ channel: any Channel) { self.channel = channel }

    var activity: Activity { state.withLock { $0 } }

    func note(_ change: (inout Activity) -> Void) { state.withLock { change(&$0) } }
}
