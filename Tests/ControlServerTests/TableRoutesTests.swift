import Archive
import ControlAPI
import FoundationEssentials
import Testing

@Suite struct TableRoutesTests {
    private static let path = "datasets/crops/years/2011"

    @Test func theTableHasTheShapeOfTheContract() async throws {
        try await RunningServer.with { server in
            let text = try await server.text(Self.path)
            #expect(
                text.hasPrefix(
                    #"{"dataset":"crops","title":"Crops","year":2011,"period":"2011","version":2,"recorded":""#))
            #expect(text.contains(#""source":{"file":"crops-2011.csv","sha256":""#))
            #expect(
                text.contains(
                    #"{"id":"region","label":"Region","total":"all","categories":[{"code":"n","label":"North"},"#))
            #expect(
                text.contains(
                    #""measures":[{"code":"harvest","label":"harvest","unit":"tonnes","decimals":1,"kind":"count"}]"#))
            #expect(text.contains(#""cells":[{"at":["n","rye"],"value":1.5,"status":"value","flags":[]},"#))
            #expect(text.contains(#"{"at":["s","oats"],"value":null,"status":"confidential","flags":[]}"#))
            #expect(
                text.contains(
                    #""audits":[{"name":"total-of-region","result":"holds","origin":"declared","checked":2,"#))
            #expect(text.hasSuffix("}\n"))
            let table = try await server.get(Self.path, as: ReceivedTable.self)
            let exact = [15, 20, 35, nil, 50, 60].map { tenths in tenths.map { Decimal($0) / 10 } }
            #expect(table.cells?.map(\.value) == exact)
            #expect(table.notes == ["A note."])
        }
    }

    @Test func versionsAndMoments() async throws {
        try await RunningServer.with { server in
            for (query, version) in [("version=1", 1), ("known_at=2", 1), ("known_at=3", 2), ("as_of=2099-12-31", 2)] {
                let table = try await server.get(Self.path + "?" + query, as: ReceivedTable.self)
                #expect(table.version == version, "\(query)")
            }
            #expect(try await server.problem(Self.path + "?version=3").kind == .noSuchVersion)
            #expect(try await server.problem(Self.path + "?version=2&known_at=2").kind == .noSuchVersion)
            #expect(try await server.problem(Self.path + "?version=0").kind == .wrongParameter)
            #expect(try await server.problem(Self.path + "?version=two").kind == .wrongParameter)
            #expect(try await server.problem(Self.path + "?known_at=1").kind == .noSuchYear)
            #expect(try await server.problem(Self.path + "?as_of=yesterday").kind == .wrongParameter)
            #expect(try await server.problem("datasets/crops/years/2012").kind == .noSuchYear)
        }
    }

    @Test(arguments: [
        ("where=region=s", ["s rye", "s oats"]), ("where=region=s,crop=rye", ["s rye"]),
        ("where=region=s&where=crop=rye", ["s rye"]), ("where=region=n,s,crop=oats", ["n oats", "s oats"]),
        ("where=crop%3Drye%2Cregion%3Dall", ["all rye"]),
    ])
    func selections(query: String, keys: [String]) async throws {
        try await RunningServer.with { server in
            let table = try await server.get(Self.path + "?" + query, as: ReceivedTable.self)
            #expect(table.cells?.map { $0.at.joined(separator: " ") } == keys)
        }
    }

    @Test(arguments: [
        "where=region=west", "where=county=01", "where=region", "where==n", "where=region=n,region=s",
        "where=region=n&where=region=s", "where=region=", "where=",
    ])
    func selectionsThatAreWrong(query: String) async throws {
        try await RunningServer.with { server in
            let problem = try await server.problem(Self.path + "?" + query)
            #expect(problem.kind == .wrongParameter, "\(problem)")
        }
    }

    @Test func csvAndNDJSON() async throws {
        try await RunningServer.with { server in
            let csv = try await server.text(Self.path, format: .csv).split(separator: "\r\n")
            #expect(csv.first == "dataset,year,version,region,crop,value,status,flags,unit")
            #expect(csv.count == 7)
            #expect(csv[1] == "crops,2011,2,n,rye,1.5,value,,tonnes")
            #expect(csv[4] == "crops,2011,2,s,oats,,confidential,,tonnes")
            #expect(try await server.text(Self.path + "?format=csv") == server.text(Self.path, format: .csv))
            #expect(try await server.text(Self.path, format: .ndjson).split(separator: "\n").count == 6)
            #expect(try await server.problem(Self.path + "?format=xml").kind == .unacceptableFormat)
        }
    }

    @Test func textForPeople() async throws {
        try await RunningServer.with { server in
            let text = try await server.text(Self.path, format: .table)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            #expect(lines[0] == "Crops, 2011")
            #expect(lines[1].hasPrefix("crops, version 2, published 20"))
            #expect(lines[1].hasSuffix(", from crops-2011.csv"))
            #expect(
                lines[2...].joined(separator: "\n").replacing(/source [0-9a-f]{8}/, with: "source DIGEST") == """
                    correction; A typing error
                    harvest in tonnes

                    region   rye  oats
                    n North  1.5   2.0
                    s South  3.5     :
                    all All  5.0   6.0
                    : confidential

                    note: A note.
                    audit: total-of-region holds, 2 checked (declared)
                    recorded 2023-11-14T22:13:23Z, source DIGEST

                    """)
            #expect(try await server.text(Self.path + "?format=table") == text)
            let part = try await server.text(Self.path + "?where=crop=rye", format: .table)
            #expect(part.contains("region   rye\nn North  1.5\ns South  3.5\nall All  5.0\n\nnote"))
        }
    }

    @Test func jsonStat() async throws {
        try await RunningServer.with { server in
            let text = try await server.text(Self.path + "?format=json-stat")
            #expect(text.hasPrefix(#"{"version":"2.0","class":"dataset","label":"Crops","source":"crops-2011.csv","#))
            #expect(
                text.contains(
                    #""note":["A note."],"id":["time","region","crop"],"size":[1,3,2],"role":{"time":["time"]},"#))
            #expect(
                text.hasSuffix(
                    #""value":{"0":1.5,"1":2.0,"2":3.5,"4":5.0,"5":6.0},"status":{"3":"confidential"}}"# + "\n"))
            #expect(try await server.problem("datasets/crops/delta?format=json-stat").kind == .unacceptableFormat)
        }
    }

    @Test func aSourceThatCanNoLongerBeReadIsRefused() async throws {
        try await RunningServer.with { server async throws in
            // The samples' source bytes are no table at all.
            #expect(try await server.problem(Self.path + "?source=true").kind == .refused)
            #expect(try await server.problem(Self.path + "?source=maybe").kind == .wrongParameter)
        }
    }
}
