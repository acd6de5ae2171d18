import Foundation
import Testing

/// Everything through the real programs, on a real file system, with real signals.
///
/// One after the other: some tests measure time, all start processes.
@Suite(.serialized, .timeLimit(.minutes(10 + Knob.crashRounds)), .daemonLogs)
enum SystemTests {}

extension Trait where Self == IssueHandlingTrait {
    /// Prints what the daemon said when something failed.
    static var daemonLogs: Self {
        .compactMapIssues { issue in
            if let place = Workplace.current {
                FileHandle.standardError.write(Data("--- what annald said ---\n\(place.said)---\n".utf8))
            }
            return issue
        }
    }
}
