import Annals

/// Every release of every year of one figure, and how far the first ones were from the latest.
package struct Triangle: Sendable {
    /// One release of a year.
    package struct Point: Hashable, Sendable {
        package var release: Release
        package var figure: FigureSelection.Figure

        package init(_ release: Release, _ figure: FigureSelection.Figure) {
            self.release = release
            self.figure = figure
        }
    }

    /// What became of a year.
    package struct Year: Hashable, Sendable {
        package var year: Int
        /// How many there are, confirmations not counted.
        package var releases: Int
        package var first: FigureSelection.Figure
        /// The one that was asked for; nil where there are fewer.
        package var nth: FigureSelection.Figure?
        package var latest: FigureSelection.Figure
        /// Latest less first; nil where one of them has no figure, or another unit.
        package var revision: Revision?

        fileprivate var isSignChange: Bool {
            guard revision != nil, let first = first.value, let latest = latest.value else { return false }
            return first.signum() * latest.signum() < 0
        }
    }

    /// How far a figure was revised.
    package struct Revision: Hashable, Sendable {
        /// Scaled by `decimals`; of two figures of 64 bits it may need one more.
        package var change: Int128
        /// Of the coarser side.
        package var decimals: Int
    }

    /// What became of all years.
    package struct Summary: Hashable, Sendable {
        package var years = 0
        /// Years with more than one release.
        package var revised = 0
        /// In millionths, half-even, over the years with more than one release and a revision; nil for none.
        package var meanRevisionMicros: Int64?
        /// The same of their sizes.
        package var meanAbsoluteRevisionMicros: Int64?
        /// Years whose latest figure has the other sign than the first.
        package var signChanges = 0

        package init() {}
    }

    /// Digits after the point of the means.
    package static let meanDecimals = 6

    /// By year, then (published, sequence).
    package let points: [Point]
    package let years: [Year]
    package let summary: Summary

    /// The coarsest of all points.
    package var decimals: Int { points.map(\.figure.decimals).min() ?? 0 }

    /// - Parameters:
    ///   - points: In any order.
    ///   - nth: Which release of each year is wanted besides first and latest, from 1.
    package init(_ points: [Point], nth: Int? = nil) {
        let sorted = points.sorted { left, right in
            left.release.year == right.release.year
                ? left.release.isEarlier(than: right.release) : left.release.year < right.release.year
        }
        self.points = sorted
        years = sorted.chunked { $0.release.year == $1.release.year }.map { Self.year($0, nth: nth) }
        summary = Self.summary(of: years)
    }

    private static func year(_ points: ArraySlice<Point>, nth: Int?) -> Year {
        let (first, latest) = (points[points.startIndex], points[points.endIndex - 1])
        return Year(
            year: first.release.year, releases: points.count, first: first.figure,
            nth: nth.flatMap { $0 <= points.count ? points[points.startIndex + $0 - 1].figure : nil },
            latest: latest.figure, revision: revision(from: first.figure, to: latest.figure))
    }

    private static func revision(from: FigureSelection.Figure, to: FigureSelection.Figure) -> Revision? {
        guard let first = from.value, let latest = to.value, from.measure.contradiction(with: to.measure) == nil else {
            return nil
        }
        let decimals = min(from.decimals, to.decimals)
        let change = coarsened(latest, to.decimals, to: decimals) - coarsened(first, from.decimals, to: decimals)
        return Revision(change: change, decimals: decimals)
    }

    private static func coarsened(_ value: Int64, _ decimals: Int, to coarser: Int) -> Int128 {
        Rounding.halfEven(Int128(value), by: Int128(ScaledDecimal.powerOfTen(decimals - coarser)))
    }

    private static func summary(of years: [Year]) -> Summary {
        let revised = years.filter { $0.releases > 1 }
        let revisions = revised.compactMap(\.revision)
        var summary = Summary()
        summary.years = years.count
        summary.revised = revised.count
        summary.meanRevisionMicros = mean(revisions.map { ($0.change, $0.decimals) })
        summary.meanAbsoluteRevisionMicros = mean(revisions.map { (Int128($0.change.magnitude), $0.decimals) })
        summary.signChanges = revised.count(where: \.isSignChange)
        return summary
    }

    /// In millionths; nil of nothing, and where it doesn't fit.
    private static func mean(_ figures: [(value: Int128, decimals: Int)]) -> Int64? {
        guard let finest = figures.map(\.decimals).max() else { return nil }
        var sum: Int128 = 0
        for (value, decimals) in figures {
            // One product always fits.
            let (next, overflow) = sum.addingReportingOverflow(
                value * Int128(ScaledDecimal.powerOfTen(finest - decimals)))
            guard !overflow else { return nil }
            sum = next
        }
        let (scaled, overflow) = sum.multipliedReportingOverflow(by: 1_000_000)
        guard !overflow else { return nil }
        let divisor = Int128(figures.count) * Int128(ScaledDecimal.powerOfTen(finest))
        return Int64(exactly: Rounding.halfEven(scaled, by: divisor))
    }
}

extension Array {
    /// The runs of neighbours that belong together.
    fileprivate func chunked(by belongs: (Element, Element) -> Bool) -> [ArraySlice<Element>] {
        var chunks: [ArraySlice<Element>] = []
        var start = startIndex
        for index in indices where index + 1 == endIndex || !belongs(self[index], self[index + 1]) {
            chunks.append(self[start...index])
            start = index + 1
        }
        return chunks
    }
}
