import Archive
import ControlAPI
import FoundationEssentials
import Testing

@Suite struct DeltaRoutesTests {
    private static let path = "datasets/crops/delta"

    @Test func theLatestTwoYears() async throws {
        try await RunningServer.with { server in
            let text = try await server.text(Self.path)
            #expect(
                text.hasPrefix(
                    #"{"dataset":"crops","axis":"year","from":{"year":2010,"version":1,"recorded":"2023-"#), "\(text)")
            #expect(
                text.contains(
                    #""to":{"year":2011,"version":2,"kind":"correction","reason":"A typing error","recorded":"2023-"#))
            #expect(
                text.contains(
                    #"{"at":["n","rye"],"from":1.0,"to":1.5,"change":0.5,"relative":0.500000,"#
                        + #""from_status":"value","to_status":"value","comparison":"compared"}"#))
            #expect(
                text.contains(
                    #"{"at":["s","oats"],"from":4.0,"to":null,"change":null,"relative":null,"#
                        + #""from_status":"value","to_status":"confidential","comparison":"transition"}"#))
            #expect(
                text.hasSuffix(
                    #""summary":{"compared":3,"appeared":0,"vanished":0,"transitions":1,"same_reason":0,"increased":2,"#
                        + #""decreased":0,"unchanged":1,"across_break":0},"concordance":null}"# + "\n"))
            #expect(try await server.text(Self.path + "?from=2010&to=2011") == text)
        }
    }

    @Test func versionsOfAYear() async throws {
        try await RunningServer.with { server in
            for query in ["?year=2011", "?year=2011&from_version=1&to_version=2"] {
                let delta = try await server.get(Self.path + query, as: ReceivedDelta.self)
                #expect(delta.axis == "vintage")
                #expect(delta.from.name == "2011 version 1")
                #expect(delta.to.name == "2011 version 2 (correction; A typing error)")
                #expect(
                    delta.cells.filter { $0.change == 1 }.map(\.at) == [
                        ["s", "rye"], ["all", "rye"],
                    ])
            }
            #expect(try await server.problem(Self.path + "?year=2010").kind == .noSuchVersion)
            #expect(
                try await server.problem(Self.path + "?year=2011&from_version=1&to_version=9").kind == .noSuchVersion)
        }
    }

    @Test func topAndTotals() async throws {
        try await RunningServer.with { server in
            let top = try await server.get(Self.path + "?top=1", as: ReceivedDelta.self)
            #expect(top.cells.map(\.at) == [["n", "rye"]])
            let totals = try await server.get(Self.path + "?totals=only", as: ReceivedDelta.self)
            #expect(totals.cells.map(\.at) == [["all", "rye"], ["all", "oats"]])
            let none = try await server.get(Self.path + "?totals=exclude&where=crop=rye", as: ReceivedDelta.self)
            #expect(none.cells.map(\.at) == [["n", "rye"], ["s", "rye"]])
        }
    }

    @Test(
        arguments: [
            ("?from=2010", .wrongParameter), ("?from=2010&to=2011&year=2011", .wrongParameter),
            ("?from_version=1", .wrongParameter), ("?year=2011&from_version=1", .wrongParameter),
            ("?from=2010&to=2015", .noSuchYear), ("?top=0", .wrongParameter), ("?top=-1", .wrongParameter),
            ("?totals=some", .wrongParameter), ("?known_at=1", .noSuchYear), ("?where=region=west", .wrongParameter),
            ("?concordance=no-such", .noSuchConcordance), ("?minor=merge", .wrongParameter),
            ("?concord=none", .unknownParameter),
            ("?concordance=no-county", .deltaRefused), ("?year=2011&concordance=no-county", .deltaRefused),
        ] as [(String, ProblemKind)])
    func questionsThatAreWrong(query: String, kind: ProblemKind) async throws {
        try await RunningServer.with { server async throws in
            #expect(try await server.problem(Self.path + query).kind == kind)
        }
    }

    @Test func tablesThatCanNotBeComparedAreRefused() async throws {
        let archive = try SampleArchive.empty()
        try SampleArchive.drop(SampleArchive.table(2010, [[1, 2], [3, 4], [4, 6]]), into: archive)
        try SampleArchive.drop(SampleArchive.table(2011, [[1, 2], [3, 4], [4, 6]], unit: "bushels"), into: archive)
        try await RunningServer.with(StandInBackend(archive)) { server in
            let problem = try await server.problem(Self.path)
            #expect(problem.kind == .deltaRefused)
            #expect(problem.exitCode == .answerIsNo)
            #expect(problem.detail.contains("bushels"))
            #expect(problem.remedy?.contains("drop the two tables again") == true)
        }
    }

    /// Figures of 64 bits whose changes, revisions and parts of changes need one bit more.
    @Test func beyond64Bits() async throws {
        let archive = try SampleArchive.empty()
        let (least, most) = (Int64.min + 1, Int64.max)
        for (year, figure) in [(2010, least), (2011, most), (2010, most), (2010, least)] {
            try SampleArchive.drop(
                SampleArchive.table(year, [[figure, 1], [0, 1], [figure, 2]], decimals: 0), into: archive)
        }
        try await RunningServer.with(StandInBackend(archive)) { server in
            let delta = try await server.text(Self.path + "?explain=true&where=region=n")
            let change = "18446744073709551614"
            #expect(
                delta.contains(
                    #""explain":{"as_published":\#(change),"to_revision":0,"from_revision":0,"by_kind":{"to":{},"from":{}}}"#
                ),
                "\(delta)")
            #expect(delta.contains(#""explained":2,"unexplained":0"#))
            let csv = try await server.text(Self.path + "?explain=true&where=region=n", format: .csv)
            #expect(csv.contains(",\(change),,compared,") && csv.contains(",tonnes,\(change),0,0,,,2010,"), "\(csv)")
            let history = try await server.text("datasets/crops/years/2010/vintages")
            #expect(history.contains(#""absolute":\#(change),"largest":{"at":["n","rye"],"from":-"#), "\(history)")
            #expect(history.contains(#","to":\#(most),"change":\#(change)},"text":"by \#(change) tonnes in all"#))
            let triangle = try await server.text("datasets/crops/triangle?where=region=n,crop=rye&as_of=2030-01-01")
            #expect(triangle.contains(#""first":\#(least),"latest":\#(least),"revision":0}"#), "\(triangle)")
            let early = try await server.text("datasets/crops/triangle?where=region=n,crop=rye&known_at=3")
            #expect(early.contains(#""latest":\#(most),"revision":\#(change)}"#), "\(early)")
        }
    }

    @Test func csvTakesTheCoarserSidesDecimals() async throws {
        let archive = try SampleArchive.empty()
        try SampleArchive.drop(SampleArchive.table(2010, [[1, 2], [3, 4], [4, 6]], decimals: 0), into: archive)
        try SampleArchive.drop(
            SampleArchive.table(2011, [[25, 20], [30, 40], [40, 60]], regions: ["n", "s", "w"]), into: archive)
        try await RunningServer.with(StandInBackend(archive)) { server in
            let csv = try await server.text(Self.path, format: .csv).split(separator: "\r\n")
            let heading = "dataset,year,version,region,crop,from,to,change,relative,comparison,status,flags,unit,"
            #expect(csv.first.map(String.init) == heading + "from_year,from_version,from_flags,across_break")
            #expect(csv[1] == "crops,2011,1,n,rye,1,2,1,1.000000,compared,value,,tonnes,2010,1,,false")
            #expect(csv.contains("crops,2011,1,w,rye,,4,,,appeared,value,,tonnes,2010,1,,false"))
            #expect(csv.contains("crops,2011,1,all,rye,4,,,,vanished,value,,tonnes,2010,1,,false"))
            let delta = try await server.get(Self.path, as: ReceivedDelta.self)
            #expect(delta.measures.map(\.decimals) == [0])
            #expect(try await server.text(Self.path, format: .ndjson).split(separator: "\n").count == delta.cells.count)
        }
    }

    @Test func textForPeople() async throws {
        try await RunningServer.with { server in
            let head = server.backend.archive.catalog.head
            let text = try await server.text(Self.path, format: .table)
            let sources = text.split(separator: "\n").compactMap { $0.firstMatch(of: /from ([0-9a-f]{8}) crops-/)?.1 }
            #expect(
                text == """
                    crops: 2010 version 1 → 2011 version 2 (correction; A typing error)

                    region   crop  2010          2011  change  relative
                    n North  rye    1.0           1.5    +0.5    +50.0%
                    n North  oats   2.0           2.0     0.0      0.0%
                    s South  rye    3.0           3.5    +0.5    +16.7%
                    s South  oats   4.0  confidential                    transition
                    all All  rye    4.0           5.0    +1.0    +25.0%
                    all All  oats   6.0           6.0     0.0      0.0%

                    2 increased, 1 unchanged, 1 changed status

                    2010 version 1: published 2023-11-14T22:13:21Z, recorded 2023-11-14T22:13:21Z, from \(sources[0]) crops-2010.csv
                    2011 version 2: published 2023-11-14T22:13:23Z, recorded 2023-11-14T22:13:23Z, from \(sources[1]) crops-2011.csv
                    head \(head)

                    """)
            let versions = try await server.text(Self.path + "?year=2011&top=1", format: .table)
            #expect(versions.contains("region   crop  version 1  version 2  change  relative\n"))
        }
    }

    @Test func aSeriesForPeople() async throws {
        try await RunningServer.with { server async throws in
            let text = try await server.text("datasets/crops/series?where=region=s,crop=oats", format: .table)
            #expect(
                text.replacing(/[0-9a-f]{8} crops/, with: "DIGEST crops") == """
                    crops: region=s, crop=oats

                    year  version  value  unit    published             source
                    2010        1    4.0  tonnes  2023-11-14T22:13:21Z  DIGEST crops-2010.csv
                    2011        2      :  tonnes  2023-11-14T22:13:23Z  DIGEST crops-2011.csv
                    : confidential

                    head \(server.backend.archive.catalog.head)

                    """)
        }
    }

    @Test func series() async throws {
        try await RunningServer.with { server in
            let path = "datasets/crops/series?where=region=s,crop=oats"
            let text = try await server.text(path)
            #expect(
                text.hasPrefix(
                    #"{"dataset":"crops","dimensions":["region","crop"],"at":["s","oats"],"points":["#
                        + #"{"year":2010,"version":1,"value":4.0,"status":"value","flags":[],"decimals":1,"#
                        + #""unit":"tonnes","recorded":"2023-11-14T22:13:21Z","published":"2023-11-14T22:13:21Z","source":{"#
                ))
            #expect(
                text.contains(
                    #"{"year":2011,"version":2,"value":null,"status":"confidential","flags":[],"decimals":1,"unit":"tonnes","#
                ))
            let csv = try await server.text(path, format: .csv)
            #expect(
                csv == "dataset,year,version,region,crop,value,status,flags,unit\r\n"
                    + "crops,2010,1,s,oats,4.0,value,,tonnes\r\ncrops,2011,2,s,oats,,confidential,,tonnes\r\n")
            #expect(try await server.problem("datasets/crops/series?where=region=s").kind == .wrongParameter)
            #expect(try await server.problem("datasets/crops/series?where=region=s,crop=hops").kind == .wrongParameter)
        }
    }
}
