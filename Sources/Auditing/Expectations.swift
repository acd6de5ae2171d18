package import Annals

/// What a dataset's tables must satisfy, whatever this one's figures suggest.
package struct Expectations: Sendable {
    /// Identities that a definition states, besides the totals that are marked in the table's dimensions.
    package var declared: [Identity]
    /// The dimensions over which a definition says that the table is antisymmetric.
    package var antisymmetric: (row: String, column: String)?
    /// Identities that held for an earlier vintage of the dataset.
    package var bound: [Identity]
    /// Ids of the dimensions of which a definition says that they have no total.
    package var withoutTotal: Set<String> = []
    /// How the publisher rounded each figure by itself, as a definition says.
    package var rounding: DeclaredRounding?
    /// Whether a sidecar says that the classification changed: what held of sums of codes needn't hold any more.
    package var isReclassified = false
    /// A failed audit becomes a finding and not a ``AuditedTable/failure``.
    package var warnOnly: Bool

    package init(
        declared: [Identity] = [], antisymmetric: (row: String, column: String)? = nil, bound: [Identity] = [],
        withoutTotal: Set<String> = [], rounding: DeclaredRounding? = nil, warnOnly: Bool = false
    ) {
        self.withoutTotal = withoutTotal
        self.declared = declared
        self.antisymmetric = antisymmetric
        self.bound = bound
        self.rounding = rounding
        self.warnOnly = warnOnly
    }

    /// Everything expected of that table with its origin, each identity once; what is declared wins over what is bound.
    func identities(of table: Table) -> [ExpectedIdentity] {
        var expected: [ExpectedIdentity] = []
        func add(_ identity: Identity, _ origin: Audit.Origin) {
            guard !expected.contains(where: { $0.identity == identity }) else { return }
            expected.append(ExpectedIdentity(identity: identity, origin: origin))
        }
        for dimension in table.keySpace.dimensions {
            if let code = dimension.totalCode { add(.total(dimension: dimension.id, code: code), .declared) }
        }
        for identity in declared { add(identity, .declared) }
        if let antisymmetric {
            add(.antisymmetric(row: antisymmetric.row, column: antisymmetric.column), .declared)
        }
        for identity in bound where !isTotalOfNone(identity) && !isDeclaredOtherwise(identity) {
            add(identity, .bound)
        }
        return expected
    }

    /// Whether a definition says what the code of a sum is the sum of now.
    private func isDeclaredOtherwise(_ identity: Identity) -> Bool {
        declared.contains { $0 != identity && $0.isSum(ofCodeOf: identity) }
    }

    /// Whether an identity is about the total of a dimension that has none.
    private func isTotalOfNone(_ identity: Identity) -> Bool {
        guard case .total(let dimension, _) = identity else { return false }
        return withoutTotal.contains(dimension)
    }
}

/// An identity and why the table is held against it.
struct ExpectedIdentity: Hashable {
    var identity: Identity
    var origin: Audit.Origin
}

/// A table as examined: completed, its totals marked, with what was found.
package struct AuditedTable: Sendable {
    /// The table with its totals marked and, where it is antisymmetric, its unprinted triangle filled in.
    package var table: Table
    /// One an identity, in the order totals, sums of some codes, zero sums, antisymmetries, signs.
    package var audits: [Audit]
    package var findings: [Finding]
    /// Why the table is not to be taken: an audit failed and the dataset does not merely warn.
    package var failure: Reason?

    package init(table: Table, audits: [Audit], findings: [Finding], failure: Reason?) {
        self.table = table
        self.audits = audits
        self.findings = findings
        self.failure = failure
    }
}
