package import Annals

/// Cell by cell, one table against another.
package enum Comparison {
    /// What became of every cell between two tables: on the year axis, or between two versions of a year.
    ///
    /// Dimensions are matched by id and categories by code. Where both tables have the same codes in the same order and
    /// the same cells, rows are the cells themselves and nothing is copied; else the rows are the union of both, in
    /// the order of `to`'s codes, then those that only `from` has.
    ///
    /// - Parameters:
    ///   - from: The earlier table.
    ///   - to: The later table, whose order of dimensions and codes the answer has.
    ///   - options: Which rows are wanted.
    /// - Returns: The rows, with a summary that counts each pair of an antisymmetric table once and no totals.
    /// - Throws: ``ComparisonRefusal`` where the two can't be compared, or a selection names what neither has.
    package static func delta(
        from: Table, to: Table, options: DeltaOptions = DeltaOptions()
    ) throws(ComparisonRefusal) -> Delta {
        delta(of: try rows(from: from, to: to, options: options), options: options)
    }

    /// The rows that are wanted, and the summary of those that count.
    static func delta(of rows: CountedRows, options: DeltaOptions) -> Delta {
        var delta = rows.delta
        let digest = DeltaSummarizer(rows)
        let (summary, largest) = digest.summarize(top: options.top)
        delta.summary = summary
        if let largest {
            delta.rows = delta.rows.picked(largest)
        } else if let totals = options.totals, totals != .include {
            delta.rows = delta.rows.picked(digest.rowsByTotals())
        }
        return delta
    }

    /// All rows of a selection, in key order, and which of them count.
    static func rows(from: Table, to: Table, options: DeltaOptions) throws(ComparisonRefusal) -> CountedRows {
        if let earlier = from.period.kind, let later = to.period.kind, earlier != later {
            throw .differentPeriods(from: earlier, to: later)
        }
        let union = try KeySpaceUnion(from: from.keySpace, to: to.keySpace)
        let measures = try MeasureComparison.pairs(from: from, to: to, union: union)
        let selection = try Selection(options.where, in: union.keySpace)
        if options.top ?? 0 > 0 { try MeasureComparison.refuseUnlikeUnits(measures, in: union.keySpace, selection) }
        let rows = RowAlignment(from: from, to: to, union: union).rows(in: selection)
        let delta = Delta(
            keySpace: union.keySpace, rows: rows, from: DeltaColumns(from.cells), to: DeltaColumns(to.cells),
            measures: measures)
        return CountedRows(
            delta: delta, filter: RowFilter(delta, options: options, selection: selection, totals: union.totals))
    }
}
