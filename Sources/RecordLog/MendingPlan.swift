/// Which frames settle the damage of a log, as far as anybody can.
///
/// A value without I/O: it says which frames of the log have to be read for it.
struct MendingPlan {
    /// A frame to be written: its beginning, and what follows it.
    struct Step {
        var record: MendingRecord
        var payload: [UInt8] = []
    }

    private let damage: [Damage]
    private let ledger: MendingLedger
    private let headings: [UInt64: FrameCopy]
    private let mending: Mending
    private let head: UInt64

    init(_ mending: Mending, for state: LogState) {
        self.mending = mending
        damage = state.damage
        ledger = state.ledger
        headings = state.copies
        head = state.head
    }

    /// Frames that were hit and that nobody gave: to be restored if the log can read them.
    func ownFrames() -> [(sequence: UInt64, place: Damage)] {
        let given = Set(mending.restored.map(\.sequence))
        return damage.flatMap { found in
            (found.hit.map(Array.init) ?? []).lazy.filter { !given.contains($0) && !isSettled($0) }
                .map { ($0, found) }
        }
    }

    /// What the caller gave, and what hit nothing.
    ///
    /// - Parameter healed: What the log could read itself: no loss, whatever the caller says.
    /// - Returns: One step for each frame to be written.
    func givenSteps(healed: Set<UInt64>) -> [Step] {
        var steps: [Step] = []
        var restored = healed
        for restoration in mending.restored {
            let heading = FrameHeading(
                sequence: restoration.sequence, batch: headings[restoration.sequence]?.heading.batch ?? 0,
                kind: restoration.kind)
            let record = MendingRecord(place(of: restoration.sequence), .restored(heading))
            steps.append(Step(record: record, payload: restoration.payload))
            restored.insert(restoration.sequence)
        }
        for range in mending.losses {
            steps += parts(of: range, without: restored).map { place, range in
                Step(record: MendingRecord(place, .lost(range)))
            }
        }
        for range in mending.unneeded {
            steps += parts(of: range, without: restored).map { place, range in
                Step(record: MendingRecord(place, .unneeded(range)))
            }
        }
        for found in damage where found.hit == nil {
            steps.append(Step(record: MendingRecord(found, .nothingHit)))
        }
        return steps
    }

    private func isSettled(_ sequence: UInt64) -> Bool {
        ledger.restored[sequence] != nil || ledger.isClosed(sequence)
    }

    private func place(of sequence: UInt64) -> Damage {
        damage.first { $0.hit?.contains(sequence) == true }
            ?? Damage(.missingFrames, file: SegmentName.name(of: 0))
    }

    /// A range cut at what is restored and where another damage begins.
    private func parts(
        of range: ClosedRange<UInt64>, without restored: Set<UInt64>
    ) -> [(place: Damage, range: ClosedRange<UInt64>)] {
        var parts: [(place: Damage, range: ClosedRange<UInt64>)] = []
        guard range.lowerBound <= head else { return [] }
        for sequence in range.clamped(to: 1...head) where !restored.contains(sequence) && !isSettled(sequence) {
            let place = place(of: sequence)
            if let last = parts.last, last.place == place, last.range.upperBound + 1 == sequence {
                parts[parts.count - 1].range = last.range.lowerBound...sequence
            } else {
                parts.append((place, sequence...sequence))
            }
        }
        return parts
    }
}
