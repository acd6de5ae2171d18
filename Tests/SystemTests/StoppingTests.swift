import Foundation
import Glibc
import Testing

extension SystemTests {
    /// Whatever waits, SIGTERM ends it soon: each `withDaemon` expects it to take less than 5 s and to end well.
    @Suite struct Stopping {
        @Test func aSyncThatWaitsIsToldSo() async throws {
            try await Workplace.with { place in
                let writer = open(place.inbox + "/crops-2011.csv", O_WRONLY | O_CREAT, 0o644)
                defer { close(writer) }
                async let daemon: Void = place.withDaemon { _ in try await Task.sleep(for: .seconds(2)) }
                try await wait(upTo: .seconds(20), for: "annald to answer") {
                    try await place.annalctl("status").code == 0
                }
                async let waiting = place.annalctl("sync", "--timeout", "60")
                try await daemon
                let answer = try await waiting
                #expect(answer.code == 6, "\(answer)")
                #expect(answer.errors.contains("stopping"), "\(answer)")
            }
        }

        /// Nobody reads what is said to systemd: the kernel keeps so many datagrams, and no more.
        @Test func aSupervisorThatDoesNotRead() async throws {
            try await Workplace.with { place in
                let unread = try BoundSocket(at: place.root + "/notify.sock", kind: SOCK_DGRAM)
                defer { unread.close() }
                let environment = ["NOTIFY_SOCKET": place.root + "/notify.sock", "WATCHDOG_USEC": "100000"]
                try await place.withDaemon(DaemonStart(environment: environment)) { _ in
                    // Until the queue is full of signs of life.
                    try await Task.sleep(for: .seconds(2))
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv")
                    #expect(try await place.synchronise().count == 1)
                }
            }
        }

        @Test(arguments: [0, 1, 5, 20, 50]) func aHangupAtAnyMomentOfTheStartIsAReload(milliseconds: Int) async throws {
            try await Workplace.with { place in
                try await place.withDaemon(DaemonStart(waitsForReady: false)) { daemon in
                    try await wait(upTo: .seconds(10), for: "the state directory") {
                        access(place.state, F_OK) == 0
                    }
                    try await Task.sleep(for: .milliseconds(milliseconds))
                    daemon.signal(SIGHUP)
                    try await wait(upTo: .seconds(20), for: "the reload") {
                        #expect(!daemon.hasEnded)
                        return place.said.contains("configuration taken")
                    }
                }
            }
        }
    }
}
