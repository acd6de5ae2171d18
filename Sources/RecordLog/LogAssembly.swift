/// Puts the pieces of all segments together, in order: which frames count, what is damaged, where a torn tail begins.
///
/// A value without I/O. The rules are those of the format page under "Torn or damaged" and "A later segment overrides".
struct LogAssembly {
    private(set) var index = LogIndex()
    private(set) var damage: [Damage] = []
    /// The last sequence that counts, and its batch.
    private(set) var head: UInt64 = 0
    private(set) var headBatch: UInt64 = 0
    private(set) var lastWholeBatch: WholeBatch?

    /// A batch that is all there.
    struct WholeBatch: Hashable {
        var batch: UInt64
        var sequences: ClosedRange<UInt64>
        var segment: UInt32
        /// Of its first frame, in the segment.
        var start: Int
        /// Of its last frame.
        var end: Int
    }

    /// The batch that is being read, until its last frame is seen.
    private struct Run {
        var batch: UInt64
        var first: UInt64
        var start: Int
        var places: [(sequence: UInt64, place: LogIndex.Place)] = []
        var isWhole = true
        var isEnded = false
    }

    /// The one that was begun last.
    private(set) var segment: UInt32 = 0
    private var run: Run?
    /// The sequence that comes next if nothing is missing.
    private var expected: UInt64 = 1
    /// Bad places of `run`, and those after it: damage if a later batch follows, else torn.
    private var suspects: [Damage] = []
    /// Whether the last suspect lies between the last frame and the next, so that what is missing there is its loss.
    private var isAfterJunk = false
    private var piecesEnd = 0

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
    ///   - first: The first sequence by its header; nil where the header is lost.
    mutating func begin(_ number: UInt32, first: UInt64?) {
        if let first {
            let settled = (run?.first).map { $0 - 1 } ?? (expected - 1)
            if first > settled + 1 {
                loseUpTo(first)
                confirm()
                head = max(head, first - 1)
            } else {
                // The new segment has it all again: what is pending here never counted, or stands there once more.
                suspects = []
            }
            run = nil
            expected = first
        } else {
            confirm()
        }
        isAfterJunk = false
        segment = number
        piecesEnd = SegmentHeader.framesOffset
    }

    /// The next piece of the segment that was begun.
    mutating func take(_ piece: SegmentScan.Piece) {
        piecesEnd = piece.bytes.upperBound
        switch piece {
        case .junk(let bytes):
            suspect(.unreadable, bytes: bytes)
            isAfterJunk = true
        case .frame(let header, let bytes, let isWhole):
            guard header.sequence >= expected else {
                // It repeats or contradicts what stands before it, which nobody writes within one segment.
                suspect(.unreadable, bytes: bytes)
                return
            }
            if run?.batch != header.batch || run?.isEnded == true { beginBatch(header, at: bytes.lowerBound) }
            take(header, bytes: bytes, isWhole: isWhole)
        }
    }

    /// Ends the log here.
    ///
    /// - Returns: The bytes in the last segment, if any, that belong to no whole batch.
    mutating func finish() -> Range<Int>? {
        let start = run?.start ?? suspects.first?.bytes?.lowerBound
        index.end(at: head)
        for place in damage.indices {
            // What has a spare copy in an earlier segment isn't lost.
            guard let lost = damage[place].sequences else { continue }
            let missing = lost.filter { $0 <= head && index[$0] == nil }
            damage[place].sequences = missing.first.flatMap { first in missing.last.map { first...$0 } }
        }
        return start.map { $0..<piecesEnd }
    }

    /// A frame of another batch: everything before it was durable once.
    private mutating func beginBatch(_ header: FrameHeader, at offset: Int) {
        var start = offset
        if expected < header.batchFirst {
            loseUpTo(header.batchFirst)
        } else if header.position > 0, isAfterJunk, let junk = suspects.last, let bytes = junk.bytes {
            // The junk is this batch's own first frames.
            suspects.removeLast()
            confirm()
            suspects = [junk]
            isAfterJunk = true
            start = bytes.lowerBound
        }
        if start == offset { confirm() }
        head = max(head, header.batchFirst - 1)
        headBatch = max(headBatch, header.batch - 1)
        run = Run(batch: header.batch, first: header.batchFirst, start: start)
        expected = max(expected, header.batchFirst)
    }

    private mutating func take(_ header: FrameHeader, bytes: Range<Int>, isWhole: Bool) {
        if header.sequence > expected {
            loseUpTo(header.sequence)
            run?.isWhole = false
        }
        isAfterJunk = false
        expected = header.sequence + 1
        if isWhole {
            run?.places.append((header.sequence, LogIndex.Place(segment: segment, offset: bytes.lowerBound)))
        } else {
            suspect(.payload, bytes: bytes, sequences: header.sequence...header.sequence)
            run?.isWhole = false
        }
        if header.isLastOfBatch { endBatch(at: bytes.upperBound) }
    }

    private mutating func endBatch(at end: Int) {
        guard let ended = run else { return }
        guard ended.isWhole else {
            run?.isEnded = true
            return
        }
        confirm()
        head = max(head, expected - 1)
        headBatch = max(headBatch, ended.batch)
        lastWholeBatch = WholeBatch(
            batch: ended.batch, sequences: ended.first...expected - 1, segment: segment, start: ended.start, end: end)
    }

    /// The run counts with what it has, and its bad places are damage.
    private mutating func confirm() {
        for (sequence, place) in run?.places ?? [] { index.set(sequence, to: place) }
        run = nil
        damage += suspects
        suspects = []
        isAfterJunk = false
    }

    /// The sequences from the expected one to before `next` are missing, by the last bad place if there is one.
    private mutating func loseUpTo(_ next: UInt64) {
        guard expected < next else { return }
        let lost = expected...next - 1
        if isAfterJunk, let last = suspects.indices.last {
            suspects[last].sequences = lost
        } else {
            suspects.append(Damage(.missingFrames, file: SegmentName.name(of: segment), sequences: lost))
        }
        isAfterJunk = false
        expected = next
    }

    private mutating func suspect(_ kind: Damage.Kind, bytes: Range<Int>, sequences: ClosedRange<UInt64>? = nil) {
        suspects.append(Damage(kind, file: SegmentName.name(of: segment), bytes: bytes, sequences: sequences))
    }
}
