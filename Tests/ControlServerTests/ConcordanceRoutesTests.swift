import Annals
import ControlAPI
import Definitions
import Testing

@Suite struct ConcordanceRoutesTests {
    /// n and s became c in 2011; crops are bound to it.
    private static func withServer(
        kind: Bool = true, _ body: @Sendable (RunningServer) async throws -> Void
    ) async throws {
        let archive = try SampleArchive.empty()
        try SampleArchive.drop(
            SampleArchive.table(2010, [[10, 20], [30, 40], [40, 60]], kind: kind ? .count : .mean), into: archive)
        try SampleArchive.drop(
            SampleArchive.table(2011, [[45, nil], [45, 60]], regions: ["c", "all"], kind: kind ? .count : .mean),
            into: archive)
        let definitions = try Definitions.load(directory: [
            ("datasets.d/crops.yaml", "dataset: crops\nconcordance: regions\n"),
            (
                "concordances/regions.csv",
                "# title: Regions\n# dimension: region\nvalid_from,from_code,to_code,scope,share\n"
                    + "2011-01-01,n,c,whole,\n2011-01-01,s,c,part,0.90\n2011-01-01,s,old,part,0.10\n"
            ),
        ])
        try await RunningServer.with(StandInBackend(archive, definitions: definitions), body)
    }

    @Test func aBoundConcordanceIsUsedAndSaid() async throws {
        try await Self.withServer { server in
            let merged = try await server.text("datasets/crops/delta?where=crop=rye")
            #expect(
                merged.contains(
                    #"{"at":["c+old","rye"],"from":4.0,"to":null,"change":null,"relative":null,"from_status":"value","#
                        + #""to_status":"incomplete","comparison":"transition"}"#), "\(merged)")
            #expect(
                merged.hasSuffix(
                    #""concordance":{"name":"regions","approximate":false,"groups":["#
                        + #"{"code":"c+old","from":["n","s"],"to":["c","old"]}],"ignored":[],"not_in_use":[]}}"# + "\n")
            )
            let ignoring = try await server.text("datasets/crops/delta?minor=ignore&where=region=n")
            #expect(ignoring.contains(#"{"at":["c","rye"],"from":4.0,"to":4.5,"change":0.5,"relative":0.125000,"#))
            #expect(
                ignoring.contains(
                    #""approximate":true,"groups":[{"code":"c","from":["n","s"],"to":["c"]}],"ignored":["#
                        + #"{"from":"s","to":"old","valid_from":"2011-01-01","share":0.1}],"#), "\(ignoring)")
            let none = try await server.text("datasets/crops/delta?concordance=none")
            #expect(none.hasSuffix(#""concordance":null}"# + "\n"))
            let text = try await server.text("datasets/crops/delta?minor=ignore", format: .table)
            #expect(
                text.contains("Concordance regions (approximate)\n  c from n, s\nIgnored: s → old (2011-01-01)\n\n"))
            let csv = try await server.text("datasets/crops/delta", format: .csv)
            let row = "crops,2011,1,c+old,rye,4.0,,,,transition,incomplete,,tonnes,2010,1,,false\r\n"
            #expect(csv.contains(row), "\(csv)")
            #expect(
                try await server.problem("datasets/crops/delta?concordance=none&minor=merge").kind == .wrongParameter)
        }
    }

    @Test func whatDoesNotAddUpIsRefusedWithARemedy() async throws {
        try await Self.withServer(kind: false) { server in
            let problem = try await server.problem("datasets/crops/delta")
            #expect(problem.kind == .deltaRefused)
            #expect(problem.remedy?.contains("`none`") == true)
            #expect(try await server.text("datasets/crops/delta?concordance=none").contains("vanished"))
        }
    }

    /// Nothing but a part of n moved: each code stands for itself, and what is said of it is approximate.
    @Test func whatIsIgnoredIsSaidWhereNoCodeIsTouched() async throws {
        let archive = try SampleArchive.empty()
        try SampleArchive.drop(SampleArchive.table(2010, [[10, 20], [30, 40], [40, 60]]), into: archive)
        try SampleArchive.drop(SampleArchive.table(2011, [[8, 20], [33, 40], [41, 60]]), into: archive)
        let definitions = try Definitions.load(directory: [
            ("datasets.d/crops.yaml", "dataset: crops\nconcordance: regions\n"),
            (
                "concordances/regions.csv",
                "# title: Regions\n# dimension: region\nvalid_from,from_code,to_code,scope,share\n"
                    + "2011-01-01,n,n,part,\n2011-01-01,n,s,part,0.1\n"
            ),
        ])
        try await RunningServer.with(StandInBackend(archive, definitions: definitions)) { server in
            let said = #""ignored":[{"from":"n","to":"s","valid_from":"2011-01-01","share":0.1}]"#
            let delta = try await server.text("datasets/crops/delta?minor=ignore&where=region=s")
            #expect(delta.contains(#"{"at":["s","rye"],"from":3.0,"to":3.3,"change":0.3,"#), "\(delta)")
            #expect(delta.contains(#""concordance":{"name":"regions","approximate":true,"#) && delta.contains(said))
            let text = try await server.text("datasets/crops/delta?minor=ignore", format: .table)
            #expect(
                text.contains("Concordance regions (approximate)") && text.contains("\nIgnored: n → s (2011-01-01)\n"))
            for region in ["n", "s"] {
                let path = "datasets/crops/series?minor=ignore&where=crop=rye,region=\(region)"
                let series = try await server.text(path)
                #expect(series.contains(#""approximate":true"#) && series.contains(said), "\(series)")
                #expect(try await server.text(path, format: .table).contains("Ignored: n → s (2011-01-01)"))
            }
            let total = try await server.text("datasets/crops/series?minor=ignore&where=crop=rye,region=all")
            #expect(!total.contains("approximate"))
            #expect(try await server.text("datasets/crops/delta?where=region=s").contains(#""at":["n+s","rye"]"#))
        }
    }

    /// a became b and b became c, and 2010 was published anew in these codes with the same figures: nothing changed.
    @Test func versionsInOtherCodesAreComparedByTheConcordance() async throws {
        let archive = try SampleArchive.empty()
        for (day, regions) in [(1, ["a", "b"]), (2, ["b", "c"])] as [(Int64, [String])] {
            try SampleArchive.drop(
                SampleArchive.table(2010, [[100, 10], [200, 20]], regions: regions), into: archive,
                sidecar: Sidecar(kind: .classification, published: Instant(microseconds: day * 86_400_000_000)))
        }
        let definitions = try Definitions.load(directory: [
            ("datasets.d/crops.yaml", "dataset: crops\nconcordance: regions\nmaterial: {absolute: 1}\n"),
            (
                "concordances/regions.csv",
                "# title: Regions\n# dimension: region\nvalid_from,from_code,to_code,scope\n2012-01-01,a,b,whole\n"
                    + "2012-01-01,b,c,whole\n"
            ),
        ])
        try await RunningServer.with(StandInBackend(archive, definitions: definitions)) { server in
            let delta = try await server.text("datasets/crops/delta?year=2010")
            #expect(delta.contains(#""at":["b","rye"],"from":10.0,"to":10.0,"change":0.0,"#), "\(delta)")
            #expect(delta.contains(#""to_codes_of":"2012-01-01""#))
            let history = try await server.get("datasets/crops/years/2010/vintages", as: HistoryReport.self)
            let entry = try #require(history.vintages.last)
            #expect(entry.changed?.unchanged == 4 && entry.changed?.compared == 4)
            #expect(entry.difference?.cells == 0)
            #expect(entry.material?.cells == 0)
            #expect(entry.altered?.contains { $0.code == "codes-of-another-day" } == true)
            let plain = try await server.text("datasets/crops/delta?year=2010&concordance=none")
            #expect(plain.contains(#""at":["b","rye"],"from":20.0,"to":10.0"#))
            let problem = try await server.problem("datasets/crops/triangle?where=region=b,crop=rye")
            #expect(problem.kind == .deltaRefused && problem.remedy?.contains("--vintage 2010:1..2") == true)
            let triangle = try await server.text("datasets/crops/triangle?where=crop=rye")
            #expect(triangle.contains(#""revised":1,"mean_revision":0.000000"#), "\(triangle)")
        }
    }

    /// 2010 was published anew in the codes of 2011: what it was as published is told in these, or not at all.
    @Test func aYearPublishedAnewInOtherCodesIsExplained() async throws {
        let archive = try SampleArchive.empty()
        func drop(_ year: Int, _ regions: [String], _ rye: [Int64], day: Int64) throws {
            try SampleArchive.drop(
                SampleArchive.table(year, rye.map { [$0, 10] }, regions: regions), into: archive,
                sidecar: Sidecar(kind: .classification, published: Instant(microseconds: day * 86_400_000_000)))
        }
        try drop(2010, ["a", "b", "n", "s"], [10, 20, 30, 40], day: 1)
        try drop(2011, ["c", "n", "s"], [35, 27, 45], day: 2)
        try drop(2010, ["c", "n", "s"], [31, 26, 44], day: 3)
        let definitions = try Definitions.load(directory: [
            ("datasets.d/crops.yaml", "dataset: crops\nconcordance: regions\n"),
            (
                "concordances/regions.csv",
                "# title: Regions\n# dimension: region\nvalid_from,from_code,to_code,scope\n2011-01-01,a,c,whole\n"
                    + "2011-01-01,b,c,whole\n2011-01-01,n,n,part\n2011-01-01,n,s,part\n"
            ),
        ])
        try await RunningServer.with(StandInBackend(archive, definitions: definitions)) { server in
            let path = "datasets/crops/delta?explain=true"
            let then = try await server.text(path + "&as_of=1970-01-03&where=crop=rye", format: .csv)
            #expect(then.contains(",c,rye,3.0,3.5,0.5,") && then.contains(",n+s,rye,7.0,7.2,0.2,"), "\(then)")
            let now = try await server.text(path + "&where=crop=rye", format: .csv)
            #expect(now.contains("tonnes,0.5,0.0,-0.1,,classification=-0.1,2010,"), "\(now)")
            #expect(now.contains(",n,rye,2.6,2.7,0.1,0.038462,compared,value,,tonnes,,,,,,2010,"), "\(now)")
            let summary = try await server.text(path + "&where=crop=rye")
            #expect(summary.contains(#""explained":1,"unexplained":2"#))
            let sums = try await server.text(path + "&by=crop", format: .csv)
            #expect(
                sums.contains(",rye,10.1,10.7,0.6,0.059406,compared,value,,tonnes,0.045802,0.7,0.0,-0.1,"), "\(sums)")
        }
    }

    @Test func concordancesAreListed() async throws {
        try await Self.withServer { server in
            let all = try await server.get("concordances", as: ConcordancesReport.self).concordances
            #expect(all.map(\.name) == ["no-county", "regions"])
            #expect(all.map(\.datasets) == [[], ["crops"]])
            let one = try await server.get("concordances/regions", as: ConcordanceReport.self)
            #expect(one.codes == ["all", "c", "n", "s"])
            #expect(one.title == "Regions")
            #expect(one.links == 3)
            #expect(try await server.problem("concordances/none").kind == .noSuchConcordance)
        }
    }
}
