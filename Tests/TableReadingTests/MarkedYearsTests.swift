import Annals
import Testing

@testable import TableReading

/// Headings that are years with something behind them.
@Suite struct MarkedYearsTests {
    private func years(_ heading: String, name: String = "x_2013.csv") -> [Int]? {
        // Nil where it is refused.
        try? read("Region;\(heading)\nN;120;121\nS;80;99\n", name: name).tables.map(\.period.year)
    }

    @Test(arguments: [
        "2010 R;2011 P", "2010a;2011b", "2010 a;2011 b", "2010 [note 1];2011 [note 2]", "2010 sd;2011 pd",
        "2010 Pe;2011 Po", "2010 NOK;2011 NOK", "Turnover 2010 NOK;Turnover 2011 NOK", "2010年;2011年",
        "2010 Census;2011 Estimate",
    ])
    func yearsAllTheSame(heading: String) {
        #expect(years(heading, name: heading.contains("Census") ? "x_2011.csv" : "x_2013.csv") == [2010, 2011])
    }

    @Test func whatTheMarksSay() throws {
        let tables = try read("Region;2009;2010 R;2011 P\nN;119;120;121\nS;78;80;99\n").tables
        #expect(tables.map(\.period.year) == [2009, 2010, 2011])
        #expect(tables.allSatisfy { $0.dimensionIDs == ["region"] })
        #expect(tables[1].cells.mark(at: 0).flags == .revised && tables[2].cells.mark(at: 0).flags == .provisional)
        let money = try read("Region;2010 NOK;2011 NOK\nN;120;121\nS;80;99\n").tables
        #expect(money[0].measures[0].unit == "NOK")
    }

    @Test func whatIsNoMark() throws {
        let sexes = try read("Region;2010 M;2010 F;2011 M;2011 F\nN;1;2;3;4\nS;5;6;7;8\n").tables
        #expect(sexes.map(\.dimensionIDs) == [["region", "measure"], ["region", "measure"]])
        let codes = try read("Region;1902 Tromsø;1903 Harstad\nN;1;2\nS;3;4\n", name: "x_2013.csv").tables
        #expect(codes.map(\.period.year) == [2013])
        let prices = try read("Region;Turnover 2010 NOK\nN;1\nS;3\n", name: "x_2013.csv").tables
        #expect(prices.map(\.period.year) == [2013], "of that year's money")
    }

    @Test func anotherUnitInAnotherYear() {
        for heading in ["2010 (number);2011 (per cent)", "2010 (kr);2011 (1000 kr)"] {
            let reason = refusal(of: "Region;\(heading)\nN;120;121\nS;80;99\n", name: "x_2013.csv")
            #expect(reason?.message.contains("two units") == true, "\(heading)")
        }
        let page = "Persons\n\n\t2010, number\t2011, per cent\nOslo\t120\t121\nVoss\t8\t9\n"
        #expect(refusal(of: page, name: "f_2013.txt")?.message.contains("two units") == true)
    }

    @Test func aYearAboveTheLabels() throws {
        let table = try read("2011;Men;Women\nN;1;2\nS;3;4\n", name: "p_2012.csv").tables[0]
        #expect(table.period.year == 2011 && table.dimensionIDs == ["row", "measure"])
    }

    @Test func aLoneYearThatMayBeAPartOfItsName() throws {
        let reason = refusal(of: "region,population,gdp_ppp_2017\nN,1,2\nS,3,4\n", name: "x_2011.csv")
        #expect(reason?.found == "gdp_ppp_2017")
        #expect(refusal(of: "region,K2001,K2002\nN,1,2\nS,3,4\n", name: "x_2011.csv")?.found == "K2001")
        let published = try read("region,area,2011\nN,1,2\nS,3,4\n", name: "x_2012.csv").tables
        #expect(published.map(\.period.year) == [2011])
        let codes = refusal(of: "lad_2013,name,2010,2011\n101,N,1,2\n102,S,3,4\n", name: "x.csv")
        #expect(codes?.found == "lad_2013")
    }

    @Test func unitsAboveTheTable() throws {
        for (line, multiplier) in [("(1 000 tonn)", 3), ("(tonn)", 0), ("Enhet: 1000 tonn", 3)] {
            let table = try read("Fangst. 2010;\n\(line);\nArt;Mengde\nTorsk;283\nSild;923\n").tables[0]
            #expect(table.measures[0].unit == "tonnes" && table.measures[0].multiplier == multiplier, "\(line)")
            let page = try read("Fangst. 2010\n\(line)\n\n\tCod\tHerring\nNorth\t12\t33\nSouth\t4\t2\n", name: "c.txt")
            #expect(page.tables[0].measures[0].multiplier == multiplier, "\(line)")
        }
    }

    @Test func footnotesAtLabels() throws {
        for (mark, note) in [
            ("1)", "1) Provisional."), ("²", "2) Provisional."), ("*", "* Provisional."), (" [1]", "[1] New."),
        ] {
            let text = "Region;Births\nOslo\(mark);5\nBergen;6\n\n\(note)\n"
            let table = try read(text, name: "x-2011.csv").tables[0]
            #expect(table.codes("region") == ["Oslo", "Bergen"], "\(mark)")
        }
        let named = try read("Region;Births\nLevel 1);5\nLevel 2);6\n", name: "x-2011.csv").tables[0]
        #expect(named.codes("region") == ["Level 1)", "Level 2)"], "no note explains them")
        let page = try read(
            "Deaths. 2011\n\n\tMen 1)\tWomen\nOslo 1)\t2\t3\nVoss\t4\t5\n\n1) Provisional.\n", name: "g.txt")
        #expect(page.tables[0].keySpace.dimensions.map { $0.categories[0].label } == ["Oslo", "Men"])
    }
}
