/// What the `restored` and `loss` frames of a log add up to.
struct RepairLedger {
    /// By the sequence of a frame that was hit, that of the frame that has its content again; the last one counts.
    private(set) var restored: [UInt64: UInt64] = [:]
    private(set) var repaired: [RepairedDamage] = []
    /// Sequences that are given up or that nothing needs.
    private var closed: [ClosedRange<UInt64>] = []

    /// Takes in a frame that counts.
    ///
    /// - Parameters:
    ///   - record: Its beginning.
    ///   - sequence: Its own.
    mutating func take(_ record: RepairRecord, at sequence: UInt64) {
        // Nobody repairs what comes later.
        guard record.lastSequence < sequence else { return }
        let entry = entry(for: record.place)
        switch record.verdict {
        case .nothingHit: break
        case .restored(let heading):
            restored[heading.sequence] = sequence
            repaired[entry].damage.hit.include(heading.sequence...heading.sequence)
            Self.append(heading.sequence...heading.sequence, to: &repaired[entry].restored)
        case .unneeded(let range):
            close(range)
            repaired[entry].damage.hit.include(range)
        case .lost(let range):
            close(range)
            repaired[entry].damage.hit.include(range)
            repaired[entry].damage.sequences.include(range)
            Self.append(range, to: &repaired[entry].lost)
        }
    }

    /// Takes note that what restored a frame can't be read any more.
    mutating func forgetRestored(_ sequence: UInt64) {
        restored[sequence] = nil
        for entry in repaired.indices { Self.remove(sequence, from: &repaired[entry].restored) }
    }

    /// What is given up restores nothing either.
    private mutating func close(_ range: ClosedRange<UInt64>) {
        closed.append(range)
        restored = restored.filter { !range.contains($0.value) }
    }

    /// Whether a frame was given up, or is needed by nothing.
    func isClosed(_ sequence: UInt64) -> Bool { closed.contains { $0.contains(sequence) } }

    /// Whether nothing is left to be done about it.
    func covers(_ damage: Damage) -> Bool {
        guard let hit = damage.hit else {
            return repaired.contains { entry in
                entry.damage.kind == damage.kind && entry.damage.file == damage.file
                    && (entry.damage.bytes.map { $0.contains(damage.bytes) } ?? (damage.bytes == nil))
            }
        }
        return hit.allSatisfy { restored[$0] != nil || isClosed($0) }
    }

    private mutating func entry(for place: Damage) -> Int {
        if let known = repaired.lastIndex(where: {
            $0.damage.kind == place.kind && $0.damage.file == place.file && $0.damage.bytes == place.bytes
        }) {
            return known
        }
        repaired.append(RepairedDamage(damage: place))
        return repaired.count - 1
    }

    private static func remove(_ sequence: UInt64, from ranges: inout [ClosedRange<UInt64>]) {
        guard let place = ranges.firstIndex(where: { $0.contains(sequence) }) else { return }
        let range = ranges.remove(at: place)
        if sequence < range.upperBound { ranges.insert(sequence + 1...range.upperBound, at: place) }
        if range.lowerBound < sequence { ranges.insert(range.lowerBound...sequence - 1, at: place) }
    }

    /// Ranges ascend and are apart.
    private static func append(_ range: ClosedRange<UInt64>, to ranges: inout [ClosedRange<UInt64>]) {
        var joined = range
        ranges.removeAll { other in
            guard other.lowerBound <= joined.upperBound &+ 1, joined.lowerBound <= other.upperBound &+ 1 else {
                return false
            }
            joined = min(other.lowerBound, joined.lowerBound)...max(other.upperBound, joined.upperBound)
            return true
        }
        ranges.insert(joined, at: ranges.firstIndex { $0.lowerBound > joined.upperBound } ?? ranges.endIndex)
    }
}

extension Range<Int> {
    fileprivate func contains(_ other: Range<Int>?) -> Bool {
        guard let other else { return false }
        return lowerBound <= other.lowerBound && other.upperBound <= upperBound
    }
}

extension Optional<ClosedRange<UInt64>> {
    /// Grows to hold another range too.
    mutating func include(_ other: ClosedRange<UInt64>) {
        self = map { min($0.lowerBound, other.lowerBound)...max($0.upperBound, other.upperBound) } ?? other
    }
}
