import Foundation
import Testing

extension SystemTests {
    /// What is accepted can be read again: dates at the ends of time, and logs that hold what this version wouldn't write.
    @Suite struct Unread {
        /// Each lies outside of the years 1 to 9999 once its offset is applied.
        private static let dates = ["0000-01-01T00:00:00+14:00", "9999-12-31T23:59:60Z", "9999-12-31T23:59:59-14:00"]

        @Test func aSidecarThatCouldNotBeReadAgainIsQuarantinedAndAllGoesOn() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    for (number, date) in Self.dates.enumerated() {
                        try place.drop(
                            SmallTables.csv(number), as: "crops-200\(number).csv", sidecar: "published: \(date)\n")
                    }
                    try place.drop(
                        SmallTables.csv(5), as: "crops-2005.csv", sidecar: "published: 9999-12-31T23:59:59.999999Z\n")
                    try place.drop(
                        SmallTables.csv(6), as: "crops-2006.csv", sidecar: "published: 0001-01-01T14:00:00+14:00\n")
                    let drops = try await place.synchronise()
                    #expect(drops.count { $0["outcome"].text == "quarantined" } == 3, "\(drops)")
                    #expect(drops.count { $0["outcome"].text == "new" } == 2, "\(drops)")
                    for drop in drops where drop["outcome"].text == "quarantined" {
                        #expect(drop["reason"]["message"].text?.contains("years 1 to 9999") == true, "\(drop)")
                        #expect(drop["reason"]["remedy"].text?.contains("2011-04-28") == true, "\(drop)")
                        #expect(drop["reason"]["line"].int == 1, "\(drop)")
                    }
                }
                try await expectAllWell(in: place, years: [2005, 2006])
            }
        }

        @Test func aLogThatAnEarlierVersionWedgedOpens() async throws {
            try await Workplace.with { place in
                try Self.place("wedged", in: place)
                try await place.withDaemon { _ in
                    let datasets = try await place.ask("datasets")["datasets"].items
                    #expect(datasets.map { $0["dataset"].text ?? $0["id"].text } == ["population", "wedge"])
                    let marked = try await place.ask("drops")["drops"].items.filter { drop in
                        drop["findings"].items.contains { $0["code"].text == "published-out-of-range" }
                    }
                    #expect(marked.map { $0["seq"].int } == [3, 4, 5])
                    #expect(try await place.annalctl("show", "wedge", "1951").code == 0)
                }
                try await expectAllWell(in: place, years: [])
            }
        }

        @Test func aCommitThatNobodyCanReadIsAnObstacleUntilItIsGivenUp() async throws {
            try await Workplace.with { place in
                try Self.place("unread", in: place)
                try await place.withDaemon { _ in
                    let status = try await place.ask("status")
                    #expect(status["state"].text == "read-only", "\(status)")
                    #expect(status["problems"][0].text?.contains("annalctl repair") == true, "\(status)")
                    try place.drop(SmallTables.csv(1), as: "crops-2001.csv")
                    let sync = try await place.annalctl("sync", "--timeout", "20")
                    #expect(sync.code == 6, "\(sync)")
                    let years = try await place.ask("years", "net-migration")["years"].items
                    #expect(years.map { $0["year"].int } == [2001, 2003, 2004])
                    #expect(try await place.annalctl("verify").code == 1)

                    let refused = try await place.annalctl("repair")
                    #expect(refused.code == 1 && refused.output.contains("net-migration 2002"), "\(refused)")
                    let accepted = try await place.annalctl("repair", "--accept-loss")
                    #expect(accepted.code == 0 && accepted.output.contains("net-migration 2002"), "\(accepted)")
                    let drops = try await place.synchronise()
                    #expect(drops.contains { $0["file"].text == "crops-2001.csv" && $0["outcome"].text == "new" })
                }
                try await expectAllWell(in: place, years: [2001])
            }
        }

        /// After a restart: what was taken is there, another drop is taken, and the log verifies.
        private func expectAllWell(in place: Workplace, years: [Int]) async throws {
            try await place.withDaemon { _ in
                let status = try await place.ask("status")
                #expect(status["state"].text == "ready", "\(status)")
                try place.drop(SmallTables.csv(9), as: "crops-2009.csv")
                let drops = try await place.synchronise()
                #expect(drops.contains { $0["file"].text == "crops-2009.csv" && $0["outcome"].text == "new" })
                let found = try await place.ask("years", "crops")["years"].items
                #expect(found.map { $0["year"].int } == years + [2009])
                let verified = try await place.annalctl("verify")
                #expect(verified.code == 0, "\(verified)")
                #expect(try await place.annalctl("repair").output == "nothing to repair\n")
            }
        }

        /// Puts a log where the daemon looks for its own.
        private static func place(_ log: String, in place: Workplace) throws {
            let directory = place.state + "/log"
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            let source = Repository.root + "/Tests/ArchiveTests/Logs/" + log
            for name in try FileManager.default.contentsOfDirectory(atPath: source) {
                try FileManager.default.copyItem(atPath: source + "/" + name, toPath: directory + "/" + name)
            }
        }
    }
}
