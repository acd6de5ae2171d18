package import Annals

/// How many cells of a version differ from an earlier one by more than is tolerated.
package enum Materiality {
    /// Counts the cells whose change is larger than what is tolerated.
    ///
    /// Totals count with the others: many small changes of parts may be a large one of their sum. Of an antisymmetric pair
    /// one counts. A figure that becomes a reason, or a reason another one, and a cell that only one of the two has, are
    /// never tolerated.
    ///
    /// - Parameters:
    ///   - from: The earlier version.
    ///   - to: The later one.
    ///   - tolerance: What is tolerated.
    ///   - antisymmetric: The dimensions over which both are antisymmetric.
    /// - Returns: The number of such cells.
    /// - Throws: ``ComparisonRefusal`` as ``Comparison/delta(from:to:options:)`` does.
    package static func count(
        from: Table, to: Table, beyond tolerance: Tolerance, antisymmetric: (row: String, column: String)? = nil
    ) throws(ComparisonRefusal) -> Int {
        let rows = try Comparison.rows(
            from: from, to: to, options: DeltaOptions(totals: .include, antisymmetric: antisymmetric))
        return (0..<rows.delta.count).count { index in
            let row = rows.delta.row(index)
            return isMaterial(row, tolerance) && rows.counts(index)
        }
    }

    private static func isMaterial(_ row: DeltaRow, _ tolerance: Tolerance) -> Bool {
        switch row.comparison {
        case .appeared, .vanished, .transition: true
        case .sameReason: false
        case .compared:
            tolerance.isExceeded(from: row.from ?? 0, to: row.to ?? 0, decimals: row.decimals)
        }
    }
}
