import Foundation
import Glibc
import Testing

extension SystemTests {
    /// Files that are recorded and can't be moved, or nothing can.
    @Suite struct Filing {
        private let nobody: UInt32 = 65_534

        /// A workplace whose daemon runs as somebody who may not write everywhere.
        private func withUnprivileged(_ body: (Workplace) async throws -> Void) async throws {
            try await Workplace.with { place in
                try Files.makeDirectory(place.state)
                for path in [place.root, place.inbox, place.state] {
                    try SystemError.check("chown", chown(path, nobody, nobody))
                }
                try await body(place)
            }
        }

        /// Moves a folder with a file in it into the inbox that the daemon may read and not write to.
        private func dropFolder(_ text: String, as name: String, in place: Workplace) throws {
            let folder = place.drafts + "/folder"
            try Files.makeDirectory(folder)
            try Files.write(text, to: folder + "/" + name)
            try SystemError.check("chmod", chmod(folder, 0o755))
            try Files.move(folder, to: place.inbox + "/Team X")
        }

        @Test(.enabled(if: geteuid() == 0, "only root can run the daemon as somebody else"))
        func whatCantBeMovedIsRecordedOnceAndMovedWhenItCan() async throws {
            try await withUnprivileged { place in
                let stuck = place.inbox + "/Team X/crops-2011.csv"
                try await place.withDaemon(DaemonStart(user: nobody, ending: .killed)) { _ in
                    try dropFolder(SmallTables.csv(1), as: "crops-2011.csv", in: place)
                    try await wait(upTo: .seconds(10), for: "the file to be recorded") {
                        try await place.ask("drops")["drops"].items.count == 1
                    }
                    try await expectStuck(in: place)
                    try place.drop(SmallTables.csv(2), as: "crops-2011.csv")
                    try await wait(upTo: .seconds(10), for: "another file to be taken") {
                        try await place.ask("drops")["drops"].items.count == 2
                    }
                    try SystemError.check("chmod", chmod(stuck, 0o664))
                    try await Task.sleep(for: .seconds(1))
                    #expect(try await place.ask("drops")["drops"].items.count == 2)
                }
                // While nobody watches.
                try SystemError.check("chown", chown(stuck, 1, 1))
                let renamed = place.inbox + "/Team X/crops-2012.csv"
                try Files.move(stuck, to: renamed)
                try await place.withDaemon(DaemonStart(user: nobody)) { _ in
                    try await Task.sleep(for: .seconds(1))
                    try await expectStuck(as: "crops-2012.csv", in: place)
                    try SystemError.check("chmod", chmod(place.inbox + "/Team X", 0o777))
                    try await wait(upTo: .seconds(8), for: "the file to be moved") { Files.size(renamed) == nil }
                    let drops = try await place.ask("drops")["drops"].items
                    #expect(drops.map { $0["outcome"].text } == ["new", "revised"], "\(drops)")
                    #expect(drops.allSatisfy { $0["unfiled"] == .null }, "\(drops)")
                    let current = try await place.ask("show", "crops", "2011")
                    #expect(current["version"].int == 2)
                    #expect(try place.done.values.contains(Array(SmallTables.csv(1).utf8)))
                    #expect(try await place.annalctl("sync").code == 0)
                }
                #expect(place.said.components(separatedBy: "a recorded file can't be moved").count == 3, "once a start")
                #expect(place.said.contains("filed away at last"))
                #expect(Files.size(place.state + "/unfiled") == nil)
            }
        }

        /// Status, drops, sync and health name it, with what to do.
        private func expectStuck(as name: String = "crops-2011.csv", in place: Workplace) async throws {
            let status = try await place.ask("status")
            let waiting = status["inbox"]["waiting"].items
            #expect(waiting.map { $0["file"].text } == ["Team X/\(name)"], "\(status)")
            let reason = waiting.first?["reason"]
            #expect(reason?["message"].text?.hasPrefix("It is recorded as 1 and can't be moved") == true)
            #expect(reason?["remedy"].text?.contains("chmod") == true)
            #expect(status["conditions"].items.map { $0["name"].text } == ["unfiled"])
            let drops = try await place.ask("drops")["drops"].items
            #expect(drops.first?["unfiled"]["remedy"].text?.contains("chmod") == true, "\(drops)")
            let sync = try await place.annalctl("sync")
            #expect(sync.code == 1 && sync.output.contains("Team X/\(name)"), "\(sync)")
            #expect(try await place.health().status == 200)
        }

        /// Beside the loop, and it is waited for; a file that another run recorded, too.
        @Test func aLongFileIsCopiedToAnotherFileSystem() async throws {
            let shared = "/dev/shm/annal-test-\(getpid())"
            try Files.makeDirectory(shared)
            defer {
                // Left behind where somebody holds it; the next boot clears it.
                try? FileManager.default.removeItem(atPath: shared)
            }
            try await Workplace.with { origin in
                let place = origin.at(state: shared + "/state")
                let text = [UInt8](repeating: 0x31, count: 20 << 20)
                for ending in [DaemonStart.Ending.killed, .terminated] {
                    try await place.withDaemon(DaemonStart(ending: ending)) { _ in
                        try place.drop(text, as: Array("long-2011.csv".utf8), sidecar: "reason: \(ending)\n")
                        try await wait(upTo: .seconds(20), for: "the file to be recorded") {
                            try await place.ask("drops")["drops"].items.count == (ending == .killed ? 1 : 2)
                        }
                        // Killed at once, before it was copied, or in the midst of that.
                        guard ending == .terminated else { return }
                        let sync = try await place.annalctl("sync")
                        #expect(sync.code == 0, "\(sync)")
                        #expect(try place.waiting.isEmpty)
                    }
                    if ending == .killed {
                        try await place.withDaemon { _ in
                            let sync = try await place.annalctl("sync")
                            let drops = try await place.ask("drops")["drops"].items
                            let left = try place.waiting
                            #expect(sync.code == 0 && drops.count == 1 && left.isEmpty, "\(sync)")
                        }
                    }
                }
                let kept = try place.quarantine
                #expect(kept.values.count { $0 == text } == 2 && kept.count == 6, "\(kept.keys.sorted())")
            }
        }

        @Test func aDaemonThatCanFileNothingAwayIsNotReady() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    #expect(try await place.health().status == 200)
                    try Files.move(place.state + "/done", to: place.root + "/done.elsewhere")
                    try Files.write("", to: place.state + "/done")
                    try await wait(upTo: .seconds(8), for: "the daemon to notice") {
                        try await place.health().status == 503
                    }
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv")
                    let sync = try await place.annalctl("sync")
                    #expect(sync.code == 1 && sync.output.contains("crops-2011.csv"), "\(sync)")
                    try FileManager.default.removeItem(atPath: place.state + "/done")
                    try Files.move(place.root + "/done.elsewhere", to: place.state + "/done")
                    try await wait(upTo: .seconds(8), for: "the daemon to be ready again") {
                        try await place.health().status == 200
                    }
                    #expect(try await place.annalctl("sync").code == 0)
                    #expect(try place.waiting.isEmpty)
                    #expect(try await place.ask("drops")["drops"].items.count == 1)
                    let problems = try await place.ask("status")["problems"].items
                    #expect(problems.isEmpty)
                }
            }
        }

        @Test func aDaemonWithoutItsInboxIsNotReady() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try Files.move(place.inbox, to: place.root + "/away")
                    try await wait(upTo: .seconds(5), for: "the daemon to notice") {
                        try await place.health().status == 503
                    }
                    #expect(try await place.health().body.contains("urn:annal:problem:no-inbox"))
                    try Files.move(place.root + "/away", to: place.inbox)
                    try await wait(upTo: .seconds(5), for: "the daemon to be ready again") {
                        try await place.health().status == 200
                    }
                }
                #expect(place.said.contains("condition=inbox"))
                #expect(place.said.contains("a problem is over condition=inbox"))
            }
        }
    }

    /// Sidecars without their files.
    @Suite struct Sidecars {
        @Test func aSidecarThatWaitsIsShownAndJoinsALaterFileNotInSilence() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(SmallTables.csv(1), as: "crops-2010.csv", sidecar: "published: 2011-02-03\n")
                    let first = try await place.synchronise()
                    #expect(first.first?["findings"].items.isEmpty != false, "\(first)")
                    try Files.write("published: 2009-01-01\n", to: place.inbox + "/crops-2011.csv.meta.yaml")
                    let shown = ["crops-2011.csv.meta.yaml"]
                    try await wait(upTo: .seconds(5), for: "the sidecar to be shown") {
                        try await place.ask("status")["inbox"]["sidecars"].items.map { $0["file"].text } == shown
                    }
                    let sync = try await place.annalctl("sync")
                    #expect(sync.code == 0 && sync.output.contains(shown[0]), "\(sync)")
                    // Looking at it makes it no newer.
                    try SystemError.check("chmod", chmod(place.inbox + "/" + shown[0], 0o600))
                    try place.drop(SmallTables.csv(2), as: "crops-2011.csv")
                    let drops = try await place.synchronise(since: 1)
                    #expect(drops[0]["findings"].items.map { $0["code"].text } == ["old-sidecar"], "\(drops)")
                    #expect(drops[0]["findings"][0]["message"].text?.contains("published 2009-01-01") == true)
                    #expect(try place.waiting.isEmpty)
                    #expect(try await place.ask("status")["inbox"]["sidecars"].items.isEmpty)
                }
            }
        }
    }
}

extension Workplace {
    /// What `/v1/health/ready` answers.
    func health() async throws -> (status: Int, body: String) {
        let answer = try await Answer.of(
            "/usr/bin/python3",
            [
                "-c",
                """
                import socket, sys
                s = socket.socket(socket.AF_UNIX); s.settimeout(10); s.connect(sys.argv[1])
                s.sendall(b"GET /v1/health/ready HTTP/1.1\\r\\nHost: annal\\r\\nConnection: close\\r\\n\\r\\n")
                data = b""
                while True:
                    part = s.recv(65536)
                    if not part: break
                    data += part
                sys.stdout.write(data.decode())
                """, socket,
            ])
        let words = answer.output.split(separator: " ")
        return (words.count > 1 ? Int(words[1]) ?? 0 : 0, answer.output)
    }
}
