import Annals

/// Sums that grow part by part, as columns.
///
/// *Shape:* one entry a sum in each column. A sum of which a part has no figure has that part's status, the first one's
/// where there are several, and no figure.
struct SumColumns {
    private(set) var values: [Int64]
    /// Raw values of statuses, and two that stand for a sum without a part.
    private var states: [UInt8]
    private var flags: [UInt16]
    /// The first sum that doesn't fit 64 bits.
    private(set) var overflown: Int?

    private static let absent: UInt8 = 254
    /// All that it has adds nothing.
    private static let nothing: UInt8 = 253
    private static let lastNumber = CellStatus.belowUnit.rawValue
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

    init(count: Int) {
        values = [Int64](repeating: 0, count: count)
        states = [UInt8](repeating: Self.absent, count: count)
        flags = [UInt16](repeating: 0, count: count)
    }

    @inline(__always)
    mutating func add(_ value: Int64, _ part: Part, to sum: Int) {
        flags[sum] |= part.flags
        let state = states[sum]
        if part.status > Self.lastNumber {
            if state <= Self.lastNumber || state >= Self.nothing { states[sum] = part.status }
        } else if state >= Self.nothing {
            states[sum] = part.status
            values[sum] = value
        } else if state <= Self.lastNumber {
            let (total, overflow) = values[sum].addingReportingOverflow(value)
            if overflow, overflown == nil { overflown = sum }
            values[sum] = total
            if state != part.status { states[sum] = CellStatus.value.rawValue }
        }
    }

    /// A part that adds nothing and spoils nothing: what doesn't apply, on a diagonal.
    mutating func addNothing(_ part: Part, to sum: Int) {
        flags[sum] |= part.flags
        if states[sum] == Self.absent { states[sum] = Self.nothing }
    }

    /// Gives a sum that has any part another figure or another status.
    mutating func set(_ status: CellStatus, at sum: Int) {
        guard states[sum] != Self.absent else { return }
        states[sum] = status.rawValue
        values[sum] = 0
    }

    func isAbsent(_ sum: Int) -> Bool { states[sum] == Self.absent }

    /// The mark of a sum that has a part, as a number that is the same for the same mark.
    func key(of sum: Int) -> UInt32 { UInt32(states[sum]) << 16 | UInt32(flags[sum]) }

    /// What a key stands for.
    static func mark(_ key: UInt32) -> Mark {
        let state = UInt8(truncatingIfNeeded: key >> 16)
        var flags = UInt16(truncatingIfNeeded: key)
        if flags & isPrinted == 0 { flags |= derived }
        return Mark(
            CellStatus(rawValue: state) ?? .notApplicable, flags: CellFlags(rawValue: flags & ~isPrinted))
    }

    /// The figure of a sum; 0 where it has none.
    func value(of sum: Int) -> Int64 { states[sum] <= Self.lastNumber ? values[sum] : 0 }

    /// Whether a sum would be a figure if it fitted.
    func isNumber(_ sum: Int) -> Bool { states[sum] <= Self.lastNumber }
}
