import Foundation
import Testing

extension SystemTests {
    /// Workbooks of all shapes, as `workbooks.py` makes them and says what must come of each.
    @Suite struct Workbooks {
        private static let scripts = Repository.root + "/Tests/CrossCheckTests/Python"
        private static let python = Repository.root + "/.build/cross-checks/bin/python"

        /// Makes them in a folder; false where there is no Python to do so.
        private static func make(in folder: String) async throws -> Bool {
            guard FileManager.default.isExecutableFile(atPath: python) else {
                print("skipped: no Python to make workbooks with (deploy/test sets it up)")
                return false
            }
            let made = try await Answer.of(python, ["\(scripts)/workbooks.py", folder])
            try #require(made.code == 0, "\(made)")
            return true
        }

        @Test func eachComesToWhatWasSaidBefore() async throws {
            try await Workplace.with { place in
                guard try await Self.make(in: place.drafts) else { return }
                let checked = try await Answer.of(
                    Self.python, ["\(Self.scripts)/check_workbooks.py", Repository.program("annalctl"), place.drafts])
                print(checked.output)
                #expect(checked.code == 0, "\(checked)")
            }
        }

        /// Nothing that the libraries do in a reader's process is denied, whatever the file.
        @Test func readersMayDoAllThatTheyNeed() async throws {
            try await Workplace.with { place in
                guard try await Self.make(in: place.drafts) else { return }
                let names = try FileManager.default.contentsOfDirectory(atPath: place.drafts).sorted()
                try await place.withDaemon { daemon in
                    for name in names where !name.hasSuffix(".json") {
                        try FileManager.default.moveItem(
                            atPath: "\(place.drafts)/\(name)", toPath: "\(place.inbox)/\(name)")
                    }
                    let drops = try await place.synchronise(timeoutSeconds: 120)
                    for drop in drops where drop["outcome"].text == "quarantined" {
                        let message = drop["reason"]["message"].text ?? ""
                        #expect(!message.contains("system call") && !message.contains("broke down"), "\(drop)")
                        #expect(drop["reason"]["remedy"].text?.isEmpty == false, "\(drop)")
                    }
                    #expect(drops.count { $0["outcome"].text != "quarantined" } > 50, "\(drops.count) drops")
                    #expect(!daemon.hasEnded)
                }
            }
        }
    }
}
