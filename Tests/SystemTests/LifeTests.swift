import Foundation
import Glibc
import Testing

extension SystemTests {
    @Suite struct Life {
        @Test func aSecondInstanceNamesTheFirst() async throws {
            try await Workplace.with { place in
                try Files.makeDirectory(place.root + "/other-inbox")
                try await place.withDaemon { daemon in
                    let second = try await place.annald(
                        "--config", place.configuration, "--inbox", place.root + "/other-inbox",
                        "--state", place.state, "--socket", place.root + "/other.sock")
                    #expect(second.code != 0)
                    #expect(second.errors.contains(String(daemon.pid)), "\(second)")
                    #expect(second.errors.contains(place.state), "\(second)")
                    // The first one has noticed nothing: its socket answers still.
                    let same = try await Answer.of(Repository.program("annald"), place.placement)
                    #expect(same.code != 0)
                    let status = try await place.ask("status")
                    #expect(status["pid"].int == Int(daemon.pid))
                }
                // The lock goes with its holder.
                try await place.withDaemon { _ in
                    let status = try await place.ask("status")
                    #expect(status["state"].text == "ready")
                }
            }
        }

        @Test(arguments: [DaemonStart.Ending.terminated, .interrupted])
        func stopsWhileFilesKeepComing(_ ending: DaemonStart.Ending) async throws {
            try await Workplace.with { place in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        for number in 0..<200 {
                            try place.drop(SmallTables.csv(number), as: "crops-\(1600 + number).csv")
                            try await Task.sleep(for: .milliseconds(10))
                        }
                    }
                    try await place.withDaemon(DaemonStart(ending: ending)) { _ in
                        try await wait(upTo: .seconds(20), for: "some drops") {
                            try await place.ask("status")["drops"]["new"].int ?? 0 > 10
                        }
                    }
                    try await group.waitForAll()
                }
                // What it had taken is whole, and what it hadn't is taken now.
                try await place.withDaemon { _ in
                    let drops = try await place.synchronise(timeoutSeconds: 60)
                    #expect(drops.count == 200)
                    #expect(drops.allSatisfy { $0["outcome"].text == "new" })
                    let verify = try await place.annalctl("verify")
                    #expect(verify.code == 0)
                }
                #expect(!FileManager.default.fileExists(atPath: place.socket), "the socket goes with the daemon")
            }
        }

        @Test func whatWasTakenIsThereAfterARestart() async throws {
            try await Workplace.with { place in
                var answers: [[JSON]] = []
                for start in 0..<2 {
                    try await place.withDaemon { _ in
                        if start == 0 {
                            try place.drop(SmallTables.csv(1), as: "crops-2010.csv")
                            try place.drop(SmallTables.csv(2), as: "crops-2011.csv", sidecar: "kind: routine\n")
                            _ = try await place.synchronise()
                        }
                        answers.append([
                            try await place.ask("drops"), try await place.ask("history", "crops", "2011"),
                            try await place.ask("show", "crops", "2010"), try await place.ask("delta", "crops"),
                            try await place.ask("datasets"), .string(try await place.annalctl("head").output),
                        ])
                    }
                }
                #expect(answers[0] == answers[1])
            }
        }

        /// What lay in the inbox before the start is taken without any event.
        @Test func filesThatLieThereAtTheStart() async throws {
            try await Workplace.with { place in
                try place.drop(SmallTables.csv(1), as: "crops-2010.csv")
                try place.define("potatoes")
                try Files.makeDirectory(place.inbox + "/potatoes")
                try place.drop(SmallTables.csv(2), as: "potatoes/2011.csv")
                try await place.withDaemon { _ in
                    let drops = try await place.synchronise()
                    #expect(Set(drops.map { $0["dataset"].text }) == ["crops", "potatoes"])
                }
            }
        }
    }
}
