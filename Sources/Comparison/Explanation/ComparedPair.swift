package import Annals

/// Two tables that are compared, and which rows of all that there are their summary counts.
package struct ComparedPair {
    let from: Table
    let to: Table
    let rows: CountedRows

    /// - Parameters:
    ///   - from: The earlier table, transformed as it was compared.
    ///   - to: The later one.
    ///   - options: With which they were compared.
    /// - Throws: ``ComparisonRefusal`` as ``Comparison/delta(from:to:options:)`` does.
    package init(from: Table, to: Table, options: DeltaOptions = DeltaOptions()) throws(ComparisonRefusal) {
        self.from = from
        self.to = to
        rows = try Comparison.rows(from: from, to: to, options: options)
    }

    /// What became of every cell, as ``Comparison/delta(from:to:options:)`` answers with these options.
    package func delta(_ options: DeltaOptions) -> Delta { Comparison.delta(of: rows, options: options) }
}
