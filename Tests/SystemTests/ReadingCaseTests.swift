import Foundation
import Testing

extension SystemTests {
    /// The handed cases, where they lie beside the repository: what the built programs make of small files.
    @Suite struct ReadingCases {
        @Test func everyCaseIsRight() async throws {
            let cases = Repository.root + "/../shared/cases"
            guard FileManager.default.fileExists(atPath: cases + "/run.py") else {
                print("skipped: ../shared/cases is absent")
                return
            }
            let answer = try await Answer.of(
                "python3", [cases + "/run.py", "--bin", Repository.programs, cases + "/reading"])
            #expect(answer.code == 0, "\(answer)")
            print(answer.lines.last ?? "no answer")
        }
    }
}
