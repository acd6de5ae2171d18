import Annals
import Glibc

/// The time of day.
enum WallClock {
    /// Now, UTC.
    ///
    /// Source: clock_gettime(2), `CLOCK_REALTIME`; it can't fail.
    static func now() -> Instant { Instant(microseconds: microseconds(CLOCK_REALTIME)) }

    /// The time of day, and the time since boot that nobody can set.
    ///
    /// Source: clock_gettime(2), `CLOCK_REALTIME` and `CLOCK_BOOTTIME`; neither can fail.
    static func reading() -> ClockGuard.Reading {
        ClockGuard.Reading(realtime: microseconds(CLOCK_REALTIME), sinceBoot: microseconds(CLOCK_BOOTTIME))
    }

    private static func microseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}

/// What tells one boot of the system from another.
enum BootID {
    /// Nil where it can't be read, as under systemd's `ProcSubset=pid`.
    ///
    /// Source: random(4), `/proc/sys/kernel/random/boot_id`.
    static var current: String? {
        let file = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(file, &bytes, bytes.count)
        guard count > 0 else { return nil }
        let text = String(decoding: bytes[..<count].prefix { $0 > 0x20 }, as: UTF8.self)
        return text.isEmpty ? nil : text
    }
}
