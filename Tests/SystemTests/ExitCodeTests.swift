import Foundation
import Glibc
import Testing

extension SystemTests {
    @Suite struct ExitCodes {
        @Test func wrongUsageIsTwo() async throws {
            try await Workplace.with { place in
                for arguments in [
                    ["show"], ["nonsense"], ["show", "crops", "2011", "--colour"], ["show", "crops", "soon"],
                ] {
                    let answer = try await Answer.of(Repository.program("annalctl"), arguments)
                    #expect(answer.code == 2, "\(arguments): \(answer)")
                }
                let help = try await place.annalctl("--help")
                #expect(help.code == 0)
                let version = try await Answer.of(Repository.program("annalctl"), ["--version"])
                #expect(version.code == 0)
                #expect(version.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil, "\(version)")
            }
        }

        @Test func noDaemonIsThree() async throws {
            try await Workplace.with { place in
                let answer = try await place.annalctl("status")
                #expect(answer.code == 3)
                #expect(answer.errors.contains(place.socket))
                #expect(answer.output.isEmpty)
                // A socket file that nobody listens at is no daemon either.
                try Files.write("", to: place.socket)
                #expect(try await place.annalctl("status").code == 3)
            }
        }

        @Test func whatIsNotThereIsFour() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv")
                    _ = try await place.synchronise()
                    #expect(try await place.annalctl("show", "crops", "2011").code == 0)
                    #expect(try await place.annalctl("show", "potatoes", "2011").code == 4)
                    #expect(try await place.annalctl("show", "crops", "2012").code == 4)
                    #expect(try await place.annalctl("show", "crops", "2011", "--version", "2").code == 4)
                    #expect(try await place.annalctl("years", "potatoes").code == 4)
                    #expect(try await place.annalctl("history", "crops", "1999").code == 4)
                    #expect(try await place.annalctl("delta", "crops", "2010..2011").code == 4)
                    #expect(try await place.annalctl("series", "potatoes", "--where", "region=North").code == 4)
                    #expect(try await place.annalctl("quarantine", "show", "nothing").code == 4)
                    #expect(try await place.annalctl("quarantine", "discard", "nothing").code == 4)
                    for words in [["quarantine", "show"], ["quarantine", "retry"], ["years"]] {
                        let empty = try await Answer.of(
                            Repository.program("annalctl"), words + ["", "--socket", place.socket])
                        #expect(empty.code == 2 && empty.errors.contains("is empty"), "\(words): \(empty)")
                    }
                }
            }
        }

        @Test(.enabled(if: geteuid() == 0, "only root can act as somebody else"))
        func notPermittedIsFive() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    // The socket lets the group in, and nobody is not in it.
                    let answer = try await place.annalctl("status", as: 65_534)
                    #expect(answer.code == 5, "\(answer)")
                }
                try await place.withDaemon { _ in
                    chmod(place.socket, 0o666)
                    let status = try await place.annalctl("status", as: 65_534)
                    #expect(status.code == 0, "\(status)")
                    let reload = try await place.annalctl("reload", as: 65_534)
                    #expect(reload.code == 5, "\(reload)")
                    let own = try await place.annalctl("reload")
                    #expect(own.code == 0, "\(own)")
                }
            }
        }

        /// An inbox that is gone looks empty; nobody knows what lies in it.
        @Test func anInboxThatIsGoneIsSix() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    #expect(try await place.annalctl("sync").code == 0)
                    try Files.move(Array(place.inbox.utf8), to: Array((place.root + "/elsewhere").utf8))
                    let gone = try await place.annalctl("sync", "--timeout", "10")
                    #expect(gone.code == 6 && gone.errors.contains(place.inbox), "\(gone)")
                    try Files.move(Array((place.root + "/elsewhere").utf8), to: Array(place.inbox.utf8))
                    #expect(try await place.annalctl("sync", "--timeout", "10").code == 0)
                }
            }
        }

        @Test func timedOutIsSeven() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    let writer = try Files.open(Array((place.inbox + "/crops-2011.csv").utf8), O_WRONLY | O_CREAT)
                    try Files.append(Array("region,value\n".utf8), to: writer)
                    let answer = try await place.annalctl("sync", "--timeout", "1")
                    #expect(answer.code == 7, "\(answer)")
                    try Files.append(Array("North,8\nSouth,1013\n".utf8), to: writer)
                    close(writer)
                    #expect(try await place.synchronise().map { $0["outcome"].text } == ["new"])
                }
            }
        }

        @Test func optionsStandBeforeOrAfterTheCommand() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    let program = Repository.program("annalctl")
                    let after = try await Answer.of(
                        program, ["datasets", "--socket", place.socket, "--format", "json"])
                    let before = try await Answer.of(
                        program, ["--format", "json", "--socket", place.socket, "datasets"])
                    #expect(after.code == 0)
                    #expect(after.output == before.output)
                }
            }
        }
    }
}
