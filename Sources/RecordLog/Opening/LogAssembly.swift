/// Puts the pieces of all segments together, in order: which frames count, what is damaged, where a torn tail begins.
///
/// A value without I/O; the rules are those of the format page under "Torn or damaged" and "A later segment overrides".
/// Whoever scans calls ``begin(_:at:provenBatch:)`` for each segment, ``take(_:)`` for each piece of it, frames and junk
/// as they stand, ``skip(_:)`` for a segment that isn't there, and ``finish()`` once.
///
/// **The question** is always the same: was what is bad here durable once (damage, which must be told), or is it the rest
/// of a write that the power cut short (a torn tail, which nobody was promised)? A batch is synced before the next is
/// begun, so a frame of a later batch proves all that stands before it. So does a record in the segment's index, which is
/// written after the sync. Until a proof comes, everything is held back.
///
/// **States.** `run` is the batch that is being read; `suspects` are the bad places in it and behind it. Both are
/// undecided. The moment that decides is
/// - the first frame of another batch: the run counts with what it has, and the suspects are damage (`confirm`);
/// - the last frame of a batch that is whole or proven: it counts, and is the head (`confirmAsHead`);
/// - a segment that begins at or before the run: it says it all once more, so run and suspects are dropped; one that begins
///   behind it proves it;
/// - the end: what is left undecided is the torn tail, unless the index proves the run or the storage itself failed.
///
/// **Invariants.** `expected` only grows; a frame below it is never believed. `head` is the last sequence that counts, and
/// `index` has a place for each up to it that can be read. A sequence that is skipped is in the `hit` or the `sequences`
/// of one suspect. A number is believed only as far as lost frames may account for it (`isPlausible`), since memory is taken
/// by it.
///
/// **Example.** Batch 7 is frames 20 to 22, batch 8 frame 23. Read: 20, junk, 22, 23. At the junk nothing is decided; 22
/// shows that 21 was in the junk; 23 begins batch 8 and proves batch 7: 20 and 22 count, and the junk is damage that hit
/// 21. Without 23, and without an index record of batch 7, all of it from 20 on is the torn tail.
struct LogAssembly {
    private(set) var index = LogIndex()
    private(set) var damage: [Damage] = []
    /// The last sequence that counts, and its batch.
    private(set) var head: UInt64 = 0
    private(set) var headBatch: UInt64 = 0
    private(set) var lastWholeBatch: WholeBatch?
    /// The batch that was the last to count when it was read, whole or not.
    private(set) var lastBatch: LastBatch?
    /// By sequence, the second copies of frames that are bad in their segments.
    private(set) var copies: [UInt64: FrameCopy] = [:]
    private var repairs: [UInt64: RepairRecord] = [:]

    /// A batch that is all there, in its segment.
    struct WholeBatch: Hashable {
        var batch: UInt64
        var sequences: ClosedRange<UInt64>
        var segment: UInt32
        /// Of its first frame, in the segment.
        var start: Int
        /// Of its last frame.
        var end: Int
        /// The index has a record of it or of a later one, so it was synced.
        var isProven: Bool
    }

    /// A batch that counts.
    struct LastBatch: Hashable {
        var batch: UInt64
        /// Its first sequence.
        var first: UInt64
        /// Where it was read last.
        var segment: UInt32
    }

    /// The batch that is being read, until its last frame is seen.
    private struct Run {
        var batch: UInt64
        var first: UInt64
        var start: Int
        var frames: [(sequence: UInt64, frame: SegmentFrame)] = []
        /// Every frame so far can be read, and stands good in its segment.
        var isWhole = true
        var isEnded = false
        /// The segment's index has frames of it, or of a later one: so it was durable.
        var isProven: Bool
    }

    /// The one that was begun last.
    private(set) var segment: UInt32 = 0
    private var run: Run?
    /// The sequence that comes next if nothing is missing.
    private var expected: UInt64 = 1
    /// The newest batch of which the segment's index proves that it was durable.
    private var provenBatch: UInt64 = 0
    /// Bad places of `run`, and those after it: damage if a later batch follows, else torn.
    private var suspects: [Damage] = []
    /// Whether the last suspect lies between the last frame and the next, so that what is missing there is its loss.
    private var isAfterJunk = false
    /// Whether the storage gave an error for one of the suspects: that is nothing that a power cut leaves.
    private var hasUnreadableSuspect = false
    private var piecesEnd = 0
    /// Between the segment that was begun last and the one before.
    private var missingSegments: UInt64 = 0

    /// What was never there or can't be read whatever follows.
    mutating func add(_ damage: Damage) {
        self.damage.append(damage)
    }

    /// A segment is not there; damage if the next one doesn't begin where the last one ended.
    mutating func skip(_ number: UInt32) {
        suspects.append(Damage(.missingSegment, file: SegmentName.name(of: number)))
        isAfterJunk = true
    }

    /// The frames of a segment follow.
    ///
    /// - Parameters:
    ///   - number: The segment's.
    ///   - beginning: Its first sequence; nil where nothing tells.
    ///   - provenBatch: The newest batch that its index has.
    mutating func begin(_ number: UInt32, at beginning: SegmentCandidate.Beginning?, provenBatch: UInt64) {
        missingSegments = number > segment ? UInt64(number - segment - 1) : 0
        if let beginning, isPlausible(beginning.sequence),
            beginning.isCertain || beginning.sequence <= decidedThrough + 1
        {
            let first = beginning.sequence
            // What was proven counts where it stands, even if it was being written once more when the power went.
            if run?.isProven == true, first <= expected { confirmAsHead() }
            if first > decidedThrough + 1 {
                loseUpTo(first)
                confirm()
                head = max(head, first - 1)
            }
            // Otherwise the new segment has it all again: what is pending here never counted, or stands there once more.
            forgetSuspects()
            run = nil
            expected = first
        } else {
            confirm()
        }
        isAfterJunk = false
        segment = number
        self.provenBatch = provenBatch
        piecesEnd = SegmentHeader.framesOffset
    }

    /// The last sequence that counts whatever follows.
    private var decidedThrough: UInt64 { (run?.first ?? expected) - 1 }

    /// The next piece of the segment that was begun.
    mutating func take(_ piece: SegmentScan.Piece) {
        piecesEnd = max(piecesEnd, piece.bytes.upperBound)
        switch piece {
        case .junk(let bytes, let isUnreadable):
            suspect(.unreadable, bytes: bytes)
            isAfterJunk = true
            hasUnreadableSuspect = hasUnreadableSuspect || isUnreadable
        case .frame(let frame):
            guard frame.header.sequence >= expected else {
                // It repeats or contradicts what stands before it, which nobody writes within one segment.
                suspect(.unreadable, bytes: frame.bytes)
                return
            }
            guard isPlausible(frame.header.sequence), frame.bytes.lowerBound <= LogIndex.Place.greatestOffset else {
                // Nobody can tell what it is, so it is no torn tail either: it stays where it stands.
                suspect(.unreadable, bytes: frame.bytes)
                hasUnreadableSuspect = true
                return
            }
            if run?.batch != frame.header.batch || run?.isEnded == true {
                beginBatch(frame.header, at: frame.bytes.lowerBound)
            }
            take(frame)
        }
    }

    /// All of the segment that was begun, where nothing tells its frames from anything else.
    ///
    /// Nobody can tell what stands there, so it is no torn tail, even at the end of the log.
    mutating func takeUntold(_ bytes: Range<Int>) {
        piecesEnd = max(piecesEnd, bytes.upperBound)
        suspect(.untold, bytes: bytes)
        isAfterJunk = true
        hasUnreadableSuspect = true
    }

    /// Whether a frame may come next, for all that may be lost before it.
    ///
    /// A place in the index is kept for every frame that is lost, so a number alone can't be believed: each missing
    /// segment may have held some millions of frames, and no more.
    private func isPlausible(_ sequence: UInt64) -> Bool {
        let most = min(Self.mostLostFrames * (missingSegments + 1), Self.mostLostFramesInAll)
        return sequence <= expected || sequence - expected <= most
    }

    private static let mostLostFrames: UInt64 = 1 << 22
    private static let mostLostFramesInAll: UInt64 = 1 << 28

    /// Ends the log here.
    ///
    /// - Returns: The bytes in the last segment, if any, that belong to no whole batch.
    mutating func finish() -> Range<Int>? {
        if run?.isProven == true || hasUnreadableSuspect {
            // What an earlier segment has of the batch, and this one should have too, is missing here.
            loseUpTo(head + 1)
            confirmAsHead()
        }
        let start = run?.start ?? suspects.first?.bytes?.lowerBound
        index.end(at: head)
        copies = copies.filter { $0.key <= head }
        damage = DamageSummary(index: index, head: head).summarise(damage)
        return start.map { $0..<piecesEnd }
    }

    /// What the frames that count say about damage.
    func ledger() -> RepairLedger {
        var ledger = RepairLedger()
        for (sequence, record) in repairs.sorted(by: { $0.key < $1.key }) where index[sequence] != nil {
            ledger.take(record, at: sequence)
        }
        return ledger
    }

    /// A frame of another batch: everything before it was durable once.
    private mutating func beginBatch(_ header: FrameHeader, at offset: Int) {
        var start = offset
        if expected < header.batchFirst {
            loseUpTo(header.batchFirst)
        } else if header.position > 0, isAfterJunk, let junk = suspects.last, let bytes = junk.bytes {
            // The junk is this batch's own first frames.
            suspects.removeLast()
            let isUnreadable = hasUnreadableSuspect
            confirm()
            suspects = [junk]
            isAfterJunk = true
            hasUnreadableSuspect = isUnreadable
            start = bytes.lowerBound
        }
        if start == offset { confirm() }
        head = max(head, header.batchFirst - 1)
        headBatch = max(headBatch, header.batch - 1)
        run = Run(
            batch: header.batch, first: header.batchFirst, start: start, isProven: header.batch <= provenBatch)
        expected = max(expected, header.batchFirst)
    }

    private mutating func take(_ frame: SegmentFrame) {
        let sequence = frame.header.sequence
        if sequence > expected {
            loseUpTo(sequence)
            run?.isWhole = false
        }
        isAfterJunk = false
        expected = sequence + 1
        run?.frames.append((sequence, frame))
        if let flaw = frame.flaw {
            suspect(
                flaw, bytes: flaw == .missingSegment ? nil : frame.bytes, hit: sequence...sequence,
                lost: frame.isReadable ? nil : sequence...sequence)
            hasUnreadableSuspect = hasUnreadableSuspect || frame.isUnreadable
            run?.isWhole = false
        }
        if frame.header.isLastOfBatch { endBatch(at: frame.bytes.upperBound) }
    }

    private mutating func endBatch(at end: Int) {
        guard let ended = run else { return }
        guard ended.isWhole || ended.isProven else {
            run?.isEnded = true
            return
        }
        confirmAsHead()
        guard ended.isWhole else { return }
        lastWholeBatch = WholeBatch(
            batch: ended.batch, sequences: ended.first...expected - 1, segment: segment, start: ended.start, end: end,
            isProven: ended.isProven)
    }

    /// The run counts up to the last frame that was seen of it.
    private mutating func confirmAsHead() {
        if let run {
            head = max(head, expected - 1)
            headBatch = max(headBatch, run.batch)
            lastBatch = LastBatch(batch: run.batch, first: run.first, segment: segment)
        }
        confirm()
    }

    /// The run counts with what it has, and its bad places are damage.
    private mutating func confirm() {
        for (sequence, frame) in run?.frames ?? [] { place(frame, at: sequence) }
        run = nil
        damage += suspects
        forgetSuspects()
    }

    private mutating func place(_ frame: SegmentFrame, at sequence: UInt64) {
        if frame.isReadable {
            index.set(sequence, to: LogIndex.Place(segment: segment, offset: frame.bytes.lowerBound))
            repairs[sequence] = frame.repair
            copies[sequence] = nil
        }
        // An opening is of use too, as long as nothing has the whole.
        if frame.flaw != nil, let copy = frame.copy, frame.isReadable || index[sequence] == nil {
            copies[sequence] = FrameCopy(
                heading: frame.header.heading, segment: segment, offset: copy.offset, isWhole: copy.isWhole)
        }
    }

    private mutating func forgetSuspects() {
        suspects = []
        isAfterJunk = false
        hasUnreadableSuspect = false
    }

    /// The sequences from the expected one to before `next` are missing, by the last bad place if there is one.
    private mutating func loseUpTo(_ next: UInt64) {
        guard expected < next else { return }
        let lost = expected...next - 1
        if isAfterJunk, let last = suspects.indices.last {
            suspects[last].sequences = lost
            suspects[last].hit = lost
        } else {
            suspects.append(Damage(.missingFrames, file: SegmentName.name(of: segment), sequences: lost))
        }
        isAfterJunk = false
        expected = next
    }

    private mutating func suspect(
        _ kind: Damage.Kind, bytes: Range<Int>?, hit: ClosedRange<UInt64>? = nil, lost: ClosedRange<UInt64>? = nil
    ) {
        suspects.append(
            Damage(kind, file: SegmentName.name(of: segment), bytes: bytes, hit: hit, sequences: lost))
    }
}

/// Where a second copy of a frame is: in the index of a segment.
struct FrameCopy: Hashable {
    var heading: FrameHeading
    var segment: UInt32
    /// Of its record.
    var offset: Int
    /// Whether it has all of the payload.
    var isWhole: Bool
}
