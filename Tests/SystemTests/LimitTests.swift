import Foundation
import Glibc
import Testing

extension SystemTests {
    /// Too long, too large, not readable, no room.
    @Suite struct Limits {
        /// A billion bytes of one line are refused by the line limit without ever being in memory.
        @Test func aGigabyteOfOneLine() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { daemon in
                    let draft = place.drafts + "/crops-2011.csv"
                    try Files.write([UInt8](repeating: 0x31, count: 20 << 20), to: Array(draft.utf8))
                    // The rest is a hole: the reader must have refused long before.
                    try SystemError.check("truncate", truncate(draft, 1_000_000_000))
                    try Files.move(draft, to: place.inbox + "/crops-2011.csv")
                    let drops = try await place.synchronise(timeoutSeconds: 60)
                    #expect(drops.map { $0["outcome"].text } == ["quarantined"])
                    let message = drops.first?["reason"]["message"].text ?? ""
                    #expect(message.lowercased().contains("line"), "\(drops)")
                    #expect(drops.first?["reason"]["remedy"].text?.isEmpty == false)
                    let peak = try #require(daemon.peakMemoryKiB)
                    #expect(peak < 200 << 10, "the daemon had \(peak >> 10) MiB")
                    let kept = try Files.tree(place.state + "/quarantine").map { String(decoding: $0, as: UTF8.self) }
                    let file = try #require(kept.first { $0.hasSuffix("crops-2011.csv") })
                    #expect(Files.size(place.state + "/quarantine/" + file) == 1_000_000_000)
                    let status = try await place.ask("status")
                    #expect(status["state"].text == "ready")
                }
            }
        }

        @Test func aFileBeyondTheLimit() async throws {
            try await Workplace.with(configuration: "file_bytes: 100\n") { place in
                try await place.withDaemon { _ in
                    let text = SmallTables.csv(1) + String(repeating: "\n", count: 100)
                    try place.drop(text, as: "crops-2011.csv")
                    let drops = try await place.synchronise()
                    #expect(drops.map { $0["outcome"].text } == ["quarantined"])
                    #expect(drops.first?["reason"]["expected"].text?.contains("100") == true, "\(drops)")
                    #expect(try place.quarantine.values.contains(Array(text.utf8)))
                }
            }
        }

        @Test func moreCellsThanAllowed() async throws {
            try await Workplace.with(configuration: "cells: 2\n") { place in
                try await place.withDaemon { _ in
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv")
                    let drops = try await place.synchronise()
                    #expect(drops.map { $0["outcome"].text } == ["quarantined"])
                    #expect(drops.first?["reason"]["message"].text?.contains("cells") == true, "\(drops)")
                }
            }
        }

        @Test(.enabled(if: geteuid() == 0, "only root can run the daemon as somebody else"))
        func aFileThatMayNotBeReadStays() async throws {
            try await Workplace.with { place in
                let nobody: UInt32 = 65_534
                try Files.makeDirectory(place.state)
                for path in [place.root, place.inbox, place.state] {
                    try SystemError.check("chown", chown(path, nobody, nobody))
                }
                try await place.withDaemon(DaemonStart(user: nobody)) { _ in
                    try place.drop(SmallTables.csv(1), as: "potatoes-2011.csv")
                    let secret = place.drafts + "/crops-2011.csv"
                    try Files.write(SmallTables.csv(1), to: secret)
                    try SystemError.check("chmod", chmod(secret, 0o600))
                    try Files.move(secret, to: place.inbox + "/crops-2011.csv")
                    let drops = try await place.synchronise()
                    #expect(drops.map { $0["file"].text } == ["potatoes-2011.csv"])
                    let refused = try await place.ask("status")["inbox"]["refused"].items
                    #expect(refused.map { $0["file"].text } == ["crops-2011.csv"])
                    #expect(refused.first?["reason"]["message"].text?.contains("read") == true)
                    #expect(try place.waiting.keys.contains("crops-2011.csv"))
                    // Mended, it is taken.
                    try SystemError.check("chmod", chmod(place.inbox + "/crops-2011.csv", 0o644))
                    let more = try await place.synchronise(since: drops.first?["seq"].int ?? 0)
                    #expect(more.map { $0["file"].text } == ["crops-2011.csv"])
                }
            }
        }

        /// State on a small file system that fills up: files wait, the status says why, and all is taken once there is room.
        @Test func aFullDisk() async throws {
            try await Workplace.with { place in
                try Files.makeDirectory(place.state)
                let mount = try await Answer.of(
                    "mount", ["-t", "tmpfs", "-o", "size=48m", "tmpfs", place.state])
                guard mount.code == 0 else {
                    print("Skipped: no file system can be mounted here: \(mount.errors)")
                    return
                }
                let outcome = await Result { try await fillAndMakeRoom(place) }
                let unmount = try await Answer.of("umount", ["-l", place.state])
                #expect(unmount.code == 0)
                try outcome.get()
            }
        }

        private func fillAndMakeRoom(_ place: Workplace) async throws {
            let ballast = place.state + "/ballast"
            try await place.withDaemon { _ in
                try place.drop(SmallTables.csv(1), as: "crops-2011.csv")
                let first = try await place.synchronise()
                #expect(first.map { $0["outcome"].text } == ["new"])
                fill(ballast)
                let years = try await dropUntilOneWaits(place)
                let status = try await place.ask("status")
                expectShortage(in: status)
                let show = try await place.annalctl("show", "crops", "2011")
                #expect(show.code == 0, "reading goes on")

                try FileManager.default.removeItem(atPath: ballast)
                let drops = try await place.synchronise(since: 1, timeoutSeconds: 60)
                #expect(Set(drops.compactMap { $0["year"].int }) == Set(years))
                #expect(drops.allSatisfy { $0["outcome"].text == "new" }, "\(drops)")
                #expect(try place.waiting.isEmpty)
                #expect(try Files.tree(place.state + "/done").count == years.count + 1)
                let after = try await place.ask("status")
                #expect(after["state"].text == "ready")
                #expect(after["problems"].items.isEmpty, "\(after)")
                let verify = try await place.annalctl("verify")
                #expect(verify.code == 0, "\(verify)")
            }
        }

        private func expectShortage(in status: JSON) {
            let reasons = status["inbox"]["waiting"].items.compactMap { $0["reason"]["message"].text }
            let said = (status["problems"].texts + reasons + [status["log"]["condition"].text ?? ""])
                .joined(separator: "\n").lowercased()
            #expect(["ready", "read-only"].contains(status["state"].text))
            #expect(said.contains("room") || said.contains("space") || said.contains("full"), "\(status)")
        }

        /// Takes all the room that there is.
        private func fill(_ path: String) {
            // A full disk is what this makes; a failure is the goal.
            guard let file = try? Files.open(Array(path.utf8), O_WRONLY | O_CREAT) else { return }
            // Ends with the error that was wanted: no space left.
            while (try? Files.append([UInt8](repeating: 7, count: 1 << 16), to: file)) != nil {}
            // Until not even one byte fits.
            while (try? Files.append([7], to: file)) != nil {}
            close(file)
        }

        /// Drops files of figures that don't compress until one does not leave the inbox; gives their years.
        private func dropUntilOneWaits(_ place: Workplace) async throws -> [Int] {
            var random = SeededRandom(state: 5)
            var years: [Int] = []
            for year in 1900..<1930 {
                let rows = (0..<100_000).map { "R\($0),\(UInt32.random(in: 0...UInt32.max, using: &random))\n" }
                try place.drop("region,value\n" + rows.joined(), as: "noise-\(year).csv")
                years.append(year)
                let answer = try await place.annalctl("sync", "--timeout", "5")
                if answer.code != 0 {
                    #expect([6, 7].contains(answer.code), "\(answer)")
                    return years
                }
            }
            throw WaitedInVain(what: "the disk to be full")
        }
    }
}

extension Result where Failure == any Error {
    /// The outcome of an asynchronous body.
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
