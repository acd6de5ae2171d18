package import Annals

/// Sums of one table against sums of another.
package struct ComparedSums: Sendable {
    /// The earlier table's sums.
    package let from: Table
    /// The later one's.
    package let to: Table
    /// The two of them, and which of their rows the summary counts.
    package let pair: ComparedPair
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
        let options = DeltaOptions(top: top, where: summation.measureSelection(in: to))
        pair = try ComparedPair(from: self.from, to: self.to, options: options)
        delta = pair.delta(options)
        let whole = summation.isSelective ? try summation.withoutSelection(in: from).sums(of: from) : self.from
        contributions = Contributions(delta, whole: whole)
    }
}
