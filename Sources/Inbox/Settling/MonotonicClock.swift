internal import Glibc

/// Time that never jumps, in nanoseconds: what the settle time is measured with.
package enum MonotonicClock {
    /// Nanoseconds since some moment before the system started.
    ///
    /// Source: clock_gettime(2), `CLOCK_MONOTONIC`; it can't fail.
    package static func nowNs() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
