import Foundation
import Testing

extension SystemTests {
    /// Sums, decompositions and triangles of two years that were published in several versions.
    @Suite struct Decompositions {
        private static func csv(_ northF: Int, _ northM: Int, _ southF: Int, _ southM: Int) -> String {
            "region,sex,value\nNorth,f,\(northF)\nNorth,m,\(northM)\nSouth,f,\(southF)\nSouth,m,\(southM)\n"
        }

        /// 2010 and 2011, each revised once.
        func withHistory(_ body: @Sendable (Workplace) async throws -> Void) async throws {
            try await Workplace.with(definitions: .none) { place async throws in
                try await place.withDaemon { _ async throws in
                    for (year, text, sidecar) in [
                        (2010, Self.csv(100, 210, 57, 71), "published: 2011-03-01"),
                        (2011, Self.csv(113, 219, 58, 77), "published: 2012-03-01"),
                        (2010, Self.csv(104, 210, 57, 69), "published: 2012-05-01\nkind: benchmark"),
                        (2011, Self.csv(113, 222, 50, 77), "published: 2012-09-01\nkind: correction\nstage: final"),
                    ] {
                        try place.drop(text, as: "people-\(year).csv", sidecar: sidecar + "\n")
                        _ = try await place.synchronise()
                    }
                    try await body(place)
                }
            }
        }

        @Test func sumsAndWhatTheyContribute() async throws {
            try await withHistory { place async throws in
                let delta = try await place.ask("delta", "people", "--by", "region")
                #expect(delta["cells"].items.map { $0["at"].texts } == [["North"], ["South"]])
                #expect(delta["cells"].items.map { $0["from"].int } == [314, 126])
                #expect(delta["cells"].items.map { $0["change"].int } == [21, 1])
                // 21/440 and 1/440.
                #expect(delta["cells"].items.map { $0["contribution"].double } == [0.047727, 0.002273])
                let csv = try await place.annalctl("delta", "people", "--by", "sex", "--top", "1", "--format", "csv")
                    .csv
                #expect(
                    csv.count == 2 && csv[0].hasSuffix(",contribution,from_year,from_version,from_flags,across_break"))
                #expect(try await place.annalctl("delta", "people", "--by", "age").code == 2)
            }
        }

        @Test func howMuchIsRevision() async throws {
            try await withHistory { place async throws in
                let delta = try await place.ask("delta", "people", "--explain")
                for cell in delta["cells"].items {
                    let parts = ["as_published", "to_revision", "from_revision"].compactMap { cell["explain"][$0].int }
                    #expect(parts.count == 3 && parts.reduce(0, +) == cell["change"].int, "\(cell)")
                }
                // North, f: 113 - 104; 113 - 100 as published, 4 less by the benchmark of 2010.
                let first = delta["cells"][0]["explain"]
                #expect(first["as_published"].int == 13 && first["from_revision"].int == -4)
                #expect(first["by_kind"]["from"]["benchmark"].int == -4 && !first["by_kind"]["to"].has("correction"))
                #expect(delta["summary"]["explained"].int == 4 && delta["summary"]["unexplained"].int == 0)
                let sums = try await place.ask("delta", "people", "--explain", "--by", "region")["cells"].items
                #expect(sums.map { $0["explain"]["as_published"].int } == [22, 7])
                #expect(sums.map { $0["explain"]["by_kind"]["to"]["correction"].int } == [3, -8])
                #expect(sums.map { $0["explain"]["by_kind"]["from"]["benchmark"].int } == [-4, 2])
                let before = try await place.ask("delta", "people", "--explain", "--as-of", "2012-06-30")
                #expect(before["cells"].items.allSatisfy { $0["explain"]["to_revision"].int == 0 })
                #expect(try await place.annalctl("delta", "people", "--vintage", "2011:1..2", "--explain").code == 1)
            }
        }

        @Test func theRevisionTriangle() async throws {
            try await withHistory { place async throws in
                let cell = ["--where", "region=South,sex=f"]
                let triangle = try await place.ask("triangle", "people", cell[0], cell[1])
                #expect(triangle["at"].texts == ["South", "f"])
                #expect(triangle["points"].items.map { $0["value"].int } == [57, 57, 58, 50])
                #expect(triangle["years"].items.map { $0["revision"].int } == [0, -8])
                #expect(triangle["summary"]["revised"].int == 2)
                #expect(triangle["summary"]["mean_revision"].double == -4)
                let csv = try await place.annalctl(
                    "triangle", "people", cell[0], cell[1], "--format", "csv", "--layout", "by-time", "--kind",
                    "correction"
                ).csv
                #expect(csv == ["time,2012-09-01", "2011-01-01,50"])
                let text = try await place.annalctl("triangle", "people", "--where", "sex=m", "--n", "2").output
                #expect(text.contains("people: sex=m\n") && text.contains("2 with more than one release"), "\(text)")
                #expect(try await place.annalctl("triangle", "nothing").code == 4)
                #expect(try await place.annalctl("triangle", "people", "--layout", "long").code == 2)
            }
        }
    }
}
