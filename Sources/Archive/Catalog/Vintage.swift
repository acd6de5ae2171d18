package import Annals
package import TableCoding

/// One recorded version of a dataset's year: what is known of it without reading its cells.
package struct Vintage: Hashable, Sendable {
    /// The file that it came from.
    package struct Source: Hashable, Sendable {
        /// Path in the inbox, escaped: ``EscapedName/text(_:)``.
        package var file: String
        /// Of the whole file; also the name of its content in the log.
        package var sha256: Digest
        package var bytes: Int64
    }

    /// A later drop with the same figures, whose sidecar may say more about them than their own did.
    package struct Confirmation: Hashable, Sendable {
        /// Number of its drop entry.
        package var sequence: UInt64
        package var published: Instant
        package var kind: Sidecar.Kind?
        package var stage: Sidecar.Stage?
    }

    /// Which dataset it is of, and how its file was read.
    package var facts: DropFacts
    package var period: Period
    /// 1, 2, 3 … in order of arrival, for each (dataset, year).
    package var version: Int
    /// Number of its drop entry.
    package var sequence: UInt64
    package var recorded: Instant
    package var published: Instant
    /// `new` or `revised`.
    package var outcome: Outcome
    package var kind: Sidecar.Kind?
    package var stage: Sidecar.Stage?
    /// The sidecar's words on why it differs from what was published before.
    package var reason: String?
    /// The version whose figures it has again.
    package var revertsTo: Int?
    package var source: Source
    /// Name of the sidecar's bytes.
    package var sidecar: Digest?
    /// Ids of the dimensions, in order.
    package var dimensions: [String]
    package var audits: [Audit]
    /// About this year's table; those about the file as a whole are among its facts.
    package var yearFindings: [Finding]
    package var content: TableContent
    /// In the order of the log.
    package var confirmations: [Confirmation] = []

    /// How far its figures have come: what was said last, by (published, number), with these figures.
    package var latestStage: Sidecar.Stage? { latestConfirmation?.stage ?? stage }

    /// The confirmation that says how far the figures have come; nil where their own drop says so.
    package var latestConfirmation: Confirmation? {
        let latest = confirmations.filter { $0.stage != nil }.max {
            ($0.published, $0.sequence) < ($1.published, $1.sequence)
        }
        guard let latest, stage == nil || (latest.published, latest.sequence) > (published, sequence) else {
            return nil
        }
        return latest
    }

    /// The confirmation since which the figures have had their stage: the first of those that say what was said last, with
    /// nothing else said between; nil where their own drop was the first to say so.
    package var stageConfirmation: Confirmation? {
        var since: Confirmation?
        var current = stage
        let sorted = confirmations.filter { $0.stage != nil }.sorted {
            ($0.published, $0.sequence) < ($1.published, $1.sequence)
        }
        for confirmation in sorted
        where stage == nil || (confirmation.published, confirmation.sequence) > (published, sequence) {
            if confirmation.stage != current { (since, current) = (confirmation, confirmation.stage) }
        }
        return since
    }

    package var dataset: DatasetID { facts.dataset }
    package var year: Int { period.year }
    package var periodLabel: String { period.label }

    /// Of the file and of this year's table.
    package var findings: [Finding] { facts.findings + yearFindings }
}
