import Synchronization

/// Watches how long a daemon says nothing while it is waited for.
final class SilenceWatch: Sendable {
    private struct State {
        /// Since when it is waited for; nil while it isn't.
        var since: ContinuousClock.Instant?
        var isExpired = false
    }

    let limit: Duration
    private let state = Mutex(State())

    init(limit: Duration) { self.limit = limit }

    /// Whether it said nothing for too long.
    var isExpired: Bool { state.withLock { $0.isExpired } }

    /// It is waited for from now on.
    func begin() { state.withLock { $0.since = .now } }

    /// It said something.
    func end() { state.withLock { $0.since = nil } }

    /// Returns once it has said nothing for too long, with true; when the task is cancelled, with false.
    func sawSilence() async -> Bool {
        while !Task.isCancelled {
            let now = ContinuousClock.now
            let end = state.withLock { state in
                let end = (state.since ?? now) + limit
                if end <= now { state.isExpired = true }
                return end
            }
            if isExpired { return true }
            do { try await Task.sleep(until: end, clock: .continuous) } catch { return false }
        }
        return false
    }
}
