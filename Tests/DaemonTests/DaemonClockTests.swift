import Annals
import ControlAPI
import Foundation
import Logging
import StableStorage
import Synchronization
import Testing

@testable import Daemon

/// The clock with its file, on a real directory, with clocks that the test sets.
@Suite struct DaemonClockTests {
    private static let day: Int64 = 86_400_000_000
    private static let start = ClockGuard.Reading(realtime: ClockGuard.earliest + day, sinceBoot: 5)

    /// Both clocks of a machine that a test owns.
    private final class Machine: Sendable {
        let now = Mutex(DaemonClockTests.start)

        func jump(_ microseconds: Int64) { now.withLock { $0.realtime += microseconds } }

        func clock(in directory: any Directory, boot: String? = "a") -> DaemonClock {
            var logger = Logger(label: "test")
            logger.logLevel = .critical
            return DaemonClock(directory: directory, bootID: boot, logger: logger) { self.now.withLock { $0 } }
        }
    }

    private func withDirectory(_ body: (any Directory) throws -> Void) throws {
        let path = "/tmp/annal-clock-\(UInt64.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        defer {
            // Left behind where somebody still holds it; the next boot clears /tmp.
            try? FileManager.default.removeItem(atPath: path)
        }
        try body(try POSIXDirectory(path: path))
    }

    @Test func aHoldStaysOverARestartUntilItIsConfirmed() throws {
        try withDirectory { directory in
            let machine = Machine()
            #expect(machine.clock(in: directory).obstacle == nil)
            machine.jump(2 * Self.day)
            for boot in ["a", "b", nil] {
                let clock = machine.clock(in: directory, boot: boot)
                #expect(clock.obstacle?.contains("annalctl clock confirm") == true)
                #expect(clock.now().microseconds == Self.start.realtime)
                #expect(clock.report(lastRecorded: nil).state == .held)
            }
            machine.clock(in: directory, boot: nil).confirm()
            let after = machine.clock(in: directory)
            #expect(after.obstacle == nil)
            #expect(after.now().microseconds == Self.start.realtime + 2 * Self.day)
        }
    }

    @Test func aClockBeforeTheLastCommitIsSaid() throws {
        try withDirectory { directory in
            let clock = Machine().clock(in: directory)
            let report = clock.report(lastRecorded: Instant(microseconds: Self.start.realtime + Self.day))
            #expect(report.state == .right)
            #expect(report.problem?.contains("before the last commit") == true)
            #expect(clock.report(lastRecorded: Instant(microseconds: Self.start.realtime)).problem == nil)
        }
    }

    @Test func whatIsNoRecordIsReplaced() throws {
        try withDirectory { directory in
            try Data("nonsense".utf8).write(to: URL(filePath: directory.path + "/clock"))
            try Data("half".utf8).write(to: URL(filePath: directory.path + "/clock.new"))
            #expect(Machine().clock(in: directory).report(lastRecorded: nil).state == .right)
            #expect(try ClockRecord.read(from: directory)?.bootID == "a")
            #expect(try directory.list() == ["clock"])
        }
    }

    @Test func withoutItsFileItGoesOn() throws {
        try withDirectory { directory in
            // A directory in its place can be neither read nor replaced.
            _ = try directory.subdirectory("clock", create: true)
            let machine = Machine()
            let clock = machine.clock(in: directory)
            machine.jump(2 * Self.day)
            #expect(clock.look() == .held(by: 2 * Self.day))
            clock.confirm()
            #expect(clock.look() == .right)
        }
    }
}
