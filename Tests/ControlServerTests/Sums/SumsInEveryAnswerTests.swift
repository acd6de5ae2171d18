import Annals
import Archive
import ControlAPI
import ControlServer
import Definitions
import FoundationEssentials
import StableStorage
import TestSupport
import Testing

/// What is known of a code as a sum from any version of any year holds in every answer.
@Suite struct SumsInEveryAnswerTests {
    private static let ages = (0..<8).map { "a\($0)" }
    private static let parts = ["N": ["a", "b", "d", "e", "g"], "r1": ["a", "b"], "r2": ["d", "e", "g"]]
    private static let codes = ["N", "r1", "a", "b", "r2", "d", "e", "g"]

    /// A country, its regions and their municipalities; so many ages have a hidden figure.
    private static func file(
        _ year: Int, hiding count: Int = 0, without left: Set<String> = [], adding added: [String: Int] = [:],
        codes: [String] = codes
    ) -> String {
        func figure(_ code: String, _ age: Int) -> Int {
            if let parts = parts[code] { return parts.reduce(0) { $0 + figure($1, age) } }
            let byte = Int(code.utf8.first ?? 0)
            return (byte * 7919 + age * 104_729 + year * 31) % 89_000 + 1000 + (added[code + ages[age]] ?? 0)
        }
        var lines = ["year,region,age,value"]
        for code in codes where !left.contains(code) {
            for (age, name) in ages.enumerated() {
                let isHidden = age < count && ["a", "b"].contains(code)
                lines.append("\(year),\(code),\(name),\(isHidden ? ":c" : String(figure(code, age)))")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func definitions(_ more: String = "") throws -> Definitions {
        let text = """
            dataset: pop
            match: {file: pop-*}
            dialect: eurostat
            columns: {year: year, keys: [region, age], values: [value]}
            measures: [{code: value, kind: amount}]
            \(more)

            """
        return try Definitions.load(directory: [("datasets.d/pop.yaml", text)])
    }

    private static func record(_ files: [(String, Int)], in archive: Archive, _ definitions: Definitions) throws {
        for (file, year) in files {
            let entries = try RecordedFile.record(file, as: "pop-\(year).csv", in: archive, definitions)
            #expect(entries.allSatisfy { $0.outcome != .quarantined }, "\(entries.map(\.reason))")
        }
    }

    private static func sums(_ server: RunningServer, _ query: String = "from=2010&to=2011") async throws -> [Decimal?]
    {
        let delta = try await server.get("datasets/pop/delta?by=age&\(query)", as: ReceivedDelta.self)
        let row = delta.cells.first { $0.at == ["a6"] }
        return [row?.from, row?.to]
    }

    private static func printed(
        _ server: RunningServer, _ query: String = "from=2010&to=2011"
    ) async throws -> [Decimal?] {
        let delta = try await server.get(
            "datasets/pop/delta?where=region=N,age=a6&\(query)", as: ReceivedDelta.self)
        return [delta.cells[0].from, delta.cells[0].to]
    }

    private func changes(_ server: RunningServer) async throws -> [HistoryReport.Entry] {
        try await server.get("datasets/pop/years/2010/vintages", as: HistoryReport.self).vintages
    }

    /// What the history counts is what the delta of the same two versions counts: 10 and 6 more, and not their sums again.
    @Test func theHistoryLeavesOutWhatTheDeltaLeavesOut() async throws {
        let (archive, definitions) = (try SampleArchive.empty(), try Self.definitions())
        try Self.record(
            [(Self.file(2010), 2010), (Self.file(2010, adding: ["aa3": 10, "ba3": 6]), 2010)], in: archive, definitions)
        try await RunningServer.with(StandInBackend(archive, definitions: definitions)) { server in
            let entry = try #require(try await changes(server).last)
            let delta = try await server.get("datasets/pop/delta?year=2010", as: ReceivedDelta.self)
            #expect(entry.changed?.compared == 40)
            #expect(entry.changed?.increased == 2)
            #expect(delta.summary.compared == 40)
            #expect(delta.summary.increased == 2)
            #expect(entry.difference?.cells == 2)
            #expect(entry.difference?.sentences.first?.hasPrefix("by 16 in all, most at a × a3 ") == true)
            // r1 and N.
            #expect(entry.difference?.totals == 2)
        }
    }

    /// What was kept before a sum was known, or before its definition, is not believed after.
    @Test func whatIsKeptFollowsWhatIsKnown() async throws {
        let scratch = ScratchDirectory()
        try await keep(in: scratch.path)
        withExtendedLifetime(scratch) {}
    }

    private func keep(in path: String) async throws {
        let archive = try SampleArchive.empty()
        // Of two ages, one of which is hidden and the other off, nothing tells what is a sum.
        func short(_ more: Int) -> String {
            let lines = Self.file(2010, hiding: 7, adding: ["aa7": more]).split(separator: "\n").filter { line in
                line.hasSuffix("value") || line.contains(",a6,") || line.contains(",a7,")
            }
            return lines.map { $0.hasPrefix("2010,N,a7") ? "2010,N,a7,77" : String($0) }.joined(separator: "\n") + "\n"
        }
        try Self.record([(short(0), 2010), (short(5), 2010)], in: archive, Self.definitions())
        let declared = """
            dimensions: [{id: region, column: region}, {id: age, column: age}]
            audits: [{sum: {dimension: region, code: r1, of: [a, b]}}]
            on-failed-audit: warn
            """
        for (definitions, compared) in [(try Self.definitions(), 14), (try Self.definitions(declared), 12)] {
            for _ in 0..<2 {
                let backend = StandInBackend(
                    archive, definitions: definitions, changes: ChangeFile(in: try POSIXDirectory(path: path)))
                try await RunningServer.with(backend) { server in
                    let entry = try await changes(server).last
                    #expect(entry?.changed?.compared == compared)
                }
            }
        }
    }

    /// A revision that hides more takes nothing of what is known away.
    @Test func aRevisionThatHidesMore() async throws {
        let (archive, definitions) = (try SampleArchive.empty(), try Self.definitions())
        try Self.record(
            [(Self.file(2010, hiding: 1), 2010), (Self.file(2011, hiding: 1), 2011)], in: archive, definitions)
        try await RunningServer.with(StandInBackend(archive, definitions: definitions)) { server in
            let printed = try await Self.printed(server)
            #expect(try await Self.sums(server) == printed)
        }
        try Self.record(
            [(Self.file(2010, hiding: 6), 2010), (Self.file(2011, hiding: 6), 2011)], in: archive, definitions)
        try await RunningServer.with(StandInBackend(archive, definitions: definitions)) { server in
            let printed = try await Self.printed(server)
            #expect(try await Self.sums(server) == printed)
            let triangle = try await server.text("datasets/pop/triangle?where=age=a6", format: .csv)
            let figures = triangle.split(separator: "\r\n").dropFirst().map { String($0.split(separator: ",")[2]) }
            #expect(figures == [printed[0], printed[0], printed[1], printed[1]].map { "\($0 ?? 0)" })
        }
    }

    /// Of a sum of which a table has some parts alone, what is left is not summed.
    @Test func aTableWithSomeOfTheParts() async throws {
        let (archive, definitions) = (try SampleArchive.empty(), try Self.definitions())
        try Self.record(
            [(Self.file(2010), 2010), (Self.file(2011, without: ["e", "g"]), 2011)], in: archive, definitions)
        try await RunningServer.with(StandInBackend(archive, definitions: definitions)) { server in
            let printed = try await Self.printed(server)
            #expect(try await Self.sums(server) == [printed[0], nil])
            let delta = try await server.text("datasets/pop/delta?by=age&from=2010&to=2011")
            #expect(delta.contains(#""to_status":"incomplete""#) && !delta.contains(#""to_status":"value""#))
            let triangle = try await server.text("datasets/pop/triangle?where=age=a6", format: .json)
            #expect(triangle.contains(#""status":"incomplete""#))
            // Who names what is there gets it.
            let named = try await Self.sums(server, "from=2010&to=2011&where=region=r1")
            #expect(!named.contains(nil))
        }
    }

    /// A region may be left out where its parts are there, and parts where none of them is.
    @Test func wholesStandForPartsAndPartsForWholes() async throws {
        for left in [["r2"], ["d", "e", "g"]] as [Set<String>] {
            let (archive, definitions) = (try SampleArchive.empty(), try Self.definitions())
            try Self.record(
                [(Self.file(2010), 2010), (Self.file(2011, without: left), 2011)], in: archive, definitions)
            try await RunningServer.with(StandInBackend(archive, definitions: definitions)) { server in
                let printed = try await Self.printed(server)
                #expect(try await Self.sums(server) == printed, "\(left)")
            }
        }
    }

    /// Two municipalities merged, and what is left of their region is the same as the region.
    @Test func aRegionThatIsLeftWithOnePart() async throws {
        let (archive, definitions) = (try SampleArchive.empty(), try Self.definitions())
        let merged = Self.file(2011).split(separator: "\n").filter { !$0.hasPrefix("2011,b,") }.map { line in
            guard line.hasPrefix("2011,a,") else { return String(line) }
            let age = line.split(separator: ",")[2]
            let whole = Self.file(2011).split(separator: "\n").first { $0.hasPrefix("2011,r1,\(age),") } ?? ""
            return "2011,c,\(age),\(whole.split(separator: ",")[3])"
        }
        try Self.record(
            [(Self.file(2010), 2010), (merged.joined(separator: "\n") + "\n", 2011)], in: archive, definitions)
        try await RunningServer.with(StandInBackend(archive, definitions: definitions)) { server in
            let printed = try await Self.printed(server)
            #expect(try await Self.sums(server) == printed)
        }
    }

    /// A commune by the name of a total: its figures tell, or a definition says that there is none.
    @Test func aNameAloneMakesNoSum() async throws {
        let codes = ["a", "Alle", "d", "e"]
        for (kind, more, isCounted) in [
            ("amount", "", true), ("index", "", false),
            ("index", "dimensions: [{id: region, column: region, total: none}, {id: age, column: age}]", true),
        ] {
            let archive = try SampleArchive.empty()
            let text = """
                dataset: pop
                match: {file: pop-*}
                columns: {year: year, keys: [region, age], values: [value]}
                measures: [{code: value, kind: \(kind), additive: true}]
                \(more)

                """
            let definitions = try Definitions.load(directory: [("datasets.d/pop.yaml", text)])
            func file(_ year: Int) -> String {
                let lines = Self.ages.indices.flatMap { age in
                    codes.enumerated().map { place, code in
                        "\(year),\(code),\(Self.ages[age]),\([900, 150, 1200, 400][place] + age + year)"
                    }
                }
                return (["year,region,age,value"] + lines).joined(separator: "\n") + "\n"
            }
            try Self.record([(file(2010), 2010), (file(2011), 2011)], in: archive, definitions)
            try await RunningServer.with(StandInBackend(archive, definitions: definitions)) { server in
                let delta = try await server.get(
                    "datasets/pop/delta?by=region&from=2010&to=2011", as: ReceivedDelta.self)
                #expect(delta.cells.contains { $0.at == ["Alle"] } == isCounted, "\(kind) \(more)")
            }
        }
    }
}
