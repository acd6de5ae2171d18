import Foundation
import Testing

extension SystemTests {
    /// Figures in another unit, and half a table, dropped into the real daemon.
    @Suite struct Plausibility {
        private func csv(_ rows: Int = 24, times factor: Int = 1, plus: Int = 0, unit: String = "NOK") -> String {
            (1...rows).reduce("region,income (\(unit))\n") { text, row in
                text + "Region \(row),\((row * 1237 + plus) * factor)\n"
            }
        }

        @Test func aTableInAnotherUnitIsTakenAsideUnlessTheSidecarSaysWhy() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(csv(), as: "income-2010.csv")
                    _ = try await place.synchronise()
                    try place.drop(csv(times: 1000, plus: 3), as: "income-2011.csv")
                    let drops = try await place.synchronise(since: 1)
                    #expect(drops.map { $0["outcome"].text } == ["quarantined"])
                    let listed = try await place.ask("quarantine", "list")["quarantined"].items
                    let reason = try #require(listed.first)["reason"]
                    #expect(
                        reason["message"].text?.hasPrefix("scale: this would be income 2011, but 24 of 24 figures")
                            == true)
                    #expect(reason["line"].int == 1 && reason["found"].text == "region,income (NOK)")
                    #expect(reason["remedy"].text?.contains("kind: correction") == true)
                    try place.drop(
                        csv(times: 1000, plus: 3), as: "income-2011 again.csv",
                        sidecar: "dataset: income\nyear: 2011\nkind: method\n")
                    let again = try await place.synchronise(since: 2)
                    #expect(again.map { $0["outcome"].text } == ["new"])
                }
            }
        }

        @Test func halfATableIsTakenAsideUnlessTheSidecarSaysWhy() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(csv(), as: "income-2010.csv")
                    _ = try await place.synchronise()
                    try place.drop(csv(11), as: "income-2010.csv")
                    let drops = try await place.synchronise(since: 1)
                    #expect(drops.map { $0["outcome"].text } == ["quarantined"])
                    #expect(drops[0]["reason"]["message"].text?.hasPrefix("incomplete: ") == true)
                    try place.drop(
                        csv(11), as: "income-2010.csv", sidecar: "reason: the others are not published any more\n")
                    let again = try await place.synchronise(since: 2)
                    #expect(again.map { $0["outcome"].text } == ["revised"])
                    // Whatever the year, half of the codes are enough to be the dataset.
                    try place.drop(csv(), as: "income-2010 once more.csv", sidecar: "dataset: income\nyear: 2010\n")
                    #expect(try await place.synchronise(since: 3).map { $0["outcome"].text } == ["revised"])
                }
            }
        }
    }
}
