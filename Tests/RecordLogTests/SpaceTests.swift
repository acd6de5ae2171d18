import StableStorage
import Testing

@testable import RecordLog

/// A full disk: nothing is half written, and work goes on by itself when there is room.
@Suite struct SpaceTests {
    private let large = [Frame(kind: .blob, payload: [UInt8](repeating: 5, count: 100_000))]

    private func expectNoSpace(_ log: SegmentedLog, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(sourceLocation: sourceLocation) {
            _ = try log.append(large, expectedHead: log.head)
        } throws: { error in
            guard case RecordLogError.noSpace(let needed, let free) = error else { return false }
            return needed >= 100_040 && free < needed
        }
        guard case .full = log.condition else {
            Issue.record("the log says \(log.condition)", sourceLocation: sourceLocation)
            return
        }
    }

    @Test func nothingIsWrittenAndRoomIsUsedWhenItComes() throws {
        let directory = HeapDirectory()
        directory.capacityBytes = 20_000
        let log = try LogFixture.open(directory)
        _ = try log.append(LogFixture.batch(1), expectedHead: 0)
        let before = directory.files
        expectNoSpace(log)
        #expect(directory.files == before)
        #expect(try log.append(LogFixture.batch(2), expectedHead: 3) == .appended(first: 4, last: 5))
        #expect(log.condition == .writable, "what fits is taken")
        expectNoSpace(log)
        directory.capacityBytes = 1 << 20
        #expect(log.condition == .writable, "there is room now")
        #expect(try log.append(large, expectedHead: 5) == .appended(first: 6, last: 6))
        #expect(try LogFixture.open(directory, access: .readOnly).head == 6)
    }

    @Test func theFirstSegmentNeedsRoomToo() throws {
        let directory = HeapDirectory()
        directory.capacityBytes = 9000
        let log = try LogFixture.open(directory)
        expectNoSpace(log)
        #expect(directory.files.isEmpty)
        directory.capacityBytes = 1 << 20
        #expect(try log.append(large, expectedHead: 0) == .appended(first: 1, last: 1))
    }

    @Test func theNextSegmentNeedsRoomToo() throws {
        let directory = HeapDirectory()
        directory.capacityBytes = 14_000
        let log = try LogFixture.open(directory, options: LogFixture.options(segmentBytes: 9000, step: 256))
        var batches = 0
        while true {
            do {
                _ = try log.append(LogFixture.batch(batches + 1), expectedHead: log.head)
            } catch RecordLogError.noSpace {
                break
            }
            batches += 1
        }
        #expect(directory.segments.count == 1 && batches > 1)
        directory.capacityBytes = 1 << 20
        _ = try log.append(LogFixture.batch(batches + 1), expectedHead: log.head)
        #expect(directory.segments.count == 2)
        #expect(try log.verify() == [])
    }

    @Test func aLogOpensOnAFullDiskAndSettlesLater() throws {
        let directory = HeapDirectory()
        let first = try LogFixture.open(directory)
        for number in 1...3 { _ = try first.append(LogFixture.batch(number), expectedHead: first.head) }
        let frames = try LogFixture.frames(of: first)
        var bytes = try #require(directory["00000001.seg"])
        bytes[bytes.count - 100] = 9
        directory["00000001.seg"] = bytes
        directory.capacityBytes = bytes.count + 50

        let log = try LogFixture.open(directory, options: LogFixture.options(seed: 3))
        guard case .full = log.condition else {
            Issue.record("the log says \(log.condition)")
            return
        }
        #expect(try LogFixture.frames(of: log) == frames)
        #expect(log.recovery.tornTail != nil && log.recovery.tornTail?.copy == nil)
        #expect(directory.segments == ["00000001.seg": bytes])
        expectNoSpace(log)

        directory.capacityBytes = 1 << 20
        _ = try log.append(LogFixture.batch(4), expectedHead: log.head)
        #expect(log.recovery.tornTail?.copy != nil && log.recovery.rewroteLastBatch)
        #expect(try log.verify() == [])
        #expect(try LogFixture.frames(of: log).prefix(frames.count).elementsEqual(frames))
    }
}
