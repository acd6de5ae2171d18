package import Annals

/// One commit as a line of history: its numbers, its chain value, and enough to tell what it was.
package struct HistoryEntry: Hashable, Sendable {
    /// What a commit was.
    package enum Kind: String, Hashable, Sendable {
        /// A drop that was taken.
        case taken
        case quarantined
        /// A file left the quarantine for good.
        case discarded
        /// A file left the quarantine for the inbox.
        case retried
    }

    /// One year of a drop.
    package struct Year: Hashable, Sendable {
        package var year: Int
        package var outcome: Outcome
        package var version: Int
    }

    /// Number of its first entry.
    package var first: UInt64
    /// Number of its last entry, and the chain value.
    package var head: Head
    package var recorded: Instant
    package var kind: Kind
    /// The file's path in the inbox, escaped; nil for what concerns no new file.
    package var file: String?
    /// Of the file's bytes.
    package var sha256: Digest?
    package var dataset: DatasetID?
    /// Of a drop that was taken.
    package var years: [Year] = []
    /// In quarantine.
    package var quarantineID: String?

    init(_ record: CommitRecord, chain: Digest) {
        first = record.firstSequence
        head = Head(sequence: record.lastSequence, chain: chain)
        recorded = record.recorded
        switch record.content {
        case .filed(let drop):
            kind = .taken
            file = drop.claim.file
            sha256 = drop.claim.sha256
            dataset = drop.facts.dataset
            years = drop.years.map { Year(year: $0.period.year, outcome: $0.outcome, version: $0.version) }
        case .quarantined(let drop):
            kind = .quarantined
            file = drop.claim.file
            sha256 = drop.claim.sha256
            dataset = drop.dataset
            quarantineID = drop.id
        case .released(let release, let id):
            kind = release == .discarded ? .discarded : .retried
            quarantineID = id
        }
    }
}
