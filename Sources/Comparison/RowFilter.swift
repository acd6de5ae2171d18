import Annals

/// Which rows of a delta count in its summary and among its largest.
struct RowFilter {
    private let delta: Delta
    private let selection: Selection
    private let mode: DeltaOptions.Totals
    /// The dimensions that have totals and are not fixed by the selection, with what is a total in them.
    let totals: [(dimension: Int, isTotal: [Bool])]
    private let mirror: CodeMirror?

    init(_ delta: Delta, options: DeltaOptions, selection: Selection, totals: [[Bool]]) {
        self.delta = delta
        self.selection = selection
        mode = options.totals ?? .exclude
        let open = totals.indices.filter { !totals[$0].isEmpty && selection.indices[$0] == nil }
        self.totals = open.map { ($0, totals[$0]) }
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
    var takesAll: Bool { mirror == nil && (mode == .include || (mode == .exclude && totals.isEmpty)) }

    /// Whether all that is left out is the totals.
    var onlyExcludesTotals: Bool { mirror == nil && mode == .exclude }

    func takes(_ row: Int) -> Bool {
        let ordinal = delta.ordinal(at: row)
        return takesTotals(ordinal) && isFirstOfPair(row, ordinal)
    }

    /// Whether the rule on totals lets a combination through.
    func takesTotals(_ ordinal: Int) -> Bool {
        if mode == .include { return true }
        let isTotal = totals.contains { $0.isTotal[delta.keySpace.index(ofDimension: $0.dimension, at: ordinal)] }
        return isTotal == (mode == .only)
    }

    /// Of a cell and its mirror the printed one counts; where both are printed, the one above the diagonal.
    ///
    /// A row whose mirror is not among the rows counts by itself.
    private func isFirstOfPair(_ row: Int, _ ordinal: Int) -> Bool {
        guard let mirror, let mirrored = mirror.mirror(of: ordinal), mirrored != ordinal,
            let twin = delta.rows.row(atOrdinal: mirrored)
        else { return true }
        let isDerived = delta.isDerived(row)
        guard isDerived == delta.isDerived(twin) else { return !isDerived }
        return mirror.rowIndex(of: ordinal) < mirror.rowIndex(of: mirrored)
    }

    /// The runs of neighbouring combinations that are left when totals are left out; nothing else is asked for them.
    func forEachRunWithoutTotals(_ body: (Range<Int>) -> Void) {
        visit(dimension: 0, base: 0, body)
    }

    private func visit(dimension: Int, base: Int, _ body: (Range<Int>) -> Void) {
        guard let deepest = totals.last, dimension <= deepest.dimension else {
            body(base..<base + (dimension == 0 ? delta.keySpace.size : delta.keySpace.strides[dimension - 1]))
            return
        }
        let stride = delta.keySpace.strides[dimension]
        let isTotal = totals.first { $0.dimension == dimension }?.isTotal
        let count = delta.keySpace.dimensions[dimension].categories.count
        guard dimension == deepest.dimension else {
            for index in 0..<count where isTotal?[index] != true {
                visit(dimension: dimension + 1, base: base + index * stride, body)
            }
            return
        }
        var start = 0
        while start < count {
            var end = start
            while end < count, !deepest.isTotal[end] { end += 1 }
            if end > start { body(base + start * stride..<base + end * stride) }
            start = end + 1
        }
    }
}

extension Delta {
    /// Whether a row's figure is not printed, in the later table if it has the cell.
    fileprivate func isDerived(_ row: Int) -> Bool {
        guard from.hasDerived || to.hasDerived else { return false }
        let row = self.row(row)
        return (row.toStatus == nil ? row.fromFlags : row.toFlags).contains(.derived)
    }
}
