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

        /// It stays where it is, unread, and is taken as soon as the limit allows it.
        @Test func aFileBeyondTheLimit() async throws {
            try await Workplace.with(configuration: "file_bytes: 100\n") { place in
                try await place.withDaemon { _ in
                    let text = SmallTables.csv(1) + String(repeating: "\n", count: 100)
                    try place.drop(text, as: "crops-2011.csv")
                    try place.drop("region,value\nNorth,8\nSouth,1013\n", as: "potatoes-2011.csv")
                    let drops = try await place.synchronise()
                    #expect(drops.map { $0["file"].text } == ["potatoes-2011.csv"])
                    for _ in 1...2 {
                        let refused = try await place.ask("status")["inbox"]["refused"].items
                        #expect(refused.map { $0["file"].text } == ["crops-2011.csv"])
                        #expect(refused.first?["reason"]["expected"].text?.contains("100") == true, "\(refused)")
                        // A scan sees it again, and knows it.
                        try await Task.sleep(for: .milliseconds(700))
                    }
                    #expect(try place.waiting["crops-2011.csv"] == Array(text.utf8))
                    try Files.write("file_bytes: 1000\n", to: place.configuration)
                    #expect(try await place.annalctl("reload").code == 0)
                    let more = try await place.synchronise(since: drops.first?["seq"].int ?? 0)
                    #expect(more.map { $0["file"].text } == ["crops-2011.csv"])
                    #expect(try place.done.values.contains(Array(text.utf8)))
                }
            }
        }

        /// A reload that changes nothing of how files are read doesn't have them read anew.
        @Test func aFileThatTakesLongerThanOneReloadToTheNext() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { daemon in
                    let rows = (0..<200_000).map { "N\($0),\($0 * 7 % 1000)\n" }
                    try place.drop("region,value\n" + rows.joined(), as: "crops-2011.csv")
                    try await wait(upTo: .seconds(60), for: "the file to be recorded") {
                        daemon.signal(SIGHUP)
                        try await Task.sleep(for: .milliseconds(100))
                        return try await place.ask("drops")["drops"].items.count == 1
                    }
                }
            }
        }

        /// Were it read, it would take minutes, and others would wait.
        @Test func aHugeFileCostsNobodyAnything() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    let draft = place.drafts + "/huge-2011.csv"
                    try Files.write("region,value\n", to: draft)
                    try SystemError.check("truncate", truncate(draft, 1 << 40))
                    try Files.move(draft, to: place.inbox + "/huge-2011.csv")
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv")
                    let drops = try await place.synchronise(timeoutSeconds: 10)
                    #expect(drops.map { $0["file"].text } == ["crops-2011.csv"])
                    let refused = try await place.ask("status")["inbox"]["refused"].items
                    #expect(refused.map { $0["file"].text } == ["huge-2011.csv"])
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
                    // Corrected, it is taken.
                    try SystemError.check("chmod", chmod(place.inbox + "/crops-2011.csv", 0o644))
                    let more = try await place.synchronise(since: drops.first?["seq"].int ?? 0)
                    #expect(more.map { $0["file"].text } == ["crops-2011.csv"])
                }
            }
        }
    }
}
