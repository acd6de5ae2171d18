import Annals

/// Which rows of a delta of two years go across a break in their series.
///
/// The flag `break` says that a figure can't be compared with those of the years before it. So a change from FROM to TO
/// goes across one where TO's cell carries it, or a cell of a year in between; FROM's own is one between FROM and what was
/// before it. Of a delta that goes back in time the later year's cell counts, FROM's. A sum goes across a break that one of
/// its parts goes across.
package struct SeriesBreaks: Sendable {
    /// How many of the rows that the summary counts go across one.
    package private(set) var count = 0
    /// Whether the later year is the delta's first.
    private let isBackwards: Bool
    private let between: Set<Int>

    /// - Parameters:
    ///   - pair: The two tables, and which rows of all the summary counts.
    ///   - isBackwards: Whether `from` is of the later year.
    ///   - places: What the years in between have.
    package init(of pair: ComparedPair, isBackwards: Bool, between places: BreakPlaces) {
        self.isBackwards = isBackwards
        between = places.ordinals
        guard (isBackwards ? pair.from : pair.to).cells.hasBreaks || !between.isEmpty else { return }
        let rows = pair.rows
        count = (0..<rows.delta.count).count { rows.counts($0) && isAcross(rows.delta.row($0)) }
    }

    /// Whether a row goes across a break.
    @inline(__always)
    package func isAcross(_ row: DeltaRow) -> Bool {
        (isBackwards ? row.fromFlags : row.toFlags).contains(.seriesBreak)
            || (!between.isEmpty && between.contains(row.ordinal))
    }
}
