import Foundation
import Testing

extension SystemTests {
    /// The real daemon under a clock that the test sets.
    @Suite struct Clocks {
        private static let day = 86_400

        /// A clock that is set ahead by two days holds the commits until it is confirmed, over a restart too.
        @Test func aJumpOfDaysHoldsCommitsUntilItIsConfirmed() async throws {
            try await Workplace.with { place in
                guard let shim = try await FaultShim.made(in: place) else { return }
                let start = DaemonStart(environment: shim.environment)
                try await place.withDaemon(start) { _ in
                    try place.drop(SmallTables.csv(1), as: "crops-2001.csv")
                    try #require(try await place.synchronise().count == 1)
                    try shim.setClock(aheadSeconds: 2 * Self.day)
                    try place.drop(SmallTables.csv(2), as: "crops-2002.csv")
                    try await expectHeld(place)
                }
                try await place.withDaemon(start) { _ in
                    try await expectHeld(place)
                    #expect(try await place.annalctl("show", "crops", "2001").code == 0, "reading goes on")
                    let nobody = try await place.annalctl("clock", "confirm", as: 65_534)
                    #expect([3, 5].contains(nobody.code), "not for everybody: \(nobody)")
                    let confirmed = try await place.annalctl("clock", "confirm")
                    #expect(confirmed.code == 0, "\(confirmed)")
                    let drops = try await place.synchronise(since: 1)
                    #expect(drops.map { $0["file"].text } == ["crops-2002.csv"])
                    let status = try await place.ask("status")
                    #expect(status["state"].text == "ready")
                    #expect(status["problems"].items.isEmpty, "\(status)")
                }
            }
        }

        private func expectHeld(_ place: Workplace) async throws {
            let sync = try await place.annalctl("sync", "--timeout", "5")
            #expect(sync.code == 6, "\(sync)")
            let status = try await place.ask("status")
            #expect(status["state"].text == "read-only")
            #expect(status["clock"]["state"].text == "held")
            #expect(status["problems"].texts.contains { $0.contains("annalctl clock confirm") }, "\(status)")
            #expect(status["drops"]["new"].int == 1)
            #expect(try place.waiting.keys.sorted() == ["crops-2002.csv"])
            #expect(try await place.annalctl("clock").code == 1)
            #expect(place.said.contains("The clock jumped ahead by 2 days"))
        }

        /// Put right again, the held files are taken under the right time without anybody's word.
        @Test func aClockThatComesBackLetsCommitsGoOn() async throws {
            try await Workplace.with { place in
                guard let shim = try await FaultShim.made(in: place) else { return }
                try await place.withDaemon(DaemonStart(environment: shim.environment)) { _ in
                    try shim.setClock(aheadSeconds: 400 * Self.day)
                    try place.drop(SmallTables.csv(1), as: "crops-2001.csv")
                    #expect(try await place.annalctl("sync", "--timeout", "5").code == 6)
                    try shim.setClock(aheadSeconds: 0)
                    let drops = try await place.synchronise()
                    let recorded = try #require(drops.first?["recorded"].text)
                    let today = ISO8601DateFormatter().string(from: Date()).prefix(4)
                    #expect(recorded.hasPrefix(today), "\(recorded)")
                }
            }
        }

        /// Between an hour and a day ahead, and back by any time: a warning, and what is recorded stays in order.
        @Test func smallerJumpsAndJumpsBackWarn() async throws {
            try await Workplace.with { place in
                guard let shim = try await FaultShim.made(in: place) else { return }
                let notify = try NotifySocket(at: place.root + "/notify.sock")
                let environment = shim.environment.merging(["NOTIFY_SOCKET": notify.path]) { $1 }
                try await place.withDaemon(DaemonStart(environment: environment)) { _ in
                    for (index, jump) in [0, 7200, -9000].enumerated() {
                        try shim.setClock(aheadSeconds: jump)
                        try place.drop(SmallTables.csv(index), as: "crops-\(2001 + index).csv")
                        try #require(try await place.synchronise(since: index).count == 1)
                        let status = try await place.ask("status")
                        #expect(status["clock"]["state"].text == ["right", "ahead", "back"][index])
                        #expect(status["state"].text == "ready")
                        #expect(status["problems"].items.isEmpty == (jump == 0), "\(status)")
                    }
                    let recorded = try await place.ask("drops")["drops"].items.compactMap { $0["recorded"].text }
                    #expect(recorded == recorded.sorted() && Set(recorded).count == 3, "\(recorded)")
                    #expect(place.said.contains("The clock jumped ahead by 2 h"))
                    #expect(place.said.contains("The clock stands back by 2 h 30 min"))
                    try await wait(upTo: .seconds(5), for: "STATUS to say so") {
                        notify.lines.contains { $0.hasPrefix("STATUS=ready") && $0.contains("The clock stands back") }
                    }
                }
            }
        }
    }
}
