import Foundation
import Testing

extension SystemTests {
    /// PX files through the daemon: several years in one drop.
    @Suite struct PXFiles {
        /// Regions below one another, years beside one another.
        private static func px(_ years: [Int], _ rows: [String], updated: String, end: String = ";\n") -> String {
            let quoted = years.map { "\"\($0)\"" }.joined(separator: ",")
            return """
                CHARSET="ANSI";
                AXIS-VERSION="2010";
                LANGUAGE="en";
                DECIMALS=0;
                MATRIX="POP1";
                TITLE="Population by region and year";
                CONTENTS="Population";
                UNITS="persons";
                STUB="region";
                HEADING="year";
                VALUES("region")="01 North","02 South","03 West";
                VALUES("year")=\(quoted);
                TIMEVAL("year")=TLIST(A1),\(quoted);
                CODES("region")="01","02","03";
                LAST-UPDATED="\(updated)";
                STOCKFA="S";
                DATA=
                \(rows.joined(separator: "\n"))\(end)
                """
        }

        private static let first = px([2010, 2011], ["11 12", "120 121", "50000 50010"], updated: "20120301 08:00")
        private static let second = px(
            [2010, 2011, 2012], ["11 14 15", "120 121 119", "50000 50010 \"..\""], updated: "20130301 08:00")

        @Test func everyYearOfAFileIsATable() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(Self.first, as: "pop.px")
                    let drops = try await place.synchronise()
                    #expect(drops.map { $0["outcome"].text } == ["new", "new"])
                    #expect(Set(drops.map { $0["dataset"].text }) == ["pop1-region"])
                    try place.drop(Self.second, as: "pop.px")
                    let later = try await place.synchronise(since: 2)
                    #expect(later.map { $0["outcome"].text } == ["identical", "revised", "new"])

                    let show = try await place.ask("show", "pop1-region", "2011", "--source")
                    #expect(show["published"].text == "2013-03-01T08:00:00Z")
                    #expect(show["cells"].items.map { $0["value"].int } == [14, 121, 50010])
                    #expect(show["measures"][0]["unit"].text == "persons")
                    let delta = try await place.ask("delta", "pop1-region", "2011..2012")
                    #expect(
                        delta["cells"].items.map { $0["comparison"].text } == ["compared", "compared", "transition"])
                    // A file whose end is missing has a figure less, or half of one.
                    try place.drop(
                        Self.px([2013], ["16", "118", "5"], updated: "20140301 08:00", end: ""), as: "pop-2013.px")
                    let refused = try await place.synchronise(since: 5)
                    #expect(refused.map { $0["outcome"].text } == ["quarantined"])
                    #expect(refused[0]["reason"]["line"].int == 20)
                    #expect(try await place.ask("verify")["damage"].items.isEmpty)
                }
            }
        }

        /// The dataset began as CSV, with the same regions.
        @Test func aDatasetGoesOnAsPX() async throws {
            try await Workplace.with { place in
                try place.define("people")
                try Files.makeDirectory(place.inbox + "/people")
                try await place.withDaemon { _ in
                    try place.drop(
                        "region;2010;2011\n01 North;11;12\n02 South;120;121\n03 West;50000;50010\n",
                        as: "people/population.csv")
                    let drops = try await place.synchronise()
                    #expect(drops.map { $0["outcome"].text } == ["new", "new"])
                    try place.drop(Self.second, as: "people/pop.px", sidecar: "published: 2030-01-01\n")
                    let later = try await place.synchronise(since: 2)
                    #expect(later.map { $0["outcome"].text } == ["revised", "revised", "new"])
                    let history = try await place.ask("history", "people", "2010")["vintages"].items
                    #expect(history.last?["difference"]["cells"].int ?? 0 == 0, "\(history)")
                    let delta = try await place.ask("delta", "people", "2010..2012")
                    #expect(delta["summary"]["compared"].int == 2)
                }
            }
        }
    }
}
