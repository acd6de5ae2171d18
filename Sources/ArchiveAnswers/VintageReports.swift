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
            stage: vintage.latestStage?.rawValue, reason: vintage.reason)
    }
}

extension TableHeading {
    package init(_ vintage: Vintage) {
        let source = SourceReport(
            file: vintage.source.file, sha256: vintage.source.sha256.hex, bytes: vintage.source.bytes,
            format: vintage.facts.reader)
        self.init(
            dataset: vintage.dataset,
            record: Record(
                version: vintage.version, recorded: vintage.recorded, published: vintage.published, source: source,
                kind: vintage.kind?.rawValue, stage: vintage.latestStage?.rawValue, reason: vintage.reason),
            audits: vintage.audits, findings: vintage.findings)
    }
}
