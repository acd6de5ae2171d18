package import Archive
package import ControlAPI
internal import RecordLog

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
}
