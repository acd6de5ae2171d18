/// A history held against that of a backup: what `verify --against DIR` found.
package struct BackupComparison: Codable, Hashable, Sendable {
    /// The first number at which the two tell different stories.
    package struct Difference: Codable, Hashable, Sendable {
        /// Of the first entry concerned.
        package var seq: UInt64
        /// What this history has there; nil where it has nothing.
        package var here: ChainReport?
        /// What the backup has there; nil where it has nothing.
        package var there: ChainReport?

        package init(seq: UInt64, here: ChainReport?, there: ChainReport?) {
            self.seq = seq
            self.here = here
            self.there = there
        }
    }

    /// As it was named: a directory or an archive.
    package var backup: String
    /// Whether the backup is sound and its whole history stands at the beginning of this one.
    package let holds: Bool
    /// The backup's head; `0:` and zeros for an empty one.
    package var head: String
    /// Commits that both have, from the first on.
    package var common: Int
    /// Commits that came since the backup's last one.
    package var since: Int
    package let difference: Difference?
    /// What doesn't hold in the backup itself.
    package let problems: [VerificationReport.Problem]

    package init(
        backup: String, head: String, common: Int, since: Int, difference: Difference? = nil,
        problems: [VerificationReport.Problem] = []
    ) {
        self.backup = backup
        holds = difference == nil && problems.isEmpty
        self.head = head
        self.common = common
        self.since = since
        self.difference = difference
        self.problems = problems
    }
}

extension BackupComparison.Difference: SaysNull {
    package static let nullFields: Set = ["here", "there"]
}

/// Walks two histories in step until they differ.
///
/// A value without I/O: the entries of both are handed in, this history's as they come, the backup's when they are asked for.
package struct HistoryWalk {
    /// The backup's entry that is next to be met; nil after its last one.
    private var there: ChainReport?
    package private(set) var common = 0
    package private(set) var since = 0
    package private(set) var difference: BackupComparison.Difference?

    /// - Parameter firstThere: The backup's first entry; nil where it has none.
    package init(firstThere: ChainReport?) { there = firstThere }

    /// Takes the next entry of this history.
    ///
    /// - Returns: Whether the backup has it too, so that its next one is to be met.
    package mutating func take(_ here: ChainReport) -> Bool {
        guard difference == nil else { return false }
        guard let there else {
            since += 1
            return false
        }
        guard there.head == here.head else {
            difference = Self.difference(here, there)
            return false
        }
        common += 1
        return true
    }

    /// Takes the backup's next entry; nil after its last one.
    package mutating func meet(_ next: ChainReport?) { there = next }

    /// This history has ended; what the backup has beyond is a difference.
    package mutating func finish() {
        guard difference == nil, let there else { return }
        difference = BackupComparison.Difference(seq: there.first, here: nil, there: there)
    }

    /// Entries that don't meet stand on one side only.
    private static func difference(_ here: ChainReport, _ there: ChainReport) -> BackupComparison.Difference {
        if there.last < here.first { return .init(seq: there.first, here: nil, there: there) }
        if here.last < there.first { return .init(seq: here.first, here: here, there: nil) }
        return .init(seq: min(here.first, there.first), here: here, there: there)
    }
}
