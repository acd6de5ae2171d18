import Foundation
import Testing

extension SystemTests {
    @Suite struct Measures {
        private static func table(_ heading: String, _ figure: Int) -> String {
            "region,\(heading)\nNorth,\(figure)\nSouth,\(1000 + figure)\nWest,\(50_001 + figure)\n"
        }

        /// Deaths don't continue the population, nor millions thousands, however alike the rest is.
        @Test func anotherMeasureIsQuarantined() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(Self.table("population", 7), as: "people-2010.csv")
                    try place.drop(Self.table("amount (1000 NOK)", 7), as: "money-2010.csv")
                    _ = try await place.synchronise()
                    try place.drop(Self.table("deaths", 8), as: "people-2011.csv")
                    try place.drop(Self.table("amount (mill. NOK)", 8), as: "money-2011.csv")
                    try place.drop(Self.table("Population", 9), as: "people-2012.csv")
                    let drops = try await place.synchronise(since: 2)
                    let outcomes = Dictionary(
                        uniqueKeysWithValues: drops.map { ($0["file"].text ?? "", $0["outcome"].text ?? "") })
                    #expect(
                        outcomes == [
                            "people-2011.csv": "quarantined", "money-2011.csv": "quarantined", "people-2012.csv": "new",
                        ])
                    let deaths = drops.first { $0["file"].text == "people-2011.csv" }?["reason"]
                    #expect(deaths?["message"].text?.contains("counts deaths, and 2010 counts population") == true)
                    #expect(deaths?["remedy"].text?.contains("measures: [{code: population}]") == true)
                    let money = try await place.ask("show", "money", "2010")["measures"][0]
                    #expect(money["unit"].text == "NOK" && money["multiplier"].int == 3)
                    let csv = try await place.annalctl("show", "money", "2010", "--format", "csv")
                    let text = try await place.annalctl("show", "money", "2010").output
                    #expect(text.contains("\namount in 1000 NOK\n"), "\(text)")
                    #expect(csv.output.contains("money,2010,1,North,7,value,,1000 NOK\r\n"), "\(csv)")
                    #expect(try await place.annalctl("delta", "people", "2010..2012").code == 0)
                }
            }
        }

        /// A definition names the measure and so decides; a delta of what counts different things is refused.
        @Test func aDefinitionDecidesAndADeltaIsRefused() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(Self.table("population", 7), as: "people-2010.csv")
                    _ = try await place.synchronise()
                    let path = place.root + "/config/datasets.d/people.yaml"
                    try Files.write("dataset: people\nmatch: {file: \"people*\"}\nmeasures: [{code: folk}]\n", to: path)
                    #expect(try await place.annalctl("reload").code == 0)
                    try place.drop(Self.table("anything", 8), as: "people-2011.csv")
                    #expect(try await place.synchronise(since: 1).map { $0["outcome"].text } == ["new"])
                    let refused = try await place.annalctl("delta", "people")
                    #expect(refused.code == 1)
                    #expect(refused.errors.contains("population against folk"), "\(refused)")
                    try Files.write(
                        "dataset: people\nmatch: {file: \"people*\"}\nmeasures: [{code: population}]\n", to: path)
                    #expect(try await place.annalctl("reload").code == 0)
                    try place.drop(Self.table("anything", 8), as: "people-2011.csv")
                    #expect(try await place.synchronise(since: 2).map { $0["outcome"].text } == ["revised"])
                    #expect(try await place.annalctl("delta", "people").code == 0)
                }
            }
        }
    }
}
