import Annals
package import Archive
import Comparison
package import ControlAPI
import RecordLog

extension ControlProblem {
    /// What an archive that could not answer or record means for who asked.
    package init(_ error: ArchiveError) {
        let kind: ProblemKind =
            switch error {
            case .log(.noSpace), .log(.readOnly), .damaged: .readOnly
            case .log(.damaged), .log(.storage), .malformed, .missingContent, .lost: .damaged
            case .notQuarantined: .noSuchQuarantine
            case .tooLarge, .invalid, .sourceMismatch: .refused
            case .log, .unsupportedFrame, .contended, .notReadBack, .abandoned: .failure
            }
        self.init(kind, error.description, remedy: kind == .damaged ? "Run annalctl verify." : nil)
    }

    /// What any failure means for who asked, where there is nothing left to look into.
    init(anything error: any Error) {
        switch error {
        case let problem as ControlProblem: self = problem
        case let error as ArchiveError: self.init(error)
        default: self.init(.failure, "\(error)")
        }
    }

    /// What a refused comparison or selection means for who asked.
    init(_ refusal: ComparisonRefusal) {
        self.init(refusal.isAboutSelection ? .wrongParameter : .deltaRefused, refusal.message + ".")
    }
}

extension DropReport {
    package init(_ entry: DropEntry) {
        self.init(
            seq: entry.sequence, file: entry.file, dataset: entry.dataset?.slug, year: entry.year,
            version: entry.version, outcome: entry.outcome.rawValue, recorded: entry.recorded, reason: entry.reason,
            quarantine: entry.quarantineID, findings: entry.findings,
            kind: entry.kind?.rawValue, stage: entry.stage?.rawValue)
    }
}

extension QuarantinedReport {
    /// - Parameter entry: One that is quarantined.
    package init(_ entry: DropEntry) {
        self.init(
            id: entry.quarantineID ?? "", file: entry.file, recorded: entry.recorded,
            reason: entry.reason ?? Reason("No reason is recorded."), seq: entry.sequence,
            dataset: entry.dataset?.slug, year: entry.year, sha256: entry.claim.sha256.hex, bytes: entry.claim.size)
    }
}

extension DeltaSide {
    init(_ vintage: Vintage) {
        self.init(
            year: vintage.year, version: vintage.version, kind: vintage.kind?.rawValue,
            stage: vintage.latestStage?.rawValue, reason: vintage.reason)
    }
}

extension DeltaSummary {
    init(_ summary: Delta.Summary) {
        self.init(
            compared: summary.compared, appeared: summary.appeared, vanished: summary.vanished,
            transitions: summary.transitions, increased: summary.increased, decreased: summary.decreased,
            unchanged: summary.unchanged)
    }
}

extension TableHeading {
    init(_ vintage: Vintage) {
        let source = SourceReport(
            file: vintage.source.file, sha256: vintage.source.sha256.hex, bytes: vintage.source.bytes,
            format: vintage.source.format)
        self.init(
            dataset: vintage.dataset,
            record: Record(
                version: vintage.version, recorded: vintage.recorded, published: vintage.published, source: source,
                kind: vintage.kind?.rawValue, stage: vintage.latestStage?.rawValue, reason: vintage.reason),
            audits: vintage.audits, findings: vintage.findings)
    }
}
