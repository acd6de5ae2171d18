import Annals
import Glibc

/// The time of day.
enum WallClock {
    /// Now, UTC.
    ///
    /// Source: clock_gettime(2), `CLOCK_REALTIME`; it can't fail.
    static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }
}

/// Groups of users, by name.
enum Group {
    /// The number of a group.
    ///
    /// - Throws: `SettingsError` where there is none of that name.
    static func number(_ name: String) throws(SettingsError) -> gid_t {
        guard let entry = getgrnam(name) else {
            throw SettingsError(
                place: "socket_group, admin_group", message: "there is no group `\(name)`",
                remedy: "Create it (groupadd --system \(name)), or leave the key out.")
        }
        return entry.pointee.gr_gid
    }
}
