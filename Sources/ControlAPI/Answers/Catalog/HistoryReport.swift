package import Annals

/// All vintages of a year, and what changed in each: the answer of `history`.
package struct HistoryReport: Codable, Hashable, Sendable {
    /// A later drop with the same figures that said how far they have come.
    package struct Confirmation: Codable, Hashable, Sendable {
        package var seq: UInt64
        package var published: Instant
        package var stage: String

        package init(seq: UInt64, published: Instant, stage: String) {
            self.seq = seq
            self.published = published
            self.stage = stage
        }
    }

    /// What changed against the vintage that was published before.
    package struct Publication: Codable, Hashable, Sendable, SaysNull {
        /// That one's version.
        package var against: Int
        /// Nil where ``uncompared`` says why.
        package var changed: DeltaSummary?
        package var difference: DifferenceReport?
        package var uncompared: String?

        package static let nullFields: Set = ["changed"]

        package init(
            against: Int, changed: DeltaSummary?, difference: DifferenceReport? = nil, uncompared: String? = nil
        ) {
            self.against = against
            self.changed = changed
            self.difference = difference
            self.uncompared = uncompared
        }
    }

    /// How many cells differ by more than the dataset's definition tolerates.
    package struct Material: Codable, Hashable, Sendable {
        /// The first version of the run of versions without a material change.
        package var against: Int
        /// Nil where ``uncompared`` says why.
        package var cells: Int?
        package var uncompared: String?

        package init(against: Int, cells: Int?, uncompared: String? = nil) {
            self.against = against
            self.cells = cells
            self.uncompared = uncompared
        }

        /// `2 cells material against version 1`.
        package var sentence: String {
            guard let cells else { return "not compared with version \(against): \(uncompared ?? "")" }
            return
                "\(cells == 0 ? "nothing" : "\(cells) \(cells == 1 ? "cell" : "cells")") material against version \(against)"
        }
    }

    /// One vintage, and what it changed.
    package struct Entry: Codable, Hashable, Sendable {
        package var version: Int
        package var current: Bool
        package var recorded: Instant
        package var published: Instant
        package var outcome: String
        /// The sidecar's.
        package var kind: String?
        package var stage: String?
        package var reason: String?
        /// The version whose figures it has again.
        package var revertsTo: Int?
        /// Number of its drop entry.
        package var seq: UInt64
        /// The version before by number, which ``changed`` is against; nil for the first.
        package var against: Int?
        /// Against the version before; nil for the first, and where ``uncompared`` says why.
        package var changed: DeltaSummary?
        /// The same in numbers that a summary doesn't have.
        package var difference: DifferenceReport?
        /// Nil for the first, and where no definition says what is tolerated.
        package var material: Material?
        /// Why the two versions could not be compared.
        package var uncompared: String?
        /// Nil for what was published first.
        package var byPublished: Publication?
        /// The drop that said last how far these figures have come; nil where their own did, or none.
        package var confirmed: Confirmation?
        /// The drop since which they have had that stage; nil where their own drop said so first, or none did.
        package var stageSince: Confirmation?
        /// What else differs from the version before: `labels`, `decimals`, `unit`, `flags`, `notes` …; nil for nothing.
        package var altered: [Finding]?
        /// What was noticed about its date of publication when it arrived; nil for nothing.
        package var findings: [Finding]?
        package var source: SourceReport

        package init(
            version: Int, current: Bool, recorded: Instant, published: Instant, outcome: String, source: SourceReport,
            kind: String? = nil,
            stage: String? = nil, reason: String? = nil, revertsTo: Int? = nil, seq: UInt64,
            against: Int? = nil, changed: DeltaSummary? = nil, uncompared: String? = nil,
            confirmed: Confirmation? = nil, stageSince: Confirmation? = nil,
            findings: [Finding] = []
        ) {
            self.version = version
            self.current = current
            self.recorded = recorded
            self.published = published
            self.outcome = outcome
            self.source = source
            self.kind = kind
            self.stage = stage
            self.reason = reason
            self.revertsTo = revertsTo
            self.seq = seq
            self.against = against
            self.changed = changed
            self.uncompared = uncompared
            self.confirmed = confirmed
            self.stageSince = stageSince
            self.findings = findings.isEmpty ? nil : findings
        }
    }

    package var dataset: String
    package var year: Int
    /// Where the log ended when it was asked, `SEQ:HEX`.
    package var head: String
    /// In order of their versions.
    package var vintages: [Entry]

    package init(dataset: String, year: Int, head: String, vintages: [Entry]) {
        self.head = head
        self.dataset = dataset
        self.year = year
        self.vintages = vintages
    }
}

extension HistoryReport.Entry: SaysNull {
    package static let nullFields: Set = ["changed"]
}
