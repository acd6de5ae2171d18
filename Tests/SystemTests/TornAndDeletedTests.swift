import Foundation
import Testing

extension SystemTests {
    /// What must not be taken for damage, and a segment that goes while the daemon has it open.
    @Suite struct TornAndDeleted {
        /// Power goes while a batch is on its way, and only its later frames arrive: no damage.
        ///
        /// No index record vouches for it. The file still lies in the inbox and is taken.
        @Test func aBatchThatArrivedInPartIsCut() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    for year in 2001...2003 {
                        try place.drop(SmallTables.csv(year), as: "crops-\(year).csv")
                        try #require(try await place.synchronise(since: year - 2001).count == 1)
                    }
                }
                let stored = try StoredFrames(log: place.state + "/log")
                let commits = stored.frames.filter { $0.kind == 2 }
                let last = try #require(commits.last)
                var bytes = try Files.bytes(Array(last.file.utf8))
                let start = (commits[1].end + 7) / 8 * 8
                for offset in start..<min((start / 512 + 1) * 512, last.offset) { bytes[offset] = 0 }
                try Files.write(bytes, to: Array(last.file.utf8))
                try FileManager.default.removeItem(atPath: last.file.dropLast(4) + ".idx")
                let filed = try #require(try place.done.keys.first { $0.hasSuffix("crops-2003.csv") })
                try Files.move("\(place.state)/done/\(filed)", to: place.inbox + "/crops-2003.csv")
                try await place.withDaemon { _ in
                    let drops = try await place.synchronise()
                    #expect(drops.map { $0["seq"].int } == [1, 2, 3])
                    #expect(drops.allSatisfy { $0["outcome"].text == "new" }, "\(drops)")
                    let status = try await place.ask("status")
                    #expect(status["state"].text == "ready", "a power cut is no damage: \(status)")
                    #expect(try await place.annalctl("verify").code == 0)
                    #expect(place.said.contains("an unfinished batch was cut from the log"))
                    let names = try FileManager.default.contentsOfDirectory(atPath: place.state + "/log")
                    #expect(names.contains { $0.hasSuffix(".broken") }, "\(names)")
                }
            }
        }

        /// The segment that is being written is removed: nothing is acknowledged into it, the state says so, and once it is
        /// repaired everything that had been acknowledged is there, after a restart too.
        @Test func aSegmentDeletedUnderneath() async throws {
            try await Workplace.with { place in
                let before = try await place.withDaemon { daemon in
                    for year in 2001...2003 { try place.drop(SmallTables.csv(year), as: "crops-\(year).csv") }
                    try #require(try await place.synchronise().count == 3)
                    let before = try await Remembered(of: place, years: 2001...2003)
                    let segment = try #require(try StoredFrames(log: place.state + "/log").segments.last)
                    try FileManager.default.removeItem(atPath: segment)
                    try place.drop(SmallTables.csv(2004), as: "crops-2004.csv")
                    let sync = try await place.annalctl("sync", "--timeout", "5")
                    #expect(sync.code == 6, "\(sync)")
                    let status = try await place.ask("status")
                    #expect(status["state"].text == "read-only", "\(status)")
                    #expect(status["problems"].texts.contains { $0.contains("missing segment") }, "\(status)")
                    #expect(try place.waiting.keys.sorted() == ["crops-2004.csv"])
                    #expect(!daemon.hasEnded)
                    #expect(try await Remembered(of: place, years: 2001...2003) == before, "reading goes on")
                    #expect(try await place.annalctl("verify").code == 1)
                    let repair = try await place.annalctl("repair")
                    #expect(repair.code == 0, "\(repair)")
                    #expect(try await place.synchronise(since: 3).map { $0["outcome"].text } == ["new"])
                    return before
                }
                try await place.withDaemon { (_) async throws -> Void in
                    #expect(try await place.ask("drops")["drops"].items.count == 4)
                    #expect(try await Remembered(of: place, years: 2001...2003) == before)
                    #expect(try await place.annalctl("verify", "--against", before.head).code == 0)
                    #expect(try await place.ask("status")["state"].text == "ready")
                }
            }
        }
    }
}
