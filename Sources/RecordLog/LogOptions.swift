import Glibc

/// What can be chosen about a log.
package struct LogOptions: Sendable {
    /// A segment that has grown beyond this many bytes is followed by the next; a larger batch still gets a segment.
    package var segmentBytes = 64 << 20
    /// Room ahead of the frames is allocated in steps: as much as the segment holds, between these two, in bytes.
    package var smallestStepBytes = 64 << 10
    /// See ``smallestStepBytes``.
    package var largestStepBytes = 16 << 20
    /// Opening takes the indexes of closed segments for the segments themselves.
    ///
    /// Their frames are then verified as they are read. Otherwise every frame is read at once.
    package var usesCheckpoint = true
    /// What goes into one batch together, at most, in bytes of frames; a single append may be larger.
    package var groupBytes = 8 << 20
    /// Microseconds since 1970-01-01T00:00:00Z, for the headers of segments.
    package var now: @Sendable () -> Int64 = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
    /// 64 random bits, for salts: nobody who writes content may foresee them.
    package var random: @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) }

    package init() {}

    func salt() -> Salt { Salt(low: random(), high: random()) }
}
