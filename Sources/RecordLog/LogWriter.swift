import StableStorage
import Synchronization

/// The one who writes: owns the active segment, and what must be settled before there is one.
struct LogWriter {
    private let directory: any Directory
    private let files: SegmentFiles
    private let options: LogOptions
    /// What opening the log has left to do; nil when it is done.
    private var settlement: Settlement?
    private var active: ActiveSegment?
    /// The header of the segment that was sealed, until the next one is there.
    private var sealed: SegmentHeader?

    init(directory: any Directory, files: SegmentFiles, options: LogOptions, settlement: Settlement) {
        self.directory = directory
        self.files = files
        self.options = options
        self.settlement = settlement
    }

    /// Settles what a log that was just read needs; where it can't, the condition says so.
    mutating func open(_ state: inout LogState) {
        do {
            if let outcome = try settle() { state.settle(outcome) }
        } catch {
            _ = state.refuse(error, bytes: 0, directory: directory)
            do {
                // What is answered from here on must not vanish with the power.
                try settlement?.syncInPlace()
            } catch {
                state.dropLastBatch()
                state.condition = .readOnly(reason: error.description)
            }
        }
        state.recovery.tornTail = settlement?.tornTail ?? state.recovery.tornTail
    }

    mutating func append(
        _ frames: [Frame], expectedHead: UInt64?, state: borrowing Mutex<LogState>
    ) throws(RecordLogError) -> AppendOutcome {
        let (refusal, head, batch) = state.withLock { ($0.refusal, $0.head, $0.batch) }
        if let refusal { throw refusal }
        guard expectedHead == nil || expectedHead == head else { return .conflict(head: head) }
        let bytes = ActiveSegment.bytes(of: frames)
        var segment: ActiveSegment
        do {
            if let outcome = try settle() { state.withLock { $0.settle(outcome) } }
            segment = try makeRoom(for: bytes, after: head, batch: batch)
        } catch {
            let directory = directory
            throw state.withLock { $0.refuse(error, bytes: bytes, directory: directory) }
        }
        do {
            let places = try segment.write(frames, batch: batch + 1, first: head + 1)
            try segment.sync()
            active = segment
            state.withLock { $0.publish(places, after: head, bytes: bytes, in: segment) }
        } catch {
            // Nobody knows what of the batch is on the disk: this segment is never written again.
            active = nil
            state.withLock { $0.condition = .readOnly(reason: error.description) }
            throw .storage(error)
        }
        return .appended(first: head + 1, last: head + UInt64(frames.count))
    }

    mutating func close(state: borrowing Mutex<LogState>) throws(RecordLogError) {
        guard state.withLock({ $0.refusal }) == nil else { return }
        state.withLock { $0.condition = .readOnly(reason: "It was closed.") }
        try RecordLogError.storage { () throws(StorageError) in try active?.seal() }
        active = nil
    }

    /// Nil when there was nothing left to do.
    private mutating func settle() throws(RecordLogError) -> Settlement.Outcome? {
        guard let outcome = try settlement?.run() else { return nil }
        active = outcome.active
        return outcome
    }

    /// The segment for the next batch, with room for it.
    private mutating func makeRoom(
        for bytes: Int, after head: UInt64, batch: UInt64
    ) throws(RecordLogError) -> ActiveSegment {
        do {
            if var segment = active {
                let isEmpty = segment.end == SegmentHeader.framesOffset
                if isEmpty || segment.end + bytes <= options.segmentBytes {
                    try segment.reserve(bytes, options: options)
                    active = segment
                    return segment
                }
                try segment.seal()
                sealed = segment.header
                active = nil
            }
            let segment = try ActiveSegment.create(
                header(after: head, batch: batch), roomFor: bytes, in: directory, options: options)
            active = segment
            return segment
        } catch {
            throw .storage(error)
        }
    }

    private func header(after head: UInt64, batch: UInt64) -> SegmentHeader {
        SegmentHeader(
            number: (sealed?.number ?? 0) + 1, firstSequence: head + 1, firstBatch: batch + 1,
            identity: sealed?.identity ?? options.salt(), salt: options.salt(), previousSalt: sealed?.salt ?? .zero,
            created: options.now())
    }
}
