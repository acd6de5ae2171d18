import Foundation
import Testing

extension SystemTests {
    /// JSON-stat and flat records through the daemon.
    @Suite struct JSONFiles {
        private static func stat(_ years: [Int], _ values: String, updated: String, status: String = "{}") -> String {
            let quoted = years.map { "\"\($0)\"" }.joined(separator: ",")
            return """
                {"version": "2.0", "class": "dataset", "label": "Population by region and year", "updated": "\(updated)",
                "id": ["region", "Tid"], "size": [2, \(years.count)], "role": {"time": ["Tid"]},
                "extension": {"px": {"tableid": "POP1", "decimals": 0}},
                "dimension": {"region": {"category": {"index": ["01", "02"], "label": {"01": "North", "02": "South"}}},
                "Tid": {"category": {"index": [\(quoted)]}}},
                "value": \(values), "status": \(status)}
                """
        }

        @Test func everyYearOfAFileIsATable() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(
                        Self.stat([2010, 2011], "[11, 12, 120, 121]", updated: "2012-03-01T08:00:00Z"), as: "pop.json")
                    let drops = try await place.synchronise()
                    #expect(drops.map { $0["outcome"].text } == ["new", "new"])
                    #expect(Set(drops.map { $0["dataset"].text }) == ["pop1-region"])
                    try place.drop(
                        Self.stat(
                            [2010, 2011, 2012], "[11, 14, 15, 120, 121, null]", updated: "2013-03-01T08:00:00Z",
                            status: "{\"5\": \"..\"}"), as: "pop.json")
                    let later = try await place.synchronise(since: 2)
                    #expect(later.map { $0["outcome"].text } == ["identical", "revised", "new"])
                    let show = try await place.ask("show", "pop1-region", "2011", "--source")
                    #expect(show["published"].text == "2013-03-01T08:00:00Z")
                    #expect(show["cells"].items.map { $0["value"].int } == [14, 121])
                    let delta = try await place.ask("delta", "pop1-region", "2011..2012")
                    #expect(delta["cells"].items.map { $0["comparison"].text } == ["compared", "transition"])

                    // What Annal answers in JSON-stat is the same table again.
                    let answer = try await place.annalctl("--format", "json-stat", "show", "pop1-region", "2012")
                    try place.drop(answer.output, as: "again.json", sidecar: "dataset: pop1-region\ndialect: px\n")
                    let again = try await place.synchronise(since: 5)
                    #expect(again.map { $0["outcome"].text } == ["identical"], "\(again)")
                    #expect(try await place.ask("verify")["damage"].items.isEmpty)
                }
            }
        }

        /// The dataset began as CSV, and goes on as records.
        @Test func aDatasetGoesOnAsRecords() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop("region,year,n\nNorth,2010,11\nSouth,2010,120\n", as: "people.csv")
                    #expect(try await place.synchronise().map { $0["outcome"].text } == ["new"])
                    try place.drop(
                        #"[{"region":"North","year":2010,"n":11},{"region":"South","year":2010,"n":120},"#
                            + #"{"region":"North","year":2011,"n":12},{"region":"South","year":2011,"n":null}]"#,
                        as: "people.json")
                    let later = try await place.synchronise(since: 1)
                    #expect(later.map { $0["outcome"].text } == ["identical", "new"], "\(later)")
                }
            }
        }

        /// Each is quarantined with its place, and the daemon goes on.
        @Test func hostileFiles() async throws {
            let lists = [
                (
                    "deep.json", String(repeating: "[", count: 200) + String(repeating: "]", count: 200),
                    "nested more deeply"
                ),
                ("deeper.json", String(repeating: "{\"a\":", count: 1_000_000), "nested more deeply"),
                ("twice.json", "[{\"a\":\"x\",\"n\":1,\"n\":2}]", "two values for one key"),
                ("large.json", "[{\"a\":\"x\",\"n\":99999999999999999999},{\"a\":\"y\",\"n\":1}]", "too large"),
                ("nan.json", "[{\"a\":\"x\",\"n\":NaN}]", "no JSON"),
                (
                    "sizes.json",
                    "{\"version\":\"2.0\",\"class\":\"dataset\",\"id\":[\"a\",\"b\"],\"size\":[9223372036854775807,2],"
                        + "\"dimension\":{},\"value\":[]}", "more categories"
                ),
            ]
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    var seen = 0
                    for (name, text, message) in lists {
                        try place.drop(text, as: name, sidecar: "year: 2011\n")
                        let drops = try await place.synchronise(since: seen)
                        #expect(drops.map { $0["outcome"].text } == ["quarantined"], "\(name)")
                        let reason = drops.first?["reason"]
                        #expect(reason?["message"].text?.contains(message) == true, "\(name): \(drops)")
                        #expect(reason?["line"].int == 1 && reason?["remedy"].text != nil, "\(name)")
                        seen += 1
                    }
                    #expect(try await place.ask("status")["state"].text == "ready")
                }
            }
        }
    }
}
