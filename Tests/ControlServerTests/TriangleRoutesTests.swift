import Annals
import Archive
import ControlAPI
import Testing

@Suite struct TriangleRoutesTests {
    private static let path = "datasets/crops/triangle"
    private static let cell = "where=region=s,crop=rye"

    /// 2010 in three releases, 2011 in one that was confirmed once.
    private static func archive() throws -> Archive {
        let archive = try SampleArchive.empty()
        func drop(_ year: Int, rye: Int64?, published: String, kind: Sidecar.Kind? = nil, stage: Sidecar.Stage) throws {
            let table = try SampleArchive.table(year, [[10, 20], [rye, 40], [40, 60]])
            let sidecar = Sidecar(kind: kind, stage: stage, published: Instant(iso8601: published))
            try SampleArchive.drop(table, into: archive, sidecar: sidecar)
        }
        try drop(2010, rye: 30, published: "2011-03-01", stage: .flash)
        try drop(2010, rye: -25, published: "2011-09-01", kind: .benchmark, stage: .provisional)
        try drop(2011, rye: 31, published: "2012-03-01", stage: .provisional)
        try drop(2010, rye: nil, published: "2011-06-01", stage: .provisional)
        try drop(2011, rye: 31, published: "2012-06-01", stage: .final)
        return archive
    }

    private func with(_ body: @Sendable (RunningServer) async throws -> Void) async throws {
        try await RunningServer.with(StandInBackend(Self.archive()), body)
    }

    @Test func everyReleaseOfEveryYear() async throws {
        try await with { server async throws in
            let text = try await server.text(Self.path + "?" + Self.cell)
            #expect(
                text.hasPrefix(
                    #"{"dataset":"crops","dimensions":["region","crop"],"at":["s","rye"],"#
                        + #""where":{"crop":"rye","region":"s"},"decimals":1,"points":[{"year":2010,"version":1,"#
                        + #""published":"2011-03-01T00:00:00Z","recorded":""#))
            #expect(
                text.contains(
                    #""value":null,"status":"confidential","stage":"provisional","confirmed":0,"decimals":1,"unit":"tonnes","#
                        + #""source":{"file":"crops-2010.csv","sha256":""#))
            #expect(
                text.contains(
                    #""value":3.1,"status":"value","stage":"final","confirmed":1,"decimals":1,"unit":"tonnes","source":{"#
                ))
            #expect(
                text.contains(
                    #"}}],"years":[{"year":2010,"releases":3,"first":3.0,"latest":-2.5,"revision":-5.5},"#
                        + #"{"year":2011,"releases":1,"first":3.1,"latest":3.1,"revision":0.0}],"#
                        + #""summary":{"years":2,"revised":1,"mean_revision":-5.500000,"#
                        + #""mean_absolute_revision":5.500000,"sign_changes":1},"head":"5:"#), "\(text)")
            let nth = try await server.text(Self.path + "?n=2&" + Self.cell)
            #expect(nth.contains(#""first":3.0,"nth":null,"latest":-2.5"#))
            let sum = try await server.text(Self.path + "?where=crop=rye")
            #expect(sum.contains(#""at":null,"where":{"crop":"rye"}"#))
            #expect(sum.contains(#""first":4.0,"latest":-1.5,"#), "without the total region")
            #expect(
                try await server.text(Self.path + "?" + Self.cell, format: .ndjson).split(separator: "\n").count == 4)
        }
    }

    @Test func filtersAndLimits() async throws {
        try await with { server async throws in
            func versions(_ query: String) async throws -> String {
                let csv = try await server.text(Self.path + "?\(query)&" + Self.cell, format: .csv)
                return csv.split(separator: "\r\n").dropFirst().map { String($0.prefix(21)) }.joined(separator: " ")
            }
            #expect(try await versions("kind=benchmark") == "2010-01-01,2011-09-01")
            #expect(try await versions("stage=final") == "2011-01-01,2012-03-01")
            // The confirmation came later: as of then the figures were provisional.
            #expect(try await versions("stage=final&as_of=2012-04-01") == "")
            #expect(try await versions("stage=provisional&known_at=3") == "2010-01-01,2011-09-01 2011-01-01,2012-03-01")
            #expect(try await versions("as_of=2011-07-01") == "2010-01-01,2011-03-01 2010-01-01,2011-06-01")
            let none = try await server.text(Self.path + "?kind=reprint&" + Self.cell)
            #expect(none.contains(#""points":[],"years":[],"summary":{"years":0,"revised":0,"mean_revision":null,"#))
        }
    }

    @Test func layoutsOfCSV() async throws {
        try await with { server async throws in
            func csv(_ query: String) async throws -> String {
                try await server.text(Self.path + "?\(query)&" + Self.cell, format: .csv)
            }
            let id = "crops region=s crop=rye\r\n"
            let long =
                "time,pub_date,value,id\r\n2010-01-01,2011-03-01,3.0,\(id)2010-01-01,2011-06-01,,\(id)"
                + "2010-01-01,2011-09-01,-2.5,\(id)2011-01-01,2012-03-01,3.1,\(id)"
            #expect(try await csv("") == long)
            #expect(try await csv("layout=long") == long)
            #expect(
                try await csv("layout=by-time") == "time,2011-03-01,2011-06-01,2011-09-01,2012-03-01\r\n"
                    + "2010-01-01,3.0,,-2.5,\r\n2011-01-01,,,,3.1\r\n")
            #expect(
                try await csv("layout=by-publication") == "pub_date,2010-01-01,2011-01-01\r\n2011-03-01,3.0,\r\n"
                    + "2011-06-01,,\r\n2011-09-01,-2.5,\r\n2012-03-01,,3.1\r\n")
        }
    }

    @Test func textForPeople() async throws {
        try await with { server async throws in
            let text = try await server.text(Self.path + "?n=3&" + Self.cell, format: .table)
            #expect(
                text.replacing(/[0-9a-f]{8} crops/, with: "DIGEST crops") == """
                    crops: region=s crop=rye

                    year  version  published             value  unit    kind       stage        confirmed  source
                    2010        1  2011-03-01T00:00:00Z    3.0  tonnes             flash                   DIGEST crops-2010.csv
                    2010        3  2011-06-01T00:00:00Z      :  tonnes             provisional             DIGEST crops-2010.csv
                    2010        2  2011-09-01T00:00:00Z   -2.5  tonnes  benchmark  provisional             DIGEST crops-2010.csv
                    2011        1  2012-03-01T00:00:00Z    3.1  tonnes             final                1  DIGEST crops-2011.csv
                    : confidential

                    year  releases  first  n-th  latest  revision
                    2010         3    3.0  -2.5    -2.5      -5.5
                    2011         1    3.1           3.1       0.0

                    2 years, 1 with more than one release; mean revision -5.500000, mean absolute revision 5.500000, 1 sign change

                    head \(server.backend.archive.catalog.head)

                    """)
        }
    }

    @Test(
        arguments: [
            ("where=region=west", .wrongParameter), ("where=age=1", .wrongParameter), ("kind=late", .wrongParameter),
            ("n=0", .wrongParameter), ("layout=by-time", .wrongParameter), ("known_at=0", .noSuchDataset),
            ("as_of=2011-01-01", .noSuchYear), ("top=1", .unknownParameter),
        ] as [(String, ProblemKind)])
    func questionsThatAreWrong(query: String, kind: ProblemKind) async throws {
        try await with { server async throws in
            #expect(try await server.problem(Self.path + "?" + query).kind == kind)
        }
    }

    @Test func historyIsAgainstTheVersionBeforeAndByPublished() async throws {
        try await with { server async throws in
            let history = try await server.get("datasets/crops/years/2010/vintages", as: HistoryReport.self).vintages
            #expect(history.map(\.version) == [1, 2, 3])
            #expect(history.map(\.against) == [nil, 1, 2])
            #expect(history.map(\.byPublished?.against) == [nil, 3, 1])
            // Version 2 took the place of version 3, which hid a figure; version 3 hid that of version 1.
            #expect(history[1].changed?.decreased == 1 && history[1].byPublished?.changed?.transitions == 1)
            #expect(history[2].changed?.transitions == 1 && history[2].byPublished?.changed?.transitions == 1)
            let then = try await server.get(
                "datasets/crops/years/2010/vintages?known_at=3", as: HistoryReport.self
            ).vintages
            #expect(then.map(\.byPublished?.against) == [nil, 1])
            // A confirmation that was published later is none as of then.
            let path = "datasets/crops/years/2011/vintages"
            let now = try await server.get(path, as: HistoryReport.self).vintages
            #expect(now[0].confirmed?.stage == "final")
            let before = try await server.get(path + "?as_of=2012-04-01", as: HistoryReport.self).vintages
            #expect(before[0].confirmed == nil && before[0].stage == "provisional")
        }
    }
}
