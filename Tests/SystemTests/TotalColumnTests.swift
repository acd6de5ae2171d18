import Foundation
import Testing

extension SystemTests {
    @Suite struct TotalColumns {
        /// Men and women add up to the total; next year they don't, and the file is kept apart.
        @Test func aTotalAmongTheColumnsIsAudited() async throws {
            func table(_ total: Int) -> String {
                "region,Men,Women,Total\nNorth,17,25,42\nSouth,130,155,285\nWest,5,8,13\nEast,70,91,\(total)\n"
            }
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(table(161), as: "people-2010.csv")
                    try place.drop(table(160), as: "people-2011.csv")
                    let outcomes = try await place.synchronise().map { $0["outcome"].text }
                    #expect(outcomes == ["new", "quarantined"])
                    let show = try await place.ask("show", "people", "2010")
                    #expect(show["dimensions"][1]["id"].text == "column")
                    #expect(show["dimensions"][1]["total"].text == "total")
                    #expect(show["audits"].items.contains { $0["result"].text == "holds" && $0["checked"].int == 4 })
                }
            }
        }
    }
}
