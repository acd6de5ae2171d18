import Foundation
import Glibc
import Testing

extension SystemTests {
    /// Readers that do what they should not, because a file asks them to: `annald-trials` is the daemon with such readers.
    @Suite struct MisbehavingReaders {
        /// A daemon with few means, so that trials end soon.
        private static let settings = "reader_workers: 2\nreader_bytes: 268435456\n"

        private func withTrials(
            seconds: Int = 2, _ body: @escaping @Sendable (Workplace, Daemon) async throws -> Void
        ) async throws {
            try await Workplace.with(configuration: Self.settings + "reader_seconds: \(seconds)\n") { place in
                try await place.withDaemon(DaemonStart(program: "annald-trials")) { daemon in
                    try await body(place, daemon)
                }
            }
        }

        private func table(_ year: Int, trial: String? = nil) -> String {
            (trial.map { "# trial: \($0)\n" } ?? "") + SmallTables.csv(year)
        }

        @Test(arguments: [
            ("trap", "broke down"), ("loop", "2 s"), ("memory", "more memory than 256 MiB"), ("open", "openat"),
            ("connect", "socket"), ("fork", "system call"), ("execute", "execve"), ("kill", "kill"),
            ("own", "fcntl"), ("aim", "tgkill"), ("share", "mmap"), ("leave", "ended before it had answered"),
        ])
        func isQuarantinedWithWhatHappened(trial: String, word: String) async throws {
            try await withTrials { place, daemon in
                try place.drop(table(1), as: "crops-2010.csv")
                try place.drop(table(2, trial: trial), as: "crops-2011.csv")
                try place.drop(table(3), as: "crops-2012.csv")
                let recorded = try await place.synchronise()
                // One that takes too long is passed by; all others come in their order.
                let drops = trial == "loop" ? recorded.sorted { $0["file"].text! < $1["file"].text! } : recorded
                #expect(drops.map { $0["file"].text } == (2010...2012).map { "crops-\($0).csv" }, "\(drops)")
                #expect(drops.map { $0["outcome"].text } == ["new", "quarantined", "new"], "\(drops)")
                let reason = drops[1]["reason"]
                #expect(reason["message"].text?.contains(word) == true, "\(reason)")
                #expect(reason["remedy"].text?.isEmpty == false)
                let kept = try place.quarantine
                #expect(kept.values.contains(Array(table(2, trial: trial).utf8)), "the file is kept")
                #expect(!daemon.hasEnded)
                let status = try await place.ask("status")
                #expect(status["state"].text == "ready")
            }
        }

        /// One that takes long holds up neither the daemon nor its answers, and other files no longer than they have
        /// patience.
        @Test func aSlowOneHoldsUpNobodyElse() async throws {
            try await withTrials(seconds: 6) { place, _ in
                try place.drop(table(1, trial: "loop"), as: "crops-2010.csv")
                for year in 2011...2014 { try place.drop(table(year), as: "crops-\(year).csv") }
                try await Task.sleep(for: .milliseconds(500))
                let asked = ContinuousClock.now
                _ = try await place.ask("status")
                #expect(asked.duration(to: .now) < .seconds(2), "answers don't wait for a reader")
                #expect(try place.waiting.count == 5, "the others wait a while, so that they come in their order")
                try await wait(upTo: .seconds(8), for: "the others to be taken") { try place.waiting.count == 1 }
                let first = try await place.ask("drops")["drops"].items
                #expect(first.map { $0["outcome"].text } == ["new", "new", "new", "new"], "\(first)")
                let drops = try await place.synchronise(timeoutSeconds: 30)
                #expect(drops.last?["outcome"].text == "quarantined", "\(drops)")
            }
        }

        /// The descriptors, the environment and the limits that a reader has, as the kernel shows them.
        @Test func aReaderHasNothing() async throws {
            try await Workplace.with(configuration: "reader_workers: 1\nreader_bytes: 268435456\n") { place in
                try await place.withDaemon { daemon in
                    try place.drop(table(2011), as: "crops-2011.csv")
                    _ = try await place.synchronise()
                    let reader = try #require(try Self.children(of: daemon.pid).first)
                    let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(reader)/fd")
                    #expect(Set(open) == ["0", "1", "2", "3"])
                    let environment = try Files.bytes(Array("/proc/\(reader)/environ".utf8))
                    #expect(environment.isEmpty)
                    let status = try String(contentsOfFile: "/proc/\(reader)/status", encoding: .utf8)
                    #expect(status.contains("Seccomp:\t2\n") && status.contains("NoNewPrivs:\t1\n"))
                    let limits = try String(contentsOfFile: "/proc/\(reader)/limits", encoding: .utf8)
                    let data = limits.split(separator: "\n").first { $0.hasPrefix("Max data size") }
                    #expect(data?.contains("268435456") == true, "\(limits)")
                }
            }
        }

        /// Numbers of the processes that a process has started.
        private static func children(of parent: Int32) throws -> [Int32] {
            try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap(Int32.init).filter { process in
                // One that has just ended has no such file.
                let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
                return status?.contains("PPid:\t\(parent)\n") == true
            }
        }

        /// With no readers the daemon reads itself, and all is as it was.
        @Test func theDaemonMayReadItself() async throws {
            try await Workplace.with(configuration: "reader_workers: 0\n") { place in
                try await place.withDaemon { daemon in
                    try place.drop(table(2011), as: "crops-2011.csv")
                    let drops = try await place.synchronise()
                    #expect(drops.map { $0["outcome"].text } == ["new"])
                    #expect(try Self.children(of: daemon.pid).isEmpty)
                }
            }
        }
    }
}
