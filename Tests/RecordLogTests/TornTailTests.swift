import Testing

@testable import RecordLog

/// What a crash in the middle of a batch leaves, and what becomes of it.
@Suite struct TornTailTests {
    private let name = "00000001.seg"

    /// Three batches, without zeros behind them; and where the last begins.
    private func log() throws -> (bytes: [UInt8], frames: [StoredFrame], lastBatch: Int) {
        let (directory, frames) = try LogFixture.log(batches: 3)
        let bytes = try #require(directory[name])
        let last = try #require(LogVandal.places(in: bytes).first { $0.header.batch == 3 })
        return (bytes, frames, last.bytes.lowerBound)
    }

    /// Opens bytes as a log, twice, and expects the frames of whole batches, a tail and its copy.
    private func expectTorn(
        _ bytes: [UInt8], keeping frames: [StoredFrame], from cut: Int, _ comment: Comment,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let directory = HeapDirectory([name: bytes])
        let log = try LogFixture.open(directory, options: LogFixture.options(seed: 50))
        #expect(log.recovery.damage == [], comment, sourceLocation: sourceLocation)
        #expect(try LogFixture.frames(of: log) == frames, comment, sourceLocation: sourceLocation)
        let tail = try #require(log.recovery.tornTail, comment, sourceLocation: sourceLocation)
        #expect(tail.bytes.lowerBound == cut, comment, sourceLocation: sourceLocation)
        let copy = try #require(tail.copy.flatMap { directory[$0] }, comment, sourceLocation: sourceLocation)
        #expect(copy == Array(bytes[tail.bytes]), comment, sourceLocation: sourceLocation)
        #expect(SegmentScanning.isZero(bytes[tail.bytes.upperBound...]), comment, sourceLocation: sourceLocation)
        // And it goes on as if nothing had been.
        _ = try log.append(LogFixture.batch(9), expectedHead: log.head)
        let again = try LogFixture.open(directory, options: LogFixture.options(seed: 51))
        #expect(again.recovery.tornTail == nil && again.recovery.damage == [], comment, sourceLocation: sourceLocation)
        #expect(
            try LogFixture.frames(of: again).prefix(frames.count).elementsEqual(frames), comment,
            sourceLocation: sourceLocation)
        #expect(again.head == UInt64(frames.count + LogFixture.batch(9).count), comment, sourceLocation: sourceLocation)
    }

    @Test func cutAtEveryByteOfTheLastBatch() throws {
        let (bytes, frames, lastBatch) = try log()
        let whole = frames.filter { $0.batch < 3 }
        for end in lastBatch + 1..<bytes.count {
            try expectTorn(Array(bytes[..<end]), keeping: whole, from: lastBatch, "cut to \(end)")
            let zeroed = Array(bytes[..<end]) + [UInt8](repeating: 0, count: bytes.count - end + 256)
            // The last bytes of a batch may be zeros anyway.
            guard zeroed[..<bytes.count] != bytes[...] else { continue }
            try expectTorn(zeroed, keeping: whole, from: lastBatch, "zeroed from \(end)")
        }
    }

    @Test func truncatedAtEveryByte() throws {
        let (bytes, frames, _) = try log()
        let places = LogVandal.places(in: bytes)
        let ends = Set(places.filter(\.header.isLastOfBatch).map(\.bytes.upperBound) + [8192])
        for end in Array(stride(from: 0, to: 8192, by: 97)) + Array(8192..<bytes.count) {
            let directory = HeapDirectory([name: Array(bytes[..<end])])
            let log = try LogFixture.open(directory, options: LogFixture.options(seed: 50))
            let kept = places.last { $0.header.isLastOfBatch && $0.bytes.upperBound <= end }?.header.sequence ?? 0
            #expect(log.head == kept, "cut to \(end)")
            #expect(try LogFixture.frames(of: log) == frames.filter { $0.sequence <= kept }, "cut to \(end)")
            #expect((log.recovery.tornTail == nil) == (end <= 8192 || ends.contains(end)), "cut to \(end)")
            #expect(log.recovery.damage == [])
            #expect(try log.append(LogFixture.batch(1), expectedHead: kept) != .conflict(head: kept))
        }
    }

    @Test func aTailOfZerosIsTheEnd() throws {
        let (bytes, frames, _) = try log()
        for count in [1, 8, 512, 1 << 20, (3 << 20) + 5] {
            let directory = HeapDirectory([name: bytes + [UInt8](repeating: 0, count: count)])
            let log = try LogFixture.open(directory, options: LogFixture.options(seed: 50))
            #expect(log.recovery.tornTail == nil && log.recovery.damage == [])
            #expect(try LogFixture.frames(of: log) == frames)
        }
    }

    @Test func junkBehindTheLastBatchIsCut() throws {
        let (bytes, frames, _) = try log()
        for gap in [0, 8, 4096, (1 << 20) - 8, (1 << 20) + 3] {
            let junk = [UInt8](repeating: 0, count: gap) + [0x41, 0x46, 1, 1, 9]
            try expectTorn(bytes + junk, keeping: frames, from: bytes.count, "junk after \(gap) zeros")
        }
    }

    @Test func aTornFrameBeforeWholeOnesOfItsBatch() throws {
        let directory = HeapDirectory()
        let log = try LogFixture.open(directory)
        _ = try log.append(LogFixture.batch(1), expectedHead: 0)
        let frames = try LogFixture.frames(of: log)
        _ = try log.append(
            (0..<5).map { Frame(kind: .blob, payload: [UInt8](repeating: 7, count: $0 * 9)) }, expectedHead: 3)
        let bytes = try #require(directory[name])
        let places = LogVandal.places(in: bytes).filter { $0.header.batch == 2 }
        for place in places {
            for spoilt in [place.bytes, place.bytes.lowerBound..<place.bytes.lowerBound + 8] {
                var torn = bytes
                torn.replaceSubrange(spoilt, with: [UInt8](repeating: 0, count: spoilt.count))
                try expectTorn(
                    torn, keeping: frames, from: places[0].bytes.lowerBound, "frame \(place.header.sequence)")
            }
        }
    }

    @Test func aLogOfNothingButATornBatchStartsAnew() throws {
        let (bytes, _, _) = try log()
        let first = try #require(LogVandal.places(in: bytes).first { $0.header.isLastOfBatch })
        try expectTorn(Array(bytes[..<(first.bytes.upperBound - 1)]), keeping: [], from: 8192, "first batch")
    }

    @Test func aTornBatchInAFreshSegmentIsRemoved() throws {
        let (directory, frames) = try LogFixture.log(batches: 12, segmentBytes: 8600)
        let last = try #require(directory.segments.keys.max())
        let bytes = try #require(directory[last])
        let whole = frames.filter { $0.sequence < LogVandal.places(in: bytes)[0].header.sequence }
        directory[last] = Array(bytes[..<8250])
        // What wasn't acknowledged never came into the index.
        directory["00000007.idx"] = nil
        let log = try LogFixture.open(directory, options: LogFixture.options(seed: 60))
        #expect(log.recovery.tornTail?.file == last)
        #expect(log.recovery.tornTail?.copy.map { directory[$0] } == Array(bytes[8192..<8250]))
        #expect(try LogFixture.frames(of: log) == whole)
        _ = try log.append(LogFixture.batch(3), expectedHead: log.head)
        #expect(try LogFixture.open(directory, access: .readOnly).recovery.damage == [])
    }

    @Test func aSegmentThatWasBeingCreatedIsRemoved() throws {
        let (directory, frames) = try LogFixture.log(batches: 3)
        let header = try #require(directory[name]).prefix(8192)
        for content in [
            [], [UInt8](repeating: 0, count: 70_000), Array(header.prefix(100)), Array(header.prefix(5000)),
        ] {
            let directory = HeapDirectory(directory.files.merging(["00000002.seg": content]) { $1 })
            let log = try LogFixture.open(directory, options: LogFixture.options(seed: 60))
            #expect(log.recovery.tornTail == nil && log.recovery.damage == [])
            #expect(try LogFixture.frames(of: log) == frames)
            _ = try log.append(LogFixture.batch(3), expectedHead: log.head)
            #expect(try LogFixture.open(directory, access: .readOnly).recovery.damage == [])
        }
    }
}

enum SegmentScanning {
    static func isZero(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.withUnsafeBytes { SegmentScan.isZero($0) } }
}
