/// What many rounds came to: one bad round moves the ends, not the middle.
struct Spread: Encodable, Equatable {
    let median: Double
    let lowerQuartile: Double
    let upperQuartile: Double
    let least: Double
    let greatest: Double

    /// - Parameter values: At least one, in any order.
    init(_ values: [Double]) {
        precondition(!values.isEmpty, "a spread is of something")
        let sorted = values.sorted()
        median = Self.quantile(sorted, 0.5)
        lowerQuartile = Self.quantile(sorted, 0.25)
        upperQuartile = Self.quantile(sorted, 0.75)
        least = sorted[0]
        greatest = sorted[sorted.count - 1]
    }

    /// Between two values where it falls between them.
    private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
        let place = share * Double(sorted.count - 1)
        let below = Int(place)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
    }
}
