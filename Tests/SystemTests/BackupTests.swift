import Foundation
import Glibc
import Subprocess
import Testing

extension SystemTests {
    /// `head`, `verify --against`, `backup`: proofs that the history is still the one that was.
    @Suite struct Backups {
        /// A workplace of its own beside another, whose daemon goes on from a copy of the other's log.
        private func withFork(of place: Workplace, _ body: (Workplace) async throws -> Void) async throws {
            try await Workplace.with { fork in
                try FileManager.default.createDirectory(atPath: fork.state, withIntermediateDirectories: true)
                try FileManager.default.copyItem(atPath: place.state + "/log", toPath: fork.state + "/log")
                try await body(fork)
            }
        }

        @Test func anOlderHeadHoldsOnTheGrownLog() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(SmallTables.csv(1), as: "crops-2010.csv")
                    _ = try await place.synchronise()
                    let head = try await place.annalctl("head").output.trimmingCharacters(in: .newlines)
                    #expect(head.wholeMatch(of: /1:[0-9a-f]{64}/) != nil)
                    try place.drop(SmallTables.csv(2), as: "crops-2011.csv")
                    _ = try await place.synchronise()
                    let later = try await place.annalctl("head").output.trimmingCharacters(in: .newlines)
                    let both = try await place.annalctl("verify", "--against", head, "--against", later)
                    #expect(both.code == 0, "\(both)")
                    // Not yet, and never.
                    let future = try await place.annalctl("verify", "--against", "3:" + later.dropFirst(2))
                    #expect(future.code == 1, "\(future)")
                    let other = try await place.annalctl("verify", "--against", "1:" + later.dropFirst(2))
                    #expect(other.code == 1, "\(other)")
                    for wrong in ["1:abc", "", "/nowhere/at/all"] {
                        let answer = try await place.annalctl("verify", "--against", wrong)
                        #expect(answer.code == 2, "\(wrong): \(answer)")
                    }
                }
            }
        }

        /// The history is written anew from the third drop on, by a daemon, with right checksums and a right chain.
        @Test func aRewrittenHistoryIsFound() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    for year in 1...2 {
                        try place.drop(SmallTables.csv(year), as: "crops-\(2000 + year).csv")
                        _ = try await place.synchronise()
                    }
                }
                try await withFork(of: place) { fork in
                    let backup = place.root + "/annal.tar"
                    var head = ""
                    try await place.withDaemon { _ in
                        try place.drop(SmallTables.csv(3), as: "crops-2003.csv")
                        _ = try await place.synchronise()
                        head = try await place.annalctl("head").output.trimmingCharacters(in: .newlines)
                        let written = try await place.annalctl("backup", backup)
                        #expect(written.code == 0, "\(written)")
                        try place.drop(SmallTables.csv(4), as: "crops-2004.csv")
                        _ = try await place.synchronise()
                        let grown = try await place.annalctl("verify", "--against", backup, "--format", "json")
                        #expect(grown.code == 0, "\(grown)")
                        let comparison = grown.json["backups"][0]
                        #expect(comparison["common"].int == 3 && comparison["since"].int == 1, "\(grown)")
                        #expect(comparison["head"].text == head)
                    }
                    try await fork.withDaemon { _ in
                        // Another figure under the same name, and more after it.
                        try fork.drop(SmallTables.csv(33), as: "crops-2003.csv")
                        _ = try await fork.synchronise()
                        try fork.drop(SmallTables.csv(4), as: "crops-2004.csv")
                        _ = try await fork.synchronise()
                        #expect(try await fork.annalctl("verify").code == 0, "it is sound in itself")
                        let lost = try await fork.annalctl("verify", "--against", head)
                        #expect(lost.code == 1, "\(lost)")
                        let answer = try await fork.annalctl("verify", "--against", backup, "--format", "json")
                        #expect(answer.code == 1, "\(answer)")
                        expectDifference(answer.json)
                        let text = try await fork.annalctl("verify", "--against", backup)
                        #expect(text.code == 1)
                        #expect(text.output.contains("the first difference is at number 3"), "\(text)")
                        #expect(text.output.contains("crops-2003.csv"), "\(text)")
                    }
                    // Without either daemon.
                    let offline = try await fork.annalctl(
                        "verify", "--offline", fork.state, "--against", place.state, "--format", "json")
                    #expect(offline.code == 1, "\(offline)")
                    expectDifference(offline.json)
                    let whole = try await fork.annalctl("verify", "--offline", place.state, "--against", backup)
                    #expect(whole.code == 0, "\(whole)")
                    // The other way round the backup goes on where the log ends.
                    let short = try await fork.annalctl("verify", "--offline", backup, "--against", place.state)
                    #expect(short.code == 1, "\(short)")
                    #expect(short.output.contains("here:   nothing"), "\(short)")
                }
            }
        }

        private func expectDifference(_ answer: JSON) {
            let comparison = answer["backups"][0]
            #expect(comparison["holds"].bool == false)
            #expect(comparison["common"].int == 2)
            let difference = comparison["difference"]
            #expect(difference["seq"].int == 3)
            for side in ["here", "there"] {
                #expect(difference[side]["file"].text == "crops-2003.csv")
                #expect(difference[side]["dataset"].text == "crops")
                #expect(difference[side]["years"][0]["year"].int == 2003)
            }
            #expect(difference["here"]["sha256"] != difference["there"]["sha256"])
            #expect(difference["here"]["head"] != difference["there"]["head"])
        }

        /// Files keep coming; each copy is a beginning of the history, unpacks with tar and serves another daemon.
        @Test func backupsAreTakenWhileFilesKeepComing() async throws {
            try await Workplace.with { place in
                let copies = (1...4).map { place.root + "/copy-\($0).tar" }
                try await place.withDaemon { _ in
                    try place.drop(SmallTables.csv(0), as: "crops-1900.csv")
                    _ = try await place.synchronise()
                    try await withThrowingTaskGroup { group in
                        group.addTask {
                            for number in 1...80 {
                                try place.drop(SmallTables.csv(number), as: "crops-\(1900 + number).csv")
                                try await Task.sleep(for: .milliseconds(15))
                            }
                        }
                        group.addTask {
                            for copy in copies {
                                let answer = try await place.annalctl("backup", copy, "--format", "json")
                                #expect(answer.code == 0, "\(answer)")
                                #expect(answer.json["bytes"].int == Files.size(copy))
                                try await Task.sleep(for: .milliseconds(150))
                            }
                        }
                        try await group.waitForAll()
                    }
                    _ = try await place.synchronise()
                    for copy in copies {
                        let held = try await place.annalctl("verify", "--against", copy)
                        #expect(held.code == 0, "\(held)")
                        #expect(Files.size(copy + ".part") == nil)
                    }
                    let facts = try FileManager.default.attributesOfItem(atPath: copies[0])
                    #expect(facts[.posixPermissions] as? Int == 0o600, "what isn't published is nobody else's to read")
                }
                try await Workplace.with { other in
                    try FileManager.default.createDirectory(atPath: other.state, withIntermediateDirectories: true)
                    let unpacked = try await Answer.of("/usr/bin/tar", ["-xf", copies[3], "-C", other.state])
                    #expect(unpacked.code == 0 && unpacked.errors.isEmpty, "\(unpacked)")
                    let offline = try await other.annalctl("verify", "--offline", other.state)
                    #expect(offline.code == 0, "\(offline)")
                    try await other.withDaemon { _ in
                        #expect(try await other.annalctl("show", "crops", "1900").code == 0)
                        try other.drop(SmallTables.csv(500), as: "crops-2090.csv")
                        #expect(try await other.synchronise().last?["outcome"].text == "new")
                        #expect(try await other.annalctl("verify", "--against", copies[3]).code == 0)
                    }
                }
            }
        }

        @Test func aBackupGoesDownAPipe() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv")
                    _ = try await place.synchronise()
                    let program = Repository.program("annalctl")
                    let piped = try await Answer.of(
                        "/bin/sh", ["-c", "'\(program)' --socket '\(place.socket)' backup - > '\(place.root)/p.tar'"])
                    #expect(piped.code == 0, "\(piped)")
                    #expect(try await place.annalctl("verify", "--against", place.root + "/p.tar").code == 0)
                    // Elsewhere whoever has enough ends it, and that is no failure; half a backup is none.
                    let headed = try await Answer.of(
                        "/bin/bash",
                        [
                            "-c",
                            "'\(program)' --socket '\(place.socket)' backup - | head -c 100 | wc -c; echo ${PIPESTATUS[0]}",
                        ])
                    #expect(headed.lines == ["100", "6"], "\(headed)")
                    #expect(headed.errors.contains("is no backup"), "\(headed)")
                }
            }
        }

        @Test func whatCantBeWrittenLeavesNothing() async throws {
            try await Workplace.with { place in
                let file = place.root + "/annal.tar"
                let silent = try await place.annalctl("backup", file)
                #expect(silent.code == 3, "\(silent)")
                #expect(Files.size(file) == nil && Files.size(file + ".part") == nil)
                try await place.withDaemon { _ in
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv")
                    _ = try await place.synchronise()
                    for wrong in [place.root, place.root + "/no/such/directory.tar", "/dev/null"] {
                        let answer = try await place.annalctl("backup", wrong)
                        #expect(answer.code == 2, "\(wrong): \(answer)")
                    }
                    // No room for more than a block.
                    let limited = try await Answer.of(
                        "/bin/sh",
                        [
                            "-c",
                            "ulimit -f 4; '\(Repository.program("annalctl"))' --socket '\(place.socket)' backup '\(file)'",
                        ])
                    #expect(limited.code == 6, "\(limited)")
                    #expect(Files.size(file) == nil && Files.size(file + ".part") == nil)
                    // What a killed run left is begun anew, and what stood there before is replaced as a whole.
                    try Files.write("rubbish", to: file + ".part")
                    try Files.write("older", to: file)
                    let replaced = try await place.annalctl("backup", file)
                    #expect(replaced.code == 0, "\(replaced)")
                    #expect(Files.size(file + ".part") == nil)
                    #expect(try await place.annalctl("verify", "--against", file).code == 0)
                }
            }
        }

        /// What is no file of its own it neither writes to, nor replaces, nor waits at.
        @Test func nothingButABackupIsWrittenTo() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv")
                    _ = try await place.synchronise()
                    let log = place.state + "/log"
                    let before = try place.files(in: log)
                    let segment = try #require(before.keys.first { $0.hasSuffix(".seg") })
                    let (file, precious) = (place.root + "/annal.tar", place.root + "/precious")
                    try Files.write("precious", to: precious)
                    try SystemError.check("symlink", symlink(log, place.root + "/short"))
                    try SystemError.check("symlink", symlink(precious, place.root + "/link.tar"))
                    try SystemError.check("link", link(precious, place.root + "/linked.tar.part"))
                    try SystemError.check("mkfifo", mkfifo(place.root + "/pipe.tar.part", 0o600))
                    try SystemError.check("symlink", symlink(precious, place.root + "/beside.tar.part"))
                    for wrong in [
                        "\(log)/\(segment)", "\(log)/annal.tar", "\(place.root)/short/annal.tar",
                        "\(place.root)/link.tar",
                        "\(place.root)/linked.tar", "\(place.root)/pipe.tar", "\(place.root)/beside.tar",
                        "\(place.inbox)/annal.tar",
                    ] {
                        let answer = try await place.annalctl("backup", wrong)
                        #expect(answer.code == 2 && !answer.errors.isEmpty, "\(wrong): \(answer)")
                    }
                    #expect(try place.files(in: log) == before)
                    #expect(try Files.bytes(Array(precious.utf8)) == Array("precious".utf8))
                    #expect(try place.waiting.isEmpty)
                    #expect(try await place.annalctl("backup", file).code == 0)
                }
            }
        }

        @Test(.enabled(if: geteuid() == 0, "only root can act as somebody else"))
        func aBackupIsForAdmins() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    chmod(place.socket, 0o666)
                    let answer = try await place.annalctl("backup", "/tmp/annal-nobody-\(getpid()).tar", as: 65_534)
                    #expect(answer.code == 5, "\(answer)")
                    #expect(Files.size("/tmp/annal-nobody-\(getpid()).tar") == nil)
                    #expect(try await place.annalctl("verify", as: 65_534).code == 0, "reading is for all")
                }
            }
        }

        /// Whatever is wrong with a backup, it is no proof.
        @Test func aSpoiltBackupIsNoProof() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    let file = place.root + "/annal.tar"
                    for year in 1...3 {
                        try place.drop(SmallTables.csv(year), as: "crops-\(2000 + year).csv")
                        _ = try await place.synchronise()
                    }
                    #expect(try await place.annalctl("backup", file).code == 0)
                    let bytes = try Files.bytes(Array(file.utf8))
                    // The first frame's payload; the archive's end; a header's checksum.
                    for (what, spoil) in [
                        ("payload", { (bytes: inout [UInt8]) in bytes[1024 + 8192 + 60] ^= 0x20 }),
                        ("end", { (bytes: inout [UInt8]) in bytes.removeLast(2000) }),
                        ("header", { (bytes: inout [UInt8]) in bytes[512 + 126] ^= 1 }),
                    ] as [(String, (inout [UInt8]) -> Void)] {
                        var spoilt = bytes
                        spoil(&spoilt)
                        try Files.write(spoilt, to: Array((place.root + "/spoilt.tar").utf8))
                        let answer = try await place.annalctl("verify", "--against", place.root + "/spoilt.tar")
                        #expect(answer.code == 1, "\(what): \(answer)")
                    }
                    try Files.write("no archive at all, and longer than nothing", to: place.root + "/text.tar")
                    let text = try await place.annalctl("verify", "--against", place.root + "/text.tar")
                    #expect(text.code == 1, "\(text)")
                }
            }
        }
    }
}
