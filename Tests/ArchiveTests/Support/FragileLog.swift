import RecordLog
import Synchronization

/// A log in memory that can lose frames, and repairs as the segmented one does.
final class FragileLog: RecordLog {
    /// What a hit leaves.
    enum Hit: CaseIterable, Sendable {
        /// Nothing.
        case whole
        /// What a survey needs: the name of a blob.
        case opening
    }

    private struct State {
        var frames: [StoredFrame] = []
        var hits: [UInt64: Hit] = [:]
        var unneeded: Set<UInt64> = []
        var lost: Set<UInt64> = []
        var repaired: [RepairedDamage] = []

        var open: [UInt64] { hits.keys.filter { !unneeded.contains($0) && !lost.contains($0) }.sorted() }
    }

    private let state = Mutex(State())

    /// Loses a frame.
    func lose(_ sequence: UInt64, leaving hit: Hit) { state.withLock { $0.hits[sequence] = hit } }

    /// Frames of a kind, in order.
    func frames(_ kind: FrameKind) -> [UInt64] {
        state.withLock { $0.frames.filter { $0.kind == kind }.map(\.sequence) }
    }

    var head: UInt64 { state.withLock { UInt64($0.frames.count) } }
    var byteCount: UInt64 { state.withLock { UInt64($0.frames.reduce(0) { $0 + $1.payload.count }) } }
    var repaired: [RepairedDamage] { state.withLock { $0.repaired } }
    var condition: LogCondition { damage.isEmpty ? .writable : .damaged(damage) }

    var damage: [Damage] {
        state.withLock { state in
            state.open.map { Damage(.payload, file: "fragile", hit: $0...$0, sequences: $0...$0) }
        }
    }

    func append(_ frames: [Frame], expectedHead: UInt64?) throws(RecordLogError) -> AppendOutcome {
        let damage = damage
        guard damage.isEmpty else { throw .damaged(damage[0]) }
        return state.withLock { state in
            let head = UInt64(state.frames.count)
            if let expectedHead, expectedHead != head { return .conflict(head: head) }
            add(frames, to: &state)
            return .appended(first: head + 1, last: UInt64(state.frames.count))
        }
    }

    private func add(_ frames: [Frame], to state: inout State) {
        let batch = (state.frames.last?.batch ?? 0) + 1
        for frame in frames {
            let heading = FrameHeading(
                sequence: UInt64(state.frames.count) + 1, batch: batch, kind: frame.kind)
            state.frames.append(StoredFrame(heading: heading, payload: frame.payload))
        }
    }

    func frame(at sequence: UInt64) throws(RecordLogError) -> StoredFrame {
        try state.withLock { (state) throws(RecordLogError) in
            if state.hits[sequence] != nil {
                throw .damaged(Damage(.payload, file: "fragile", sequences: sequence...sequence))
            }
            return state.frames[Int(sequence) - 1]
        }
    }

    func visit(
        from sequence: UInt64, _ body: (FrameHeading, RawSpan) throws(RecordLogError) -> Void
    ) throws(RecordLogError) {
        let (frames, hits) = state.withLock { ($0.frames, $0.hits) }
        for frame in frames.dropFirst(Int(sequence) - 1) where hits[frame.sequence] == nil {
            try body(frame.heading, frame.payload.span.bytes)
        }
    }

    func survey(
        from sequence: UInt64, _ body: (FrameHeading, RawSpan, Bool) throws(RecordLogError) -> Void
    ) throws(RecordLogError) {
        let (frames, hits) = state.withLock { ($0.frames, $0.hits) }
        for frame in frames.dropFirst(Int(sequence) - 1) where hits[frame.sequence] != .whole {
            let isLarge = frame.kind == .blob && frame.payload.count > 64
            if hits[frame.sequence] == .opening, frame.kind != .blob { continue }
            let bytes = isLarge ? Array(frame.payload[..<48]) : frame.payload
            try body(frame.heading, bytes.span.bytes, !isLarge)
        }
    }

    func repair(_ repair: LogRepair) throws(RecordLogError) {
        state.withLock { state in
            for restoration in repair.restored {
                let place = Int(restoration.sequence) - 1
                state.frames[place].payload = restoration.payload
                state.frames[place].heading.kind = restoration.kind
                state.hits[restoration.sequence] = nil
                state.unneeded.remove(restoration.sequence)
                state.lost.remove(restoration.sequence)
                note(restoration.sequence, restored: true, in: &state)
            }
            for sequence in repair.unneeded.joined() where state.hits[sequence] != nil {
                state.unneeded.insert(sequence)
                note(sequence, in: &state)
            }
            for sequence in repair.losses.joined() where state.hits[sequence] != nil {
                state.lost.insert(sequence)
                note(sequence, lost: true, in: &state)
            }
            add([Frame(kind: .restored, payload: [])], to: &state)
        }
    }

    private func note(_ sequence: UInt64, restored: Bool = false, lost: Bool = false, in state: inout State) {
        let range = sequence...sequence
        state.repaired.append(
            RepairedDamage(
                damage: Damage(.payload, file: "fragile", sequences: range), restored: restored ? [range] : [],
                lost: lost ? [range] : []))
    }
}
