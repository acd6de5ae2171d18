/// What the vintages of a dataset bind its next file to.
package struct DatasetBinding: Hashable, Sendable {
    /// What all its current tables are known to satisfy.
    package var identities: [Identity]
    /// The roles that the columns of its latest file had; nil where none are recorded.
    package var plan: ReadingPlan?

    package init(identities: [Identity] = [], plan: ReadingPlan? = nil) {
        self.identities = identities
        self.plan = plan
    }

    /// What a vintage binds to; a plan without columns is one that isn't recorded.
    package init(identities: [Identity], recorded plan: ReadingPlan) {
        self.init(identities: identities, plan: plan.columns.isEmpty ? nil : plan)
    }

    /// Of a dataset that nothing is known of.
    package static let none = DatasetBinding()
}
