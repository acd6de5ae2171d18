import Glibc
import Simulation
import StableStorage
import Synchronization
import Testing

@testable import RecordLog

/// Segments that hold nothing that counts, were removed, and are there again after the next power cut: the sync of the
/// directory behind the removal failed, and no later one repeats it.
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

    /// Two batches; one is a log in which nothing has ever counted.
    @Test(arguments: [12, 1], 1...8 as ClosedRange<UInt64>)
    func itHasNothingToSay(batches: Int, seed: UInt64) throws {
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

    /// Of the segment only a part of its header came back.
    @Test func withoutAHeaderItIsPassedOver() throws {
        let torn = try tornLog(batches: 12, seed: 1)
        let header = try #require(torn.disk[torn.name]).prefix(8192)
        let log = try open(torn.disk, seed: 50)
        _ = try log.append(LogFixture.batch(20), expectedHead: log.head)
        let frames = try LogFixture.frames(of: log)
        try log.close()
        for content in [
            [], [UInt8](repeating: 0, count: 70_000), Array(header.prefix(100)), Array(header.prefix(5000)),
        ] {
            let disk = torn.disk.copy()
            disk[torn.name] = content
            let log = try open(disk, seed: 60)
            #expect(log.recovery.damage == [] && log.recovery.tornTail == nil, "\(content.count) bytes")
            #expect(try LogFixture.frames(of: log) == frames)
            #expect(try log.verify() == [])
        }
    }

    /// The same of a segment that had frames, its index gone too, is damage by the name of what is bad.
    @Test func whatHadFramesIsMissed() throws {
        let torn = try tornLog(batches: 12, seed: 1)
        let name = "00000003.seg"
        let places = LogVandal.places(in: try #require(torn.disk[name]))
        let (first, last) = (try #require(places.first), try #require(places.last))
        let hit = first.header.sequence...last.header.sequence
        torn.disk.cutFile(name, to: 100)
        torn.disk["00000003.idx"] = nil
        let log = try open(torn.disk, seed: 50)
        #expect(
            log.damage == [Damage(.segmentHeader, file: name, bytes: 0..<8192, hit: hit, sequences: hit)])
        #expect(throws: RecordLogError.self) { _ = try log.backup() }
    }

    /// Its last batch was being written once more, into a segment that is torn, though it looks closed; and an index stood
    /// for it, so that the bad byte in it is found only now.
    @Test func aBatchThatCannotBeWrittenOnceMoreIsDamage() throws {
        let (directory, frames) = try LogFixture.log(batches: 3)
        let bytes = try #require(directory["00000001.seg"])
        let open = HeapDirectory(directory.files)
        open["00000001.seg"] = bytes + [UInt8](repeating: 0, count: 512)
        _ = try LogFixture.open(open, options: LogFixture.options(seed: 50))
        directory["00000002.seg"] = Array(try #require(open["00000002.seg"]).prefix(8192 + 50))
        let last = try #require(LogVandal.places(in: bytes).first { $0.header.batch == 3 })
        directory["00000001.seg"]?[last.bytes.lowerBound + FrameHeader.byteCount] ^= 1

        let log = try LogFixture.open(directory, options: LogFixture.options(seed: 60))
        #expect(log.damage.map(\.file) == ["00000001.seg"] && log.recovery.damage == log.damage)
        #expect(throws: RecordLogError.self) { try log.append(LogFixture.batch(4), expectedHead: log.head) }
        #expect(try LogFixture.frames(of: log) == frames, "the index has a copy")
        try log.repair(LogRepair())
        #expect(log.damage == [] && log.condition == .writable)
        #expect(try log.verify() == [])
        _ = try log.append(LogFixture.batch(4), expectedHead: log.head)
        let again = try LogFixture.open(directory, options: LogFixture.options(seed: 70))
        #expect(again.recovery.damage == [] && again.recovery.tornTail == nil)
        #expect(try LogFixture.frames(of: again).prefix(frames.count).elementsEqual(frames))
    }

    /// The old segment can't be cut for lack of room, behind the new one that is there already.
    @Test func whatIsCertainIsNotBegunAgain() throws {
        let disk = SimulatedDisk(seed: 3)
        let first = try open(disk, seed: 50)
        for number in 1...2 { _ = try first.append(LogFixture.batch(number), expectedHead: first.head) }
        let frames = try LogFixture.frames(of: first)
        disk.kill()
        disk.setPlan { $0.kind == .truncate ? .failure(ENOSPC) : nil }
        let log = try open(disk, seed: 60)
        #expect(try LogFixture.frames(of: log) == frames)
        disk.setPlan(nil)
        _ = try log.append(LogFixture.batch(3), expectedHead: log.head)
        disk.restart(keeping: .nothing)
        let again = try open(disk, seed: 70)
        #expect(again.recovery.damage == [] && again.head == UInt64(frames.count + LogFixture.batch(3).count))
    }
}
