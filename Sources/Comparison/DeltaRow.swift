package import Annals

/// What became of one cell.
package struct DeltaRow: Hashable, Sendable {
    /// How the two sides of a row relate.
    package enum Comparison: String, Sendable, CaseIterable {
        /// A number on both sides.
        case compared
        /// Only the later table has the cell.
        case appeared
        /// Only the earlier table has it.
        case vanished
        /// A number against a reason, or two different reasons: there is no change to tell.
        case transition
        /// The same reason on both sides.
        case sameReason = "same-reason"
    }

    /// The combination in ``Delta/keySpace``.
    package var ordinal: Int
    /// Of `from`, `to` and `change`: the coarser side's where the two tables differ.
    package var decimals: Int
    /// The earlier figure, rounded half-even to `decimals`; nil where there is none.
    package var from: Int64?
    package var to: Int64?
    /// Change over `from` in millionths, rounded half-even.
    ///
    /// Nil where it would mean nothing: the measure is net, a rate, a percentage or an index; `from` is not above zero;
    /// a side is below the unit; or it does not fit.
    package var relativeMicros: Int64?
    /// Nil where that table has no such cell.
    package var fromStatus: CellStatus?
    package var toStatus: CellStatus?
    package var fromFlags: CellFlags
    package var toFlags: CellFlags
    package var comparison: Comparison = .transition

    /// To less from, exact; nil where one side is no number.
    ///
    /// Of two figures of 64 bits it may need one more.
    @inline(__always)
    package var change: Int128? {
        guard comparison == .compared, let from, let to else { return nil }
        return Int128(to) - Int128(from)
    }

    /// Digits after the point of ``relativeMicros``.
    package static let relativeDecimals = 6

    @inline(__always)
    init(ordinal: Int, decimals: Int) {
        self.ordinal = ordinal
        self.decimals = decimals
        // Not `[]`, which goes through the generic array literal of option sets, a hundred times slower than the row.
        fromFlags = CellFlags(rawValue: 0)
        toFlags = CellFlags(rawValue: 0)
    }

    /// Fills in what follows from both sides.
    @inline(__always)
    mutating func compare(hasFrom: Bool, hasTo: Bool, allowsRelativeChange: Bool) {
        guard hasFrom else {
            comparison = .appeared
            return
        }
        guard hasTo else {
            comparison = .vanished
            return
        }
        guard let from, let to else {
            if fromStatus == toStatus { comparison = .sameReason }
            return
        }
        comparison = .compared
        let (difference, overflow) = to.subtractingReportingOverflow(from)
        guard allowsRelativeChange, from > 0 else { return }
        relativeMicros = Self.micros(of: difference, overflow: overflow, to: to, over: from)
    }

    private static func micros(of difference: Int64, overflow: Bool, to: Int64, over from: Int64) -> Int64? {
        let (product, tooLarge) = difference.multipliedReportingOverflow(by: 1_000_000)
        guard overflow || tooLarge else {
            let (quotient, remainder) = product.quotientAndRemainder(dividingBy: from)
            let rest = remainder.magnitude
            // Twice the rest against the divisor, without doubling what may not fit.
            let other = from.magnitude - rest
            guard rest > other || (rest == other && quotient % 2 != 0) else { return quotient }
            return difference < 0 ? quotient - 1 : quotient + 1
        }
        let exact = Rounding.halfEven((Int128(to) - Int128(from)) * 1_000_000, by: Int128(from))
        return Int64(exactly: exact)
    }
}
