package import Annals

/// What is known of a vintage besides its figures, as far as revisions are told by it.
package struct Release: Hashable, Sendable {
    package var year: Int
    package var version: Int
    package var published: Instant
    package var recorded: Instant
    /// Number of its drop entry; of two with one published instant the greater is later.
    package var sequence: UInt64
    package var kind: Sidecar.Kind?
    package var stage: Sidecar.Stage?
    /// How many later drops had the same figures.
    package var confirmed: Int
    /// Equal numbers say equal tables, which need not be read twice.
    package var content: Int

    package init(
        year: Int, version: Int, published: Instant, recorded: Instant, sequence: UInt64, kind: Sidecar.Kind? = nil,
        stage: Sidecar.Stage? = nil, confirmed: Int = 0, content: Int
    ) {
        self.year = year
        self.version = version
        self.published = published
        self.recorded = recorded
        self.sequence = sequence
        self.kind = kind
        self.stage = stage
        self.confirmed = confirmed
        self.content = content
    }

    /// Whether it was published before another one.
    package func isEarlier(than other: Release) -> Bool {
        (published, sequence) < (other.published, other.sequence)
    }
}
