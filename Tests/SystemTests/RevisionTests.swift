import Foundation
import Testing

extension SystemTests {
    @Suite struct Revisions {
        @Test func aSidecarSaysWhatKindOfRevisionItIs() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv")
                    _ = try await place.synchronise()
                    try place.drop(
                        SmallTables.csv(2), as: "crops-2011.csv",
                        sidecar: "kind: correction\nreason: a field was counted twice\nstage: final\n")
                    let drops = try await place.synchronise(since: 1)
                    #expect(drops.map { $0["outcome"].text } == ["revised"])
                    #expect(drops.map { $0["version"].int } == [2])

                    let history = try await place.ask("history", "crops", "2011")["vintages"].items
                    #expect(history.map { $0["version"].int } == [1, 2])
                    #expect(history.map { $0["current"].bool } == [false, true])
                    #expect(history.map { $0["outcome"].text } == ["new", "revised"])
                    #expect(history.map { $0["kind"].text } == [nil, "correction"])
                    #expect(history[1]["reason"].text == "a field was counted twice")

                    let delta = try await place.ask("delta", "crops", "--vintage", "2011:1..2")
                    #expect(delta["axis"].text == "vintage")
                    #expect(delta["from"]["version"].int == 1)
                    #expect(delta["to"]["version"].int == 2)
                    let north = delta["cells"].items.first {
                        $0["at"].texts == ["North"] || $0["at"].texts == ["north"]
                    }
                    #expect(north?["change"].int == 1)
                    #expect(north?["from"].int == SmallTables.north(1))
                    #expect(north?["relative"].double == 0.125, "a count: (9 - 8) / 8")

                    let old = try await place.ask("show", "crops", "2011", "--version", "1")
                    #expect(old["cells"].items.contains { $0["value"].int == SmallTables.north(1) })
                    // Both lie in done/ under their own hashes; the second with its sidecar.
                    #expect(try place.done.count == 3)
                }
            }
        }

        @Test func theSameFiguresAreIdentical() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv")
                    _ = try await place.synchronise()
                    // Other line ends and another order of rows: other bytes, the same table.
                    let rows = SmallTables.csv(1).split(separator: "\n")
                    let other = ([rows[0]] + rows.dropFirst().reversed()).joined(separator: "\r\n") + "\r\n"
                    try place.drop(other, as: "crops-2011.csv")
                    try place.drop(SmallTables.csv(1), as: "crops-2011 again.csv", sidecar: "dataset: crops\n")
                    let drops = try await place.synchronise(since: 1)
                    #expect(drops.map { $0["outcome"].text } == ["identical", "identical"])
                    let years = try await place.ask("years", "crops")["years"].items
                    #expect(years.map { $0["vintages"].int } == [1])
                    // Three files and a sidecar.
                    #expect(try place.done.count == 4)
                    #expect(try place.waiting.isEmpty)
                }
            }
        }

        @Test func figuresThatComeBackAreAThirdVintage() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    for seed in [1, 2, 1] {
                        try place.drop(SmallTables.csv(seed), as: "crops-2011.csv")
                        _ = try await place.synchronise()
                    }
                    let drops = try await place.ask("drops")["drops"].items
                    #expect(drops.map { $0["outcome"].text } == ["new", "revised", "revised"])
                    let history = try await place.ask("history", "crops", "2011")["vintages"].items
                    #expect(history.map { $0["version"].int } == [1, 2, 3])
                    #expect(history[2]["reverts_to"].int == 1)
                    #expect(!history[1].has("reverts_to"))
                    #expect(history.map { $0["current"].bool } == [false, false, true])
                }
            }
        }

        /// The same figures, called final: no new version, but everybody learns of it.
        @Test func aStageAloneIsIdenticalAndRemembered() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv", sidecar: "stage: flash\n")
                    _ = try await place.synchronise()
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv", sidecar: "stage: final\n")
                    let drops = try await place.synchronise(since: 1)
                    #expect(drops.map { $0["outcome"].text } == ["identical"])
                    #expect(drops.map { $0["stage"].text } == ["final"])
                    #expect(try await place.ask("show", "crops", "2011")["stage"].text == "final")
                    #expect(try await place.ask("show", "crops", "2011", "--known-at", "1")["stage"].text == "flash")
                    let history = try await place.ask("history", "crops", "2011")["vintages"].items
                    #expect(history.map { $0["stage"].text } == ["flash"])
                    #expect(history[0]["confirmed"]["stage"].text == "final")
                    #expect(history[0]["confirmed"]["seq"].int == 2)
                    let text = try await place.annalctl("history", "crops", "2011").output
                    #expect(text.contains("flash; final since "), "\(text)")
                }
            }
        }

        /// A sidecar of the year 2099 would hide every later release; at least it is said.
        @Test func aDateInTheFutureIsSaid() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv", sidecar: "published: 2099-01-01\n")
                    let future = try await place.synchronise()
                    #expect(future[0]["findings"][0]["code"].text == "published-in-future")
                    try place.drop(SmallTables.csv(2), as: "crops-2011.csv")
                    let hidden = try await place.synchronise(since: 1)
                    #expect(hidden[0]["findings"][0]["code"].text == "not-current")
                    let history = try await place.ask("history", "crops", "2011")["vintages"].items
                    #expect(history.map { $0["current"].bool } == [true, false])
                    #expect(history[1]["findings"][0]["code"].text == "not-current")
                    let text = try await place.annalctl("drops").output
                    #expect(text.contains("lies in the future") && text.contains("isn't the current version"))
                    #expect(place.said.contains("published-in-future"))
                }
            }
        }

        /// Published 2012-06-01 first, then a release of 2012-04-01 that was dropped late.
        @Test func aLateOldReleaseIsNotCurrent() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv", sidecar: "published: 2012-06-01\n")
                    _ = try await place.synchronise()
                    try place.drop(SmallTables.csv(2), as: "crops-2011.csv", sidecar: "published: 2012-04-01\n")
                    let drops = try await place.synchronise(since: 1)
                    #expect(drops.map { $0["outcome"].text } == ["revised"])
                    let history = try await place.ask("history", "crops", "2011")["vintages"].items
                    #expect(history.map { $0["current"].bool } == [true, false])
                    #expect(history[0]["published"].text?.hasPrefix("2012-06-01") == true)

                    func version(_ options: String...) async throws -> Int? {
                        let answer = try await Answer.of(
                            Repository.program("annalctl"),
                            ["show", "crops", "2011", "--format", "json", "--socket", place.socket] + options)
                        return answer.code == 0 ? answer.json["version"].int : -answer.code
                    }
                    #expect(try await version() == 1)
                    #expect(try await version("--as-of", "2012-05-01") == 2)
                    // A date means its end.
                    #expect(try await version("--as-of", "2012-06-01") == 1)
                    #expect(try await version("--as-of", "2012-04-01") == 2)
                    #expect(try await version("--as-of", "2012-03-31") == -4)
                    #expect(try await version("--known-at", "1") == 1)
                    #expect(try await version("--known-at", "2") == 1)
                    #expect(try await version("--known-at", "1", "--as-of", "2012-05-01") == -4)
                }
            }
        }

        @Test func knownAtIsThePrefixOfTheLog() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    for (seed, year) in [(1, 2010), (2, 2011), (3, 2011)] {
                        try place.drop(SmallTables.csv(seed), as: "crops-\(year).csv")
                        _ = try await place.synchronise()
                    }
                    let then = try await place.ask("show", "crops", "2011", "--known-at", "2")
                    #expect(then["version"].int == 1)
                    let now = try await place.ask("show", "crops", "2011")
                    #expect(now["version"].int == 2)
                    let early = try await place.annalctl("show", "crops", "2011", "--known-at", "1")
                    #expect(early.code == 4)
                    let delta = try await place.ask("delta", "crops", "2010..2011", "--known-at", "2")
                    #expect(delta["to"]["version"].int == 1)
                    let from = delta["cells"].items.first { $0["from"].int == SmallTables.north(1) }
                    #expect(from?["to"].int == SmallTables.north(2))
                }
            }
        }
    }
}
