import Glibc

/// The clock that everything is timed by.
enum Stopwatch {
    /// Monotonic, in nanoseconds.
    static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// Times one piece of work.
    ///
    /// - Returns: Seconds.
    static func seconds(_ work: () throws -> Void) rethrows -> Double {
        let start = now()
        try work()
        return Double(now() - start) / 1e9
    }
}
