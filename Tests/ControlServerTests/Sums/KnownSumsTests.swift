import Annals
import Archive
import ControlAPI
import Definitions
import FoundationEssentials
import Testing

/// A code that is the sum of others is in no sum with them, whatever keeps a year's figures from proving it; and so in every
/// answer.
@Suite struct KnownSumsTests {
    /// A country and its five regions by twelve ages; its figure is off by `error` at one age, and one cell is hidden.
    private static func file(_ year: Int, error: Int = 0, hidden: String? = nil) -> String {
        func figure(_ region: Int, _ age: Int) -> Int { (region * 7919 + age * 104_729 + year * 31) % 89_000 + 1000 }
        var lines = ["year,region,age,value"]
        for age in 0..<12 {
            let sum = (1...5).reduce(age == 3 ? error : 0) { $0 + figure($1, age) }
            lines.append("\(year),C,a\(age),\(sum)")
        }
        for region in 1...5 {
            for age in 0..<12 {
                let at = "R\(region)-a\(age)"
                lines.append("\(year),R\(region),a\(age),\(at == hidden ? ":c" : String(figure(region, age)))")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func definitions(_ total: String = "") throws -> Definitions {
        let text = """
            dataset: pop
            match: {file: pop-*}
            dialect: eurostat
            columns: {year: year, keys: [region, age], values: [value]}
            \(total)

            """
        return try Definitions.load(directory: [("datasets.d/pop.yaml", text)])
    }

    private static func record(
        _ file: String, _ year: Int, in archive: Archive, _ definitions: Definitions
    ) throws {
        let entries = try RecordedFile.record(file, as: "pop-\(year).csv", in: archive, definitions)
        #expect(entries.map(\.outcome) == [.new])
    }

    private static func sums(_ server: RunningServer, _ query: String) async throws -> [Decimal?] {
        let delta = try await server.get("datasets/pop/delta?by=age&\(query)", as: ReceivedDelta.self)
        let row = delta.cells.first { $0.at == ["a5"] }
        return [row?.from, row?.to]
    }

    /// What is printed for the country.
    private static func printed(_ server: RunningServer) async throws -> [Decimal?] {
        let delta = try await server.get(
            "datasets/pop/delta?from=2009&to=2010&where=region=C,age=a5", as: ReceivedDelta.self)
        return [delta.cells[0].from, delta.cells[0].to]
    }

    private static func triangle(_ server: RunningServer) async throws -> [String] {
        try await server.text("datasets/pop/triangle?where=age=a5", format: .csv).split(separator: "\r\n").dropFirst()
            .map { String($0.split(separator: ",")[2]) }
    }

    /// Of two years in which something is hidden, or one figure is off.
    @Test(arguments: [(0, "R2-a3"), (9, nil), (9, "R4-a11")] as [(Int, String?)])
    func theFiguresTellThoughTheyDontProve(error: Int, hidden: String?) async throws {
        let (archive, definitions) = (try SampleArchive.empty(), try Self.definitions())
        for year in [2009, 2010] {
            let file = Self.file(year, error: error, hidden: hidden)
            try Self.record(file, year, in: archive, definitions)
        }
        try await RunningServer.with(StandInBackend(archive, definitions: definitions)) { server in
            let printed = try await Self.printed(server)
            #expect(try await Self.sums(server, "from=2009&to=2010") == printed)
            #expect(try await Self.triangle(server) == printed.map { "\($0 ?? 0)" })
        }
    }

    /// One year proves it of all, also of those that have too little to tell, and is the same in each answer.
    @Test func whatHeldInAYearIsKnownOfAll() async throws {
        let (archive, definitions) = (try SampleArchive.empty(), try Self.definitions())
        func short(_ year: Int) -> String {
            let lines = Self.file(year, hidden: "R2-a4").split(separator: "\n")
            return lines.filter { $0.hasSuffix("value") || $0.contains(",a4,") || $0.contains(",a5,") }
                .joined(separator: "\n") + "\n"
        }
        for year in [2009, 2010] {
            try Self.record(short(year), year, in: archive, definitions)
        }
        try Self.record(Self.file(2011), 2011, in: archive, definitions)
        try await RunningServer.with(StandInBackend(archive, definitions: definitions)) { server in
            let printed = try await Self.printed(server)
            #expect(try await Self.sums(server, "from=2009&to=2010") == printed)
            #expect(try await Self.sums(server, "from=2010&to=2011").first == printed[1])
            #expect(try await Self.triangle(server).prefix(2) == printed.map { "\($0 ?? 0)" }[...])
            // As the log was before that year came, nothing told of it.
            #expect(try await Self.sums(server, "from=2009&to=2010&known_at=2") != printed)
        }
    }

    /// A definition says so of what was recorded before it.
    @Test(arguments: [
        "dimensions: [{id: region, role: column, column: region, total: {code: C}}, {id: age, role: column, column: age}]",
        """
        dimensions: [{id: region, role: column, column: region}, {id: age, role: column, column: age}]
        audits: [{sum: {dimension: region, code: C, of: [R1, R2, R3, R4, R5]}}]
        """,
    ])
    func theDefinitionInForceTells(total: String) async throws {
        let archive = try SampleArchive.empty()
        for year in [2009, 2010] {
            // Too few ages to tell by the figures, and one of them off.
            let lines = Self.file(year, error: 9).split(separator: "\n")
            let file = lines.filter { $0.hasSuffix("value") || $0.contains(",a5,") || $0.contains(",a3,") }
            try Self.record(file.joined(separator: "\n") + "\n", year, in: archive, Self.definitions())
        }
        for (definitions, isKnown) in [(try Self.definitions(), false), (try Self.definitions(total), true)] {
            try await RunningServer.with(StandInBackend(archive, definitions: definitions)) { server in
                let printed = try await Self.printed(server)
                #expect(try await (Self.sums(server, "from=2009&to=2010") == printed) == isKnown)
            }
        }
    }
}
