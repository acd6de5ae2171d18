import Testing

@testable import Daemon

@Suite struct ClockGuardTests {
    private static let minute: Int64 = 60_000_000
    private static let hour = 60 * minute
    private static let day = 24 * hour
    private static let noon = ClockGuard.earliest + 30 * day

    /// Both clocks after so much time, the time of day set ahead by so much.
    private func reading(after passed: Int64, ahead: Int64 = 0) -> ClockGuard.Reading {
        ClockGuard.Reading(realtime: Self.noon + passed + ahead, sinceBoot: Self.hour + passed)
    }

    private func started(_ record: ClockRecord? = nil, boot: String? = "a", ahead: Int64 = 0) -> ClockGuard {
        ClockGuard(record: record, bootID: boot, reading: reading(after: 0, ahead: ahead))
    }

    @Test func timeThatPassesIsNoJump() {
        var guardian = started()
        for passed in [Self.minute, Self.day, 400 * Self.day] {
            #expect(guardian.look(reading(after: passed)) == .right)
            #expect(guardian.now(reading(after: passed)) == Self.noon + passed)
        }
    }

    private static let jumps: [(Int64, ClockGuard.Finding)] = [
        (0, .right), (hour, .right), (hour + 1, .ahead(by: hour + 1)), (day, .ahead(by: day)),
        (day + 1, .held(by: day + 1)), (3650 * day, .held(by: 3650 * day)), (0 - minute, .right),
        (-1 - minute, .back(by: minute + 1)), (-3650 * day, .back(by: 3650 * day)),
    ]

    @Test(arguments: jumps)
    func jumpsAreJudgedBySize(_ jump: Int64, _ finding: ClockGuard.Finding) {
        var guardian = started()
        #expect(guardian.look(reading(after: 5, ahead: jump)) == finding)
        // It stays so while nothing is done about it, and goes when the clock comes back.
        if finding != .right {
            #expect(guardian.look(reading(after: Self.hour, ahead: jump)) == finding)
            #expect(guardian.look(reading(after: Self.hour + 5)) == .right)
        }
    }

    @Test func smallStepsAreFollowedHoweverMany() {
        var guardian = started()
        for step in 1...100 as ClosedRange<Int64> {
            #expect(guardian.look(reading(after: step, ahead: step * 50 * Self.minute)) == .right)
        }
        for step in 1...100 as ClosedRange<Int64> {
            let ahead = 100 * 50 * Self.minute - step * Self.minute
            #expect(guardian.look(reading(after: 100 + step, ahead: ahead)) == .right)
        }
    }

    @Test func aHeldClockRecordsByTheTimeThatPassed() {
        var guardian = started()
        #expect(guardian.now(reading(after: Self.hour, ahead: 2 * Self.day)) == Self.noon + Self.hour)
        guardian.confirm(reading(after: Self.hour, ahead: 2 * Self.day))
        #expect(guardian.finding == .right)
        #expect(guardian.now(reading(after: Self.hour, ahead: 2 * Self.day)) == Self.noon + Self.hour + 2 * Self.day)
        // Back to the old time is a jump back now.
        #expect(guardian.look(reading(after: Self.hour)) == .back(by: 2 * Self.day))
    }

    @Test func warnedAndBackClocksRecordByTheClock() {
        var guardian = started()
        #expect(guardian.now(reading(after: 0, ahead: 2 * Self.hour)) == Self.noon + 2 * Self.hour)
        #expect(guardian.now(reading(after: 0, ahead: -2 * Self.hour)) == Self.noon - 2 * Self.hour)
    }

    @Test func aRestartInTheSameBootSeesTheJumpAndConfirmsNothing() {
        var first = started()
        #expect(started(first.record(reading(after: 0)), ahead: 2 * Self.day).finding == .held(by: 2 * Self.day))
        first.look(reading(after: 0, ahead: 3 * Self.day))
        let record = first.record(reading(after: 0, ahead: 3 * Self.day))
        #expect(record.isHeld)
        #expect(started(record, ahead: 3 * Self.day).finding == .held(by: 3 * Self.day))
        #expect(started(record).finding == .right)
    }

    @Test(arguments: ["b", nil]) func afterAnotherBootOnlyAHoldStays(_ boot: String?) {
        var first = started(boot: boot == nil ? nil : "a")
        // Off for a month.
        #expect(started(first.record(reading(after: 0)), boot: boot, ahead: 30 * Self.day).finding == .right)
        first.look(reading(after: 0, ahead: 30 * Self.day))
        let record = first.record(reading(after: 0, ahead: 30 * Self.day))
        #expect(started(record, boot: boot, ahead: 30 * Self.day).finding == .held(by: 30 * Self.day))
        #expect(started(record, boot: boot, ahead: Self.minute).finding == .right)
    }

    @Test func aClockWithoutBatteryIsTrustedOnceItHasPassedTheLastTimeSeen() {
        let record = started().record(reading(after: 0))
        let dead = ClockGuard.Reading(realtime: 0, sinceBoot: 1000)
        var guardian = ClockGuard(record: record, bootID: "b", reading: dead)
        #expect(guardian.finding == .back(by: Self.noon))
        #expect(guardian.record(dead).seen == Self.noon)
        // The time service puts it right: years ahead, and no hold.
        let right = ClockGuard.Reading(realtime: Self.noon + 90 * Self.day, sinceBoot: 2000)
        #expect(guardian.look(right) == .right)
        let wrong = ClockGuard.Reading(realtime: Self.noon + 92 * Self.day, sinceBoot: 3000)
        #expect(guardian.look(wrong) == .held(by: 2 * Self.day - 1000))
        // The same without anything known: no time before this program was written is right.
        var fresh = ClockGuard(record: nil, bootID: "b", reading: dead)
        #expect(fresh.finding == .back(by: ClockGuard.earliest))
        #expect(fresh.look(right) == .right)
    }
}

@Suite struct ClockRecordTests {
    @Test(arguments: [
        ClockRecord(bootID: "838d23d7-dcbc-4429-bc51-a87dd82f1f51", offset: -7, seen: 1 << 50, isHeld: true),
        ClockRecord(bootID: nil, offset: 1 << 57, seen: 0, isHeld: false),
    ])
    func isReadAsWritten(_ record: ClockRecord) {
        #expect(ClockRecord(record.text) == record)
    }

    @Test(arguments: [
        "", "annal clock 2\nboot a\noffset 1\nseen 1\nheld no\n", "annal clock 1\nboot a\noffset 1\nseen 1\n",
        "annal clock 1\nboot a\noffset x\nseen 1\nheld no\n", "annal clock 1\nboot a\noffset 1\nseen 1\nheld maybe\n",
        "annal clock 1\nboot a\noffset 9223372036854775807\nseen 1\nheld no\n", "annal clock 1\nboot\n", "\0\0\0\0",
    ])
    func anythingElseIsNone(_ text: String) {
        #expect(ClockRecord(text) == nil)
    }
}
