import StableStorage
import Synchronization

/// The one who writes: owns the active segment, and what must be recovered before there is one.
struct LogWriter {
    private let directory: any Directory
    private let files: SegmentFiles
    private let options: LogOptions
    /// What opening the log has left to do; nil when it is done.
    private var tailRecovery: TailRecovery?
    /// The indexes that may have to be made anew after that.
    private var upkeep: IndexUpkeep?
    private var active: ActiveSegment?
    /// The header of the segment that was left, until the next one is there.
    private var sealed: SegmentHeader?
    /// The greatest number that a file of another segment has.
    private let takenNumber: UInt32
    /// The greatest number that a file of a segment has, this log's or not.
    private let lastNumber: UInt32

    init(_ contents: LogScan.Contents, directory: any Directory, files: SegmentFiles, options: LogOptions) {
        self.directory = directory
        self.files = files
        self.options = options
        takenNumber = contents.takenNumber
        lastNumber = max(takenNumber, contents.segments.last?.number ?? 0, contents.lastHeader?.number ?? 0)
        let recovery = TailRecovery(contents, directory: directory, files: files, options: options)
        tailRecovery = recovery
        // One that is removed may have left its number to the segment that takes frames.
        let kept = contents.segments.filter { !recovery.doomed.contains($0.number) }
        upkeep = IndexUpkeep(kept, directory: directory, files: files)
    }

    /// Recovers what a log that was just read needs; where it can't, the condition says so.
    mutating func open(_ state: inout LogState) {
        guard lastNumber < SegmentName.greatestNumber else {
            state.standing = .readOnly(reason: Self.namesAreExhausted)
            return
        }
        state.forget(tailRecovery?.doomed ?? [])
        do {
            if let outcome = try recoverTail() {
                state.adopt(outcome)
                state.recovery.renewedIndexes = renewIndexes(
                    index: state.index, head: state.head, copies: state.copies)
            }
        } catch {
            _ = state.refuse(error, bytes: 0, directory: directory)
            secureInPlace(&state)
        }
        state.recovery.tornTail = tailRecovery?.tornTail ?? state.recovery.tornTail
    }

    /// Sees to it that what is answered from here on doesn't vanish with the power.
    ///
    /// On a disk that takes no writes nobody can. There the last batch is answered as it was read: hiding it would be
    /// worse, since it may have been acknowledged. Nothing is appended there, so nothing is built on it.
    private func secureInPlace(_ state: inout LogState) {
        do throws(RecordLogError) {
            try tailRecovery?.secureInPlace()
        } catch {
            state.standing = .readOnly(reason: error.description)
            if case .storage(let cause) = error, cause.isOfReadOnlyDisk { return }
            state.dropLastBatch()
        }
    }

    mutating func append(
        _ frames: [Frame], expectedHead: UInt64?, state: borrowing Mutex<LogState>
    ) throws(RecordLogError) -> AppendOutcome {
        let (refusal, head) = state.withLock { ($0.refusal, $0.head) }
        if let refusal { throw refusal }
        guard expectedHead == nil || expectedHead == head else { return .conflict(head: head) }
        try write(frames, after: .tailRecovery, state: state)
        return .appended(first: head + 1, last: head + UInt64(frames.count))
    }

    /// Appends frames that repair, to a segment of their own.
    ///
    /// - Parameters:
    ///   - records: What each frame says.
    ///   - frames: The frames.
    ///   - recover: Reads a frame from any copy; given where these frames begin the segment, nil for further ones of the
    ///     same repair, which go on in it.
    ///   - state: Of the log.
    /// - Throws: `.noSpace`, `.storage`.
    mutating func repair(
        _ records: [RepairRecord], _ frames: [Frame], beginningWith recover: Recovering?,
        state: borrowing Mutex<LogState>
    ) throws(RecordLogError) {
        let first = state.withLock { $0.head } + 1
        try write(frames, after: recover.map(Preparation.repair) ?? .tailRecovery, state: state)
        let isCovered = state.withLock { state in
            state.take(records, from: first)
            return state.damage.isEmpty
        }
        if isCovered { cutTail(state: state) }
    }

    mutating func close(state: borrowing Mutex<LogState>) throws(RecordLogError) {
        guard state.withLock({ $0.refusal }) == nil else { return }
        state.withLock { $0.standing = .readOnly(reason: "It was closed.") }
        // Sealing would make one that was cut long again.
        try checkIsWhole(state: state)
        try RecordLogError.storage { () throws(StorageError) in try active?.seal() }
        active = nil
    }

    /// Gives a frame from any copy of it, nil where none is left.
    typealias Recovering = (UInt64) throws(RecordLogError) -> StoredFrame?

    /// What has to come before a batch.
    private enum Preparation {
        /// What opening has left to do.
        case tailRecovery
        /// A new segment, the others left as they are.
        case repair(Recovering)
    }

    /// Writes a batch and makes it durable.
    private mutating func write(
        _ frames: [Frame], after preparation: Preparation, state: borrowing Mutex<LogState>
    ) throws(RecordLogError) {
        let bytes = ActiveSegment.bytes(of: frames)
        let (head, batch) = state.withLock { ($0.head, $0.batch) }
        try checkIsWhole(state: state)
        var segment: ActiveSegment
        do throws(RecordLogError) {
            // What stands behind the greatest number nobody would read again.
            guard max(head, batch) < FrameHeader.greatestNumber - UInt64(frames.count) else {
                throw .readOnly(reason: "It has come to the greatest number that a frame can have.")
            }
            switch preparation {
            case .tailRecovery: try recoverTail(state: state)
            case .repair(let recover): try beginRepair(recover, state: state)
            }
            segment = try makeRoom(for: bytes, after: head, batch: batch)
        } catch {
            let directory = directory
            throw state.withLock { $0.refuse(error, bytes: bytes, directory: directory) }
        }
        var isLinked = false
        var places: [LogIndex.Place] = []
        do {
            places = try segment.write(frames, batch: batch + 1, first: head + 1)
            isLinked = try segment.sync()
        } catch {
            // Nobody knows what of the batch is on the disk: this segment is never written again.
            active = nil
            state.withLock { $0.standing = .readOnly(reason: error.description) }
            throw .storage(error)
        }
        guard isLinked else {
            let first = segment.header.firstSequence
            let name = SegmentName.name(of: segment.header.number)
            throw leave(
                segment, Damage(.missingSegment, file: name, hit: first <= head ? first...head : nil), state: state)
        }
        active = segment
        state.withLock { $0.publish(places, after: head, bytes: bytes, in: segment) }
    }

    /// Looks whether somebody cut the active segment, before making room in it makes it long again.
    private mutating func checkIsWhole(state: borrowing Mutex<LogState>) throws(RecordLogError) {
        guard let segment = active else { return }
        let size = try RecordLogError.storage { () throws(StorageError) in try segment.file.size() }
        guard size < segment.end else { return }
        let number = segment.header.number
        let cut = max(size, SegmentHeader.framesOffset)
        let hit = state.withLock { $0.index.sequences(in: number, behind: cut) }
        throw leave(
            segment,
            Damage(.unreadable, file: SegmentName.name(of: number), bytes: cut..<max(segment.end, cut), hit: hit),
            state: state)
    }

    /// Somebody removed the active segment, or cut it: what it held ends with this process, unless it is repaired before.
    private mutating func leave(
        _ segment: ActiveSegment, _ damage: Damage, state: borrowing Mutex<LogState>
    ) -> RecordLogError {
        active = nil
        sealed = segment.header
        state.withLock { $0.add(damage) }
        return .damaged(damage)
    }

    private mutating func recoverTail(state: borrowing Mutex<LogState>) throws(RecordLogError) {
        guard let outcome = try recoverTail() else { return }
        state.withLock { $0.adopt(outcome) }
        let (index, head, copies) = state.withLock { ($0.index, $0.head, $0.copies) }
        let names = renewIndexes(index: index, head: head, copies: copies)
        state.withLock { $0.recovery.renewedIndexes = names }
    }

    /// Nil when there was nothing left to do.
    private mutating func recoverTail() throws(RecordLogError) -> TailRecovery.Outcome? {
        guard let outcome = try tailRecovery?.run() else { return nil }
        use(outcome.active)
        return outcome
    }

    private mutating func use(_ segment: ActiveSegment?) {
        active = segment
        if let segment { files.adopt(segment.header.number, segment.file) }
    }

    /// - Returns: The names of those that were made anew.
    private mutating func renewIndexes(index: LogIndex, head: UInt64, copies: [UInt64: FrameCopy]) -> [String] {
        guard let upkeep else { return [] }
        self.upkeep = nil
        let renewal = upkeep.run(index: index, head: head, copies: copies, active: active?.header)
        if let writer = renewal.active { active?.continue(writer) }
        return renewal.names
    }

    /// Leaves the segment in which it is and begins the next; what opening would have cut stays for now.
    private mutating func beginRepair(_ recover: Recovering, state: borrowing Mutex<LogState>) throws(RecordLogError) {
        if let outcome = try tailRecovery?.runForRepair(recover: recover) {
            use(outcome.active)
            state.withLock { $0.adopt(outcome) }
        } else if let header = active?.header, active?.end != SegmentHeader.framesOffset {
            try RecordLogError.storage { () throws(StorageError) in try active?.seal() }
            sealed = header
            active = nil
        }
    }

    private mutating func cutTail(state: borrowing Mutex<LogState>) {
        do {
            try tailRecovery?.cutTail()
            let tail = tailRecovery?.tornTail
            state.withLock { $0.recovery.tornTail = tail ?? $0.recovery.tornTail }
        } catch {
            // The segment that repairs overrides the tail: it is no damage, only a few bytes that stay where they are.
        }
    }

    /// The segment for the next batch, with room for it.
    private mutating func makeRoom(
        for bytes: Int, after head: UInt64, batch: UInt64
    ) throws(RecordLogError) -> ActiveSegment {
        guard max(active?.header.number ?? 0, sealed?.number ?? 0, takenNumber) < SegmentName.greatestNumber else {
            throw .readOnly(reason: Self.namesAreExhausted)
        }
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
            use(segment)
            return segment
        } catch {
            throw .storage(error)
        }
    }

    /// No log of this program's gets so far; somebody put the file there.
    private static let namesAreExhausted =
        "No segment can be named after \(SegmentName.name(of: SegmentName.greatestNumber)). Where that file isn't of this "
        + "log, move it to another directory, and start again."

    private func header(after head: UInt64, batch: UInt64) -> SegmentHeader {
        SegmentHeader(
            number: max(sealed?.number ?? 0, takenNumber) + 1, firstSequence: head + 1, firstBatch: batch + 1,
            identity: sealed?.identity ?? options.salt(), salt: options.salt(), previousSalt: sealed?.salt ?? .zero,
            created: options.now())
    }
}
