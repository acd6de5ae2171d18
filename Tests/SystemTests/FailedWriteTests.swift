import Foundation
import Testing

extension SystemTests {
    /// One write or one sync of the log fails under the real daemon.
    @Suite struct FailedWrites {
        /// Nothing more is written to that segment, the daemon says so and goes on answering, and after a restart
        /// everything is there that was acknowledged, and the file that wasn't is taken.
        @Test(arguments: [FaultShim.Order.sync, .write])
        func isFinalForItsSegment(_ order: FaultShim.Order) async throws {
            guard await Tracing.works() else { return }
            try await Workplace.with { place in
                guard let shim = try await FaultShim.made(in: place) else { return }
                let trace = place.root + "/trace"
                let notify = try NotifySocket(at: place.root + "/notify.sock")
                let calls =
                    "pwrite64,pwritev,pwritev2,write,fdatasync,fsync,fallocate,ftruncate,rename,renameat2,unlinkat"
                let wrapper =
                    ["strace", "-D", "-f", "-q", "-y", "-o", trace, "-e", "trace=" + calls] + shim.straceOptions
                let start = DaemonStart(environment: ["NOTIFY_SOCKET": notify.path], wrapper: wrapper)
                let before = try await place.withDaemon(start) { daemon in
                    for year in 2001...2003 { try place.drop(SmallTables.csv(year), as: "crops-\(year).csv") }
                    try #require(try await place.synchronise().count == 3)
                    let before = try await Remembered(of: place, years: 2001...2003)
                    try shim.fail(next: order)
                    try place.drop(SmallTables.csv(2004), as: "crops-2004.csv")
                    try await expectReadOnly(place, notify, order)
                    #expect(shim.hasFailed(order))
                    #expect(!daemon.hasEnded, "it stays up")
                    #expect(try await Remembered(of: place, years: 2001...2003) == before, "reading goes on")
                    try place.drop(SmallTables.csv(2005), as: "crops-2005.csv")
                    let sync = try await place.annalctl("sync", "--timeout", "5")
                    #expect(sync.code == 6, "\(sync)")
                    #expect(try place.waiting.keys.sorted() == ["crops-2004.csv", "crops-2005.csv"])
                    #expect(place.said.contains("crops-2004.csv"), "the log says which file waits")
                    return before
                }
                try expectNothingWritten(after: order, in: Tracing.calls(in: trace))
                try await place.withDaemon { _ in
                    let drops = try await place.synchronise()
                    #expect(drops.map { $0["file"].text } == (2001...2005).map { "crops-\($0).csv" })
                    #expect(drops.allSatisfy { $0["outcome"].text == "new" }, "each once: \(drops)")
                    #expect(try await Remembered(of: place, years: 2001...2003) == before)
                    #expect(try place.waiting.isEmpty)
                    #expect(try await place.ask("status")["state"].text == "ready")
                    #expect(try await place.annalctl("verify", "--against", before.head).code == 0)
                }
            }
        }

        private func expectReadOnly(_ place: Workplace, _ notify: NotifySocket, _ order: FaultShim.Order) async throws {
            try await wait(upTo: .seconds(10), for: "the failure to show") {
                try await place.ask("status")["state"].text == "read-only"
            }
            let status = try await place.ask("status")
            let condition = status["log"]["condition"].text ?? ""
            #expect(condition.contains("read-only") && condition.contains("Can't \(order.rawValue)"), "\(status)")
            #expect(condition.contains(".seg") && condition.contains("Input/output error"), "\(status)")
            #expect(status["problems"].texts.contains { $0.contains("Input/output error") }, "\(status)")
            try await wait(upTo: .seconds(5), for: "STATUS to say so") {
                notify.lines.contains { $0.hasPrefix("STATUS=read-only") && $0.contains("Input/output error") }
            }
        }

        /// Whatever comes after the failure touches the segment no more, up to the daemon's end.
        private func expectNothingWritten(after order: FaultShim.Order, in calls: [Tracing.Call]) throws {
            let failure = try #require(
                calls.firstIndex {
                    $0.name.hasPrefix("rename") && $0.line.contains("failed-\(order.rawValue)")
                        && $0.line.hasSuffix("= 0")
                })
            var rest = Array(calls[(failure + 1)...])
            // The shim leaves half of a write behind itself; other threads may have called something in between.
            if order == .write,
                let half = rest.firstIndex(where: { $0.name == "pwrite64" && $0.line.contains(".seg>") })
            {
                rest.remove(at: half)
            }
            let before = calls[..<failure].last { $0.line.contains(".seg>") }
            let segment = try #require(before?.line.firstMatch(of: /<([^>]*\.seg)>/)?.1)
            let later = rest.filter { $0.line.contains("<\(segment)>") || $0.line.contains("<\(segment) (deleted)>") }
            #expect(later.isEmpty, "\(later.map(\.line).joined(separator: "\n"))")
            #expect(!rest.contains { $0.line.contains(".seg") && !$0.name.hasPrefix("write") }, "nor any other segment")
        }
    }

    /// What the daemon answers about some years of `crops`, to be compared with what it answers later.
    struct Remembered: Equatable {
        var head: String
        var shows: [String]

        init(of place: Workplace, years: ClosedRange<Int>) async throws {
            head = try await place.annalctl("head").output.trimmingCharacters(in: .whitespacesAndNewlines)
            shows = []
            for year in years {
                let answer = try await place.annalctl("show", "crops", String(year), "--format", "json")
                try #require(answer.code == 0, "\(answer)")
                shows.append(answer.output)
            }
        }

        /// The head grows; what was shown stays.
        static func == (left: Self, right: Self) -> Bool { left.shows == right.shows }
    }
}
