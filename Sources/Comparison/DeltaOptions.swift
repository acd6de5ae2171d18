package import Annals

/// Which rows of a delta are wanted.
package struct DeltaOptions: Sendable {
    /// What happens to rows whose code in some dimension is the total of the others.
    package enum Totals: String, Sendable, CaseIterable {
        case include, only, exclude
    }

    /// Only the compared rows with the largest changes, that many; nil for all rows in key order.
    package var top: Int?
    /// Nil for the default: all rows are listed, and totals are left out of `top` and the summary.
    ///
    /// By default a dimension that ``where`` fixes is not looked at: who asks for the total gets it.
    package var totals: Totals?
    /// A code, or several parted by commas, by id of dimension.
    package var `where`: [String: String]
    /// The dimensions over which both tables are antisymmetric, so that `top` and the summary take each pair once.
    package var antisymmetric: (row: String, column: String)?

    package init(
        top: Int? = nil, totals: Totals? = nil, where: [String: String] = [:],
        antisymmetric: (row: String, column: String)? = nil
    ) {
        self.top = top
        self.totals = totals
        self.where = `where`
        self.antisymmetric = antisymmetric
    }

    /// The dimensions over which the audits of both vintages found antisymmetry to hold.
    package static func antisymmetry(from: [Audit], to: [Audit]) -> (row: String, column: String)? {
        for audit in to where audit.result == .holds {
            guard case .antisymmetric(let row, let column) = audit.identity,
                from.contains(where: { $0.identity == audit.identity && $0.result == .holds })
            else { continue }
            return (row, column)
        }
        return nil
    }
}
