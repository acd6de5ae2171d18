package import Annals

/// Holds a table against the sums that it must satisfy: those that are expected, and those that it proves itself.
package enum Auditing {
    /// Marks totals, completes a half-printed antisymmetric matrix, and checks every identity; pure, linear in the cells.
    ///
    /// A cell that is not applicable adds nothing to a sum; a blank one leaves the sum unchecked, because a blank is
    /// never a zero; a hidden one does too, and nothing is suggested or derived that would reveal it. A combination
    /// that the file leaves out adds nothing. A total that is itself missing makes no equation.
    ///
    /// - Parameters:
    ///   - table: As read; totals that a definition declares are marked in its dimensions.
    ///   - expectations: What the dataset is known to satisfy.
    /// - Returns: The table as completed, its audits, and why it is not to be taken where one failed.
    package static func examine(_ table: Table, expecting expectations: Expectations) -> AuditedTable {
        var examination = Examination(table, expectations)
        return examination.run()
    }
}
