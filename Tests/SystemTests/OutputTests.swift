import Foundation
import Glibc
import Testing

extension SystemTests {
    /// Standard output and standard error as whoever started it left them.
    @Suite struct Outputs {
        /// A pipe that is full, and that nobody reads: nothing is ever written to it.
        private static func fullPipe(_ place: Workplace) -> [String] {
            let script = """
                mkfifo "$0" && exec 3<>"$0" && dd if=/dev/zero of="$0" bs=4096 count=16 oflag=nonblock 2>/dev/null
                exec "$@" >"$0" 2>"$0"
                """
            return ["sh", "-c", script, place.root + "/pipe"]
        }

        @Test func nobodyReadsTheLog() async throws {
            try await Workplace.with { place in
                try await place.withDaemon(DaemonStart(wrapper: Self.fullPipe(place))) { _ in
                    for number in 0..<20 { try place.drop("nothing\n", as: "bad\(number).txt") }
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv")
                    #expect(try await place.synchronise().count == 21)
                }
            }
        }

        @Test func aRefusalIsNoReasonToHang() async throws {
            try await Workplace.with(configuration: "colour: red\n") { place in
                let wrapper = Self.fullPipe(place)
                let arguments = Array(wrapper.dropFirst()) + [Repository.program("annald")] + place.placement
                let start = ContinuousClock.now
                let answer = try await Answer.of("/bin/sh", arguments)
                #expect(answer.code == 2, "\(answer)")
                #expect(start.duration(to: .now) < .seconds(20))
            }
        }

        @Test func closedOutputsAreNobodysFiles() async throws {
            try await Workplace.with { place in
                let wrapper = ["sh", "-c", #"exec "$@" <&- >&- 2>&-"#, "sh"]
                try await place.withDaemon(DaemonStart(wrapper: wrapper)) { daemon in
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv")
                    _ = try await place.synchronise()
                    for number in 0...2 {
                        let file = try FileManager.default.destinationOfSymbolicLink(
                            atPath: "/proc/\(daemon.pid)/fd/\(number)")
                        #expect(file == "/dev/null")
                    }
                    #expect(try await place.annalctl("verify").code == 0)
                }
            }
        }

        @Test func whatTheClientPrintsGetsIntoNoBackup() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv")
                    _ = try await place.synchronise()
                    let file = place.root + "/annal.tar"
                    let answer = try await Answer.of(
                        "/bin/sh",
                        [
                            "-c", #"exec "$@" >&- 2>&-"#, "sh", Repository.program("annalctl"), "backup", file,
                            "--socket", place.socket,
                        ])
                    // It can't say that it is done.
                    #expect(answer.code == 6, "\(answer)")
                    let bytes = try Files.bytes(Array(file.utf8))
                    #expect(bytes.count % 512 == 0)
                    #expect(!String(decoding: bytes, as: UTF8.self).contains("commits,"))
                }
            }
        }
    }
}
