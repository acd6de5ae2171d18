package import Annals

/// Sums of one table against sums of another.
package struct ComparedSums: Sendable {
    /// The earlier table's sums.
    package let from: Table
    /// The later one's.
    package let to: Table
    /// A row a sum.
    package let delta: Delta
    /// What each row contributes to the change of the whole.
    package let contributions: Contributions

    /// - Parameters:
    ///   - summation: What goes into a sum; made for these two tables.
    ///   - from: The earlier table.
    ///   - to: The later one.
    ///   - top: Only the compared sums with the largest changes, that many; nil for all in key order.
    /// - Throws: ``ComparisonRefusal`` as ``Comparison/delta(from:to:options:)`` does; `sumTooLarge`.
    package init(_ summation: Summation, from: Table, to: Table, top: Int? = nil) throws(ComparisonRefusal) {
        self.from = try summation.sums(of: from)
        self.to = try summation.sums(of: to)
        delta = try Comparison.delta(
            from: self.from, to: self.to,
            options: DeltaOptions(top: top, where: summation.measureSelection(in: to)))
        let whole = summation.isSelective ? try summation.withoutSelection(in: from).sums(of: from) : self.from
        contributions = Contributions(delta, whole: whole)
    }
}
