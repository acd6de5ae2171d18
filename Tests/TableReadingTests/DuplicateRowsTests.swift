import Annals
import Definitions
import Testing

@testable import TableReading

/// What is said of rows with the same keys.
@Suite struct DuplicateRowsTests {
    private let text = "region,sex,year,births\nNorth,F,2010,12\nNorth,M,2010,14\nSouth,F,2010,20\nSouth,M,2010,21\n"

    @Test(arguments: ["attributes", "ignore"]) func theColumnThatADefinitionLeavesOut(role: String) throws {
        let reason = try #require(
            refusal(
                of: text,
                definitions: try definitions("dataset: x\nmatch: {file: figures*}\ncolumns: {\(role): [sex]}\n")))
        #expect(reason.remedy?.contains("`sex` tells these rows apart") == true, "\(reason)")
        #expect(reason.remedy?.contains("keys: [region, sex]") == true, "\(reason)")
    }

    @Test func figuresThatDifferInEveryRowAreNoKeys() throws {
        let reason = try #require(refusal(of: "year,births,deaths\n2015,93,54\n2016,30,57\n2015,95,16\n2016,80,42\n"))
        #expect(reason.remedy?.contains("keys:") == false, "\(reason)")
    }

    @Test func longFieldsAreShortened() throws {
        let long = String(repeating: "x", count: 100_000)
        let reason = try #require(refusal(of: "region,births\nNorth,1\nSouth,\(long)\nWest,3\nEast,4\n"))
        #expect(reason.message.count <= 1000)
        #expect(reason.line == 3)
    }

    @Test func byteOrderMarksInDefinitions() throws {
        _ = try definitions("\u{FEFF}dataset: x\nmatch: {file: figures*}\n")
    }
}
