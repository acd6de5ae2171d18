import Foundation
import Testing

extension SystemTests {
    @Suite struct Quarantine {
        /// A definition of `crops` in which North is a total that the figures don't bear out.
        @Test func showRetryDiscard() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(SmallTables.broken(1), as: "crops-2011.csv")
                    try place.drop(SmallTables.broken(2), as: "crops-2012.csv")
                    let drops = try await place.synchronise()
                    #expect(drops.map { $0["outcome"].text } == ["quarantined", "quarantined"])

                    let list = try await place.ask("quarantine", "list")["quarantined"].items
                    #expect(Set(list.map { $0["file"].text }) == ["crops-2011.csv", "crops-2012.csv"])
                    let id = try #require(list.first { $0["file"].text == "crops-2011.csv" }?["id"].text)
                    let shown = try await place.ask("quarantine", "show", id)
                    #expect(shown["id"].text == id)
                    #expect(shown["reason"]["line"].int == 2)
                    #expect(shown["recorded"].text != nil)

                    let kept = try place.quarantine
                    #expect(kept["\(id)/crops-2011.csv"] == Array(SmallTables.broken(1).utf8), "\(kept.keys)")
                    let reason = try JSON(String(decoding: kept["\(id)/reason.json"] ?? [], as: UTF8.self))
                    #expect(
                        reason["message"].text == shown["reason"]["message"].text || reason["reason"] == shown["reason"]
                    )

                    try await expectRetry(of: id, in: place)
                    try await expectDiscard(in: place)
                }
            }
        }

        /// Nothing has changed, so that a retried file ends in quarantine again, under a new number.
        private func expectRetry(of id: String, in place: Workplace) async throws {
            let before = try await place.ask("drops")["drops"].items.compactMap { $0["seq"].int }.max() ?? 0
            let retry = try await place.annalctl("quarantine", "retry", id)
            #expect(retry.code == 1, "\(retry)")
            #expect(retry.output.contains("\(id) retried, and quarantined again as "), "\(retry)")
            try await wait(upTo: .seconds(10), for: "the retried file's outcome") {
                try await place.synchronise(since: before).contains { $0["outcome"].text == "quarantined" }
            }
            let list = try await place.ask("quarantine", "list")["quarantined"].items
            #expect(Set(list.map { $0["file"].text }) == ["crops-2011.csv", "crops-2012.csv"])
            #expect(list.count == 2)
        }

        private func expectDiscard(in place: Workplace) async throws {
            let list = try await place.ask("quarantine", "list")["quarantined"].items
            let id = try #require(list.first { $0["file"].text == "crops-2012.csv" }?["id"].text)
            let discard = try await place.annalctl("quarantine", "discard", id)
            #expect(discard.code == 0, "\(discard)")
            let left = try await place.ask("quarantine", "list")["quarantined"].items
            #expect(left.map { $0["file"].text } == ["crops-2011.csv"])
            #expect(try await place.annalctl("quarantine", "show", id).code == 4)
            // What happened stays in the log of arrivals.
            let drops = try await place.ask("drops", "--outcome", "quarantined")["drops"].items
            #expect(drops.contains { $0["file"].text == "crops-2012.csv" })
            #expect(try await place.annalctl("verify").code == 0)
        }

        /// Only the very file goes back, into its folder, and what else lies there stays and is named.
        @Test func aRetryTakesNothingButItsFile() async throws {
            try await Workplace.with { place in
                try place.define("crops")
                try await place.withDaemon { _ in
                    try Files.makeDirectory(place.inbox + "/crops")
                    try place.drop(SmallTables.broken(1), as: "crops/2011.csv", sidecar: "reason: first\n")
                    let id = try #require(try await place.synchronise().first?["quarantine"].text)
                    let folder = "\(place.state)/quarantine/\(id)"
                    try Files.write("a note\n", to: folder + "/0-note.csv")
                    try Files.write(SmallTables.csv(1), to: folder + "/2011.csv")
                    try FileManager.default.removeItem(atPath: place.inbox + "/crops")
                    let retry = try await place.annalctl("quarantine", "retry", id)
                    #expect(retry.code == 0 && retry.output.contains("0-note.csv"), "\(retry)")
                    let drops = try await place.ask("drops", "--since", "1")["drops"].items
                    #expect(drops.map { $0["file"].text } == ["crops/2011.csv"], "\(drops)")
                    #expect(drops.map { $0["dataset"].text } == ["crops"])
                    #expect(try place.quarantine.keys.sorted() == ["\(id)/0-note.csv", "\(id)/reason.json"])
                    #expect(try place.done.keys.contains { $0.hasSuffix("2011.csv.meta.yaml") })
                    #expect(try place.waiting.isEmpty)
                }
            }
        }

        /// After a restart the lists are the same: they are in the log.
        @Test func survivesARestart() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(SmallTables.broken(1), as: "crops-2011.csv")
                    try place.drop(SmallTables.csv(2), as: "crops-2012.csv")
                    let drops = try await place.synchronise()
                    #expect(drops.count == 2)
                }
                try await place.withDaemon { _ in
                    let list = try await place.ask("quarantine", "list")["quarantined"].items
                    #expect(list.map { $0["file"].text } == ["crops-2011.csv"])
                    let years = try await place.ask("years", "crops")["years"].items
                    #expect(years.map { $0["year"].int } == [2012])
                }
            }
        }

        /// As it stands when a kill comes behind the move and before the commit.
        @Test func aRetryThatWasKilledIsFinished() async throws {
            try await Workplace.with { place in
                let id = try await place.withDaemon { _ in
                    try place.drop(SmallTables.broken(1), as: "crops-2011.csv")
                    return try #require(try await place.synchronise().first?["quarantine"].text)
                }
                let folder = "\(place.state)/quarantine/\(id)"
                try Files.write("", to: folder + "/.returned")
                try FileManager.default.removeItem(atPath: folder + "/crops-2011.csv")
                try place.drop(SmallTables.csv(1), as: "crops-2011.csv")
                try await place.withDaemon { _ in
                    let drops = try await place.synchronise(since: 1)
                    #expect(drops.map { $0["outcome"].text } == ["new"], "\(drops)")
                    #expect(try await place.ask("quarantine", "list")["quarantined"].items.isEmpty)
                    #expect(try place.quarantine.isEmpty)
                }
            }
        }

        /// A retry after the definition has been corrected takes the file.
        @Test func aCorrectedDefinitionLetsARetryThrough() async throws {
            try await Workplace.with { place in
                let definition = place.root + "/config/datasets.d/crops.yaml"
                try Files.write(
                    "dataset: crops\nmatch:\n  file: [\"crops-*\"]\ndialect: nowhere\n", to: definition)
                let refused = try await place.annald("--check-config", "--config", place.configuration)
                #expect(refused.code != 0, "a definition that names no dialect")
                try FileManager.default.removeItem(atPath: definition)
                try await place.withDaemon { _ in
                    let page = try FoundingPage.text().replacingOccurrences(of: "\t96\t", with: "\t69\t")
                    try place.drop(page, as: "net-migration-2011.txt")
                    let drops = try await place.synchronise()
                    let id = try #require(drops.first?["quarantine"].text)
                    try place.setFailedAudit("warn")
                    let reload = try await place.annalctl("reload")
                    #expect(reload.code == 0, "\(reload)")
                    let retry = try await place.annalctl("quarantine", "retry", id)
                    #expect(retry.code == 0, "\(retry)")
                    let seen = drops.first?["seq"].int ?? 0
                    try await wait(upTo: .seconds(10), for: "the retried file's outcome") {
                        try await place.synchronise(since: seen).contains { $0["outcome"].text == "new" }
                    }
                    let show = try await place.ask("show", "net-migration-between-counties", "2011")
                    #expect(show["audits"].items.contains { $0["result"].text == "failed" })
                    let left = try await place.ask("quarantine", "list")["quarantined"].items
                    #expect(left.isEmpty)
                }
            }
        }
    }
}

extension Workplace {
    /// Rewrites what the shipped definition of the founding table does with a failed audit.
    func setFailedAudit(_ choice: String) throws {
        let directory = root + "/config/datasets.d"
        for name in try FileManager.default.contentsOfDirectory(atPath: directory) {
            var lines = try String(contentsOfFile: "\(directory)/\(name)", encoding: .utf8)
                .components(separatedBy: "\n")
            guard lines.contains("dataset: net-migration-between-counties") else { continue }
            lines.removeAll { $0.hasPrefix("on-failed-audit:") }
            lines.append("on-failed-audit: \(choice)\n")
            try Files.write(lines.joined(separator: "\n"), to: "\(directory)/\(name)")
        }
    }
}
