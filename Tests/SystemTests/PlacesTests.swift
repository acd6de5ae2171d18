import Foundation
import Glibc
import Testing

extension SystemTests {
    /// Where things are, and whose they are.
    @Suite struct Places {
        private func refuse(
            _ place: Workplace, inbox: String? = nil, state: String? = nil, socket: String? = nil, _ more: String...,
            naming paths: String
        ) async throws {
            let arguments =
                [
                    "--config", place.configuration, "--inbox", inbox ?? place.inbox, "--state", state ?? place.state,
                    "--socket", socket ?? place.socket,
                ] + more
            let answer = try await Answer.of(Repository.program("annald"), arguments)
            #expect(answer.code == 1 || answer.code == 2, "\(answer)")
            #expect(answer.errors.contains(paths), "\(answer)")
        }

        @Test func whatWouldBeFedBackIsRefusedAndSoIsItsCheck() async throws {
            try await Workplace.with { place in
                for more in [[], ["--check-config"]] {
                    let answer = try await Answer.of(
                        Repository.program("annald"),
                        ["--config", place.configuration, "--inbox", place.root, "--state", place.state] + more)
                    #expect(answer.code == 2, "\(answer)")
                    #expect(answer.errors.contains(place.root) && answer.errors.contains(place.state))
                    #expect(!FileManager.default.fileExists(atPath: place.state))
                }
            }
        }

        @Test func aStateDirectoryThatIsMountedInTheInboxIsRefused() async throws {
            try await Workplace.with { place in
                for directory in [place.state, place.inbox + "/box"] { try Files.makeDirectory(directory) }
                func mounted(_ command: [String]) async throws -> Answer {
                    let script = #"mount --bind "$0" "$1" && shift && exec "$@""#
                    return try await Answer.of(
                        "unshare", ["-m", "sh", "-c", script, place.state, place.inbox + "/box"] + command)
                }
                guard try await mounted(["true"]).code == 0 else {
                    return print("Skipped: no mount is permitted here.")
                }
                let answer = try await mounted([Repository.program("annald"), "--check-config"] + place.placement)
                #expect(answer.code == 2, "\(answer)")
                #expect(answer.errors.contains(place.inbox + "/box"), "\(answer)")
                #expect(answer.errors.contains(place.state), "\(answer)")
            }
        }

        @Test func theSocketOfAnotherIsLeftToIt() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { daemon in
                    try Files.makeDirectory(place.root + "/inbox2")
                    try await refuse(
                        place, inbox: place.root + "/inbox2", state: place.root + "/state2", naming: place.socket)
                    #expect(try await place.ask("status")["pid"].int == Int(daemon.pid))
                }
                #expect(Files.size(place.socket) == nil)
                #expect(Files.size(place.socket + ".lock") == nil)
            }
        }

        @Test func theInboxOfAnotherIsLeftToIt() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try await refuse(
                        place, state: place.root + "/state2", socket: place.root + "/s2", naming: place.state)
                }
                // It has ended, and whoever comes next may have it.
                let state = place.root + "/state2"
                try await place.withDaemon(DaemonStart(arguments: ["--state", state])) { _ in }
            }
        }

        @Test func aFileAtTheSocketsPathIsLeftAlone() async throws {
            try await Workplace.with { place in
                try Files.write("precious\n", to: place.socket)
                try await refuse(place, naming: place.socket)
                try await refuse(place, "--check-config", naming: place.socket)
                #expect(try Files.bytes(Array(place.socket.utf8)) == Array("precious\n".utf8))
            }
        }

        @Test func whatAKilledOneLeftIsReplaced() async throws {
            try await Workplace.with { place in
                try await place.withDaemon(DaemonStart(ending: .killed)) { _ in }
                #expect(Files.size(place.socket) != nil)
                try await place.withDaemon { daemon async throws in
                    #expect(try await place.ask("status")["pid"].int == Int(daemon.pid))
                }
                #expect(Files.size(place.socket) == nil)
            }
        }

        @Test func theLockIsNotLostWithItsName() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try SystemError.check("unlink", unlink(place.state + "/lock"))
                    try Files.makeDirectory(place.root + "/inbox2")
                    try await refuse(
                        place, inbox: place.root + "/inbox2", socket: place.root + "/other.sock", naming: place.state)
                }
            }
        }

        /// What is filed is filed by the path: nothing may be recorded while another directory could stand there.
        @Test func aStateDirectoryThatIsMovedAwayTakesNothing() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    let elsewhere = place.root + "/elsewhere"
                    try SystemError.check("rename", rename(place.state, elsewhere))
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv")
                    for isReplaced in [false, true] {
                        if isReplaced { try Files.makeDirectory(place.state) }
                        let answer = try await place.annalctl("sync", "--timeout", "10")
                        #expect(answer.code == 6 && answer.errors.contains(place.state), "\(answer)")
                        #expect(try await place.ask("status")["problems"][0].text?.contains(place.state) == true)
                    }
                    try SystemError.check("rmdir", rmdir(place.state))
                    try SystemError.check("rename", rename(elsewhere, place.state))
                    #expect(try await place.synchronise().count == 1)
                }
            }
        }

        @Test func aLogThatIsGoneIsBegunAnewOnlyWhereSomebodySaysSo() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv")
                    _ = try await place.synchronise()
                }
                try await refuse(place, "--new-log", naming: place.state + "/log")
                try FileManager.default.removeItem(atPath: place.state + "/log")
                try await refuse(place, naming: place.state + "/log")
                try await place.withDaemon(DaemonStart(arguments: ["--new-log"])) { _ async throws in
                    #expect(try await place.ask("head")["seq"].int == 0)
                }
                #expect(try place.done.count == 1)
                try await place.withDaemon { _ in
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv")
                    _ = try await place.synchronise()
                    #expect(try await place.annalctl("verify").code == 0)
                }
            }
        }

        @Test func aLongPathOfTheSocketWorksInBoth() async throws {
            try await Workplace.with { place in
                let path = place.root + "/" + String(repeating: "s", count: 107 - place.root.utf8.count - 1)
                let placement = [
                    "--config", place.configuration, "--inbox", place.inbox, "--state", place.state, "--socket", path,
                ]
                try await place.withDaemon(DaemonStart(waitsForReady: false, placement: placement)) { _ in
                    try await wait(upTo: .seconds(20), for: "annald to answer") {
                        try await Answer.of(Repository.program("annalctl"), ["status", "--socket", path]).code == 0
                    }
                }
                try await refuse(place, socket: path + "s", "--check-config", naming: "107")
            }
        }
    }
}
