package import Annals

/// What stands on one side of a delta: a vintage, or a file that is only compared.
package struct DeltaSide: Codable, Hashable, Sendable {
    package var year: Int
    /// Nil for a file that is only compared.
    package var version: Int?
    /// The name and the digest of a file that is only compared; nil for a vintage.
    package var file: String?
    package var sha256: String?
    /// The sidecar's; the stage is the latest with which the figures were confirmed.
    package var kind: String?
    package var stage: String?
    package var reason: String?
    package var recorded: Instant?
    /// Of a file that is only compared: when it says itself that it is published.
    package var published: Instant?
    package var source: SourceReport

    package init(
        year: Int, version: Int?, kind: String? = nil, stage: String? = nil, reason: String? = nil,
        recorded: Instant? = nil, published: Instant? = nil, source: SourceReport
    ) {
        self.year = year
        self.version = version
        if version == nil { (file, sha256) = (source.file, source.sha256) }
        self.kind = kind
        self.stage = stage
        self.reason = reason
        self.recorded = recorded
        self.published = published
        self.source = source
    }

    /// `2011 version 2 (correction; A typing error)`.
    package var name: String {
        let said = [kind, stage, reason].compactMap(\.self)
        return shortName + (said.isEmpty ? "" : " (\(said.joined(separator: "; ")))")
    }

    private var shortName: String { "\(year) " + (version.map { "version \($0)" } ?? "in \(source.file)") }

    /// Where it comes from, for people, made safe for a terminal.
    package var origin: String {
        let said = [published.map { "published \($0)" }, recorded.map { "recorded \($0)" } ?? "not recorded"]
            .compactMap(\.self)
        let words = (said + ["from \(source.name)"]).joined(separator: ", ")
        return TerminalText.sanitised("\(shortName): \(words)")
    }
}
