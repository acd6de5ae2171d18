/// How far the log goes, and a fingerprint of all of it: the answer of `head`.
package struct HeadReport: Decodable, Hashable, Sendable, JSONWritable {
    /// `SEQ:HEX`.
    package var head: String
    package var seq: UInt64
    package var commits: Int

    package init(head: String, seq: UInt64, commits: Int) {
        self.head = head
        self.seq = seq
        self.commits = commits
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("head", head)
            json.field("seq", seq)
            json.field("commits", commits)
        }
    }
}

/// What a check of the whole log found: the answer of `verify`.
package struct VerificationReport: Decodable, Hashable, Sendable {
    /// Whether the history that had a head is still there.
    package struct Known: Decodable, Hashable, Sendable {
        /// `SEQ:HEX`, as asked.
        package var head: String
        package var isPresent: Bool

        private enum CodingKeys: String, CodingKey {
            case head
            case isPresent = "present"
        }

        package init(head: String, isPresent: Bool) {
            self.head = head
            self.isPresent = isPresent
        }
    }

    package var head: String
    /// How many frames and commits were checked.
    package var frames: Int
    package var commits: Int
    /// Sentences that name what is damaged and where; empty for a sound log.
    package var damage: [String]
    package var against: [Known]

    package init(head: String, frames: Int, commits: Int, damage: [String], against: [Known] = []) {
        self.head = head
        self.frames = frames
        self.commits = commits
        self.damage = damage
        self.against = against
    }

    package var isSound: Bool { damage.isEmpty && against.allSatisfy(\.isPresent) }
}

extension VerificationReport: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("sound", isSound)
            json.field("head", head)
            json.field("frames", frames)
            json.field("commits", commits)
            json.field("damage", damage)
            json.field("against", against)
        }
    }
}

extension VerificationReport.Known: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("head", head)
            json.field("present", isPresent)
        }
    }
}

/// What a reload of configuration and definitions led to.
package struct ReloadReport: Decodable, Hashable, Sendable, JSONWritable {
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

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("datasets", datasets)
            json.field("dialects", dialects)
            json.field("notes", notes)
        }
    }
}
