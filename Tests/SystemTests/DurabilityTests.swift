import Foundation
import Testing

extension SystemTests {
    @Suite struct Durability {
        /// Written, synced, filed, answered: in that order, as the kernel saw it.
        @Test func aCommitIsDurableBeforeTheFileMovesAndTheAnswerLeaves() async throws {
            guard await Tracing.works() else { return }
            try await Workplace.with { place in
                let trace = place.root + "/trace"
                let calls = "pwrite64,pwritev,pwritev2,write,fdatasync,fsync,renameat2,sendmsg,sendto,writev"
                let wrapper = ["strace", "-D", "-f", "-q", "-y", "-s", "4096", "-o", trace, "-e", "trace=" + calls]
                try await place.withDaemon(DaemonStart(wrapper: wrapper)) { _ in
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv")
                    let drops = try await place.synchronise()
                    #expect(drops.map { $0["outcome"].text } == ["new"])
                    try await wait(upTo: .seconds(10), for: "the trace to be written") {
                        Tracing.calls(in: trace).contains { isAnswer($0) }
                    }
                    try expectOrder(Tracing.calls(in: trace), place)
                }
            }
        }

        private func expectOrder(_ calls: [Tracing.Call], _ place: Workplace) throws {
            let filing = try #require(
                calls.firstIndex { $0.name == "renameat2" && $0.line.contains("crops-2011.csv") },
                "the file is renamed into done/")
            // The index beside the segment is written after the sync, and needn't be synced before the answer.
            let isOfSegment = { (call: Tracing.Call) in
                call.line.contains(place.state + "/log/") && call.line.contains(".seg>")
            }
            let write = try #require(
                calls[..<filing].lastIndex { $0.name.hasPrefix("pwrite") && isOfSegment($0) }, "a write to the segment")
            let sync = try #require(
                calls[..<filing].lastIndex { ["fdatasync", "fsync"].contains($0.name) && isOfSegment($0) }, "its sync")
            let answer = try #require(calls.firstIndex { isAnswer($0) }, "the answer on the socket")
            #expect(write < sync)
            #expect(sync < filing)
            #expect(filing < answer)
            #expect(calls[sync].line.hasSuffix("= 0"))
            #expect(calls[filing].line.contains("RENAME_NOREPLACE"))
            let segment = calls[write].line.firstMatch(of: /<([^>]*)>/)?.1
            #expect(segment != nil && calls[sync].line.contains(segment ?? "?"), "the sync is of what was written")
        }

        /// The response that names the drop.
        private func isAnswer(_ call: Tracing.Call) -> Bool {
            ["sendmsg", "sendto", "write", "writev"].contains(call.name) && call.line.contains("crops-2011.csv")
                && call.line.contains("\\\"outcome\\\"")
        }
    }
}
