import Annals

/// Sums that grow part by part, each with the status that ``SumStatus`` says.
struct SumColumns {
    /// One sum; together, since a part touches all of it.
    private struct Sum {
        /// The lowest 64 bits, of parts with a figure and of others.
        var value: Int64 = 0
        /// One of two that stand for a sum without a part, or a rank moved up by ``firstRank``.
        var state = SumColumns.absent
        var flags: UInt16 = 0
    }

    private var sums: [Sum]
    /// The state of a figure; kept here, since a static one is asked for through a function.
    private let lastFigure = SumColumns.state(of: .value)
    private var carries = Carries()

    private static var absent: UInt8 { 0 }
    /// All that it has adds nothing.
    private static var nothing: UInt8 { 1 }
    private static var firstRank: UInt8 { 2 }
    /// No flag of a cell: some part is printed, so that the sum isn't derived as a whole.
    private static let isPrinted: UInt16 = 1 << 15
    private static let derived = CellFlags.derived.rawValue

    private static func state(of status: CellStatus) -> UInt8 { firstRank + UInt8(SumStatus.rank(of: status)) }

    /// What a mark brings to a sum.
    struct Part {
        let state: UInt8
        let flags: UInt16

        init(_ mark: Mark) {
            state = SumColumns.state(of: mark.status)
            let isDerived = mark.flags.contains(.derived)
            flags = isDerived ? mark.flags.rawValue & ~SumColumns.derived : mark.flags.rawValue | SumColumns.isPrinted
        }
    }

    init(count: Int) { sums = [Sum](repeating: Sum(), count: count) }

    @inline(__always)
    mutating func add(_ value: Int64, _ part: Part, to place: Int) {
        var sum = sums[place]
        sum.flags |= part.flags
        sum.state = max(sum.state, part.state)
        carries.add(value, to: &sum.value, at: place)
        sums[place] = sum
    }

    /// A part that adds nothing and spoils nothing: what doesn't apply, on a diagonal.
    mutating func addNothing(_ part: Part, to place: Int) {
        sums[place].flags |= part.flags
        sums[place].state = max(sums[place].state, Self.nothing)
    }

    /// Gives a sum that has any part another status, and the figure 0.
    mutating func set(_ status: CellStatus, at place: Int) {
        guard sums[place].state != Self.absent else { return }
        sums[place].state = Self.state(of: status)
        sums[place].value = 0
        carries.clear(place)
    }

    /// The first sum that is a figure and doesn't fit 64 bits.
    var overflown: Int? { carries.excessive.first(where: isFigure) }

    func isAbsent(_ place: Int) -> Bool { sums[place].state == Self.absent }

    /// The mark of a sum that has a part, as a number that is the same for the same mark.
    func key(of place: Int) -> UInt32 { UInt32(sums[place].state) << 16 | UInt32(sums[place].flags) }

    /// What a key stands for.
    static func mark(_ key: UInt32) -> Mark {
        let state = Int(key >> 16)
        var flags = UInt16(truncatingIfNeeded: key)
        if flags & isPrinted == 0 { flags |= derived }
        return Mark(
            state < firstRank ? .notApplicable : SumStatus.ascending[state - Int(firstRank)],
            flags: CellFlags(rawValue: flags & ~isPrinted))
    }

    /// The figure of a sum; 0 where it has none.
    func value(of place: Int) -> Int64 { isFigure(place) ? sums[place].value : 0 }

    /// Whether a sum would be a figure if it fitted.
    private func isFigure(_ place: Int) -> Bool {
        sums[place].state >= Self.firstRank && sums[place].state <= lastFigure
    }
}
