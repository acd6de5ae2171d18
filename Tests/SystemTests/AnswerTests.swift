import Foundation
import SampleTables
import Testing

extension SystemTests {
    /// A made-up 2010 and the real 2011, and everything that can be asked about them.
    @Suite struct Answers {
        static let dataset = "net-migration-between-counties"

        /// A daemon that has taken both years.
        private func withTwoYears(_ body: @Sendable (Workplace) async throws -> Void) async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    let sample = try await Answer.of(Repository.program("annal-sample"), ["2010"])
                    try place.drop(sample.output, as: "net-migration-2010-synthetic.txt")
                    _ = try await place.synchronise()
                    try place.drop(FoundingPage.text(), as: "net-migration-2011.txt")
                    let drops = try await place.synchronise()
                    #expect(drops.map { $0["outcome"].text } == ["new", "new"])
                    try await body(place)
                }
            }
        }

        /// Net flows of both years by (county, counterpart), without totals.
        private func flows() throws -> (from: [[String]: Int], to: [[String]: Int]) {
            let page = try FoundingPage(FoundingPage.text())
            let codes = NetMigrationPage.counties.map(\.code)
            let made = NetMigrationPage(year: 2010, seed: 1).flows
            var from: [[String]: Int] = [:]
            var to: [[String]: Int] = [:]
            for (row, a) in codes.enumerated() {
                for (column, b) in codes.enumerated() {
                    from[[a, b]] = made[row][column]
                    let below = page.cells[.init(row: a, column: b)]?.value
                    to[[a, b]] = below ?? page.cells[.init(row: b, column: a)].map { -$0.value }
                }
            }
            return (from, to)
        }

        @Test func delta() async throws {
            let (from, to) = try flows()
            try await withTwoYears { place in
                let delta = try await place.ask("delta", Self.dataset)
                #expect(delta["dataset"].text == Self.dataset)
                #expect(delta["axis"].text == "year")
                #expect(delta["from"]["year"].int == 2010)
                #expect(delta["to"]["year"].int == 2011)
                #expect(delta["to"]["version"].int == 1)
                #expect(delta["concordance"].isNull)
                let cells = delta["cells"].items
                #expect(cells.count == 380)
                for cell in cells {
                    let at = cell["at"].texts
                    #expect(cell["comparison"].text == "compared")
                    #expect(cell.has("relative") && cell["relative"].isNull, "a net count has no relative change")
                    guard let before = from[at], let after = to[at] else { continue }
                    #expect(cell["from"].int == before, "\(at)")
                    #expect(cell["to"].int == after, "\(at)")
                    #expect(cell["change"].int == after - before, "\(at)")
                }
                expectSummary(delta["summary"], from, to)
                let named = try await place.ask("delta", Self.dataset, "2010..2011")
                #expect(named == delta)
                let backwards = try await place.ask("delta", Self.dataset, "2011..2010", "--where", "county=03")
                #expect(backwards["cells"].items.count == 20)
                let cell = backwards["cells"].items.first { $0["at"].texts == ["03", "01"] }
                #expect(cell?["change"].int == (from[["03", "01"]] ?? 0) - 96)
            }
        }

        /// Each pair once, and no totals.
        private func expectSummary(_ summary: JSON, _ from: [[String]: Int], _ to: [[String]: Int]) {
            let pairs = from.keys.filter { $0[0] <= $0[1] }
            #expect(summary["compared"].int == pairs.count)
            #expect(summary["unchanged"].int == pairs.filter { from[$0] == to[$0] }.count)
            #expect(
                (summary["increased"].int ?? 0) + (summary["decreased"].int ?? 0)
                    == pairs.filter { from[$0] != to[$0] }.count)
            #expect(summary["appeared"].int == 0)
            #expect(summary["vanished"].int == 0)
            #expect(summary["transitions"].int == 0)
        }

        @Test func topTakesEachPairOnceBySize() async throws {
            let (from, to) = try flows()
            try await withTwoYears { place in
                let cells = try await place.ask("delta", Self.dataset, "--top", "10")["cells"].items
                let changes = from.keys.filter { $0[0] < $0[1] }.map { abs((to[$0] ?? 0) - (from[$0] ?? 0)) }
                #expect(cells.map { abs($0["change"].int ?? 0) } == Array(changes.sorted(by: >).prefix(10)))
                #expect(Set(cells.map { Set($0["at"].texts) }).count == 10)
                #expect(cells.allSatisfy { !$0["at"].texts.contains("total") })
                let totals = try await place.ask("delta", Self.dataset, "--top", "5", "--totals", "only")["cells"].items
                #expect(totals.count == 5)
                #expect(totals.allSatisfy { $0["at"].texts.contains("total") })
                let again = try await place.ask("delta", Self.dataset, "--top", "10")["cells"].items
                #expect(again == cells)
            }
        }

        @Test func listings() async throws {
            try await withTwoYears { place in
                let datasets = try await place.ask("datasets")["datasets"].items
                #expect(datasets.map { $0["id"].text } == [Self.dataset])
                #expect(datasets[0]["title"].text == "Net migration between counties")
                #expect(datasets[0]["years"].items.map(\.int) == [2010, 2011])
                #expect(datasets[0]["dimensions"].texts == ["county", "counterpart"])
                let years = try await place.ask("years", Self.dataset)
                #expect(years["dataset"].text == Self.dataset)
                #expect(years["years"].items.map { $0["year"].int } == [2010, 2011])
                #expect(years["years"].items.allSatisfy { $0["version"].int == 1 && $0["vintages"].int == 1 })
                #expect(years["years"].items.allSatisfy { $0["recorded"].text != nil && $0["published"].text != nil })
                let history = try await place.ask("history", Self.dataset, "2011")
                #expect(history["year"].int == 2011)
                #expect(history["vintages"].items.map { $0["version"].int } == [1])
                #expect(history["vintages"][0]["current"].bool == true)
                #expect(history["vintages"][0]["outcome"].text == "new")
            }
        }

        @Test func seriesAndSelections() async throws {
            let (from, _) = try flows()
            try await withTwoYears { place in
                let series = try await place.ask("series", Self.dataset, "--where", "county=03,counterpart=01")
                #expect(series["at"].texts == ["03", "01"])
                #expect(series["points"].items.map { $0["year"].int } == [2010, 2011])
                #expect(series["points"].items.map { $0["value"].int } == [from[["03", "01"]], 96])
                #expect(series["points"].items.allSatisfy { $0["status"].text == "value" && $0.has("flags") })
                let row = try await place.ask("show", Self.dataset, "2011", "--where", "county=03")
                #expect(row["cells"].items.count == 20)
                #expect(row["cells"].items.allSatisfy { $0["at"].texts.first == "03" })
                let one = try await place.ask("show", Self.dataset, "2011", "--where", "county=03,counterpart=total")
                #expect(one["cells"].items.map { $0["value"].int } == [-417])
                let unknown = try await place.annalctl("show", Self.dataset, "2011", "--where", "county=99")
                #expect(unknown.code != 0)
                #expect(unknown.errors.contains("99"))
                let sourced = try await place.ask(
                    "show", Self.dataset, "2011", "--source", "--where", "county=03,counterpart=01")
                // The eleventh line of the page: `03 Oslo`; the third field.
                #expect(
                    sourced["cells"][0]["line"].int == 10 || sourced["cells"][0]["source"]["line"].int == 10,
                    "\(sourced)")
            }
        }

        @Test func drops() async throws {
            try await withTwoYears { place in
                let drops = try await place.ask("drops")["drops"].items
                #expect(
                    drops.map { $0["file"].text } == ["net-migration-2010-synthetic.txt", "net-migration-2011.txt"])
                #expect(drops.map { $0["year"].int } == [2010, 2011])
                #expect(drops.allSatisfy { $0["dataset"].text == Self.dataset && $0["version"].int == 1 })
                #expect(drops.allSatisfy { $0["recorded"].text != nil && !$0.has("reason") })
                let first = drops[0]["seq"].int ?? 0
                #expect(first < drops[1]["seq"].int ?? 0)
                #expect(try await place.ask("drops", "--since", String(first))["drops"].items == [drops[1]])
                #expect(try await place.ask("drops", "--outcome", "revised")["drops"].items.isEmpty)
                #expect(try await place.ask("drops", "--outcome", "new")["drops"].items.count == 2)
                let status = try await place.ask("status")
                #expect(status["state"].text == "ready")
                #expect(status["inbox"]["path"].text == place.inbox)
                #expect(status["inbox"]["pending"].int == 0)
                #expect(status["drops"]["new"].int == 2)
                #expect(status["drops"]["quarantined"].int == 0)
                #expect(status["log"]["commits"].int == 2)
                #expect(status["datasets"].int == 1)
                #expect(status["vintages"].int == 2)
                #expect(status["version"].text?.isEmpty == false)
                let head = try await place.annalctl("head").output.trimmingCharacters(in: .whitespacesAndNewlines)
                #expect(head.wholeMatch(of: /2:[0-9a-f]{64}/) != nil, "\(head)")
                #expect(status["log"]["head"].text == head)
                let verify = try await place.annalctl("verify", "--against", head)
                #expect(verify.code == 0, "\(verify)")
                let other = "1:" + String(repeating: "0", count: 64)
                #expect(try await place.annalctl("verify", "--against", other).code == 1)
            }
        }

        @Test func tidyCSV() async throws {
            try await withTwoYears { place in
                let show = try await place.annalctl("show", Self.dataset, "2011", "--format", "csv").csv
                #expect(show.first == "dataset,year,version,county,counterpart,value,status,flags,unit")
                #expect(show.count == 381)
                #expect(show.contains { $0.hasPrefix("\(Self.dataset),2011,1,03,01,96,value,,") })
                #expect(show.contains { $0.hasPrefix("\(Self.dataset),2011,1,01,02,550,value,derived,") })
                let delta = try await place.annalctl("--format", "csv", "delta", Self.dataset).csv
                #expect(
                    delta.first
                        == "dataset,year,version,county,counterpart,from,to,change,relative,comparison,status,flags,unit,"
                        + "from_year,from_version,from_flags,across_break"
                )
                #expect(delta.count == 381)
                let lines = try await place.annalctl("show", Self.dataset, "2011", "--format", "ndjson").lines
                #expect(lines.count == 380)
                #expect(
                    try lines.map { try JSON($0) }.contains { $0["at"].texts == ["03", "01"] && $0["value"].int == 96 })
            }
        }
    }
}

extension Answer {
    /// Lines of CSV; RFC 4180 ends them with a carriage return and a line feed.
    var csv: [String] { output.split(whereSeparator: \.isNewline).map(String.init) }
}
