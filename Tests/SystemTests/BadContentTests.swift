import Foundation
import Testing

extension SystemTests {
    /// Files that say something that can't be taken: what becomes of them, and where their bytes are.
    @Suite struct BadContent {
        /// A file that must be quarantined, and what its reason must say.
        struct Refused: Sendable, CustomTestStringConvertible {
            var testDescription: String
            var name: String
            var bytes: [UInt8]
            /// One of these stands in the message, what was found or expected, or the remedy; any case.
            var words: [String]
            var line: Int?
        }

        static let noise: [UInt8] = {
            var random = SeededRandom(state: 11)
            return (0..<10_000).map { _ in UInt8.random(in: 0...255, using: &random) }
        }()

        static func page(titled title: String) -> [UInt8] {
            // The sample ships with the repository; without it every other test fails too.
            let text = (try? FoundingPage.text()) ?? ""
            return Array(
                text.replacingOccurrences(of: "6 Net migration¹ between counties. 2011", with: title).utf8)
        }

        static let refused: [Refused] = [
            Refused(testDescription: "an empty file", name: "crops-2011.csv", bytes: [], words: ["empty"]),
            Refused(
                testDescription: "noise", name: "crops-2011.csv", bytes: noise, words: ["text", "binary", "table"]),
            Refused(
                testDescription: "no year", name: "crops.csv", bytes: Array(SmallTables.csv(1).utf8), words: ["year"]),
            Refused(
                testDescription: "two years in the title", name: "page.txt",
                bytes: page(titled: "6 Net migration¹ between counties. 2010, corrected 2011"), words: ["2010"]),
            Refused(
                testDescription: "two years in the name", name: "crops-2010-corrected-2011.csv",
                bytes: Array(SmallTables.csv(1).utf8), words: ["2010"]),
            Refused(
                testDescription: "a base year alone", name: "page.txt",
                bytes: page(titled: "6 Net migration¹ between counties (1980=100)"), words: ["year"]),
            Refused(
                testDescription: "a cell twice with other figures", name: "crops-2011.csv",
                bytes: Array("region,value\nNorth,1\nSouth,7\nNorth,2\n".utf8), words: ["North"], line: 4),
            Refused(
                testDescription: "a row too short", name: "crops-2011.csv",
                bytes: Array("region,sort,value\nNorth,rye,1\nSouth,oats\nWest,rye,5\n".utf8), words: ["3"], line: 3),
            Refused(
                testDescription: "a row too long", name: "crops-2011.csv",
                bytes: Array("region,value\nNorth,1\nSouth,2,9\nWest,5\n".utf8), words: ["2"], line: 3),
            Refused(
                testDescription: "an unknown glyph", name: "crops-2011.csv",
                bytes: Array("region,value\nNorth,1\nSouth,§\nWest,5\n".utf8), words: ["§"], line: 3),
            Refused(
                testDescription: "tables 500 deep", name: "page-2011.html",
                bytes: Array(String(repeating: "<table><tr><td>", count: 500).utf8), words: ["deep"], line: 1),
            Refused(
                testDescription: "100,000 open elements", name: "page-2011.html",
                bytes: Array(("<html>" + String(repeating: "<b>", count: 100_000)).utf8), words: ["deep"], line: 1),
            Refused(
                testDescription: "a page that was cut off", name: "page-2011.html",
                bytes: Array("<table><tr><th>A<th>B<tr><td>North<td>1<tr><td>South<td>1".utf8), words: ["cut off"]),
            Refused(
                testDescription: "a figure beyond Int64", name: "crops-2011.csv",
                bytes: Array("region,value\nNorth,1\nSouth,99999999999999999999\nWest,5\n".utf8),
                words: ["99999999999999999999", "large", "overflow", "digits"], line: 3),
        ]

        @Test(arguments: refused) func isQuarantinedWithAReason(_ file: Refused) async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(file.bytes, as: Array(file.name.utf8))
                    let drops = try await place.synchronise()
                    #expect(drops.map { $0["outcome"].text } == ["quarantined"], "\(drops)")
                    #expect(drops.first?["file"].text == file.name)
                    let reason = drops.first?["reason"] ?? .null
                    expect(reason, says: file)
                    let kept = try place.quarantine
                    #expect(
                        kept.contains { $0.key.hasSuffix("/" + file.name) && $0.value == file.bytes }, "\(kept.keys)")
                    #expect(kept.keys.contains { $0.hasSuffix("/reason.json") })
                    #expect(try place.done.isEmpty)
                    #expect(try place.waiting.isEmpty)
                    let status = try await place.ask("status")
                    #expect(status["state"].text == "ready")
                    #expect(status["drops"]["quarantined"].int == 1)
                    // The daemon goes on.
                    try place.drop(SmallTables.csv(1), as: "potatoes-2011.csv")
                    let next = try await place.synchronise(since: drops.first?["seq"].int ?? 0)
                    #expect(next.map { $0["outcome"].text } == ["new"])
                }
            }
        }

        private func expect(_ reason: JSON, says file: Refused) {
            let said = ["message", "found", "expected", "remedy"].compactMap { reason[$0].text }
                .joined(separator: "\n").lowercased()
            #expect(reason["message"].text?.isEmpty == false)
            #expect(reason["remedy"].text?.isEmpty == false, "\(reason)")
            #expect(file.words.contains { said.contains($0.lowercased()) }, "\(reason)")
            #expect(file.line == nil || reason["line"].int == file.line, "\(reason)")
        }

        /// A base year beside a year is no second year.
        @Test func aBaseYearIsNoYear() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(
                        Self.page(titled: "6 Net migration¹ between counties (1980=100). 2011"),
                        as: Array("page.txt".utf8))
                    let drops = try await place.synchronise()
                    #expect(drops.map { $0["year"].int } == [2011], "\(drops)")
                }
            }
        }

        /// The same cell with the same figure twice is either read as one or refused, but never lost in silence.
        @Test func aCellTwiceWithTheSameFigure() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop("region,value\nNorth,1\nSouth,7\nNorth,1\n", as: "crops-2011.csv")
                    let drops = try await place.synchronise()
                    #expect(drops.count == 1)
                    guard drops.first?["outcome"].text == "new" else {
                        #expect(drops.first?["outcome"].text == "quarantined")
                        #expect(drops.first?["reason"]["line"].int == 4)
                        return
                    }
                    let show = try await place.ask("show", "crops", "2011")
                    #expect(show["cells"].items.count == 2)
                    #expect(!show["findings"].items.isEmpty, "what was merged is told")
                }
            }
        }

        /// A year in the sidecar settles what the title leaves open.
        @Test func aSidecarGivesTheYear() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(SmallTables.csv(1), as: "crops.csv", sidecar: "year: 2011\n")
                    let drops = try await place.synchronise()
                    #expect(drops.map { $0["year"].int } == [2011], "\(drops)")
                    #expect(drops.map { $0["dataset"].text } == ["crops"])
                }
            }
        }

        @Test func aBadSidecarQuarantinesItsFile() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv", sidecar: "knd: correction\n")
                    let drops = try await place.synchronise()
                    #expect(drops.map { $0["outcome"].text } == ["quarantined"])
                    #expect(drops.first?["reason"]["message"].text?.contains("knd") == true, "\(drops)")
                    #expect(try place.quarantine.keys.contains { $0.hasSuffix(".meta.yaml") })
                    #expect(try place.waiting.isEmpty)
                }
            }
        }

        /// Two files for the same year at once: both have their outcome, in order of arrival.
        @Test func twoFilesForOneYear() async throws {
            try await Workplace.with { place in
                for (seed, directory) in [(1, "a"), (2, "b")] {
                    try Files.write(SmallTables.csv(seed), to: "\(place.drafts)/\(directory)-crops.csv")
                }
                try await place.withDaemon { _ in
                    for letter in ["a", "b"] {
                        let meta = "dataset: crops\nyear: 2011\n"
                        try Files.write(meta, to: "\(place.inbox)/\(letter)-crops.csv.meta.yaml")
                    }
                    for letter in ["a", "b"] {
                        try Files.move("\(place.drafts)/\(letter)-crops.csv", to: "\(place.inbox)/\(letter)-crops.csv")
                    }
                    let drops = try await place.synchronise()
                    #expect(drops.map { $0["file"].text } == ["a-crops.csv", "b-crops.csv"])
                    #expect(drops.map { $0["outcome"].text } == ["new", "revised"])
                    #expect(drops.map { $0["version"].int } == [1, 2])
                    #expect(try place.done.count == 4)
                }
            }
        }
    }
}
