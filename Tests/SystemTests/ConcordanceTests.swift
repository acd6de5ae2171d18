import Foundation
import Testing

extension SystemTests {
    /// The founding table of 2011 against a synthetic 2024 in the counties of then.
    @Suite struct Concordances {
        private static let dataset = "net-migration-between-counties"
        private static let counties = [
            "03", "11", "15", "18", "31", "32", "33", "34", "39", "40", "42", "46", "50", "55", "56",
        ]
        /// What belongs together, written down by hand.
        private static let groups: [(from: [String], to: [String])] = [
            (["03"], ["03"]), (["11"], ["11"]), (["12", "14", "15", "16", "17"], ["15", "46", "50"]),
            (["18", "19", "20"], ["18", "55", "56"]),
            (["01", "02", "04", "05", "06", "07", "08"], ["31", "32", "33", "34", "39", "40"]),
            (["09", "10"], ["42"]),
        ]

        /// Net migration of one county from another, made up.
        private static func flow(_ row: Int, _ column: Int) -> Int {
            row == column ? 0 : row > column ? (row * 31 + column * 17) % 401 - 200 : -flow(column, row)
        }

        /// A page in the founding table's layout, in one block.
        private static func page(_ year: Int, _ codes: [String]) -> String {
            var lines = ["", "6 Net migration between counties. \(year)", ""]
            lines.append((["", "Net migration, total"] + codes.map { "\($0) County \($0)" }).joined(separator: "\t"))
            for row in codes.indices {
                let total = codes.indices.reduce(0) { $0 + flow(row, $1) }
                let printed = codes.indices.map { $0 > row ? "" : $0 == row ? "-" : String(flow(row, $0)) }
                lines.append((["\(codes[row]) County \(codes[row])", String(total)] + printed).joined(separator: "\t"))
            }
            return lines.joined(separator: "\n") + "\n"
        }

        /// The founding page's figures, completed.
        private static func founding() throws -> [String: [String: Int]] {
            var figures: [String: [String: Int]] = [:]
            for (place, printed) in FoundingPage(try FoundingPage.text()).cells {
                figures[place.row, default: [:]][place.column] = printed.value
                if place.column != "total" { figures[place.column, default: [:]][place.row] = -printed.value }
            }
            return figures
        }

        private static func withYears(
            _ body: (Workplace) async throws -> Void
        ) async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(FoundingPage.text(), as: "net-migration-2011.txt")
                    _ = try await place.synchronise()
                    try place.drop(page(2024, counties), as: "net-migration-2024.txt")
                    let drops = try await place.synchronise()
                    try #require(drops.map { $0["outcome"].text } == ["new", "new"], "\(drops)")
                    try await body(place)
                }
            }
        }

        @Test func flowsBetweenGroupsAreSums() async throws {
            try await Self.withYears { place in
                let delta = try await place.ask("delta", Self.dataset, "2011..2024")
                let concordance = delta["concordance"]
                #expect(concordance["name"].text == "no-county")
                #expect(concordance["approximate"] == .bool(false))
                #expect(concordance["groups"].items.map { $0["from"].texts } == Self.groups.map(\.from))
                #expect(concordance["groups"].items.map { $0["to"].texts } == Self.groups.map(\.to))
                #expect(
                    concordance["groups"].items.map { $0["code"].text }
                        == Self.groups.map { $0.to.joined(separator: "+") })
                #expect(concordance["ignored"].items.isEmpty && concordance["not_in_use"].items.isEmpty)
                let old = try Self.founding()
                let cells = ShownCells(delta)
                #expect(cells.byPlace.count == 6 * 7)
                for (row, column) in Self.groups.flatMap({ row in Self.groups.map { (row, $0) } }) {
                    let cell = cells[row.to.joined(separator: "+"), column.to.joined(separator: "+")]
                    guard row.to != column.to else {
                        #expect(cell["change"].int == 0, "\(row)")
                        continue
                    }
                    let from = row.from.flatMap { row in column.from.map { old[row]![$0]! } }.reduce(0, +)
                    let to = row.to.flatMap { row in
                        column.to.map {
                            Self.flow(Self.counties.firstIndex(of: row)!, Self.counties.firstIndex(of: $0)!)
                        }
                    }.reduce(0, +)
                    #expect(cell["from"].int == from, "\(row) \(column)")
                    #expect(cell["to"].int == to, "\(row) \(column)")
                    #expect(cell["change"].int == to - from, "\(row) \(column)")
                }
                for group in Self.groups {
                    let total = cells[group.to.joined(separator: "+"), "total"]
                    #expect(total["from"].int == group.from.reduce(0) { $0 + old[$1]!["total"]! }, "\(group)")
                }
                // Each pair once, no totals.
                #expect(delta["summary"]["compared"].int == 6 * 7 / 2)
            }
        }

        @Test func otherWaysToAsk() async throws {
            try await Self.withYears { place in
                let ignoring = try await place.ask("delta", Self.dataset, "2011..2024", "--minor", "ignore")
                #expect(ignoring["concordance"]["approximate"] == .bool(true))
                #expect(ignoring["concordance"]["groups"].items.count == 11)
                let ignored = ignoring["concordance"]["ignored"].items.map { "\($0["from"].text!)>\($0["to"].text!)" }
                #expect(ignored == ["15>50", "05>30", "07>30", "14>15", "15>50", "18>54"])
                #expect(ignoring["concordance"]["ignored"][0]["valid_from"].text == "2019-01-01")

                let back = try await place.ask(
                    "delta", Self.dataset, "2024..2011", "--where", "county=31,counterpart=03")
                let group = "01+02+04+05+06+07+08"
                #expect(back["cells"].items.map { $0["at"].texts } == [[group, "03"]])
                let there = try await place.ask(
                    "delta", Self.dataset, "2011..2024", "--where", "county=01,counterpart=03")
                #expect(there["cells"][0]["at"][0].text == "31+32+33+34+39+40")
                #expect(there["cells"][0]["change"].int == -(back["cells"][0]["change"].int ?? 0))

                let none = try await place.ask("delta", Self.dataset, "2011..2024", "--concordance", "none")
                #expect(none["concordance"] == .null)
                #expect(none["cells"].items.contains { $0["comparison"].text == "vanished" })
                let text = try await place.annalctl("delta", Self.dataset, "2011..2024", "--minor", "ignore")
                #expect(text.output.contains("Concordance no-county (approximate)"))
                #expect(text.output.contains("31+32+33 from 01, 02, 06"))
                #expect(text.output.contains("Ignored: 15 → 50 (2019-01-01), 05 → 30"))
                let csv = try await place.annalctl("delta", Self.dataset, "2011..2024", "--format", "csv")
                #expect(csv.output.contains("\r\n\(Self.dataset),2024,1,42,03,"))
                #expect(try await place.annalctl("delta", Self.dataset, "--concordance", "no-such").code == 4)
                #expect(
                    try await place.annalctl("delta", Self.dataset, "--concordance", "none", "--minor", "merge").code
                        == 2)

                let series = try await place.ask("series", Self.dataset, "--where", "county=09,counterpart=total")
                #expect(series["at"].texts == ["42", "total"])
                let old = try Self.founding()
                #expect(series["points"][0]["value"].int == old["09"]!["total"]! + old["10"]!["total"]!)
                #expect(series["concordance"]["groups"][0]["from"].texts == ["09", "10"])

                let check = try await place.ask("concordance", "check", "no-county")
                #expect(check["datasets"].texts == [Self.dataset])
                #expect(check["findings"].items.contains { $0["message"].text?.hasSuffix("has 30") == true })
                #expect(check["findings"].items.allSatisfy { $0["code"].text == "unknown-code" })
            }
        }

        @Test func filesAreCheckedWithoutADaemon() async throws {
            try await Workplace.with { place in
                let shown = try await place.ask(
                    "concordance", "show", "no-county", "--from", "2020", "--to", "2024", "--minor", "ignore")
                #expect(shown["groups"].items.contains { $0["code"].text == "31+32+33" && $0["from"].texts == ["30"] })
                let path = place.root + "/wrong.csv"
                try Files.write(
                    "valid_from,from_code,to_code,scope\n2012-01-01,a,b,whole\n2013-01-01,b,a,whole\n", to: path)
                let wrong = try await place.annalctl("concordance", "check", path)
                #expect(wrong.code == 1)
                #expect(wrong.output.contains("cycle, line 2"))
                #expect(wrong.output.contains("wasn't looked at"))
            }
        }
    }
}
