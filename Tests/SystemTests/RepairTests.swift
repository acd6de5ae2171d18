import Foundation
import Glibc
import Testing

extension SystemTests {
    /// `repair`, and what the other commands say before and after it.
    @Suite struct Repairs {
        /// Changes one bit of the first place in a log's segments where a text stands.
        private func spoil(_ text: String, in place: Workplace) throws {
            let log = place.state + "/log/"
            for name in try FileManager.default.contentsOfDirectory(atPath: log).sorted() where name.hasSuffix(".seg") {
                var bytes = try Data(contentsOf: URL(filePath: log + name))
                guard let found = bytes.range(of: Data(text.utf8)) else { continue }
                bytes[found.lowerBound] ^= 0x20
                try bytes.write(to: URL(filePath: log + name))
                return
            }
            Issue.record("“\(text)” stands in no segment")
        }

        /// Drops of three years, the daemon stopped afterwards.
        private func fill(_ place: Workplace, backup: String) async throws {
            try await place.withDaemon { _ in
                for year in 1...3 {
                    try place.drop(SmallTables.csv(year), as: "crops-\(2000 + year).csv")
                    _ = try await place.synchronise()
                }
                #expect(try await place.annalctl("backup", backup).code == 0)
                let nothing = try await place.annalctl("repair")
                #expect(nothing.code == 0 && nothing.output == "nothing to repair\n", "\(nothing)")
            }
        }

        @Test func whatHasASecondCopyIsHealed() async throws {
            try await Workplace.with { place in
                let backup = place.root + "/annal.tar"
                try await fill(place, backup: backup)
                try spoil("North,\(SmallTables.north(2))", in: place)
                try await place.withDaemon { _ in
                    let damaged = try await place.annalctl("verify", "--format", "json")
                    #expect(damaged.code == 1, "\(damaged)")
                    #expect(damaged.json["sound"].bool == false)
                    #expect(damaged.json["damage"][0]["place"].text?.hasPrefix("00000001.seg") == true)
                    #expect(try await place.ask("status")["state"].text == "read-only")
                    // Answers go on, commits don't.
                    #expect(try await place.annalctl("show", "crops", "2002").code == 0)
                    try place.drop(SmallTables.csv(4), as: "crops-2004.csv")
                    #expect(try await place.annalctl("sync", "--timeout", "10").code == 6)
                    let refused = try await place.annalctl("backup", place.root + "/refused.tar")
                    #expect(refused.code == 1, "\(refused)")
                    #expect(Files.size(place.root + "/refused.tar") == nil)
                    #expect(Files.size(place.root + "/refused.tar.part") == nil)

                    let healed = try await place.annalctl("repair", "--format", "json")
                    #expect(healed.code == 0, "\(healed)")
                    #expect(healed.json["healed"].bool == true && healed.json["restored_frames"].int == 1)
                    #expect(healed.json["lost"].items.isEmpty)
                    // Without a restart the file that waited is taken.
                    #expect(try await place.synchronise(since: 3).map { $0["outcome"].text } == ["new"])
                    #expect(try await place.ask("status")["state"].text == "ready")
                    let sound = try await place.annalctl("verify", "--format", "json", "--against", backup)
                    #expect(sound.code == 0, "\(sound)")
                    #expect(sound.json["restored"].items.count == 1)
                    #expect(sound.json["losses"].items.isEmpty)
                    // A copy of a log with repaired damage is as good as any.
                    let after = place.root + "/after.tar"
                    let copied = try await place.annalctl("backup", after)
                    #expect(copied.code == 0, "\(copied)")
                    let offline = try await place.annalctl("verify", "--offline", after, "--format", "json")
                    #expect(offline.code == 0, "\(offline)")
                    #expect(offline.json["restored"].items.count == 1)
                }
                // And it stays so.
                try await place.withDaemon { _ async throws in
                    #expect(try await place.annalctl("verify").code == 0)
                    #expect(try await place.annalctl("repair").output == "nothing to repair\n")
                }
            }
        }

        @Test func whatIsLostIsNamedAndRecordedWhenAsked() async throws {
            try await Workplace.with { place in
                let backup = place.root + "/annal.tar"
                try await fill(place, backup: backup)
                // All copies of one file: in the log, in its index, in done/.
                try spoil("North,\(SmallTables.north(2))", in: place)
                for path in try Files.tree(place.state) {
                    let name = String(decoding: path, as: UTF8.self)
                    guard name.hasSuffix(".idx") || name.hasSuffix("crops-2002.csv") else { continue }
                    try FileManager.default.removeItem(atPath: place.state + "/" + name)
                }
                try await place.withDaemon { _ in
                    let lost = try await place.annalctl("repair", "--format", "json")
                    #expect(lost.code == 1, "\(lost)")
                    #expect(lost.json["healed"].bool == false && lost.json["loss_accepted"].bool == false)
                    let loss = lost.json["lost"][0]
                    #expect(loss["dataset"].text == "crops" && loss["year"].int == 2002 && loss["version"].int == 1)
                    #expect(loss["file"].text == "crops-2002.csv" && loss["figures_lost"].bool == false)
                    #expect(loss["reason"].text?.isEmpty == false)
                    let words = try await place.annalctl("repair")
                    #expect(words.code == 1)
                    #expect(words.output.contains("crops 2002, version 1 (crops-2002.csv)"), "\(words)")
                    #expect(words.output.contains("--accept-loss"), "\(words)")
                    #expect(try await place.ask("status")["state"].text == "read-only")
                    #expect(try await place.annalctl("verify").code == 1)

                    let accepted = try await place.annalctl("repair", "--accept-loss", "--format", "json")
                    #expect(accepted.code == 0, "\(accepted)")
                    #expect(accepted.json["loss_accepted"].bool == true)
                    let sound = try await place.annalctl("verify", "--format", "json", "--against", backup)
                    #expect(sound.code == 0, "\(sound)")
                    #expect(sound.json["losses"][0]["vintages"][0]["file"].text == "crops-2002.csv")
                    // The figures are there still; the history goes on.
                    #expect(try await place.annalctl("show", "crops", "2002").code == 0)
                    try place.drop(SmallTables.csv(4), as: "crops-2004.csv")
                    #expect(try await place.synchronise(since: 3).map { $0["outcome"].text } == ["new"])
                    let after = place.root + "/after.tar"
                    #expect(try await place.annalctl("backup", after).code == 0)
                    let offline = try await place.annalctl("verify", "--offline", after, "--format", "json")
                    #expect(offline.code == 0, "\(offline)")
                    #expect(offline.json["losses"].items.count == 1)
                }
            }
        }

        @Test(.enabled(if: geteuid() == 0, "only root can act as somebody else"))
        func repairIsForAdmins() async throws {
            try await Workplace.with { place in
                #expect(try await place.annalctl("repair").code == 3, "no daemon")
                try await place.withDaemon { _ in
                    chmod(place.socket, 0o666)
                    let answer = try await place.annalctl("repair", "--accept-loss", as: 65_534)
                    #expect(answer.code == 5, "\(answer)")
                    #expect(try await place.annalctl("repair", "--format", "csv").code == 2)
                    #expect(try await place.annalctl("repair").code == 0)
                }
            }
        }
    }
}
