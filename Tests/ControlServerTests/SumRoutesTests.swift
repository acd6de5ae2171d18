import Annals
import ControlAPI
import Definitions
import FoundationEssentials
import Testing

/// `by` and `explain` of the delta's route.
@Suite struct SumRoutesTests {
    private static let path = "datasets/crops/delta"

    @Test func sumsWithContributions() async throws {
        try await RunningServer.with { server async throws in
            let text = try await server.text(Self.path + "?by=crop")
            #expect(
                text.contains(
                    #"{"at":["rye"],"from":4.0,"to":5.0,"change":1.0,"relative":0.250000,"from_status":"value","#
                        + #""to_status":"value","comparison":"compared","contribution":0.100000}"#))
            #expect(
                text.contains(
                    #"{"at":["oats"],"from":6.0,"to":null,"change":null,"relative":null,"from_status":"value","#
                        + #""to_status":"confidential","comparison":"transition","contribution":null}"#))
            #expect(text.contains(#""summary":{"compared":1,"appeared":0,"vanished":0,"transitions":1,"#))
            let csv = try await server.text(Self.path + "?by=crop", format: .csv).split(separator: "\r\n")
            #expect(
                csv == [
                    "dataset,year,version,crop,from,to,change,relative,comparison,status,flags,unit,contribution,"
                        + "from_year,from_version,from_flags,across_break",
                    "crops,2011,2,rye,4.0,5.0,1.0,0.250000,compared,value,,tonnes,0.100000,2010,1,,false",
                    "crops,2011,2,oats,6.0,,,,transition,confidential,,tonnes,,2010,1,,false",
                ])
            let table = try await server.text(Self.path + "?by=crop&top=1", format: .table)
            #expect(
                table.contains(
                    "crop  2010  2011  change  relative  contribution\nrye    4.0   5.0    +1.0    +25.0%        +10.0%\n"
                ),
                "\(table)")
            // The total region is no row, and --totals has no effect.
            let regions = try await server.get(Self.path + "?by=region&totals=only", as: ReceivedDelta.self)
            #expect(regions.cells.map(\.at) == [["n"], ["s"]])
            let versions = try await server.get(Self.path + "?by=crop&year=2011", as: ReceivedDelta.self)
            #expect(versions.cells.map(\.change) == [1, nil])
            let chosen = try await server.text(Self.path + "?by=crop&where=region=n", format: .csv)
            let row = "rye,1.0,1.5,0.5,0.500000,compared,value,,tonnes,0.050000,2010,1,,false\r\n"
            #expect(chosen.contains(row))
        }
    }

    @Test func decompositionRowByRow() async throws {
        try await RunningServer.with { server async throws in
            let text = try await server.text(Self.path + "?explain=true")
            #expect(
                text.contains(
                    #""comparison":"compared","explain":{"as_published":-0.5,"to_revision":1.0,"from_revision":0.0,"#
                        + #""by_kind":{"to":{"correction":1.0},"from":{}}}}"#))
            #expect(text.contains(#""comparison":"transition","explain":null}"#))
            #expect(
                text.contains(#""unchanged":1,"explained":3,"unexplained":0,"across_break":0},"concordance":null}"#))
            let csv = try await server.text(Self.path + "?explain=1&where=region=s", format: .csv)
            #expect(
                csv == "dataset,year,version,region,crop,from,to,change,relative,comparison,status,flags,unit,"
                    + "as_published,to_revision,from_revision,to_by_kind,from_by_kind,from_year,from_version,"
                    + "from_flags,across_break\r\n"
                    + "crops,2011,2,s,rye,3.0,3.5,0.5,0.166667,compared,value,,tonnes,-0.5,1.0,0.0,"
                    + "correction=1.0,,2010,1,,false\r\n"
                    + "crops,2011,2,s,oats,4.0,,,,transition,confidential,,tonnes,,,,,,2010,1,,false\r\n")
            let table = try await server.text(Self.path + "?explain=1&top=5&where=region=s", format: .table)
            #expect(table.contains("as published  2011 revised  2010 revised               by kind\n"), "\(table)")
            #expect(table.contains("-0.5          +1.0           0.0  2011 correction +1.0\n"), "\(table)")
            #expect(table.contains("1 explained\n"))
            // Totals, sums, and --top, whose summary counts all.
            let total = try await server.text(Self.path + "?explain=1&where=region=all,crop=rye")
            #expect(total.contains(#""as_published":0.0,"to_revision":1.0,"from_revision":0.0"#))
            let sums = try await server.text(Self.path + "?explain=1&by=crop&top=1")
            #expect(sums.contains(#""contribution":0.100000,"explain":{"as_published":0.0,"to_revision":1.0"#))
            #expect(sums.contains(#""explained":1,"unexplained":0,"#))
            // As of the first release there are no revisions yet.
            let first = try await server.text(Self.path + "?explain=1&known_at=2&where=region=s,crop=rye")
            #expect(
                first.contains(
                    #""as_published":-0.5,"to_revision":0.0,"from_revision":0.0,"by_kind":{"to":{},"from":{}}"#))
        }
    }

    @Test(
        arguments: [
            ("?by=age", .wrongParameter), ("?by=crop&where=region=west", .wrongParameter),
            ("?year=2011&explain=1", .deltaRefused), ("?explain=perhaps", .wrongParameter),
        ] as [(String, ProblemKind)])
    func questionsThatAreRefused(query: String, kind: ProblemKind) async throws {
        try await RunningServer.with { server async throws in
            #expect(try await server.problem(Self.path + query).kind == kind)
        }
    }

    @Test func ratesAddUpOnlyWhereADefinitionSaysSo() async throws {
        let archive = try SampleArchive.empty()
        try SampleArchive.drop(SampleArchive.table(2010, [[1, 2], [3, 4], [4, 6]], kind: .rate), into: archive)
        try SampleArchive.drop(SampleArchive.table(2011, [[2, 2], [3, 4], [5, 6]], kind: .rate), into: archive)
        try await RunningServer.with(StandInBackend(archive)) { server async throws in
            let problem = try await server.problem(Self.path + "?by=crop")
            #expect(problem.kind == .deltaRefused && problem.exitCode == .answerIsNo)
            #expect(problem.remedy?.contains("`additive: true` for the measure `harvest`") == true)
            #expect(try await server.problem("datasets/crops/triangle?where=crop=rye").kind == .deltaRefused)
        }
        // Said after the figures were recorded: a definition in force counts for them, too.
        let definitions = try Definitions.load(directory: [
            ("datasets.d/crops.yaml", "dataset: crops\nmeasures: [{code: harvest, kind: rate, additive: true}]\n")
        ])
        try await RunningServer.with(StandInBackend(archive, definitions: definitions)) { server async throws in
            #expect(try await server.get(Self.path + "?by=crop", as: ReceivedDelta.self).cells.count == 2)
            #expect(try await server.text(Self.path + "?by=crop").contains(#""contribution":null"#))
        }
    }
}
