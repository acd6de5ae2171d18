import Synchronization

/// A seeded stream of numbers: the same seed gives the same run.
///
/// Source: S. Vigna, splitmix64.
package struct SeededRandomness: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    /// The next number.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    /// A number from 0 to below `bound`, which is above 0; its tiny bias is of no matter here.
    package mutating func below(_ bound: Int) -> Int { Int(truncatingIfNeeded: next() % UInt64(bound)) }

    /// Whether a thing happens that happens once in so many times.
    package mutating func once(in times: Int) -> Bool { below(times) == 0 }

    /// A stream of its own, so that what is drawn from it doesn't move this one further.
    package mutating func split() -> SeededRandomness { SeededRandomness(seed: next()) }
}

/// A seeded stream of numbers that closures and threads share.
package final class SharedRandomness: Sendable {
    private let stream: Mutex<SeededRandomness>

    package init(seed: UInt64) { stream = Mutex(SeededRandomness(seed: seed)) }

    /// The next number of the stream.
    package func next() -> UInt64 { stream.withLock { $0.next() } }
}
