package import Annals

/// What the daemon thinks of the clock: the answer of `clock`, and a part of `status`.
package struct ClockReport: Codable, Hashable, Sendable {
    /// What it thinks of it.
    package enum State: String, Codable, Sendable, CaseIterable {
        case right
        /// It jumped ahead by more than an hour.
        case ahead
        /// It jumped ahead by more than a day: commits wait until it is confirmed or put right.
        case held
        /// It stands back by more than a minute.
        case back
    }

    package var state: State
    package var now: Instant
    /// What it would say had nobody set it.
    package var expected: Instant
    /// How far it stands ahead; negative where it stands back.
    package var jumpSeconds: Int64
    /// A sentence on what wants attention; nil where nothing does.
    package var problem: String?

    package init(state: State, now: Instant, expected: Instant, jumpSeconds: Int64, problem: String? = nil) {
        self.state = state
        self.now = now
        self.expected = expected
        self.jumpSeconds = jumpSeconds
        self.problem = problem
    }
}
