import Foundation
import Testing

extension SystemTests {
    @Suite struct Histories {
        /// Another spelling is a revision without a changed figure, and history says what it is; another decimal is none.
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
                    #expect(history.map { $0["outcome"].text } == ["new", "revised"])
                    #expect(history.map { $0["altered"].items.map { $0["code"].text } } == [[], ["labels"]])
                    #expect(try await place.ask("drops")["drops"].items.last?["outcome"].text == "identical")
                    #expect(history.allSatisfy { $0["changed"]["increased"].int ?? 0 == 0 })
                    let text = try await place.annalctl("history", "crops", "2011").output
                    #expect(text.contains("1 label: 01 Ostfold is Østfold"), "\(text)")
                }
            }
        }
    }
}
