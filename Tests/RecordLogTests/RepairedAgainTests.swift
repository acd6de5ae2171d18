import StableStorage
import Testing

@testable import RecordLog

/// Injuries on top of earlier repairs and crashes: what was repaired once must not turn up as something else.
@Suite struct RepairedAgainTests {
    private let large = (0..<9000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }

    private func open(_ directory: HeapDirectory, seed: UInt64) throws -> SegmentedLog {
        try LogFixture.open(directory, options: LogFixture.options(seed: seed))
    }

    /// So many openings that end without a word, each after one more batch, and one that ends in order.
    ///
    /// Each segment but the first begins with the last batch of the one before it.
    private func livedLog(openings: Int) throws -> (directory: HeapDirectory, frames: [StoredFrame]) {
        let directory = HeapDirectory()
        for number in 1...openings {
            let log = try open(directory, seed: UInt64(number) * 100)
            _ = try log.append(LogFixture.batch(number), expectedHead: nil)
        }
        let log = try open(directory, seed: 9000)
        let frames = try LogFixture.frames(of: log)
        try log.close()
        return (directory, frames)
    }

    private func expectWhole(_ directory: HeapDirectory, _ frames: [StoredFrame], seed: UInt64) throws {
        let log = try open(directory, seed: seed)
        #expect(log.condition == .writable)
        #expect(try LogFixture.frames(of: log).prefix(frames.count).elementsEqual(frames))
        #expect(try log.verify() == [])
    }

    @Test func whatAHitFrameHadRestoredIsDamagedAgain() throws {
        let directory = HeapDirectory()
        let first = try open(directory, seed: 1)
        _ = try first.append([Frame(kind: .blob, payload: large)], expectedHead: nil)
        let frames = try LogFixture.frames(of: first)
        try first.close()
        directory["00000001.seg"] = nil

        var repair = LogRepair()
        repair.restored = [Restoration(sequence: 1, kind: .blob, payload: large)]
        let second = try open(directory, seed: 2)
        try second.repair(repair)
        try second.close()
        let name = try #require(directory.segments.keys.max())
        let restored = try #require(LogVandal.places(in: directory[name] ?? []).first)
        directory[name]?[restored.bytes.lowerBound + 2000] ^= 1

        // Its segment's index stands for it, so nobody knows until it is read.
        let log = try open(directory, seed: 3)
        #expect(log.damage == [])
        #expect(throws: RecordLogError.self) { try log.frame(at: 1) }
        #expect(Set(log.damage.map(\.kind)) == [.payload, .missingSegment], "the segment is missing as before")
        repair.unneeded = [restored.header.sequence...restored.header.sequence]
        try log.repair(repair)
        #expect(log.condition == .writable)
        try expectWhole(directory, frames, seed: 4)
    }

    @Test func aSegmentWithoutAHeaderOverridesWhatIsBadBeforeIt() throws {
        let (directory, frames) = try livedLog(openings: 3)
        directory["00000001.seg"]? += [UInt8](repeating: 7, count: 64)
        directory["00000001.idx"] = nil
        try expectWhole(directory, frames, seed: 5)
        directory["00000001.seg"]? += [UInt8](repeating: 7, count: 64)
        directory["00000001.idx"] = nil
        for place in [100, 4196] { directory["00000002.seg"]?[place] ^= 1 }
        directory["00000002.idx"] = nil
        let log = try open(directory, seed: 6)
        #expect(log.damage.map(\.description) == ["00000002.seg, bytes 0 to 8191: bad segment header"])
        try log.repair(LogRepair())
        try expectWhole(directory, frames, seed: 7)
    }

    @Test func noSegmentTakesTheNumberOfOneWithoutAHeader() throws {
        let (directory, _) = try LogFixture.log(batches: 2)
        for place in [100, 4196] { directory["00000001.seg"]?[place] ^= 1 }
        directory["00000001.idx"] = nil
        let bad = directory["00000001.seg"]
        let log = try open(directory, seed: 5)
        #expect(log.damage.map(\.kind).contains(.segmentHeader))
        try log.repair(LogRepair())
        #expect(log.condition == .writable && directory["00000001.seg"] == bad)
        _ = try log.append(LogFixture.batch(1), expectedHead: nil)
        #expect(try open(directory, seed: 6).condition == .writable)
    }

    @Test func aTornTailIsNoDamageOnceARepairHasWrittenBehindIt() throws {
        let (directory, frames) = try livedLog(openings: 2)
        // Both copies of the last batch are gone, but for the spare in the segment before.
        let size = try #require(directory["00000003.seg"]?.count)
        for place in 8192..<size { directory["00000003.seg"]?[place] = 0x55 }
        directory["00000003.idx"] = nil
        // And another place is damaged, so that a repair writes.
        directory["00000002.seg"]?[8192 + 45] ^= 1
        let log = try open(directory, seed: 5)
        _ = try log.verify()
        #expect(log.damage.map(\.hit) == [1...1])
        #expect(try LogFixture.frames(of: log) == frames, "the spare answers")
        try log.repair(LogRepair())
        try expectWhole(directory, frames, seed: 6)
    }

    @Test func theIndexOfASegmentThatWasLeftByACrashIsSynced() throws {
        let (directory, _) = try livedLog(openings: 1)
        let index = try #require(directory["00000001.idx"])
        #expect(directory.afterPowerCut()["00000001.idx"] == index)
    }
}
