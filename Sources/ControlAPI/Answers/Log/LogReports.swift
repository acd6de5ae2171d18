/// How far the log goes, and a fingerprint of all of it: the answer of `head`.
package struct HeadReport: Codable, Hashable, Sendable {
    /// `SEQ:HEX`.
    package var head: String
    package var seq: UInt64
    package var commits: Int

    package init(head: String, seq: UInt64, commits: Int) {
        self.head = head
        self.seq = seq
        self.commits = commits
    }
}

/// A copy of the log that was written and verified: the answer of `backup`.
package struct BackupReport: Codable, Hashable, Sendable {
    /// As it was named.
    package var file: String
    /// Of the archive.
    package var bytes: Int
    /// The copy's, `SEQ:HEX`.
    package var head: String
    package var commits: Int

    package init(file: String, bytes: Int, head: String, commits: Int) {
        self.file = file
        self.bytes = bytes
        self.head = head
        self.commits = commits
    }
}

/// What a check of the whole log found: the answer of `verify`.
package struct VerificationReport: Codable, Hashable, Sendable {
    /// Something that doesn't hold, and where.
    package struct Problem: Codable, Hashable, Sendable {
        /// Sequence of the frame; 0 for the history as a whole.
        package var frame: UInt64
        package var message: String

        package init(frame: UInt64, message: String) {
            self.frame = frame
            self.message = message
        }
    }

    /// Whether everything that was not given up is there, and the history has every head, and all of every backup, that
    /// it was held against.
    package private(set) var isSound: Bool
    package var head: String
    package var frames: Int
    package var commits: Int
    package var blobs: Int
    /// Of payloads that were read.
    package var bytes: UInt64
    /// Heads that the history was held against.
    package var against: [String]
    package var problems: [Problem] { didSet { judge() } }
    /// Bad places that a repair would look after.
    package var damage: [DamageReport] { didSet { judge() } }
    /// Bad places whose content stands elsewhere in the log since a repair.
    package var restored: [RepairedPlaceReport]
    /// Bad places whose content was given up.
    package var losses: [RepairedPlaceReport]
    /// Backups that the history was held against, by the client; nil from the daemon, which has none.
    package var backups: [BackupComparison]? { didSet { judge() } }

    private enum CodingKeys: String, CodingKey {
        case isSound = "sound"
        case head, frames, commits, blobs, bytes, against, problems, damage, restored, losses, backups
    }

    package init(
        head: String, frames: Int, commits: Int, blobs: Int, bytes: UInt64, against: [String] = [],
        problems: [Problem] = [], damage: [DamageReport] = [], restored: [RepairedPlaceReport] = [],
        losses: [RepairedPlaceReport] = [], backups: [BackupComparison]? = nil
    ) {
        isSound = false
        self.head = head
        self.frames = frames
        self.commits = commits
        self.blobs = blobs
        self.bytes = bytes
        self.against = against
        self.problems = problems
        self.damage = damage
        self.restored = restored
        self.losses = losses
        self.backups = backups
        judge()
    }

    private mutating func judge() {
        isSound = problems.isEmpty && damage.isEmpty && (backups ?? []).allSatisfy(\.holds)
    }
}

/// What a reload of configuration and definitions led to.
package struct ReloadReport: Codable, Hashable, Sendable {
    /// How many dataset definitions and dialects are in force.
    package var datasets: Int
    package var dialects: Int
    /// Sentences on what changed, or takes a restart to change.
    package var notes: [String]

    package init(datasets: Int, dialects: Int, notes: [String] = []) {
        self.datasets = datasets
        self.dialects = dialects
        self.notes = notes
    }
}
