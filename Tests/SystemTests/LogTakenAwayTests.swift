import Foundation
import Glibc
import Testing

extension SystemTests {
    /// The log is taken away, swapped, cut or made unrecognisable: nothing is acknowledged into it, and no repair passes over
    /// what nobody can tell of.
    @Suite struct LogTakenAway {
        private func dropped(in place: Workplace, years: ClosedRange<Int> = 2001...2003) async throws {
            for year in years { try place.drop(SmallTables.csv(year), as: "crops-\(year).csv") }
            try #require(try await place.synchronise().count == years.count)
        }

        @Test(arguments: [true, false]) func aLogThatIsMovedAway(isReplaced: Bool) async throws {
            try await Workplace.with { place in
                let (log, aside) = (place.state + "/log", place.root + "/log.old")
                try await place.withDaemon { _ in
                    try await dropped(in: place)
                    try Files.move(log, to: aside)
                    if isReplaced { try Files.makeDirectory(log) }
                    try place.drop(SmallTables.csv(2004), as: "crops-2004.csv")
                    let sync = try await place.annalctl("sync", "--timeout", "5")
                    #expect(sync.code == 6, "\(sync)")
                    #expect(try await place.health().status == 503)
                    #expect(try place.waiting.keys.sorted() == ["crops-2004.csv"])
                    if isReplaced { try FileManager.default.removeItem(atPath: log) }
                    try Files.move(aside, to: log)
                    #expect(try await place.synchronise(since: 3).count == 1, "it is put back")
                }
                try await place.withDaemon { (_) async throws -> Void in
                    #expect(try await place.ask("drops")["drops"].items.count == 4)
                    #expect(try await place.annalctl("verify").code == 0)
                }
            }
        }

        /// Whether the next file fits into the room that was made before, or not.
        @Test(arguments: [3, 100_000]) func aSegmentThatIsCutUnderneath(rowCount: Int) async throws {
            try await Workplace.with { place in
                try await place.withDaemon { daemon in
                    try await dropped(in: place)
                    let segment = try #require(try StoredFrames(log: place.state + "/log").segments.last)
                    try SystemError.check("truncate", truncate(segment, 0))
                    let rows = (0..<rowCount).map { "N\($0),\($0 &* 2_654_435_761 % 1_000_003)\n" }
                    try place.drop("region,value\n" + rows.joined(), as: "crops-2004.csv")
                    let sync = try await place.annalctl("sync", "--timeout", "5")
                    #expect(sync.code == 6, "\(sync)")
                    #expect(try place.waiting.keys.sorted() == ["crops-2004.csv"])
                    #expect(!daemon.hasEnded)
                }
            }
        }

        /// A backup finds it before a drop does, and has what is open still.
        @Test func whatABackupMissesIsRepaired() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try await dropped(in: place)
                    for name in try FileManager.default.contentsOfDirectory(atPath: place.state + "/log") {
                        try FileManager.default.removeItem(atPath: place.state + "/log/" + name)
                    }
                    #expect(try await place.annalctl("backup", place.root + "/backup.tar").code == 0)
                    #expect(try await place.ask("status")["state"].text == "read-only")
                    let repair = try await place.annalctl("repair")
                    #expect(repair.code == 0 && repair.output.contains("restored"), "\(repair)")
                    try place.drop(SmallTables.csv(2004), as: "crops-2004.csv")
                    #expect(try await place.synchronise(since: 3).count == 1)
                }
                try await place.withDaemon { (_) async throws -> Void in
                    #expect(try await place.ask("drops")["drops"].items.count == 4)
                    #expect(try await place.annalctl("verify").code == 0)
                }
            }
        }

        /// The whole directory: as long as the daemon runs, a backup gets its history out.
        @Test func aLogThatIsRemovedAltogether() async throws {
            try await Workplace.with { place in
                let backup = place.root + "/backup.tar"
                try await place.withDaemon { (_) async throws -> Void in
                    try await dropped(in: place)
                    try FileManager.default.removeItem(atPath: place.state + "/log")
                    try place.drop(SmallTables.csv(2004), as: "crops-2004.csv")
                    let sync = try await place.annalctl("sync", "--timeout", "5")
                    #expect(sync.code == 6 && sync.description.contains("annalctl backup"), "\(sync)")
                    let written = try await place.annalctl("backup", backup)
                    #expect(written.code == 0, "\(written)")
                }
                let unpacked = try await Answer.of("tar", ["-xf", backup, "-C", place.state])
                try #require(unpacked.code == 0, "\(unpacked)")
                try await place.withDaemon { (_) async throws -> Void in
                    #expect(try await place.synchronise(since: 3).count == 1)
                    #expect(try await place.ask("drops")["drops"].items.count == 4)
                    let verified = try await place.annalctl("verify", "--against", backup)
                    #expect(verified.code == 0, "\(verified)")
                }
            }
        }

        /// Header and index are gone: nothing tells how many frames there were, so nothing begins anew in their place.
        @Test func aLogOfWhichNothingTells() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in try await dropped(in: place) }
                let segment = try #require(try StoredFrames(log: place.state + "/log").segments.last)
                var bytes = try Files.bytes(Array(segment.utf8))
                for offset in 0..<8192 { bytes[offset] = 0 }
                try Files.write(bytes, to: Array(segment.utf8))
                try FileManager.default.removeItem(atPath: segment.dropLast(4) + ".idx")
                try await place.withDaemon { _ in
                    let repair = try await place.annalctl("repair")
                    #expect(repair.code == 1 && repair.output.contains("nothing tells what stands there"), "\(repair)")
                    #expect(try await place.ask("status")["state"].text == "read-only")
                    let lost = try await place.annalctl("repair", "--accept-loss")
                    #expect(lost.code == 0 && lost.output.contains("recorded as lost"), "\(lost)")
                    #expect(try await place.ask("status")["state"].text == "ready")
                }
            }
        }
    }
}
