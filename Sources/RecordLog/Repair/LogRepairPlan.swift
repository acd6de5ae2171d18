/// Which frames repair the damage of a log, as far as anybody can.
///
/// A value without I/O: it says which frames of the log have to be read for it.
struct LogRepairPlan {
    /// A frame to be written: its beginning, and what follows it.
    struct Step {
        var record: RepairRecord
        var payload: [UInt8] = []
    }

    private let damage: [Damage]
    private let ledger: RepairLedger
    private let headings: [UInt64: FrameCopy]
    private let repair: LogRepair
    private let head: UInt64

    init(_ repair: LogRepair, for state: LogState) {
        self.repair = repair
        damage = state.damage
        ledger = state.ledger
        headings = state.copies
        head = state.head
    }

    /// Frames that were hit and that nobody gave: to be restored if the log can read them.
    ///
    /// One after another: a lost segment may have had more than one wants to list.
    func ownFrames() -> some Sequence<(sequence: UInt64, place: Damage)> {
        let given = Set(repair.restored.map(\.sequence))
        return damage.lazy.flatMap { found in
            (found.hit.map { $0.lowerBound..<$0.upperBound + 1 } ?? 0..<0).lazy
                .filter { !given.contains($0) && !isCovered($0) }
                .map { (sequence: $0, place: found) }
        }
    }

    /// What the caller gave, and what hit nothing.
    ///
    /// - Parameter readable: What the log could read itself: no loss, whatever the caller says.
    /// - Returns: One step for each frame to be written.
    func givenSteps(readable: Set<UInt64>) -> [Step] {
        var steps: [Step] = []
        var restored = readable
        for restoration in repair.restored {
            let heading = FrameHeading(
                sequence: restoration.sequence, batch: headings[restoration.sequence]?.heading.batch ?? 0,
                kind: restoration.kind)
            let record = RepairRecord(place(of: restoration.sequence), .restored(heading))
            steps.append(Step(record: record, payload: restoration.payload))
            restored.insert(restoration.sequence)
        }
        for range in repair.losses {
            steps += parts(of: range, without: restored).map { place, range in
                Step(record: RepairRecord(place, .lost(range)))
            }
        }
        for range in repair.unneeded {
            steps += parts(of: range, without: restored).map { place, range in
                Step(record: RepairRecord(place, .unneeded(range)))
            }
        }
        for found in damage where found.hit == nil {
            steps.append(Step(record: RepairRecord(found, .nothingHit)))
        }
        return steps
    }

    private func isCovered(_ sequence: UInt64) -> Bool {
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
        for sequence in range.clamped(to: 1...head) where !restored.contains(sequence) && !isCovered(sequence) {
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
