import StableStorage
import Testing

@testable import RecordLog

@Suite struct SegmentedLogTests {
    @Test func anEmptyLogWritesNothing() throws {
        let directory = HeapDirectory()
        let log = try LogFixture.open(directory)
        #expect(log.head == 0 && log.byteCount == 0 && log.condition == .writable)
        #expect(directory.files.isEmpty)
        try log.close()
        #expect(directory.files.isEmpty)
    }

    @Test func framesComeBackAfterClosingAndReopening() throws {
        let (directory, frames) = try LogFixture.log(batches: 5)
        #expect(frames.map(\.sequence) == Array(1...UInt64(frames.count)))
        let sizes = directory.files.mapValues(\.count)
        let again = try LogFixture.open(directory)
        #expect(try LogFixture.frames(of: again) == frames)
        #expect(again.recovery == Recovery(frameCount: frames.count, segmentCount: 1))
        #expect(again.condition == .writable)
        #expect(directory.files.mapValues(\.count) == sizes, "closed in order: nothing to make certain")
        for frame in frames { #expect(try again.frame(at: frame.sequence) == frame) }
    }

    @Test func aSmallLogStaysSmall() throws {
        let directory = HeapDirectory()
        let log = try SegmentedLog(directory: directory)
        _ = try log.append([Frame(kind: .blob, payload: [UInt8](repeating: 1, count: 3000))], expectedHead: 0)
        #expect((directory["00000001.seg"]?.count ?? 0) <= 96 << 10)
        #expect(log.byteCount == 3040)
        try log.close()
        #expect(directory["00000001.seg"]?.count == 8192 + 3040)
    }

    @Test func whatWasNotClosedGetsItsLastBatchRewritten() throws {
        let directory = HeapDirectory()
        let log = try LogFixture.open(directory)
        for number in 1...4 { _ = try log.append(LogFixture.batch(number), expectedHead: log.head) }
        let frames = try LogFixture.frames(of: log)
        for round in 1...3 {
            let again = try LogFixture.open(directory, options: LogFixture.options(seed: UInt64(round) + 100))
            #expect(again.recovery.rewroteLastBatch)
            #expect(again.recovery.tornTail == nil && again.recovery.damage.isEmpty)
            #expect(try LogFixture.frames(of: again) == frames)
            for frame in frames { #expect(try again.frame(at: frame.sequence) == frame) }
            #expect(directory.segments.count == round + 1)
            #expect(try again.verify() == [])
        }
        let last = try LogFixture.open(directory, options: LogFixture.options(seed: 200))
        _ = try last.append(LogFixture.batch(5), expectedHead: last.head)
        #expect(try LogFixture.frames(of: last).prefix(frames.count).elementsEqual(frames))
        #expect(try last.verify() == [])
    }

    @Test func segmentsFollowOneAnother() throws {
        let (directory, frames) = try LogFixture.log(batches: 12, segmentBytes: 8600)
        #expect(directory.segments.count > 4)
        let log = try LogFixture.open(directory)
        #expect(try LogFixture.frames(of: log) == frames)
        #expect(try LogFixture.frames(of: log, from: 7) == Array(frames[6...]))
        #expect(try log.verify() == [])
        for (name, bytes) in directory.segments {
            #expect(bytes.count == LogVandal.places(in: bytes).last?.bytes.upperBound, "\(name) has no zeros left")
        }
    }

    @Test func aBatchLargerThanASegmentStaysInOne() throws {
        let directory = HeapDirectory()
        let log = try LogFixture.open(directory, options: LogFixture.options(segmentBytes: 9000))
        let frames = (0..<700).map {
            Frame(kind: .blob, payload: [UInt8](repeating: UInt8(truncatingIfNeeded: $0), count: $0 % 40))
        }
        #expect(try log.append(LogFixture.batch(1), expectedHead: 0) == .appended(first: 1, last: 3))
        #expect(try log.append(frames, expectedHead: 3) == .appended(first: 4, last: 703))
        _ = try log.append(LogFixture.batch(2), expectedHead: 703)
        #expect(directory.segments.count == 3)
        let again = try LogFixture.open(directory, options: LogFixture.options(seed: 9))
        #expect(try LogFixture.frames(of: again)[3..<703].map(\.payload) == frames.map(\.payload))
        #expect(try LogFixture.frames(of: again)[3..<703].allSatisfy { $0.batch == 2 })
    }

    @Test func theLargestFrameFits() throws {
        let directory = HeapDirectory()
        let log = try LogFixture.open(directory)
        let payload = (0..<Frame.maximumPayloadBytes).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
        _ = try log.append(
            [Frame(kind: .blob, payload: payload), Frame(kind: .commit, payload: payload)], expectedHead: 0)
        let again = try LogFixture.open(directory, options: LogFixture.options(seed: 9))
        #expect(try again.frame(at: 1).payload == payload)
        #expect(try LogFixture.frames(of: again).map(\.payload.count) == [payload.count, payload.count])
    }

    @Test func readingOnlyChangesNothing() throws {
        let directory = HeapDirectory()
        let log = try LogFixture.open(directory)
        for number in 1...3 { _ = try log.append(LogFixture.batch(number), expectedHead: log.head) }
        var bytes = try #require(directory["00000001.seg"])
        bytes[bytes.count - 300] = 1
        directory["00000001.seg"] = bytes
        let before = directory.files
        let look = try LogFixture.open(directory, access: .readOnly)
        #expect(try LogFixture.frames(of: look) == LogFixture.frames(of: log))
        #expect(look.recovery.tornTail?.copy == nil && look.recovery.tornTail != nil)
        #expect(throws: RecordLogError.self) { try look.append(LogFixture.batch(4), expectedHead: look.head) }
        #expect(try look.verify() == [])
        try look.close()
        #expect(directory.files == before)
    }

    @Test func aNewerVersionIsRefused() throws {
        let (directory, _) = try LogFixture.log(batches: 2)
        var bytes = try #require(directory["00000001.seg"])
        var block = Array(bytes[..<4096])
        block[8] = 2
        LogVandal.reseal(&block)
        bytes.replaceSubrange(0..<8192, with: block + block)
        directory["00000001.seg"] = bytes
        #expect(throws: RecordLogError.newerVersion(file: "00000001.seg", version: 2)) {
            try LogFixture.open(directory)
        }
    }

    @Test(arguments: [(2, 9), (3, 2), (3, 0x81)] as [(Int, UInt8)], ["seg", "idx"])
    func aNewerKindOrFlagIsRefused(change: (place: Int, value: UInt8), file: String) throws {
        let (directory, _) = try LogFixture.log(batches: 3)
        let name = "00000001." + file
        var bytes = try #require(directory["00000001.seg"])
        var offset = LogVandal.places(in: bytes)[2].bytes.lowerBound
        bytes[offset + change.place] = change.value
        LogVandal.resealFrame(&bytes, at: offset)
        directory["00000001.seg"] = bytes
        directory["00000001.idx"] = nil
        if file == "idx" {
            // A newer program's own index.
            let index = LogVandal.index(of: bytes)
            offset = LogVandal.records(in: index)[2].offset
            directory[name] = index
        }
        #expect {
            try LogFixture.open(directory)
        } throws: { error in
            guard case RecordLogError.newerFrame(name, offset, _) = error else { return false }
            return true
        }
    }

    @Test func logsOfTheDraftCanBeRead() throws {
        let (directory, frames) = try LogFixture.log(batches: 3)
        var bytes = try #require(directory["00000001.seg"])
        var block = Array(bytes[..<4096])
        block[8] = 0
        LogVandal.reseal(&block)
        bytes.replaceSubrange(0..<8192, with: block + block)
        let log = try LogFixture.open(HeapDirectory(["00000001.seg": bytes]))
        #expect(log.recovery.damage == [] && log.recovery.renewedIndexes == ["00000001.idx"])
        #expect(try LogFixture.frames(of: log) == frames)
    }

    @Test func readersSeeAWholeLogWhileItGrows() async throws {
        let directory = HeapDirectory()
        let log = try LogFixture.open(directory, options: LogFixture.options(segmentBytes: 10_000))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for number in 1...200 { _ = try log.append(LogFixture.batch(number), expectedHead: log.head) }
            }
            for _ in 0..<3 {
                group.addTask {
                    while log.head < 400 {
                        let frames = try LogFixture.frames(of: log)
                        #expect(frames.map(\.sequence) == Array(1..<UInt64(frames.count) + 1))
                        if let last = frames.last { #expect(try log.frame(at: last.sequence) == last) }
                        await Task.yield()
                    }
                    #expect(try log.verify() == [])
                }
            }
            try await group.waitForAll()
        }
    }
}
