import Foundation
import Glibc
import Testing

extension SystemTests {
    /// Files that change while the daemon looks at them.
    @Suite struct Writing {
        private var pieces: [String] {
            ["region,value\n"] + (1...9).map { "Region \($0),\(100 * $0 * $0 + $0)\n" }
        }

        @Test func tenSlowPiecesByOneWriterAreOneDrop() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    let writer = try Files.open(Array((place.inbox + "/crops-2011.csv").utf8), O_WRONLY | O_CREAT)
                    for piece in pieces {
                        try Files.append(Array(piece.utf8), to: writer)
                        // Longer than the settle time: only the lease holds the daemon off.
                        try await Task.sleep(for: .milliseconds(300))
                    }
                    let early = try await place.ask("drops")["drops"].items
                    #expect(early.isEmpty)
                    close(writer)
                    try await expectOneWholeDrop(in: place)
                }
            }
        }

        @Test func tenSlowPiecesByReopeningAreOneDrop() async throws {
            try await Workplace.with { place in
                try await place.withDaemon(DaemonStart(environment: ["ANNALD_SETTLE_SECONDS": "1.5"])) { _ in
                    for piece in pieces {
                        let path = Array((place.inbox + "/crops-2011.csv").utf8)
                        let writer = try Files.open(path, O_WRONLY | O_CREAT | O_APPEND)
                        try Files.append(Array(piece.utf8), to: writer)
                        close(writer)
                        try await Task.sleep(for: .milliseconds(150))
                    }
                    try await expectOneWholeDrop(in: place)
                }
            }
        }

        private func expectOneWholeDrop(in place: Workplace) async throws {
            let drops = try await place.synchronise()
            #expect(drops.map { $0["outcome"].text } == ["new"], "\(drops)")
            let show = try await place.ask("show", "crops", "2011")
            #expect(show["cells"].items.count == 9)
            #expect(try place.done.values.map { $0 } == [Array(pieces.joined().utf8)])
        }

        /// A version of a table that takes a while to read.
        ///
        /// Its figures are near those of all others: versions may be passed over, and ten times a figure is another scale.
        private func version(_ number: Int) -> [UInt8] {
            Array(("region,value\n" + (0..<20_000).map { "R\($0),\((100 + number) * 1000 + $0 % 7)\n" }.joined()).utf8)
        }

        /// Every version that was taken is one that was written, whole, and the last one is taken.
        @Test func aFileReplacedWhileItIsReadIsNeverAMixture() async throws {
            let versions = (1...12).map { version($0) }
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    for version in versions {
                        try place.drop(version, as: Array("crops-2011.csv".utf8))
                        try await Task.sleep(for: .milliseconds(Int.random(in: 0...60)))
                    }
                    try await expectWholeVersions(versions, in: place)
                }
            }
        }

        /// Rewritten in place, again and again, by a writer that truncates.
        @Test func aFileRewrittenInPlaceIsNeverAMixture() async throws {
            let versions = (1...8).map { version($0) }
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    for version in versions {
                        try Files.write(version, to: Array((place.inbox + "/crops-2011.csv").utf8))
                        try await Task.sleep(for: .milliseconds(Int.random(in: 50...350)))
                    }
                    try await expectWholeVersions(versions, in: place)
                }
            }
        }

        private func expectWholeVersions(_ versions: [[UInt8]], in place: Workplace) async throws {
            let last = versions.count
            let drops = try await place.synchronise(timeoutSeconds: 60)
            #expect(drops.allSatisfy { ["new", "revised"].contains($0["outcome"].text) }, "\(drops)")
            for drop in drops {
                let number = String(drop["version"].int ?? 0)
                var figures: Set<Int> = []
                for region in ["R0", "R9999", "R19999"] {
                    // As CSV, which doesn't list all categories.
                    let show = try await place.annalctl(
                        "show", "crops", "2011", "--version", number, "--where", "region=" + region, "--format", "csv")
                    let fields = show.csv.last?.split(separator: ",", omittingEmptySubsequences: false) ?? []
                    #expect(fields.count == 8, "\(show)")
                    figures.insert((fields.count > 4 ? Int(fields[4]) ?? 0 : 0) / 1000 - 100)
                }
                #expect(figures.count == 1, "version \(number) is a mixture")
                if number == String(drops.count) { #expect(figures == [last], "the last one is taken") }
            }
            // Found outside of the expectation, which would take all the bytes apart.
            let strange = try place.done.filter { !versions.contains($0.value) }.keys.sorted()
            #expect(strange.isEmpty, "none of these was written")
            #expect(try Files.tree(place.state + "/done").count == drops.count)
            try await expectNamesMatchContents(in: place)
            #expect(try place.waiting.isEmpty)
        }

        private func expectNamesMatchContents(in place: Workplace) async throws {
            for path in try Files.tree(place.state + "/done") {
                let path = String(decoding: path, as: UTF8.self)
                let sum = try await Answer.of("sha256sum", [place.state + "/done/" + path]).output
                #expect(path.split(separator: "/").last?.prefix(8) == sum.prefix(8), "\(path)")
            }
        }

        /// Between the commit and the filing the name gets a new file: that one is a drop of its own.
        ///
        /// strace holds the daemon before it renames, so that there is time.
        @Test func aNewFileUnderTheNameBetweenCommitAndFiling() async throws {
            guard await Tracing.works() else { return }
            try await Workplace.with { place in
                let trace = place.root + "/trace"
                let wrapper = [
                    "strace", "-D", "-f", "-q", "-o", trace, "-e", "trace=renameat2,fdatasync",
                    "-e", "inject=renameat2:delay_enter=700000",
                ]
                try await place.withDaemon(DaemonStart(wrapper: wrapper)) { _ in
                    let before = Tracing.syncs(in: trace)
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv")
                    try await wait(upTo: .seconds(20), for: "the commit's sync") {
                        Tracing.syncs(in: trace) > before
                    }
                    try place.drop(SmallTables.csv(2), as: "crops-2011.csv")
                    let drops = try await place.synchronise()
                    #expect(drops.map { $0["outcome"].text } == ["new", "revised"], "\(drops)")
                    let history = try await place.ask("history", "crops", "2011")["vintages"].items
                    #expect(history.count == 2)
                    let first = try await place.ask("show", "crops", "2011", "--version", "1")
                    #expect(first["cells"].items.contains { $0["value"].int == SmallTables.north(1) })
                    let second = try await place.ask("show", "crops", "2011")
                    #expect(second["cells"].items.contains { $0["value"].int == SmallTables.north(2) })
                    #expect(try place.waiting.isEmpty)
                    #expect(try place.done.values.contains(Array(SmallTables.csv(2).utf8)))
                    try await expectNamesMatchContents(in: place)
                    let verify = try await place.annalctl("verify")
                    #expect(verify.code == 0)
                }
            }
        }

        @Test func theInboxDeletedAndMadeAnew() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(SmallTables.csv(1), as: "crops-2010.csv")
                    let drops = try await place.synchronise()
                    try FileManager.default.removeItem(atPath: place.inbox)
                    try await wait(upTo: .seconds(10), for: "the status to tell that the inbox is gone") {
                        try await !place.ask("status")["problems"].items.isEmpty
                    }
                    let show = try await place.annalctl("show", "crops", "2010")
                    #expect(show.code == 0)
                    try Files.makeDirectory(place.inbox)
                    try place.drop(SmallTables.csv(2), as: "crops-2011.csv")
                    try await wait(upTo: .seconds(20), for: "the file in the new inbox") {
                        try await place.ask("drops")["drops"].items.count == 2
                    }
                    // And events come again: no rescan is needed to see the next one.
                    try place.drop(SmallTables.csv(3), as: "crops-2012.csv")
                    let more = try await place.synchronise(since: drops.count)
                    #expect(more.map { $0["year"].int } == [2011, 2012])
                    let problems = try await place.ask("status")["problems"].items
                    #expect(problems.isEmpty)
                }
            }
        }
    }
}
