import Annals
import Archive
import ControlAPI
import Crypto
import Definitions
import FoundationEssentials
import Testing

/// Every answer says what it rests on: the log's head, the vintages with their sources, the definitions.
@Suite struct AnswerBasisTests {
    private struct Received: Decodable {
        struct Definition: Decodable, Equatable {
            var kind: String
            var name: String
            var sha256: String
        }

        struct Origin: Decodable {
            var recorded: Instant
            var published: Instant
            var source: SourceReport
        }

        var head: String?
        var definitions: [Definition]?
        var from: Origin?
        var to: Origin?
        var points: [Origin]?
        var vintages: [Origin]?
        var source: SourceReport?
    }

    private static let definition = "dataset: crops\nconcordance: regions\n"
    private static let concordance = """
        # dimension: region
        valid_from,from_code,to_code,scope
        2015-01-01,n,c,whole
        2015-01-01,s,c,whole

        """

    private static func digest(_ text: String) -> String {
        SHA256.hash(data: Array(text.utf8)).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    private static func withServer(_ body: @Sendable (RunningServer) async throws -> Void) async throws {
        let definitions = try Definitions.load(directory: [
            ("datasets.d/crops.yaml", definition), ("concordances/regions.csv", concordance),
        ])
        try await RunningServer.with(StandInBackend(SampleArchive.filled(), definitions: definitions), body)
    }

    private static let cell = "where=region=s,crop=rye"

    @Test(arguments: ["delta", "series?\(cell)", "triangle?\(cell)", "years/2011/vintages"])
    func theHeadIsSaid(path: String) async throws {
        try await Self.withServer { server async throws in
            let archive = server.backend.archive
            let answer = try await server.get("datasets/crops/" + path, as: Received.self)
            #expect(answer.head == archive.catalog.head.description)
            let lines = try await server.text(
                "datasets/crops/" + path, format: path.hasSuffix("vintages") ? .json : .table)
            #expect(lines.contains(archive.catalog.head.description))
        }
    }

    @Test func theVintagesAreSaid() async throws {
        try await Self.withServer { server async throws in
            let current = try [2010, 2011].map { year in
                try #require(server.backend.archive.catalog.current(SampleArchive.dataset, year))
            }
            let delta = try await server.get("datasets/crops/delta", as: Received.self)
            let series = try await server.get("datasets/crops/series?" + Self.cell, as: Received.self)
            for (said, vintage) in zip(
                [delta.from, delta.to].compactMap(\.self) + (series.points ?? []), current + current)
            {
                #expect(said.recorded == vintage.recorded && said.published == vintage.published)
                #expect(said.source.sha256 == vintage.source.sha256.hex && said.source.file == vintage.source.file)
                #expect(said.source.dialect == "generic" && said.source.definitionSha256 == nil)
            }
            #expect(series.points?.count == 2)
            let all = server.backend.archive.catalog.vintages(SampleArchive.dataset, 2011)
            let history = try await server.get("datasets/crops/years/2011/vintages", as: Received.self)
            #expect(history.vintages?.map(\.source.sha256) == all.map(\.source.sha256.hex))
            let triangle = try await server.get("datasets/crops/triangle?" + Self.cell, as: Received.self)
            #expect(triangle.points?.dropFirst().map(\.source.sha256) == all.map(\.source.sha256.hex))
            let table = try await server.get("datasets/crops/years/2011?version=1", as: Received.self)
            #expect(table.source?.sha256 == all[0].source.sha256.hex)
        }
    }

    @Test func theDefinitionsAreSaid() async throws {
        try await Self.withServer { server async throws in
            let dataset = Received.Definition(kind: "dataset", name: "crops", sha256: Self.digest(Self.definition))
            let concordance = Received.Definition(
                kind: "concordance", name: "regions", sha256: Self.digest(Self.concordance))
            for (path, expected) in [
                ("delta", [dataset, concordance]), ("delta?concordance=none", [dataset]),
                ("delta?year=2011", [dataset]), ("series?" + Self.cell, [dataset, concordance]),
                ("triangle?" + Self.cell, [dataset]),
            ] {
                let answer = try await server.get("datasets/crops/" + path, as: Received.self)
                #expect(answer.definitions == expected, "\(path)")
            }
            let text = try await server.text("datasets/crops/delta", format: .table)
            #expect(text.contains("dataset definition crops (sha256 \(dataset.sha256.prefix(8)))\n"))
        }
    }
}
