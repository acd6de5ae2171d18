import Annals
import Testing

@testable import TableReading

/// A column called `Number` counts what stands beside it, and numbers only what is numbered.
@Suite struct CountOrCodeTests {
    @Test(arguments: ["Number", "No.", "Nr", "Total number", "Births (number)", "Births, number", "Deaths No."])
    func aCountBehindTheWords(heading: String) throws {
        let quoted = heading.contains(",") ? "\"\(heading)\"" : heading
        let table = try read(
            "County,\(quoted),Rate\nOslo,1205,1.2\nBergen,90,0.9\nBodø,33,3.1\n", name: "x-2011.csv"
        ).tables[0]
        #expect(table.dimensionIDs == ["county", "measure"])
        #expect(table.codes("county") == ["Oslo", "Bergen", "Bodø"])
        #expect(table.measures.count == 2)
    }

    @Test func aCountBesideYearAndRate() throws {
        let table = try read(
            "Year;Region;Sex;Number;Rate\n2010;N;M;120;1,5\n2010;N;F;130;1,6\n2010;S;M;120;1,7\n2010;S;F;90;1,8\n"
        ).tables[0]
        #expect(table.dimensionIDs == ["region", "sex", "measure"])
        #expect(table.shown("S", "M", "number") == "120")
    }

    @Test func whatIsNumbered() throws {
        for heading in ["Municipality number", "kommunenr", "County no"] {
            let table = try read("\(heading);Name;Persons\n101;Halden;5\n104;Moss;6\n", name: "x-2011.csv").tables[0]
            #expect(table.keySpace.dimensions[0].categories.map(\.code) == ["101", "104"], "\(heading)")
            #expect(table.keySpace.dimensions[0].categories[0].label == "Halden")
        }
        let before = try read("Nr;Kommune;Persons\n101;Halden;5\n104;Moss;6\n", name: "x-2011.csv").tables[0]
        #expect(before.keySpace.dimensions[0].categories.map(\.code) == ["101", "104"])
    }

    @Test func unitsArentFigures() throws {
        let same = try read("Region;Unit;Income\nN;1000 kr;5\nS;1000 kr;6\n", name: "x-2011.csv").tables[0]
        #expect(same.dimensionIDs == ["region"])
        #expect(same.measures[0].unit == "kr" && same.measures[0].multiplier == 3)
        let mixed = try read(
            "Region;Unit;Income\nN;1000 kr;5\nN;kr;5000\nS;1000 kr;6\nS;kr;6000\n", name: "x-2011.csv"
        ).tables[0]
        #expect(mixed.dimensionIDs == ["region", "unit"])
    }

    @Test func powersOfTen() throws {
        let text = "REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MULT\nN,2010,410,3\nS,2010,380,3\n"
        let table = try read(text).tables[0]
        #expect(table.dimensionIDs == ["ref-area"] && table.measures[0].multiplier == 3)
        let mixed = refusal(of: text + "N,2011,411000,0\nS,2011,381,3\n")
        #expect(mixed?.line == 4 && mixed?.found == "0")
    }
}
