package import Annals
package import Archive
package import ControlAPI

// What the archive says of vintages and drops, as it goes over the wire.

extension DropReport {
    /// - Parameters:
    ///   - entry: What the log says.
    ///   - unfiled: Why files that are recorded lie in the inbox still, by the numbers of their entries.
    package init(_ entry: DropEntry, unfiled: [UInt64: Reason] = [:]) {
        self.init(
            seq: entry.sequence, file: entry.file, dataset: entry.dataset?.slug, year: entry.year,
            version: entry.version, outcome: entry.outcome.rawValue, recorded: entry.recorded, reason: entry.reason,
            quarantine: entry.quarantineID, findings: entry.findings,
            kind: entry.kind?.rawValue, stage: entry.stage?.rawValue, unfiled: unfiled[entry.sequence])
    }
}

extension QuarantinedReport {
    /// Of an entry that is quarantined.
    package init(_ entry: DropEntry) {
        self.init(
            id: entry.quarantineID ?? "", file: entry.file, recorded: entry.recorded,
            reason: entry.reason ?? Reason("No reason is recorded."), seq: entry.sequence,
            dataset: entry.dataset?.slug, year: entry.year, sha256: entry.claim.sha256.hex, bytes: entry.claim.size)
    }
}

extension DeltaSide {
    package init(_ vintage: Vintage) {
        self.init(
            year: vintage.year, version: vintage.version, kind: vintage.kind?.rawValue,
            stage: vintage.latestStage?.rawValue, reason: vintage.reason, recorded: vintage.recorded,
            published: vintage.published, source: SourceReport(vintage))
    }
}

extension SourceReport {
    package init(_ vintage: Vintage) {
        self.init(
            file: vintage.source.file, sha256: vintage.source.sha256, bytes: vintage.source.bytes, vintage.facts)
    }

    /// - Parameters:
    ///   - file: Its path in the inbox, or its name, escaped.
    ///   - sha256: Of its bytes.
    ///   - bytes: How many.
    ///   - facts: How it was read.
    package init(file: String, sha256: Digest, bytes: Int64, _ facts: DropFacts) {
        self.init(
            file: file, sha256: sha256.hex, bytes: bytes, format: facts.reader, dialect: facts.dialect,
            dialectSha256: facts.dialectDefinition?.hex, definitionSha256: facts.definition?.hex)
    }
}

extension TableHeading {
    /// - Parameter vintage: Whose table it is. What is said of it stays as it is, whatever comes after it.
    package init(_ vintage: Vintage) {
        self.init(
            dataset: vintage.dataset,
            record: Record(
                version: vintage.version, recorded: vintage.recorded, published: vintage.published,
                source: SourceReport(vintage),
                kind: vintage.kind?.rawValue, stage: vintage.latestStage?.rawValue, reason: vintage.reason),
            audits: vintage.audits, findings: vintage.findings)
    }
}
