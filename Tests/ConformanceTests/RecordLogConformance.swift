import RecordLog
import StableStorage
import TestSupport
import Testing

/// What every record log must do, the same for each.
@Suite struct RecordLogConformance {
    /// The logs under test.
    enum Kind: String, CaseIterable {
        case segmented, manySegments, memory
    }

    private let scratch = ScratchDirectory()

    private func log(_ kind: Kind) throws -> any RecordLog {
        switch kind {
        case .memory: return MemoryLog()
        case .segmented: return try SegmentedLog(directory: POSIXDirectory(path: scratch.path))
        case .manySegments:
            var options = LogOptions()
            options.segmentBytes = 9000
            return try SegmentedLog(directory: POSIXDirectory(path: scratch.path), options: options)
        }
    }

    private func batch(_ number: Int) -> [Frame] {
        (0...number % 3).map { place in
            let count = (number * 37 + place) % 300
            return Frame(
                kind: place == 0 ? .commit : .blob, payload: (0..<count).map { UInt8(truncatingIfNeeded: $0 &+ number) }
            )
        }
    }

    private func frames(of log: any RecordLog, from sequence: UInt64) throws -> [StoredFrame] {
        var frames: [StoredFrame] = []
        try log.frames(from: sequence) { frames.append($0) }
        return frames
    }

    @Test(arguments: Kind.allCases)
    func anEmptyLog(kind: Kind) throws {
        let log = try log(kind)
        #expect(log.head == 0 && log.byteCount == 0 && log.condition == .writable)
        #expect(try frames(of: log, from: 0) == [] && frames(of: log, from: 1) == [])
        #expect(throws: RecordLogError.noSuchFrame(sequence: 1, head: 0)) { try log.frame(at: 1) }
    }

    @Test(arguments: Kind.allCases)
    func sequencesAndBatchesGrowByOne(kind: Kind) throws {
        let log = try log(kind)
        var expected: [StoredFrame] = []
        for number in 1...30 {
            let frames = batch(number)
            let first = UInt64(expected.count + 1)
            for (place, frame) in frames.enumerated() {
                let heading = FrameHeading(sequence: first + UInt64(place), batch: UInt64(number), kind: frame.kind)
                expected.append(StoredFrame(heading: heading, payload: frame.payload))
            }
            let last = UInt64(expected.count)
            #expect(try log.append(frames, expectedHead: first - 1) == .appended(first: first, last: last))
            #expect(log.head == last)
        }
        #expect(try frames(of: log, from: 1) == expected)
        #expect(try frames(of: log, from: 17) == Array(expected[16...]))
        #expect(try frames(of: log, from: log.head + 1) == [] && frames(of: log, from: .max) == [])
        for frame in expected { #expect(try log.frame(at: frame.sequence) == frame) }
        for sequence in [0, log.head + 1, .max] {
            #expect(throws: RecordLogError.noSuchFrame(sequence: sequence, head: log.head)) {
                try log.frame(at: sequence)
            }
        }
        #expect(log.byteCount >= UInt64(expected.reduce(0) { $0 + $1.payload.count }))
    }

    @Test(arguments: Kind.allCases)
    func anotherHeadIsAConflictAndAppendsNothing(kind: Kind) throws {
        let log = try log(kind)
        #expect(try log.append(batch(1), expectedHead: 5) == .conflict(head: 0))
        #expect(try log.append(batch(1), expectedHead: 0) == .appended(first: 1, last: 2))
        let bytes = log.byteCount
        for head in [0, 1, 3] as [UInt64] {
            #expect(try log.append(batch(2), expectedHead: head) == .conflict(head: 2))
        }
        #expect(log.head == 2 && log.byteCount == bytes)
        #expect(try frames(of: log, from: 1).count == 2)
    }

    @Test(arguments: Kind.allCases)
    func ofManyWhoExpectTheSameHeadOneWins(kind: Kind) async throws {
        let log = try log(kind)
        let wins = try await withThrowingTaskGroup(of: Int.self) { group in
            for task in 0..<8 {
                group.addTask {
                    var wins = 0
                    for head in 0..<20 as Range<UInt64> {
                        while log.head < head { await Task.yield() }
                        let frame = Frame(kind: .blob, payload: [UInt8(task), UInt8(head)])
                        if case .appended(let first, _) = try log.append([frame], expectedHead: head) {
                            #expect(try log.frame(at: first).payload == frame.payload)
                            wins += 1
                        }
                    }
                    return wins
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(wins == 20)
        #expect(try frames(of: log, from: 1).map { $0.payload[1] } == Array(0..<20))
    }

    @Test(arguments: Kind.allCases)
    func aFrameThatIsTooLargeIsRefused(kind: Kind) throws {
        let log = try log(kind)
        let large = Frame(kind: .blob, payload: [UInt8](repeating: 1, count: Frame.maximumPayloadBytes + 1))
        #expect(throws: RecordLogError.frameTooLarge(payloadBytes: Frame.maximumPayloadBytes + 1)) {
            try log.append([batch(1)[0], large], expectedHead: 0)
        }
        #expect(log.head == 0 && log.condition == .writable)
        let largest = Frame(kind: .blob, payload: [UInt8](repeating: 1, count: Frame.maximumPayloadBytes))
        _ = try log.append([largest], expectedHead: 0)
        #expect(try log.frame(at: 1).payload == largest.payload)
    }

    @Test(arguments: Kind.allCases)
    func aVisitCopiesNothingAndEndsWhenItsBodyThrows(kind: Kind) throws {
        let log = try log(kind)
        for number in 1...6 { _ = try log.append(batch(number), expectedHead: log.head) }
        var lengths: [Int] = []
        #expect(throws: RecordLogError.readOnly(reason: "enough")) {
            try log.visit(from: 3) { (heading, payload) throws(RecordLogError) in
                lengths.append(payload.byteCount)
                if heading.sequence == 5 { throw .readOnly(reason: "enough") }
            }
        }
        #expect(try lengths == (3...5).map { try log.frame(at: $0).payload.count })
    }
}
