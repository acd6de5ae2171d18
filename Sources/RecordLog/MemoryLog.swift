import Synchronization

/// A log in memory: the same contract without a disk, for tests and for what needn't last.
package final class MemoryLog: RecordLog {
    private struct State {
        var frames: [StoredFrame] = []
        var byteCount: UInt64 = 0
        var condition = LogCondition.writable
    }

    private let state = Mutex(State())
    /// What it takes before it says that it is full, in bytes of frames; headers included.
    private let capacityBytes: Int

    package init(capacityBytes: Int = .max) { self.capacityBytes = capacityBytes }

    package var head: UInt64 { state.withLock { UInt64($0.frames.count) } }

    package var condition: LogCondition { state.withLock { $0.condition } }

    package var byteCount: UInt64 { state.withLock { $0.byteCount } }

    /// Makes it refuse appends from here on, as after a failed sync.
    package func fail(_ reason: String) {
        state.withLock { $0.condition = .readOnly(reason: reason) }
    }

    package func append(_ frames: [Frame], expectedHead: UInt64?) throws(RecordLogError) -> AppendOutcome {
        precondition(!frames.isEmpty, "a batch has at least one frame")
        for frame in frames where frame.payload.count > Frame.maximumPayloadBytes {
            throw .frameTooLarge(payloadBytes: frame.payload.count)
        }
        let bytes = frames.reduce(0) { $0 + FrameHeader.byteCount + FrameHeader.padded($1.payload.count) }
        return try state.withLock { (state) throws(RecordLogError) in
            if case .readOnly(let reason) = state.condition { throw .readOnly(reason: reason) }
            let head = UInt64(state.frames.count)
            guard expectedHead == nil || expectedHead == head else { return .conflict(head: head) }
            let free = capacityBytes - Int(state.byteCount)
            guard bytes <= free else {
                state.condition = .full(needed: bytes, free: free)
                throw .noSpace(needed: bytes, free: free)
            }
            let batch = (state.frames.last?.batch ?? 0) + 1
            for (number, frame) in frames.enumerated() {
                let heading = FrameHeading(sequence: head + 1 + UInt64(number), batch: batch, kind: frame.kind)
                state.frames.append(StoredFrame(heading: heading, payload: frame.payload))
            }
            state.byteCount += UInt64(bytes)
            state.condition = .writable
            return .appended(first: head + 1, last: UInt64(state.frames.count))
        }
    }

    package func frame(at sequence: UInt64) throws(RecordLogError) -> StoredFrame {
        try state.withLock { (state) throws(RecordLogError) in
            guard sequence > 0, sequence <= UInt64(state.frames.count) else {
                throw .noSuchFrame(sequence: sequence, head: UInt64(state.frames.count))
            }
            return state.frames[Int(sequence - 1)]
        }
    }

    package func visit(
        from sequence: UInt64, _ body: (FrameHeading, RawSpan) throws(RecordLogError) -> Void
    ) throws(RecordLogError) {
        let frames = state.withLock { $0.frames }
        for frame in frames.dropFirst(Int(clamping: max(sequence, 1) - 1)) {
            try body(frame.heading, frame.payload.span.bytes)
        }
    }
}
