package import Annals

/// One commit as its chain value names it: a line of `GET /v1/log/chain`.
package struct ChainReport: Codable, Hashable, Sendable {
    /// One year of a drop.
    package struct Year: Codable, Hashable, Sendable {
        package var year: Int
        package var outcome: String
        package var version: Int

        package init(year: Int, outcome: String, version: Int) {
            self.year = year
            self.outcome = outcome
            self.version = version
        }
    }

    /// `SEQ:HEX`, the head that the history had with this commit.
    package var head: String
    /// Numbers of its first and its last entry.
    package var first: UInt64
    package var last: UInt64
    /// `taken`, `quarantined`, `discarded` or `retried`.
    package var kind: String
    package var recorded: Instant
    /// Path in the inbox, escaped.
    package var file: String?
    package var sha256: String?
    package var dataset: String?
    package var years: [Year]
    /// Its id in quarantine.
    package var quarantine: String?

    package init(
        head: String, first: UInt64, last: UInt64, kind: String, recorded: Instant, file: String? = nil,
        sha256: String? = nil, dataset: String? = nil, years: [Year] = [], quarantine: String? = nil
    ) {
        self.head = head
        self.first = first
        self.last = last
        self.kind = kind
        self.recorded = recorded
        self.file = file
        self.sha256 = sha256
        self.dataset = dataset
        self.years = years
        self.quarantine = quarantine
    }
}

extension ChainReport: CustomStringConvertible {
    /// `crops-2011.csv: crops 2011 revised as version 2; SHA-256 1a2b3c4d, recorded 2026-11-23T12:00:00Z, chain 9f86d081`.
    package var description: String {
        let what: String =
            switch kind {
            case "taken":
                "\(file ?? "?"): \(dataset ?? "?") "
                    + years.map { "\($0.year) \($0.outcome), version \($0.version)" }.joined(separator: "; ")
            case "quarantined": "\(file ?? "?"): quarantined as \(quarantine ?? "?")"
            default: "\(quarantine ?? "?"): \(kind) from quarantine"
            }
        let bytes = sha256.map { "SHA-256 \($0.prefix(8)), " } ?? ""
        let chain = head.split(separator: ":").last.map { $0.prefix(8) } ?? ""
        return "\(what); \(bytes)recorded \(recorded), chain \(chain)"
    }
}
