package import Annals

/// One entry of the log of arrivals: one (drop, year).
package struct DropReport: Codable, Hashable, Sendable {
    /// Unique and growing.
    package var seq: UInt64
    /// Path in the inbox, escaped where it isn't UTF-8.
    package var file: String
    package var dataset: String?
    package var year: Int?
    package var version: Int?
    package var outcome: String
    package var recorded: Instant
    package var reason: Reason?
    /// The id under `quarantine`, where it was quarantined.
    package var quarantine: String?
    /// The sidecar's.
    package var kind: String?
    package var stage: String?
    /// What was noticed when it was recorded: about its date of publication, its folder, its sidecar; nil for nothing.
    package var findings: [Finding]?
    /// Why its file lies in the inbox still; nil where it is filed away.
    package var unfiled: Reason?

    package init(
        seq: UInt64, file: String, dataset: String? = nil, year: Int? = nil, version: Int? = nil, outcome: String,
        recorded: Instant, reason: Reason? = nil, quarantine: String? = nil, findings: [Finding] = [],
        kind: String? = nil, stage: String? = nil, unfiled: Reason? = nil
    ) {
        self.unfiled = unfiled
        self.seq = seq
        self.file = file
        self.dataset = dataset
        self.year = year
        self.version = version
        self.outcome = outcome
        self.recorded = recorded
        self.reason = reason
        self.quarantine = quarantine
        self.findings = findings.isEmpty ? nil : findings
        self.kind = kind
        self.stage = stage
    }

    /// Why it was quarantined, or what was noticed about it, for people.
    package var remark: String {
        let stuck = unfiled.map { [$0.sentence] } ?? []
        if let reason { return ([reason.sentence] + stuck).joined(separator: "; ") }
        let words = [kind, stage].compactMap(\.self).joined(separator: ", ")
        return ([words].filter { !$0.isEmpty } + (findings ?? []).map(\.message) + stuck).joined(separator: "; ")
    }
}

/// The log of arrivals: the answer of `drops`.
package struct DropsReport: Codable, Hashable, Sendable {
    package var drops: [DropReport]

    package init(drops: [DropReport]) { self.drops = drops }
}

/// What `sync` waited for: everything that lay in the inbox is committed or quarantined.
package struct SyncReport: Codable, Hashable, Sendable {
    /// Number of the last entry.
    package var seq: UInt64
    /// Those after the `since` that was asked for; none where none was.
    package var drops: [DropReport]
    /// What lies in the inbox and isn't taken: refused entries, and files that are recorded and can't be moved.
    package var held: [StatusReport.HeldFile]
    /// Sidecars that wait for their files.
    package var sidecars: [StatusReport.HeldFile]

    package init(
        seq: UInt64, drops: [DropReport], held: [StatusReport.HeldFile] = [], sidecars: [StatusReport.HeldFile] = []
    ) {
        self.seq = seq
        self.drops = drops
        self.held = held
        self.sidecars = sidecars
    }

    /// Whether a drop that was asked for could not be taken.
    package var hasQuarantined: Bool { drops.contains { $0.outcome == Outcome.quarantined.rawValue } }
}

/// A file in quarantine.
package struct QuarantinedReport: Codable, Hashable, Sendable {
    package var id: String
    package var file: String
    package var recorded: Instant
    package var reason: Reason
    package var seq: UInt64
    package var dataset: String?
    package var year: Int?
    package var sha256: String
    package var bytes: Int64

    package init(
        id: String, file: String, recorded: Instant, reason: Reason, seq: UInt64, dataset: String? = nil,
        year: Int? = nil, sha256: String, bytes: Int64
    ) {
        self.id = id
        self.file = file
        self.recorded = recorded
        self.reason = reason
        self.seq = seq
        self.dataset = dataset
        self.year = year
        self.sha256 = sha256
        self.bytes = bytes
    }
}

/// What lies in quarantine: the answer of `quarantine list`.
package struct QuarantineReport: Codable, Hashable, Sendable {
    package var quarantined: [QuarantinedReport]

    package init(quarantined: [QuarantinedReport]) { self.quarantined = quarantined }
}

/// What became of a quarantined file that was retried or discarded.
package struct QuarantineAnswer: Codable, Hashable, Sendable {
    /// What was done with a quarantined file.
    package enum Action: String, Codable, Sendable, CaseIterable {
        case retried, discarded
    }

    package var id: String
    package var action: Action
    /// The entries that a retry led to, where it was waited for.
    package var drops: [DropReport]
    /// Names of what lies in its directory still, which is none of the quarantine's; escaped where they aren't UTF-8.
    package var kept: [String]

    package init(id: String, action: Action, drops: [DropReport] = [], kept: [String] = []) {
        self.id = id
        self.action = action
        self.drops = drops
        self.kept = kept
    }

    /// Whether it is quarantined again.
    package var hasQuarantined: Bool { drops.contains { $0.outcome == Outcome.quarantined.rawValue } }
}
