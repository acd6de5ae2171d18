package import Annals
package import Definitions

/// What a file says: one table a year, and how it was read.
package struct ReadDocument: Sendable {
    /// The names of texts are left open: whoever records the file fills them in.
    package var facts: DropFacts
    /// What each column was taken for, and why.
    package var plan: ReadingPlan
    /// One a year, ascending.
    package var tables: [Table]
    package var definition: DatasetDefinition?
    /// The file's own date of publication.
    package var published: Instant?
    /// The agency's own id of the table, where the format has a place for it.
    package var agencyID: String?

    package init(
        facts: DropFacts, plan: ReadingPlan = ReadingPlan(), tables: [Table], definition: DatasetDefinition? = nil,
        published: Instant? = nil, agencyID: String? = nil
    ) {
        self.facts = facts
        self.plan = plan
        self.tables = tables
        self.definition = definition
        self.published = published
        self.agencyID = agencyID
    }
}
