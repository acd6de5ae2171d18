import Annals
import Testing

@testable import TableReading

/// Numbers that look like years and are none of the figures: of birth, of construction, codes.
@Suite struct OtherYearsTests {
    private func rows(_ heading: String) -> String {
        "\(heading),Type,Dwellings\n2005,A,12\n2005,B,13\n2006,A,15\n2006,B,44\n"
    }

    @Test(arguments: [
        "Cohort", "Born", "Construction year", "Kull", "Erstzulassung", "Rok urodzenia", "Año de construcción",
        "Rakennusvuosi", "Year of birth", "Founded", "Fødselsår", "NACE", "Municipality code", "Postcode",
    ])
    func aNameThatSaysSo(heading: String) throws {
        let table = try read(rows(heading), name: "dwellings-2011.csv").tables[0]
        #expect(table.period.year == 2011)
        #expect(table.keySpace.dimensions[0].categories.map(\.code) == ["2005", "2006"])
    }

    @Test func aNameThatSaysNothingBesideAnotherYear() {
        let reason = refusal(of: rows("hs4"), name: "trade-2011.csv")
        #expect(reason?.found == "hs4" && reason?.message.contains("2011") == true)
        #expect(reason?.remedy?.contains("`columns: {year: hs4}`") == true, "\(String(describing: reason))")
        // Nil where it is refused.
        #expect((try? read(rows("hs4"), name: "trade-2006.csv")) != nil, "the name's year is among them")
        // Nil where it is refused.
        #expect((try? read(rows("Berichtsjahr"), name: "trade-2011.csv")) != nil, "the column says that it is one")
    }

    @Test(arguments: ["year-end stock", "persons per year", "Jahresmittel", "time use", "years of life lost"])
    func figuresOfTheSizeOfYears(heading: String) throws {
        let table = try read("region,\(heading)\nN,1150\nS,1250\nW,1307\n", name: "x-2011.csv").tables[0]
        #expect(table.period.year == 2011 && table.dimensionIDs == ["region"])
        #expect(table.shown("S") == "1250")
    }

    @Test func stubsOfPages() {
        let page = "Dwellings by year of construction. 2011\n\n\tHouses\tFlats\n2005\t120\t80\n2006\t130\t90\n"
        let reason = refusal(of: page, name: "dw.txt")
        #expect(reason?.message.contains("2011") == true && reason?.remedy?.contains("`year`") == true)
        let named = page.replacing("\n\tHouses", with: "\nYear of construction\tHouses")
        // Nil where it is refused.
        #expect((try? read(named, name: "dw.txt")) != nil)
        let year = page.replacing("\n\tHouses", with: "\nYear\tHouses")
        // Nil where it is refused.
        #expect((try? read(year, name: "dw.txt").tables.map(\.period.year)) == [2005, 2006])
    }

    @Test func yearsOfEitherTwoDigitsOrAnEra() {
        #expect(
            refusal(of: "Stand,Region,Births\n31.12.10,N,1\n31.12.10,S,2\n31.12.11,N,3\n", name: "f_2013.csv") != nil)
        #expect(refusal(of: "Region;01.01.10;01.01.11\nN;1;2\nS;3;4\n", name: "f_2013.csv")?.found == "01.01.10")
        #expect(refusal(of: "Region;平成22年;平成23年\nN;1;2\nS;3;4\n", name: "f_2013.csv")?.found == "平成22年")
        #expect(refusal(of: "CODGEO,P11_POP,P06_POP\n01001,5,6\n01002,7,8\n", name: "base.csv")?.found == "P11_POP")
        #expect(refusal(of: "region,pop_10,pop_11\nN,5,6\nS,7,8\n", name: "pop_2011.csv")?.found == "pop_10")
        // Nil where it is refused.
        #expect((try? read("region,age_10,age_11\nN,5,6\nS,7,8\n", name: "pop_2013.csv")) != nil)
        #expect(refusal(of: "date,region,n\n40179,N,5\n40544,N,6\n40179,S,7\n", name: "x_2013.csv") != nil)
    }

    @Test func yearsAmongTheLabels() throws {
        let text = "Region;Births\n2010;4\nNorth;1\nSouth;3\n2011;12\nEast;5\nWest;7\n"
        #expect(refusal(of: text, name: "x_2012.csv")?.line == 2)
        let cohorts = try read("Cohort;Births\n2009;4\n2010;4\n2011;12\nTotal;20\n", name: "x_2012.csv").tables[0]
        #expect(cohorts.codes("cohort").count == 4)
    }

    @Test func aDayInTheNameOfAFile() throws {
        #expect(try read("region,births\nN,5\nS,6\n", name: "births_20111231.csv").tables[0].period.year == 2011)
    }
}
