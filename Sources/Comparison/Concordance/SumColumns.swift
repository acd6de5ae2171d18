import Annals

/// Sums that grow part by part.
///
/// A sum of which a part has no figure has that part's status, the first one's where there are several, and no figure.
struct SumColumns {
    /// One sum; together, since a part touches all of it.
    private struct Sum {
        var value: Int64 = 0
        /// The raw value of a status, or one of two that stand for a sum without a part.
        var state = SumColumns.absent
        var flags: UInt16 = 0
    }

    private var sums: [Sum]
    /// Of the statuses that count as numbers; kept here, since a static one is asked for through a function.
    private let lastNumber = CellStatus.belowUnit.rawValue
    private let plainStatus = CellStatus.value.rawValue
    /// Sums that didn't fit 64 bits at some part.
    private var overflows: [Int] = []

    private static var absent: UInt8 { 254 }
    /// All that it has adds nothing.
    private static var nothing: UInt8 { 253 }
    /// No flag of a cell: some part is printed, so that the sum isn't derived as a whole.
    private static let isPrinted: UInt16 = 1 << 15
    private static let derived = CellFlags.derived.rawValue

    /// What a mark brings to a sum.
    struct Part {
        let status: UInt8
        let flags: UInt16

        init(_ mark: Mark) {
            status = mark.status.rawValue
            let isDerived = mark.flags.contains(.derived)
            flags = isDerived ? mark.flags.rawValue & ~SumColumns.derived : mark.flags.rawValue | SumColumns.isPrinted
        }
    }

    init(count: Int) { sums = [Sum](repeating: Sum(), count: count) }

    @inline(__always)
    mutating func add(_ value: Int64, _ part: Part, to place: Int) {
        var sum = sums[place]
        sum.flags |= part.flags
        if part.status > lastNumber {
            if sum.state <= lastNumber || sum.state >= Self.nothing { sum.state = part.status }
        } else if sum.state >= Self.nothing {
            sum.state = part.status
            sum.value = value
        } else if sum.state <= lastNumber {
            let (total, overflow) = sum.value.addingReportingOverflow(value)
            if overflow { overflows.append(place) }
            sum.value = total
            if sum.state != part.status { sum.state = plainStatus }
        }
        sums[place] = sum
    }

    /// A part that adds nothing and spoils nothing: what doesn't apply, on a diagonal.
    mutating func addNothing(_ part: Part, to place: Int) {
        sums[place].flags |= part.flags
        if sums[place].state == Self.absent { sums[place].state = Self.nothing }
    }

    /// Gives a sum that has any part another status, and the figure 0.
    mutating func set(_ status: CellStatus, at place: Int) {
        guard sums[place].state != Self.absent else { return }
        sums[place].state = status.rawValue
        sums[place].value = 0
        if !overflows.isEmpty { overflows.removeAll { $0 == place } }
    }

    /// The first sum that is a figure and doesn't fit 64 bits.
    var overflown: Int? { overflows.first(where: isNumber) }

    func isAbsent(_ place: Int) -> Bool { sums[place].state == Self.absent }

    /// The mark of a sum that has a part, as a number that is the same for the same mark.
    func key(of place: Int) -> UInt32 { UInt32(sums[place].state) << 16 | UInt32(sums[place].flags) }

    /// What a key stands for.
    static func mark(_ key: UInt32) -> Mark {
        let state = UInt8(truncatingIfNeeded: key >> 16)
        var flags = UInt16(truncatingIfNeeded: key)
        if flags & isPrinted == 0 { flags |= derived }
        return Mark(
            CellStatus(rawValue: state) ?? .notApplicable, flags: CellFlags(rawValue: flags & ~isPrinted))
    }

    /// The figure of a sum; 0 where it has none.
    func value(of place: Int) -> Int64 { isNumber(place) ? sums[place].value : 0 }

    /// Whether a sum would be a figure if it fitted.
    private func isNumber(_ place: Int) -> Bool { sums[place].state <= lastNumber }
}
