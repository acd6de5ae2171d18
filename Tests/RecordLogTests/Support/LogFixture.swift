import StableStorage
import Synchronization

@testable import RecordLog

/// Small logs to vandalise, always the same bytes.
enum LogFixture {
    /// Options whose salts and times are the same every time, with tiny steps.
    static func options(segmentBytes: Int = 64 << 20, step: Int = 512, seed: UInt64 = 7) -> LogOptions {
        var options = LogOptions()
        options.segmentBytes = segmentBytes
        options.smallestStepBytes = step
        options.largestStepBytes = step
        options.now = { 1_700_000_000_000_000 }
        let state = SeededState(seed)
        options.random = { state.next() }
        return options
    }

    /// The n-th batch: two or three frames of different kinds and lengths.
    static func batch(_ number: Int) -> [Frame] {
        (0..<2 + number % 2).map { place in
            let count = (number * 31 + place * 17) % 70
            return Frame(
                kind: place == 0 ? .blob : .commit,
                payload: (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ number &* 13 &+ place) })
        }
    }

    static func open(
        _ directory: any Directory, options: LogOptions? = nil, access: SegmentedLog.Access = .readWrite
    ) throws -> SegmentedLog {
        try SegmentedLog(directory: directory, options: options ?? self.options(), access: access)
    }

    /// A log of so many batches, closed in order, and its frames.
    static func log(
        batches: Int, segmentBytes: Int = 64 << 20
    ) throws -> (directory: HeapDirectory, frames: [StoredFrame]) {
        let directory = HeapDirectory()
        let log = try open(directory, options: options(segmentBytes: segmentBytes))
        for number in 1...batches { _ = try log.append(batch(number), expectedHead: log.head) }
        try log.close()
        return (directory, try frames(of: log))
    }

    static func frames(of log: some RecordLog, from sequence: UInt64 = 1) throws -> [StoredFrame] {
        var frames: [StoredFrame] = []
        try log.frames(from: sequence) { frames.append($0) }
        return frames
    }
}

/// A seeded stream of numbers that closures can share.
final class SeededState: Sendable {
    private let state: Mutex<UInt64>

    init(_ seed: UInt64) { state = Mutex(seed) }

    /// Source: S.
    ///
    /// Vigna, splitmix64.
    func next() -> UInt64 {
        state.withLock { state in
            state &+= 0x9e37_79b9_7f4a_7c15
            var word = state
            word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
            word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
            return word ^ (word >> 31)
        }
    }
}
