import Annals

/// Which rows of a delta count in its summary and among its largest.
struct RowFilter {
    private let delta: Delta
    private let selection: Selection
    private let mode: DeltaOptions.Totals
    /// Whether a category is a total that the rule is about; empty where the dimension has none.
    ///
    /// *Shape:* one array a dimension.
    private let totals: [[Bool]]
    /// The dimensions that have totals.
    private let dimensionsWithTotals: [Int]
    private let mirror: CodeMirror?

    init(_ delta: Delta, options: DeltaOptions, selection: Selection, totals: [[Bool]]) {
        self.delta = delta
        self.selection = selection
        mode = options.totals ?? .exclude
        // Who names a total means it, as long as nothing is said about totals.
        let open = totals.indices.map { options.totals != nil || selection.indices[$0] == nil ? totals[$0] : [] }
        self.totals = open
        dimensionsWithTotals = open.indices.filter { !open[$0].isEmpty }
        mirror = options.antisymmetric.flatMap { pair in
            guard let row = delta.keySpace.dimensionIndex(pair.row),
                let column = delta.keySpace.dimensionIndex(pair.column), row != column
            else { return nil }
            return CodeMirror(row: row, column: column, of: delta.keySpace) { dimension, category in
                !totals[dimension].isEmpty && totals[dimension][category]
            }
        }
    }

    /// Whether every row counts.
    var takesAll: Bool { mirror == nil && (mode == .include || (mode == .exclude && dimensionsWithTotals.isEmpty)) }

    /// Whether all that is left out is the totals.
    var onlyExcludesTotals: Bool { mirror == nil && mode == .exclude }

    func takes(_ row: Int) -> Bool {
        let ordinal = delta.ordinal(at: row)
        return takesTotals(ordinal) && countsForPair(ordinal)
    }

    /// Whether the rule on totals lets a combination through.
    func takesTotals(_ ordinal: Int) -> Bool {
        if mode == .include { return true }
        let isTotal = dimensionsWithTotals.contains { totals[$0][delta.keySpace.index(ofDimension: $0, at: ordinal)] }
        return isTotal == (mode == .only)
    }

    /// Of a cell and its mirror the one counts whose row comes after its column: the triangle that is printed, whichever
    /// of the two is derived, so that a delta turned round is the same turned round.
    ///
    /// A row whose mirror is not among the rows counts by itself.
    private func countsForPair(_ ordinal: Int) -> Bool {
        guard let mirror, let mirrored = mirror.mirror(of: ordinal), mirrored != ordinal,
            delta.rows.row(atOrdinal: mirrored) != nil
        else { return true }
        return mirror.rowIndex(of: ordinal) > mirror.rowIndex(of: mirrored)
    }

    /// The runs of neighbouring combinations that are left when totals are left out; nothing else is asked for them.
    func forEachRunWithoutTotals(_ body: (Range<Int>) -> Void) {
        guard let deepest = dimensionsWithTotals.last else {
            body(0..<delta.keySpace.size)
            return
        }
        let runs = Self.runs(without: totals[deepest], stride: delta.keySpace.strides[deepest])
        visit(dimension: 0, base: 0, deepest: deepest, runs, body)
    }

    /// The ordinals of neighbouring categories that are no totals, from the dimension's first.
    private static func runs(without isTotal: [Bool], stride: Int) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start = 0
        while start < isTotal.count {
            let end = isTotal[start...].firstIndex(of: true) ?? isTotal.count
            if end > start { runs.append(start * stride..<end * stride) }
            start = end + 1
        }
        return runs
    }

    private func visit(dimension: Int, base: Int, deepest: Int, _ runs: [Range<Int>], _ body: (Range<Int>) -> Void) {
        guard dimension < deepest else {
            for run in runs { body(base + run.lowerBound..<base + run.upperBound) }
            return
        }
        let stride = delta.keySpace.strides[dimension]
        let isTotal = totals[dimension]
        for index in 0..<delta.keySpace.dimensions[dimension].categories.count where isTotal.isEmpty || !isTotal[index]
        {
            visit(dimension: dimension + 1, base: base + index * stride, deepest: deepest, runs, body)
        }
    }
}
