/// What the vintages of a dataset bind its next file to.
package struct DatasetBinding: Hashable, Sendable {
    /// What all its current tables are known to satisfy.
    package var identities: [Identity]
    /// The roles that the columns of its latest file had; nil where none are recorded.
    package var plan: ReadingPlan?
    /// Ids of the dimensions in the order of its first vintage; empty where none is recorded.
    package var dimensions: [String]

    package init(identities: [Identity] = [], plan: ReadingPlan? = nil, dimensions: [String] = []) {
        self.identities = identities
        self.plan = plan
        self.dimensions = dimensions
    }

    /// What a vintage binds to; a plan without columns is one that isn't recorded.
    package init(identities: [Identity], recorded plan: ReadingPlan, dimensions: [String] = []) {
        self.init(identities: identities, plan: plan.columns.isEmpty ? nil : plan, dimensions: dimensions)
    }

    /// Of a dataset that nothing is known of.
    package static let none = DatasetBinding()
}
