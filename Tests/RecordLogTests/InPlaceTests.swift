import Glibc
import Simulation
import StableStorage
import Testing

@testable import RecordLog

/// A batch whose sync failed, and a start without a reboot that can't write it to a new segment.
@Suite struct InPlaceTests {
    /// The second batch's sync fails on a disk where nothing of it arrives; then the program ends.
    private func diskAfterAFailedSync() throws -> SimulatedDisk {
        // A seed with which the failed sync brings nothing to the disk.
        let seeds: ClosedRange<UInt64> = 1...50
        let seed = try #require(seeds.first { try head(afterPowerCutOf: failing(seed: $0)) == 3 })
        return try failing(seed: seed)
    }

    private func failing(seed: UInt64) throws -> SimulatedDisk {
        let disk = SimulatedDisk(seed: seed)
        let log = try LogFixture.open(disk.root)
        _ = try log.append(LogFixture.batch(1), expectedHead: 0)
        disk.setPlan { $0.kind == .sync && !$0.isOfDirectory ? .failure(EIO) : nil }
        #expect(throws: RecordLogError.self) { try log.append(LogFixture.batch(2), expectedHead: 3) }
        disk.setPlan(nil)
        disk.kill()
        return disk
    }

    private func head(afterPowerCutOf disk: SimulatedDisk) throws -> UInt64 {
        let copy = disk.copy(seed: 1)
        copy.restart(keeping: .nothing)
        return try LogFixture.open(copy.root, access: .readOnly).head
    }

    @Test func withoutRoomItIsWrittenOverItself() throws {
        let disk = try diskAfterAFailedSync()
        let before = try #require(disk["00000001.seg"])
        disk.capacityBytes = disk.usedBytes
        let log = try LogFixture.open(disk.root, options: LogFixture.options(seed: 3))
        guard case .full = log.condition else {
            Issue.record("the log says \(log.condition)")
            return
        }
        #expect(log.head == 5, "the batch is answered")
        #expect(disk["00000001.seg"] == before, "not a byte has changed")
        #expect(try head(afterPowerCutOf: disk) == 5, "and is on the disk")
        disk.capacityBytes = .max
        _ = try log.append(LogFixture.batch(3), expectedHead: 5)
        #expect(try head(afterPowerCutOf: disk) == 8)
    }

    @Test func onADiskThatTakesNoWritesItIsAnsweredAsItIsRead() throws {
        let disk = try diskAfterAFailedSync()
        disk.setPlan { $0.isChange ? .failure(EROFS) : nil }
        let log = try LogFixture.open(disk.root, options: LogFixture.options(seed: 3))
        guard case .readOnly = log.condition else {
            Issue.record("the log says \(log.condition)")
            return
        }
        #expect(log.head == 5, "it may have been acknowledged")
        #expect(throws: RecordLogError.self) { try log.append(LogFixture.batch(3), expectedHead: 5) }
        #expect(try head(afterPowerCutOf: disk) == 3, "nobody could make certain of it")
    }

    @Test func whereThatWriteFailsItDoesNotCount() throws {
        let disk = try diskAfterAFailedSync()
        disk.capacityBytes = disk.usedBytes
        disk.setPlan { $0.kind == .write ? .failure(EIO) : nil }
        let log = try LogFixture.open(disk.root, options: LogFixture.options(seed: 3))
        guard case .readOnly = log.condition else {
            Issue.record("the log says \(log.condition)")
            return
        }
        #expect(log.head == 3)
    }

    @Test func whatTheIndexProvesNeedsNoWrite() throws {
        let disk = SimulatedDisk(seed: 5)
        let first = try LogFixture.open(disk.root)
        _ = try first.append(LogFixture.batch(1), expectedHead: 0)
        disk.kill()
        disk.setPlan { $0.isChange ? .failure(EIO) : nil }
        let log = try LogFixture.open(disk.root, options: LogFixture.options(seed: 3))
        #expect(log.head == 3, "it was synced")
        #expect(try LogFixture.frames(of: log).map(\.payload) == LogFixture.batch(1).map(\.payload))
    }
}
