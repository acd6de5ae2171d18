/// Tells a clock that was set wrong from time that passed, by holding it against one that nobody can set.
///
/// A value without I/O. The offset between the time of day and the time since boot stays the same while nobody sets the
/// clock; small steps, as a time service makes them, are followed. Larger ones are judged, and stay so until the clock
/// comes back or somebody says that it is right now. All times are in microseconds.
struct ClockGuard: Sendable {
    /// Both clocks at one moment.
    struct Reading: Hashable, Sendable {
        /// Since 1970, UTC; anybody with the right can set it.
        var realtime: Int64
        /// Since the system was booted, time asleep included; nobody can set it.
        var sinceBoot: Int64
    }

    /// What to think of the clock.
    enum Finding: Hashable, Sendable {
        case right
        /// It stands ahead by more than an hour: worth a warning.
        case ahead(by: Int64)
        /// It stands ahead by more than a day: nothing is recorded under such a time until somebody confirms it.
        case held(by: Int64)
        /// It stands back by more than a minute: worth a warning. What is recorded stays in order all the same.
        case back(by: Int64)
    }

    /// Steps ahead up to this are followed without a word.
    static let aheadLimit: Int64 = 3_600_000_000
    /// Steps ahead beyond this hold the commits.
    static let holdLimit: Int64 = 86_400_000_000
    /// Steps back up to this are followed without a word.
    static let backLimit: Int64 = 60_000_000
    /// 2026-11-01T00:00:00Z, before this was written: a clock that says less has not been set since it lost its battery.
    static let earliest: Int64 = 1_793_491_200_000_000

    /// Nil where the system doesn't tell one boot from another.
    let bootID: String?
    private(set) var finding = Finding.right
    /// What the time of day is ahead of the time since boot, as far as it is trusted.
    private(set) var offset: Int64
    /// The clock stood before this when the daemon started, so that nothing is known until it has passed it.
    private var floor: Int64?

    /// Starts anew or goes on where an earlier run ended.
    ///
    /// Within one boot the earlier run's offset counts, so that a restart confirms nothing and a step between two runs
    /// is seen. After another boot nobody knows how long the machine was off, and the clock is taken as it is: except
    /// that a hold stays one, and a clock that stands before the last time seen is not trusted until it has passed that.
    init(record: ClockRecord?, bootID: String?, reading: Reading) {
        self.bootID = bootID
        offset = reading.realtime - reading.sinceBoot
        let earliest = max(record?.seen ?? Self.earliest, Self.earliest)
        if let record, bootID != nil, record.bootID == bootID {
            offset = record.offset
        } else if let record, record.isHeld {
            offset = record.seen - reading.sinceBoot
        } else if reading.realtime < earliest - Self.backLimit {
            floor = earliest
        }
        look(reading)
    }

    /// Judges the clock as it stands now.
    @discardableResult
    mutating func look(_ reading: Reading) -> Finding {
        let current = reading.realtime - reading.sinceBoot
        if let floor {
            if reading.realtime < floor - Self.backLimit {
                finding = .back(by: floor - reading.realtime)
                return finding
            }
            self.floor = nil
            offset = current
        }
        let jump = current - offset
        if jump > Self.holdLimit {
            finding = .held(by: jump)
        } else if jump > Self.aheadLimit {
            finding = .ahead(by: jump)
        } else if jump < -Self.backLimit {
            finding = .back(by: -jump)
        } else {
            offset = current
            finding = .right
        }
        return finding
    }

    /// Takes the clock as it stands now for right.
    mutating func confirm(_ reading: Reading) {
        floor = nil
        offset = reading.realtime - reading.sinceBoot
        finding = .right
    }

    /// The time under which something may be recorded: the clock's, or while that is held the time that has passed.
    mutating func now(_ reading: Reading) -> Int64 {
        if case .held = look(reading) { return trusted(reading) }
        return reading.realtime
    }

    /// The time as it would be had nobody set the clock.
    func trusted(_ reading: Reading) -> Int64 { offset + reading.sinceBoot }

    /// What the next run has to know.
    func record(_ reading: Reading) -> ClockRecord {
        var isHeld = false
        if case .held = finding { isHeld = true }
        let seen = isHeld ? trusted(reading) : max(reading.realtime, floor ?? reading.realtime)
        return ClockRecord(bootID: bootID, offset: offset, seen: seen, isHeld: isHeld)
    }
}
