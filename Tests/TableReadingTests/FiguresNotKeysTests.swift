import Annals
import Testing

@testable import TableReading

/// Figures that look like codes of the words beside them, and codes that look like figures.
@Suite struct FiguresNotKeysTests {
    @Test(arguments: ["Municipality;M;F", "Kommune;K;M", "name;n;deaths", "Hospital;Hospitals;Beds"])
    func aNameThatBeginsThatOfTheWords(heading: String) throws {
        let table = try read("\(heading)\nAsker;1000;7\nBodø;215;9\nDrammen;330;4\n", name: "f-2011.csv").tables[0]
        #expect(table.measures.count == 2 && table.keySpace.dimensions.count == 2)
        #expect(table.keySpace.dimensions[0].categories.map(\.label) == ["Asker", "Bodø", "Drammen"])
    }

    @Test(arguments: ["AGS", "Kod", "Código", "市区町村コード", "BFS-Nr.", "PLZ"])
    func codesInFront(name: String) throws {
        let table = try read("\(name);Gemeinde;Geborene\n1001;Aach;7\n1003;Bonn;9\n1010;Celle;4\n", name: "f-2011.csv")
            .tables[0]
        #expect(table.measures.count == 1)
        #expect(table.keySpace.dimensions[0].categories.map(\.code) == ["1001", "1003", "1010"])
        #expect(table.keySpace.dimensions[0].categories.map(\.label) == ["Aach", "Bonn", "Celle"])
    }

    @Test func aCounterInFront() throws {
        let table = try read("Lp.;Powiat;Urodzenia\n1;Aa;7\n2;Bb;9\n3;Cc;4\n", name: "f-2011.csv").tables[0]
        #expect(table.measures.count == 1 && table.keySpace.dimensions.count == 1)
    }

    @Test func whatMayBeEither() {
        let reason = refusal(of: "Wert A;Ort;Wert B\n120;Aa;7\n17;Bb;9\n3000;Cc;4\n", name: "f-2011.csv")
        #expect(reason?.remedy?.contains(" or `columns: {values:") == true, "\(reason?.message ?? "")")
    }

    @Test func twoColumnsOfWordsInThreeRows() throws {
        let table = try read(
            "Constituency;Winner;Votes\nNorth;Smith;7\nSouth;Jones;9\nWest;Khan;4\n", name: "f-2011.csv"
        ).tables[0]
        #expect(table.keySpace.dimensions.map(\.id) == ["constituency"])
    }

    @Test(arguments: ["Magnitude", "Enhet", "Scale"])
    func sizesByRow(name: String) {
        let text = "Item;\(name);Value\nA;thousand;7\nB;million;9\nC;thousand;4\nD;million;5\nE;thousand;6\n"
        #expect(refusal(of: text, name: "f-2011.csv") != nil)
    }

    @Test(arguments: ["Geschlecht", "Variable", "Unit", "Пол"])
    func oneRowThatSaysAnother(name: String) {
        let rows = (0..<60).map { "R\($0 + 100);\($0 == 7 ? "other" : "all");\($0 * 3)\n" }.joined()
        #expect(refusal(of: "Region;\(name);Births\n" + rows, name: "f-2011.csv")?.line == 9)
    }

    @Test func aRowOfYearsBelowNamesOnAPage() throws {
        let page = "Births 2011\nRegion Men Women\nOslo 1998 2003\nBergen 2011 1987\nVoss 5 7\n"
        let table = try read(page, name: "f-2011.txt").tables[0]
        #expect(table.period.year == 2011 && table.cells.count == 6)
    }

    @Test func theTitleOfASecondTable() {
        let page =
            "Table 1. Births 2011\n\nRegion   Births\nOslo   100\nVoss   20\n\nTable 2. Deaths 2011\n\nRegion   Deaths\n"
        #expect(refusal(of: page + "Oslo   90\nVoss   18\n", name: "f-2011.txt") != nil)
        #expect(refusal(of: page.replacing("\n\nT", with: "\nT") + "Oslo   90\nVoss   18\n", name: "f-2011.txt") != nil)
    }

    @Test(
        arguments: [
            [0x52, 0x68, 0x93, 0x6E, 0x65], [0x54, 0x72, 0x6F, 0x6D, 0x73, 0xBF], [0x54, 0x72, 0x6F, 0x6D, 0x73, 0x9B],
            [0x43, 0x6F, 0x6D, 0x74, 0x82], [0xD7, 0x6C, 0x65],
        ] as [[UInt8]])
    func signsOfOtherEncodings(word: [UInt8]) {
        let western = WesternText(Array("Region;Births\n".utf8) + word + Array(";5\n".utf8))
        #expect(western.isRefuted)
    }
}
