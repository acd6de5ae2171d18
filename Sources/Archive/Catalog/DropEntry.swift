package import Annals

/// One line of the log of arrivals: what became of one year of one file, or of a file that was taken aside whole.
package struct DropEntry: Hashable, Sendable {
    /// Unique and growing, from 1; `--known-at SEQ` means entries up to it.
    package var sequence: UInt64
    package var outcome: Outcome
    package var dataset: DatasetID?
    package var year: Int?
    /// The version that it became, or for `identical` the one that it confirms.
    package var version: Int?
    package var recorded: Instant
    package var published: Instant?
    /// Why it was quarantined.
    package var reason: Reason?
    /// The folder under `quarantine/` that holds the file.
    package var quarantineID: String?
    /// What its sidecar says of the figures, whether they are new or confirmed.
    package var kind: Sidecar.Kind?
    package var stage: Sidecar.Stage?
    /// What was noticed about its date of publication: `published-in-future`, `not-current`.
    package var findings: [Finding]
    package var claim: SourceRef

    package init(
        sequence: UInt64, outcome: Outcome, dataset: DatasetID? = nil, year: Int? = nil, version: Int? = nil,
        recorded: Instant, published: Instant? = nil, reason: Reason? = nil, quarantineID: String? = nil,
        kind: Sidecar.Kind? = nil, stage: Sidecar.Stage? = nil, findings: [Finding] = [], claim: SourceRef
    ) {
        self.sequence = sequence
        self.outcome = outcome
        self.dataset = dataset
        self.year = year
        self.version = version
        self.recorded = recorded
        self.published = published
        self.reason = reason
        self.quarantineID = quarantineID
        self.kind = kind
        self.stage = stage
        self.findings = findings
        self.claim = claim
    }

    /// The file's path in the inbox, escaped: ``EscapedName/text(_:)``.
    package var file: String { claim.file }
}
