import Synchronization

/// A clock that goes on by a step each time it is asked, or jumps where a test wants it.
package final class SimulatedClock: Sendable {
    private let microseconds: Mutex<Int64>
    private let stepMicroseconds: Int64

    /// - Parameters:
    ///   - microseconds: Since 1970-01-01T00:00:00Z; what the first question gets, plus one step.
    ///   - stepMicroseconds: May be 0, for a clock that stands.
    package init(microseconds: Int64 = 1_700_000_000_000_000, stepMicroseconds: Int64 = 1_000_000) {
        self.microseconds = Mutex(microseconds)
        self.stepMicroseconds = stepMicroseconds
    }

    /// What the clock says now, in microseconds since 1970.
    package func now() -> Int64 {
        microseconds.withLock { now in
            now &+= stepMicroseconds
            return now
        }
    }

    /// Moves it, back where the number is negative.
    package func jump(byMicroseconds distance: Int64) { microseconds.withLock { $0 &+= distance } }
}
