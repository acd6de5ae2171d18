import Foundation
import Testing

extension SystemTests {
    /// SDMX-CSV and Eurostat's TSV through the daemon.
    @Suite struct SDMXFiles {
        private static func csv(updated: String, _ rows: [String]) -> String {
            let head = "DATAFLOW,LAST UPDATE,freq,unit,sex,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"
            return head + rows.map { "ESTAT:DEMO_X(1.0),\(updated),A,NR,\($0)\n" }.joined()
        }

        @Test func aDatasetGoesOnWithMoreCategories() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    let rows = ["T,AT,2010,12,", "T,BE,2010,14,p", "T,AT,2011,13,", "T,BE,2011,:,c"]
                    try place.drop(Self.csv(updated: "12/03/24 11:00:00", rows), as: "demo_x.csv")
                    let drops = try await place.synchronise()
                    #expect(drops.map { $0["outcome"].text } == ["new", "new"])
                    #expect(Set(drops.map { $0["dataset"].text }) == ["demo-x-unit-sex-geo"])
                    try place.drop(Self.csv(updated: "12/04/24 11:00:00", rows), as: "demo_x_linear.csv")
                    let again = try await place.synchronise(since: 2)
                    #expect(again.map { $0["outcome"].text } == ["identical", "identical"])
                    let next = rows.dropFirst(2) + ["F,AT,2011,6,", "T,AT,2012,14,", "T,BE,2012,15,e"]
                    try place.drop(Self.csv(updated: "12/03/25 11:00:00", Array(next)), as: "demo_x.csv")
                    let later = try await place.synchronise(since: 4)
                    #expect(later.map { $0["outcome"].text } == ["revised", "new"])
                    let show = try await place.ask("show", "demo-x-unit-sex-geo", "2011", "--source")
                    #expect(show["published"].text == "2025-03-12T11:00:00Z")
                    #expect(show["cells"].items.contains { $0["status"].text == "confidential" })
                    #expect(try await place.ask("verify")["damage"].items.isEmpty)
                }
            }
        }

        @Test func marksAndFilesThatAreNone() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(
                        "freq,sex,geo\\TIME_PERIOD\t2011 \t2010 \nA,F,AT\t12 bp\t: c\nA,M,AT\t: z\t5 \n",
                        as: "estat_demo_y.tsv")
                    let drops = try await place.synchronise()
                    #expect(drops.map { $0["outcome"].text } == ["new", "new"])
                    let show = try await place.ask("show", "demo-y", "2011")
                    #expect(
                        show["cells"].items.map { "\($0["status"].text ?? "") \($0["flags"].items.count)" } == [
                            "value 2", "not-applicable 0",
                        ])
                    try place.drop("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 9\n", as: "z.csv")
                    try place.drop("freq,geo\\TIME_PERIOD\t2011-Q1 \nQ,AT\t1 \n", as: "demo_q.tsv")
                    let refused = try await place.synchronise(since: 2)
                    #expect(refused.map { $0["outcome"].text } == ["quarantined", "quarantined"])
                    #expect(Set(refused.map { $0["reason"]["line"].int }) == [1])
                }
            }
        }
    }
}
