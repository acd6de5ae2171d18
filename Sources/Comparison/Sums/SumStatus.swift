import Annals

/// The status of a sum: that of one of its parts, the one that has most to say, in whatever order they come.
///
/// A sum is a figure only where each part is one. It is below the unit where no part is printed and some part is below it,
/// and a dash only where all are. Where several parts have no figure, for different reasons, a figure that exists and isn't
/// shown says more than one that isn't there, and that more than one that can't be.
///
/// Every sum has its status by this rule: `--by`, triangles, groups of a concordance, series.
enum SumStatus {
    /// From what yields to all others to what yields to none.
    static let ascending: [CellStatus] = [
        .nilFigure, .belowUnit, .value, .notApplicable, .blank, .notYetAvailable, .notAvailable, .includedElsewhere,
        .unreliable, .confidential, .incomplete,
    ]

    /// A status' place in ``ascending``.
    static func rank(of status: CellStatus) -> Int {
        // Every status stands there.
        ascending.firstIndex(of: status) ?? ascending.count - 1
    }

    /// The greatest rank of a figure.
    static let rankOfFigure = rank(of: .value)

    /// A status as a bit, the greater the more it has to say: bits of many parts together tell the sum's status.
    static func bit(of status: CellStatus) -> UInt16 { 1 << UInt16(rank(of: status)) }

    /// The status of a sum of parts with those bits; nil for none.
    static func status(ofBits bits: UInt16) -> CellStatus? {
        bits == 0 ? nil : ascending[UInt16.bitWidth - 1 - bits.leadingZeroBitCount]
    }
}
