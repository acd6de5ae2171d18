import Archive
import ArchiveAnswers
import Comparison
import ControlAPI

extension ControlProblem {
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
        self.init(
            refusal.isAboutSelection ? .wrongParameter : .deltaRefused, refusal.message + ".", remedy: refusal.remedy)
    }
}

extension DeltaSummary {
    init(_ summary: Delta.Summary, _ explanation: Explanation? = nil, _ breaks: SeriesBreaks? = nil) {
        self.init(
            compared: summary.compared, appeared: summary.appeared, vanished: summary.vanished,
            transitions: summary.transitions, sameReason: summary.sameReason, increased: summary.increased,
            decreased: summary.decreased, unchanged: summary.unchanged, explained: explanation?.explained,
            unexplained: explanation?.unexplained, acrossBreak: breaks?.count)
    }
}
