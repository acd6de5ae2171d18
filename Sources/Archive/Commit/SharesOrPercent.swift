internal import Annals

/// A measure that is in percent in one table, and in a table before or after it has no unit: it may be the same figures as
/// shares of one, a hundred times smaller.
struct SharesOrPercent {
    private static let percent = "percent"

    let code: String
    let label: String
    /// Whether the later table is the one in percent.
    let isNowPercent: Bool

    /// The first such measure; nil where there is none.
    init?(_ later: [Measure], beside earlier: [Measure]) {
        let areOne = later.count == 1 && earlier.count == 1
        for measure in later {
            guard let known = areOne ? earlier.first : earlier.first(where: { $0.code == measure.code }) else {
                continue
            }
            let units = (measure.unit, known.unit)
            guard units == (Self.percent, nil) || units == (nil, Self.percent) else { continue }
            (code, label, isNowPercent) = (measure.code, measure.label, measure.unit != nil)
            return
        }
        return nil
    }

    /// Whether the figures without a unit are all at most one, and those in percent aren't.
    func areBoth(in later: Table, _ earlier: Table) -> Bool {
        let (percent, shares) = isNowPercent ? (later, earlier) : (earlier, later)
        return isAboveOne(percent) && !isAboveOne(shares)
    }

    private func isAboveOne(_ table: Table) -> Bool {
        (0..<table.cells.count).contains { cell in
            guard table.cells.mark(at: cell).status == .value else { return false }
            let measure = table.measure(atOrdinal: table.ordinal(ofCell: cell))
            guard table.measures.count == 1 || measure.code == code else { return false }
            return table.cells.values[cell].magnitude > ScaledDecimal.powerOfTen(measure.decimals).magnitude
        }
    }
}
