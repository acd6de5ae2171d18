import Foundation
import Testing

extension SystemTests {
    /// The handed trials of the running daemon, where they lie beside the repository.
    @Suite struct DaemonCases {
        @Test func everyTrialHolds() async throws {
            let trials = Repository.root + "/../shared/cases/daemon/run.py"
            guard FileManager.default.fileExists(atPath: trials) else {
                print("skipped: ../shared/cases/daemon is absent")
                return
            }
            let answer = try await Answer.of("python3", [trials, "--bin", Repository.programs])
            #expect(answer.code == 0, "\(answer)")
            print(answer.lines.last ?? "no answer")
        }
    }
}
