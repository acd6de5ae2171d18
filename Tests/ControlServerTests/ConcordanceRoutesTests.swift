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
