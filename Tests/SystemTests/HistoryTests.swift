import Foundation
import Testing

extension SystemTests {
    @Suite struct Histories {
        /// Another spelling and another decimal are revisions without a changed figure; history says what they are.
        @Test func whatChangesBesideTheFiguresIsNamed() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    for text in [
                        "01 Ostfold,5\n02 Oslo,6\n", "01 Østfold,5\n02 Oslo,6\n", "01 Østfold,5.0\n02 Oslo,6.0\n",
                    ] {
                        try place.drop("region,value\n" + text, as: "crops-2011.csv")
                        _ = try await place.synchronise()
                    }
                    let history = try await place.ask("history", "crops", "2011")["vintages"].items
                    #expect(history.map { $0["outcome"].text } == ["new", "revised", "revised"])
                    #expect(
                        history.map { $0["altered"].items.map { $0["code"].text } } == [[], ["labels"], ["decimals"]])
                    #expect(history.allSatisfy { $0["changed"]["increased"].int ?? 0 == 0 })
                    let text = try await place.annalctl("history", "crops", "2011").output
                    #expect(text.contains("1 label: 01 Ostfold is Østfold"), "\(text)")
                }
            }
        }
    }
}
