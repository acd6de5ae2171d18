import Foundation
import Glibc
import Testing

extension SystemTests {
    /// What a supervisor is told, over a real notify socket.
    @Suite struct Supervision {
        @Test func readyAfterTheScanThenWatchdogThenStopping() async throws {
            try await Workplace.with { place in
                let notify = try NotifySocket(at: place.root + "/notify.sock")
                try place.drop(SmallTables.csv(1), as: "crops-2010.csv")
                let environment = ["NOTIFY_SOCKET": notify.path, "WATCHDOG_USEC": "1000000"]
                try await place.withDaemon(DaemonStart(environment: environment)) { _ in
                    try await notify.wait(for: "READY=1")
                    // The inbox is scanned by now: what lay there is known.
                    let status = try await place.ask("status")
                    let known = (status["inbox"]["pending"].int ?? 0) + (status["drops"]["new"].int ?? 0)
                    #expect(known == 1, "\(status)")
                    try await notify.wait(for: "WATCHDOG=1", times: 3)
                    #expect(notify.lines.contains { $0.hasPrefix("STATUS=") && $0.count > 10 })
                    #expect(notify.lines.count { $0 == "READY=1" } == 1)
                    #expect(!notify.lines.contains("STOPPING=1"))
                }
                #expect(notify.lines.last { !$0.hasPrefix("STATUS=") && $0 != "WATCHDOG=1" } == "STOPPING=1")
            }
        }

        @Test func theStatusTellsWhatWasTaken() async throws {
            try await Workplace.with { place in
                let notify = try NotifySocket(at: place.root + "/notify.sock")
                try await place.withDaemon(DaemonStart(environment: ["NOTIFY_SOCKET": notify.path])) { _ in
                    let before = notify.lines.count { $0.hasPrefix("STATUS=") }
                    try place.drop(SmallTables.csv(1), as: "crops-2010.csv")
                    _ = try await place.synchronise()
                    try await wait(upTo: .seconds(5), for: "a new STATUS") {
                        notify.lines.count { $0.hasPrefix("STATUS=") } > before
                    }
                    #expect(!notify.lines.contains("WATCHDOG=1"), "no watchdog was asked for")
                }
            }
        }

        @Test func hangupTakesAGoodConfigurationAndKeepsTheOldOneInPlaceOfABad() async throws {
            try await Workplace.with(configuration: "log_level: info\n") { place in
                let notify = try NotifySocket(at: place.root + "/notify.sock")
                try await place.withDaemon(DaemonStart(environment: ["NOTIFY_SOCKET": notify.path])) { daemon in
                    try Files.write(Self.definition, to: place.root + "/config/datasets.d/harvest.yaml")
                    daemon.signal(SIGHUP)
                    try await notify.wait(for: "READY=1", times: 2)
                    let reloading = notify.datagrams.first { $0.contains("RELOADING=1") }
                    #expect(reloading?.contains("MONOTONIC_USEC=") == true)
                    try await expectHarvest(in: place, file: "crops-2010.csv", since: 0)

                    try Files.write("log_level: info\nsettel_seconds: 1\n", to: place.configuration)
                    daemon.signal(SIGHUP)
                    try await notify.wait(for: "READY=1", times: 3)
                    let complaint = place.said.split(separator: "\n").first { $0.contains("settel_seconds") }
                    #expect(
                        complaint?.contains("error") == true || complaint?.hasPrefix("<3>") == true, "\(place.said)")
                    #expect(complaint?.contains("annald.yaml:2") == true)
                    try await expectHarvest(in: place, file: "crops-2011.csv", since: 1)
                    let reload = try await place.annalctl("reload")
                    #expect(reload.code == 1, "\(reload)")
                    #expect(reload.errors.contains("settel_seconds"), "\(reload)")
                }
            }
        }

        private func expectHarvest(in place: Workplace, file: String, since: Int) async throws {
            try place.drop(SmallTables.csv(since), as: file)
            let drops = try await place.synchronise(since: since)
            #expect(drops.map { $0["dataset"].text } == ["harvest"], "\(drops)")
        }

        /// Gives files called `crops…` another dataset.
        static let definition = """
            dataset: harvest
            title: Harvest
            match:
              file: ["crops*"]

            """
    }
}
