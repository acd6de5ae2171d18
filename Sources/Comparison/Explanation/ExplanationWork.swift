import Annals

/// What is found out about the rows of a delta while one vintage after another is looked at.
struct ExplanationWork {
    private let delta: Delta
    private let all: Delta
    /// The compared rows of `all` that the summary counts.
    private let counted: [Int]
    /// Whether each of these had a figure at the start, on both sides.
    ///
    /// *Shape:* one a counted row.
    private var hadFigures: [Bool]
    /// Whether a vintage on the way counts in another unit.
    ///
    /// *Shape:* one a measure.
    private(set) var isContradicted: [Bool]
    private var steps: RevisionSteps

    init(_ delta: Delta, _ all: Delta, counted: [Int]) {
        self.delta = delta
        self.all = all
        self.counted = counted
        hadFigures = [Bool](repeating: true, count: counted.count)
        isContradicted = [Bool](repeating: false, count: delta.measures.count)
        steps = RevisionSteps(count: delta.count)
    }

    /// Goes along the vintages of one side.
    ///
    /// - Parameters:
    ///   - path: From the start to the one that is compared.
    ///   - compared: That one's table.
    ///   - side: Its figures in the delta.
    ///   - table: The table of a release.
    /// - Throws: What `table` throws.
    mutating func walk<Failure: Error>(
        _ path: ReleasePath, to compared: Table, of side: (DeltaRow) -> Int64?,
        _ table: (Release) throws(Failure) -> Table?
    ) throws(Failure) {
        let current = measures(of: compared)
        let (delta, all) = (self.delta, self.all)
        for (place, release) in path.releases.enumerated() {
            if place == path.releases.count - 1 {
                // Its figures stand in the delta; a path of it alone leaves nothing to look up.
                take(release, isFirst: place == 0) { side(delta.row($0)) }
                continue
            }
            let finder = try table(release).flatMap { CellFinder($0, in: delta.keySpace, measureCount: current.count) }
            if let finder { note(finder.measures, against: current) }
            if place == 0 {
                for (index, row) in counted.enumerated() where hadFigures[index] {
                    hadFigures[index] = finder.flatMap { Self.figure(of: row, in: all, $0) } != nil
                }
            }
            take(release, isFirst: place == 0) { row in finder.flatMap { Self.figure(of: row, in: delta, $0) } }
        }
    }

    private mutating func take(_ release: Release, isFirst: Bool, _ figure: (Int) -> Int64?) {
        if isFirst { steps.begin(figure) } else { steps.step(release.kind, figure) }
    }

    private static func figure(of place: Int, in delta: Delta, _ finder: CellFinder) -> Int64? {
        let ordinal = delta.ordinal(at: place)
        let measure = delta.measureIndex(at: ordinal)
        return finder.figure(at: ordinal, measure: measure, decimals: delta.measures[measure].decimals)
    }

    private func measures(of table: Table) -> [Measure?] {
        CellFinder(table, in: delta.keySpace, measureCount: delta.measures.count)?.measures ?? []
    }

    private mutating func note(_ measures: [Measure?], against current: [Measure?]) {
        for (place, (measure, current)) in zip(measures, current).enumerated() {
            if let measure, let current, measure.contradiction(with: current) != nil { isContradicted[place] = true }
        }
    }

    /// What was found on the side that was walked along last; the next one begins anew.
    mutating func takeSteps() -> RevisionSteps {
        var taken = steps
        steps = RevisionSteps(count: delta.count)
        taken.end()
        return taken
    }

    /// How many of the counted rows can be taken apart.
    var explainedCount: Int {
        zip(counted, hadFigures).count { row, hadFigures in
            hadFigures && !isContradicted[all.measureIndex(at: all.ordinal(at: row))]
        }
    }
}
