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

    /// Does the same for all years of a file.
    ///
    /// Which codes are the sum of others is found only where every year that has the code proves the same.
    package static func examine(_ years: [Table], expecting expectations: Expectations) -> [AuditedTable] {
        var examined = years.map { examine($0, expecting: expectations) }
        let doubtful = Set(
            examined.flatMap(\.foundSums).filter { sum in
                examined.contains { $0.hasCode(ofSum: sum) && !$0.satisfies(sum) }
            })
        for year in examined.indices where !doubtful.isEmpty {
            examined[year].audits.removeAll { $0.origin == .inferred && doubtful.contains($0.identity) }
        }
        return examined
    }
}

extension AuditedTable {
    /// The identities that say which codes are the sum of others, found by the figures alone.
    fileprivate var foundSums: [Identity] {
        audits.filter { audit in
            guard case .sum = audit.identity else { return false }
            return audit.origin == .inferred
        }.map(\.identity)
    }

    fileprivate func hasCode(ofSum identity: Identity) -> Bool {
        guard case .sum(let id, let code, _) = identity,
            let dimension = table.keySpace.dimensions.first(where: { $0.id == id })
        else { return false }
        return dimension.index(of: code) != nil
    }

    fileprivate func satisfies(_ identity: Identity) -> Bool {
        audits.contains { $0.identity == identity && $0.result != .failed }
    }
}
