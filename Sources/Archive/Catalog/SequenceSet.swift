/// Ranges of sequences that don't touch one another, ascending; there are few.
struct SequenceSet: Hashable, Sendable {
    private(set) var ranges: [ClosedRange<UInt64>] = []

    var isEmpty: Bool { ranges.isEmpty }
    var first: UInt64? { ranges.first?.lowerBound }
    var count: Int { ranges.reduce(0) { $0 + $1.count } }

    init(_ ranges: [ClosedRange<UInt64>] = []) {
        for range in ranges { insert(range) }
    }

    func contains(_ sequence: UInt64) -> Bool { ranges.contains { $0.contains(sequence) } }

    mutating func insert(_ range: ClosedRange<UInt64>) {
        var joined = range
        var apart: [ClosedRange<UInt64>] = []
        for other in ranges {
            if other.upperBound < .max,
                other.upperBound + 1 < joined.lowerBound
                    || joined.upperBound < .max && joined.upperBound + 1 < other.lowerBound
            {
                apart.append(other)
            } else {
                joined = min(joined.lowerBound, other.lowerBound)...max(joined.upperBound, other.upperBound)
            }
        }
        ranges = (apart + [joined]).sorted { $0.lowerBound < $1.lowerBound }
    }

    mutating func remove(_ sequence: UInt64) { remove(sequence...sequence) }

    mutating func remove(_ removed: ClosedRange<UInt64>) {
        let hole = SequenceSet([removed])
        ranges = ranges.flatMap { hole.rest(of: $0) }
    }

    /// What of a range isn't in the set.
    func rest(of range: ClosedRange<UInt64>) -> [ClosedRange<UInt64>] {
        var rest: [ClosedRange<UInt64>] = []
        var start = range.lowerBound
        for known in ranges where known.upperBound >= start && known.lowerBound <= range.upperBound {
            if known.lowerBound > start { rest.append(start...known.lowerBound - 1) }
            guard known.upperBound < range.upperBound else { return rest }
            start = known.upperBound + 1
        }
        return start <= range.upperBound ? rest + [start...range.upperBound] : rest
    }
}
