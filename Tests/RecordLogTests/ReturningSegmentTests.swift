import Glibc
import Simulation
import StableStorage
import Synchronization
import Testing

@testable import RecordLog

/// Segments in which nothing counts, and that leave something behind when they are removed: a name on the disk, a number
/// that is used again, a salt.
@Suite struct ReturningSegmentTests {
    /// On a disk, with one segment more in which the last batch is torn.
    private struct TornLog {
        var disk: SimulatedDisk
        /// Of the whole batches.
        var frames: [StoredFrame]
        /// Of the segment with the torn batch.
        var name: String
    }

    private func open(_ disk: SimulatedDisk, seed: UInt64) throws -> SegmentedLog {
        try LogFixture.open(disk.root, options: LogFixture.options(segmentBytes: 8600, seed: seed))
    }

    private func tornLog(batches: Int, seed: UInt64) throws -> TornLog {
        let (directory, frames) = try LogFixture.log(batches: batches, segmentBytes: 8600)
        let disk = SimulatedDisk(seed: seed)
        for (name, bytes) in directory.files { disk[name] = bytes }
        let name = try #require(directory.segments.keys.max())
        let bytes = try #require(directory[name])
        let first = try #require(LogVandal.places(in: bytes).first).header.sequence
        disk[name] = Array(bytes[..<8250])
        disk[name.dropLast(3) + "idx"] = nil
        return TornLog(disk: disk, frames: frames.filter { $0.sequence < first }, name: name)
    }

    /// Opens it, and the sync behind the removal of that segment fails; then the program ends.
    private func failToRemove(_ torn: TornLog) throws {
        let isRemoved = Mutex(false)
        torn.disk.setPlan { operation in
            if operation.kind == .remove, operation.path.hasSuffix(torn.name) { isRemoved.withLock { $0 = true } }
            return operation.kind == .sync && operation.isOfDirectory && isRemoved.withLock { $0 } ? .failure(EIO) : nil
        }
        let log = try open(torn.disk, seed: 50)
        #expect(log.recovery.tornTail?.file == torn.name)
        guard case .readOnly = log.condition else {
            Issue.record("the log says \(log.condition)")
            return
        }
        torn.disk.setPlan(nil)
        torn.disk.kill()
        #expect(torn.disk[torn.name] == nil, "nobody can see that it is still on the disk")
    }

    /// Nobody can tell that the segment is still on the disk; it must not come back with the power all the same.
    ///
    /// Of one batch nothing is whole: a log in which nothing has ever counted.
    @Test(arguments: [12, 1], 1...8 as ClosedRange<UInt64>)
    func itIsRemovedOnceMore(batches: Int, seed: UInt64) throws {
        let torn = try tornLog(batches: batches, seed: seed)
        try failToRemove(torn)
        var frames = torn.frames
        for round in 0..<4 as Range<UInt64> {
            let log = try open(torn.disk, seed: 60 + round)
            #expect(log.recovery.tornTail == nil, "round \(round)")
            #expect(log.recovery.damage == [] && log.condition == .writable, "round \(round)")
            #expect(try LogFixture.frames(of: log) == frames, "round \(round)")
            #expect(try log.verify() == [], "round \(round)")
            if round > 0 { _ = try log.append(LogFixture.batch(20 + Int(round)), expectedHead: log.head) }
            frames = try LogFixture.frames(of: log)
            torn.disk.restart(keeping: .nothing)
        }
    }

    /// What a crash or a refused removal leaves of taking a name off the disk is no segment, wherever it stands.
    @Test func anEmptyFileIsNoSegment() throws {
        let torn = try tornLog(batches: 12, seed: 1)
        let first = try open(torn.disk, seed: 50)
        _ = try first.append(LogFixture.batch(20), expectedHead: first.head)
        try first.close()
        let frames = try LogFixture.frames(of: first)
        for numbers in [[8], [8, 9], [8, 9, 12]] {
            let disk = torn.disk.copy()
            for number in numbers { disk[SegmentName.name(of: UInt32(number))] = [] }
            for round in 0..<3 as Range<UInt64> {
                let log = try open(disk, seed: 60 + round)
                #expect(log.recovery.damage == [] && log.recovery.tornTail == nil, "\(numbers)")
                #expect(log.condition == .writable)
                #expect(try LogFixture.frames(of: log).starts(with: frames), "\(numbers)")
                _ = try log.append(LogFixture.batch(30), expectedHead: log.head)
                #expect(try log.verify() == [])
                disk.restart(keeping: .nothing)
            }
        }
    }

    /// A removal that is refused for lack of room is made once there is some; what can't be created is let be.
    @Test func itIsTriedAgain() throws {
        for kind in [StorageOperation.create, .remove] {
            let torn = try tornLog(batches: 12, seed: 1)
            try failToRemove(torn)
            torn.disk.setPlan { [name = torn.name] operation in
                operation.kind == kind && operation.path.hasSuffix(name) ? .failure(ENOSPC) : nil
            }
            let log = try open(torn.disk, seed: 60)
            torn.disk.setPlan(nil)
            for number in 20...24 { _ = try log.append(LogFixture.batch(number), expectedHead: log.head) }
            let frames = try LogFixture.frames(of: log)
            #expect(try log.verify() == [])
            torn.disk.restart(keeping: .nothing)
            let again = try open(torn.disk, seed: 70)
            #expect(again.recovery.damage == [] && again.recovery.tornTail == nil)
            #expect(try LogFixture.frames(of: again) == frames)
        }
    }

    /// Names that people or an older log left say nothing of this log's end.
    @Test func aStrayCopyMakesNoFile() throws {
        let torn = try tornLog(batches: 12, seed: 1)
        let names = ["99999999.8192.broken", "00000099.8192.broken", "00000008.broken", "00000008.seg.broken"]
        for name in names { torn.disk[name] = [1] }
        let created = Mutex<[String]>([])
        torn.disk.setPlan { operation in
            if operation.kind == .create { created.withLock { $0.append(operation.path) } }
            return nil
        }
        let log = try open(torn.disk, seed: 50)
        #expect(log.condition == .writable)
        #expect(!created.withLock { $0 }.contains { path in ["99.seg", "08.seg"].contains { path.hasSuffix($0) } })
    }

    /// The second copy of what is written into a segment under a number that was removed, stays the segment's own.
    ///
    /// What was removed is a segment whose creation was cut short: one of its header blocks had arrived, with the last
    /// batch of the segment before it for its first.
    @Test func aNumberThatIsUsedAgainHasItsOwnIndex() throws {
        let (closed, _) = try LogFixture.log(batches: 3)
        let unclosed = HeapDirectory(closed.files)
        unclosed["00000001.seg"]?.append(contentsOf: [UInt8](repeating: 0, count: 512))
        let rewritten = HeapDirectory(unclosed.files)
        _ = try LogFixture.open(rewritten, options: LogFixture.options(seed: 50))
        let block = try #require(rewritten["00000002.seg"]).prefix(SegmentHeader.blockBytes)
        unclosed["00000002.seg"] = Array(block) + [UInt8](repeating: 0, count: 70_000)

        let log = try LogFixture.open(unclosed, options: LogFixture.options(seed: 60))
        #expect(log.recovery.renewedIndexes == [])
        for number in 4...6 { _ = try log.append(LogFixture.batch(number), expectedHead: log.head) }
        #expect(try log.verify() == [])
        try log.close()
        // From the segment's number to the time at which it was created they are the same, the salt among them.
        let (segment, index) = (try #require(unclosed["00000002.seg"]), try #require(unclosed["00000002.idx"]))
        #expect(index[12..<124] == segment[12..<124])
        // Only then the index proves that the last batch was durable, so that what is bad in it isn't the rest of a write.
        let last = try #require(LogVandal.places(in: segment).last)
        unclosed["00000002.seg"]?[last.bytes.lowerBound] ^= 1
        var options = LogFixture.options(seed: 70)
        options.usesCheckpoint = false
        let again = try LogFixture.open(unclosed, options: options)
        #expect(again.recovery.tornTail == nil)
        #expect(again.damage.map(\.file) == ["00000002.seg"])
    }

    /// A file that isn't the log's takes the number behind a segment that is removed, so that nothing stands under its own.
    @Test func aSegmentThatWasRemovedIsNotMissed() throws {
        let torn = try tornLog(batches: 12, seed: 1)
        torn.disk["00000009.seg"] = [UInt8](repeating: 7, count: 100)
        let log = try open(torn.disk, seed: 50)
        #expect(log.recovery.tornTail?.file == torn.name && torn.disk[torn.name] == nil)
        for number in 20...23 { _ = try log.append(LogFixture.batch(number), expectedHead: log.head) }
        #expect(torn.disk["00000010.seg"] != nil)
        #expect(try log.verify() == [])
        #expect(log.condition == .writable)
    }
}
