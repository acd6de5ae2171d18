import Annals

/// Looks for figures that stand for something else: a repeated -1, -9 or 99999 in what can't be negative.
struct SentinelCheck {
    /// A suspicious figure: its text, how often it stands, and where first.
    struct Suspect {
        var number: String
        var count: Int
        var row: Int
        var column: Int
    }

    private static let candidates: [Int64] = [-1, -9, -99, -999, -9999, -99999, 99999, 999_999, 9_999_999]

    /// The first suspect of a measure; nil where there is none, or where the measure can be negative.
    ///
    /// Of a measure that nobody declared, other negative figures prove that it can.
    ///
    /// - Parameters:
    ///   - columns: What was read, decimals aligned.
    ///   - measure: Index of the measure.
    ///   - places: The figure columns of the measure.
    ///   - reader: Knows which numbers the dialect calls honest.
    /// - Returns: The suspect that stands first.
    static func suspect(_ columns: TableColumns, measure: Int, in places: [Int], reader: FigureReader) -> Suspect? {
        if columns.measures[measure].kind != nil, columns.measures[measure].canBeNegative { return nil }
        let power = ScaledDecimal.powerOfTen(columns.measures[measure].decimals)
        var suspects: [Int64: Suspect] = [:]
        var hasOtherNegatives = false
        let scaled = Set(
            candidates.compactMap { candidate -> Int64? in
                let (product, overflow) = candidate.multipliedReportingOverflow(by: power)
                return overflow ? nil : product
            })
        let smallestLarge = scaled.filter { $0 > 0 }.min() ?? .max
        for place in places {
            for (row, value) in columns.figures[place].values.enumerated() where value < 0 || value >= smallestLarge {
                guard scaled.contains(value) else {
                    if value < 0 { hasOtherNegatives = true }
                    continue
                }
                let number = ScaledDecimal.text(value / power, decimals: 0)
                suspects[value, default: Suspect(number: number, count: 0, row: row, column: place)].count += 1
            }
        }
        if hasOtherNegatives, columns.measures[measure].kind == nil { return nil }
        return suspects.values.filter { $0.count > 1 && !reader.isHonest($0.number) }
            .min { ($0.row, $0.column) < ($1.row, $1.column) }
    }

    static func reason(_ suspect: Suspect, measure: Measure, line: Int, column: Int) -> Reason {
        Reason(
            "\(suspect.number) stands \(suspect.count) times in `\(measure.label)`, which looks like a sign for a missing figure",
            line: line, column: column, found: suspect.number, expected: "figures only",
            remedy: "Say in a dialect what \"\(suspect.number)\" means (`value` if it is a figure), "
                + "or declare the measure's kind in a definition")
    }
}
