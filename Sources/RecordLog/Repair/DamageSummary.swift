/// Brings the bad places of a log to what is to be said about them.
struct DamageSummary {
    let index: LogIndex
    let head: UInt64

    /// Leaves out what a later segment overrides, says what is really lost, and joins neighbours.
    func summarise(_ damage: [Damage]) -> [Damage] {
        var summary: [Damage] = []
        for found in damage {
            guard let next = current(found) else { continue }
            if let last = summary.last, let joined = join(last, next) {
                summary[summary.count - 1] = joined
            } else {
                summary.append(next)
            }
        }
        return summary
    }

    /// Nil where all that was hit stands in a later segment.
    private func current(_ found: Damage) -> Damage? {
        guard let hit = found.hit, hit.lowerBound <= head else { return found }
        let segment = SegmentName.number(of: found.file) ?? 0
        var damage = found
        (damage.hit, damage.sequences) = (nil, nil)
        for sequence in hit {
            let place = sequence <= head ? index[sequence] : nil
            guard place.map({ $0.segment <= segment }) ?? (sequence <= head) else { continue }
            damage.hit.include(sequence...sequence)
            if place == nil { damage.sequences.include(sequence...sequence) }
        }
        return damage.hit == nil ? nil : damage
    }

    /// One for two that say the same about frames and bytes that follow one another.
    private func join(_ first: Damage, _ second: Damage) -> Damage? {
        guard first.kind == second.kind, first.file == second.file, let hit = first.hit, let nextHit = second.hit,
            hit.upperBound + 1 == nextHit.lowerBound
        else { return nil }
        var joined = first
        switch (first.bytes, second.bytes) {
        case (nil, nil): break
        case (let bytes?, let nextBytes?)
        where bytes.upperBound == nextBytes.lowerBound && (first.sequences == nil) == (second.sequences == nil):
            joined.bytes = bytes.lowerBound..<nextBytes.upperBound
        default: return nil
        }
        joined.hit.include(nextHit)
        if let lost = second.sequences { joined.sequences.include(lost) }
        return joined
    }
}
