import Annals
import Testing

@testable import TableReading

/// Keys, labels and attributes of tables that are too small for repetition to tell.
@Suite struct SmallTableKeysTests {
    private static let towns = [
        ("0101", "Halden", "Østfold", "L"), ("0104", "Moss", "Østfold", "B"), ("0213", "Ski", "Akershus", "L"),
        ("0219", "Bærum", "Akershus", "B"), ("0301", "Oslo", "Oslo", "L"), ("0402", "Kongsvinger", "Hedmark", "B"),
    ]

    @Test func theRegionOfATown() throws {
        let text = Self.towns.map { "\($0.2),\($0.1),1\n" }.joined()
        #expect(try read("fylke,kommune,persons\n" + text).tables[0].dimensionIDs == ["kommune"])
    }

    @Test func theNumberOfATownSaysNothingOfItsKind() throws {
        let text = Self.towns.map { "\($0.0),\($0.1),\($0.2),\($0.3),1\n" }.joined()
        let table = try read("nr,kommune,fylke,type,persons\n" + text).tables[0]
        #expect(table.dimensionIDs == ["nr"])
        #expect(table.keySpace.dimensions[0].categories.map(\.label).first == "Halden")
    }

    @Test(arguments: [
        ("SEX,Gender", ["M,Males", "F,Females"]), ("SEX,Gender", ["1,Males", "2,Females"]),
        ("sector,branch", ["Agri,Agriculture", "Manu,Manufacturing"]),
        ("Geschlecht,Sexe", ["Mann,Homme", "Frau,Femme"]),
    ])
    func twoNamesOfTwoThings(heading: String, texts: [String]) throws {
        let rows = ["AU1", "AU2"].flatMap { place in texts.map { "\(place),\($0),1\n" } }.joined()
        #expect(try read("REG_ID,\(heading),Value\n" + rows).tables[0].dimensionIDs.count == 2)
    }

    @Test func sexesThatGoWithRegions() throws {
        #expect(try read("region,sex,births\nNorth,F,120\nSouth,M,99\n").tables[0].dimensionIDs == ["region", "sex"])
    }
}
