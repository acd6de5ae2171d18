import Annals

/// Looks for figures that stand for something else: a repeated -1, -9 or 99999 in what can't be negative or so large.
///
/// Told by repetition, by distance from all other figures, and by what the measure is. A measure whose kind is declared
/// and may be negative is only asked for the annotation values that no measure has.
struct SentinelCheck {
    /// A suspicious figure: its text, how often it stands, and where first.
    struct Suspect: Equatable {
        var number: String
        var count: Int
        var row: Int
        /// Index into the figure columns.
        var column: Int
    }

    /// What a measure's figures look like.
    struct Outcome {
        /// The figure for which the file is refused, the first one.
        var refused: Suspect?
        /// Figures that are taken and named: negative ones in what looks like a count.
        var doubtful: [Suspect] = []
    }

    /// The first suspect of a measure for which the file is refused; nil where there is none.
    static func suspect(_ columns: TableColumns, measure: Int, in places: [Int], reader: FigureReader) -> Suspect? {
        outcome(columns, measure: measure, in: places, reader: reader).refused
    }

    /// Looks through the figures of a measure.
    ///
    /// - Parameters:
    ///   - columns: What was read, decimals aligned.
    ///   - measure: Index of the measure.
    ///   - places: The figure columns of the measure.
    ///   - reader: Knows which numbers the dialect calls honest.
    /// - Returns: What is refused and what is merely named.
    static func outcome(_ columns: TableColumns, measure: Int, in places: [Int], reader: FigureReader) -> Outcome {
        let declared = columns.measures[measure]
        let mayBeNegative = declared.kind != nil && declared.canBeNegative
        if mayBeNegative, !SentinelTally.haveAnnotations(columns, in: places, decimals: declared.decimals) {
            return Outcome()
        }
        var tally = SentinelTally(decimals: declared.decimals)
        for place in places { tally.add(columns.figures[place].values, column: place, palette: columns) }
        tally.removeHonest(reader)
        if let annotation = tally.first(where: { tally.isAnnotation($0) }) { return Outcome(refused: annotation) }
        if mayBeNegative { return Outcome() }
        let sign = MeasureSign(declared)
        // Many different figures below zero prove more than a name does: `births minus deaths`.
        let isProved = declared.kind == nil && tally.distinctNegatives > mostSigns
        let judged = isProved && sign == .count ? .unknown : sign
        if let suspect = tally.first(where: { tally.isSentinel($0, sign: judged) }) { return Outcome(refused: suspect) }
        return Outcome(refused: nil, doubtful: tally.hasDoubtfulNegatives(sign) ? tally.negativeSuspects : [])
    }

    /// A file has a few signs for missing figures, not more.
    private static let mostSigns = 4

    static func reason(_ suspect: Suspect, measure: Measure, line: Int, column: Int) -> Reason {
        let times = suspect.count == 1 ? "once" : "\(suspect.count) times"
        return Reason(
            "\(suspect.number) stands \(times) in `\(measure.label)`, which looks like a sign for a missing figure",
            line: line, column: column, found: suspect.number, expected: "figures only",
            remedy: "Say in a dialect what \"\(suspect.number)\" means (`value` if it is a figure), "
                + "or declare the measure's kind in a definition")
    }

    /// Names negative figures that were taken although the measure looks like a count.
    static func finding(_ suspects: [Suspect], measure: Measure, line: Int) -> Finding {
        let named = suspects.prefix(5).map { "\($0.number) (\($0.count == 1 ? "once" : "\($0.count) times"))" }
        return Finding(
            "negative-count",
            "`\(measure.label)` has figures below zero: " + named.joined(separator: ", ")
                + "; say in a dialect what they mean, or declare the measure's kind", line: line)
    }
}
