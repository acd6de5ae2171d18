import Annals
import Testing

@testable import TableReading

/// Years in headings that are no years of their figures: of what these are compared with, of cohorts, of units.
@Suite struct ComparedYearsTests {
    @Test(arguments: [
        "Change from 2010", "Endring fra 2010", "Veränderung gegenüber 2010", "Variación respecto a 2010", "Index 2010",
        "+/- gg. 2010", "Per cent of 2010", "Изменение к 2010", "前年比 2010",
    ])
    func besideYears(heading: String) throws {
        let document = try read("Region;2010;2011;\(heading)\nN;10;12;2\nS;20;25;5\n", name: "f.csv")
        #expect(document.tables.map(\.period.year) == [2010, 2011])
        #expect(document.tables.allSatisfy { $0.measures.count == 1 })
        #expect(document.facts.findings.contains { $0.code == "column-left-out" && $0.message.contains(heading) })
    }

    @Test func measuresOfOneYearStay() throws {
        let document = try read(
            "Region;Census 2001;Census 2011;Estimate 2012\nN;10;12;2\nS;20;25;5\n", name: "f.csv")
        #expect(document.tables.map(\.period.year) == [2001, 2011, 2012])
    }

    @Test(arguments: ["Cohort", "Jahrgang", "Geburtsjahr", "Rocznik", "Model year", "Class of", "Årskull"])
    func yearsOfSomethingElse(name: String) {
        let reason = refusal(of: "Region;\(name) 2008;\(name) 2009\nN;10;12\nS;20;25\n", name: "f-2011.csv")
        #expect(reason?.remedy?.contains("role: heading") == true, "\(reason?.message ?? "")")
    }

    @Test(arguments: ["2010 (€);2011 ($)", "2010 (万円);2011 (億円)", "2010 (%);2011 (‰)"])
    func twoUnits(names: String) {
        #expect(refusal(of: "Region;\(names)\nN;10;12\nS;20;25\n", name: "f.csv")?.message.contains("unit") == true)
    }

    @Test(arguments: ["до 2008;до 2009", "Up to 2008;Up to 2009", "fra 2008;fra 2009"])
    func ends(names: String) throws {
        let tables = try read("Region;\(names)\nN;10;12\nS;20;25\n", name: "f-2011.csv").tables
        #expect(tables.map(\.period.year) == [2011])
    }

    @Test(arguments: [
        "Rok budowy", "Opførelsesår", "Fæðingarár", "Doğum yılı", "Születési év", "出生年", "Год рождения", "Rok výstavby",
        "Anul nașterii", "Gimimo metai", "Godina rođenja", "Gründungsjahr", "Accession year", "Year of admission",
        "Start year",
    ])
    func columnsOfOtherYears(name: String) {
        let text = "Region;\(name);Number\nN;2009;5\nN;2010;6\nN;2011;7\nS;2009;8\nS;2010;9\nS;2011;4\n"
        do throws(Reason) {
            let tables = try read(text, name: "f-2011.csv").tables
            #expect(tables.map(\.period.year) == [2011], "\(name) is the year")
        } catch {
            #expect(error.remedy?.contains("columns: {year:") == true, "\(error)")
        }
    }

    @Test(arguments: [
        "Rok", "Godina", "Év", "Год", "年", "Survey year", "Berichtsjahr", "Kalenderår", "Fiscal year", "Año", "Metai",
    ])
    func columnsOfYears(name: String) throws {
        let text = "Region;\(name);Number\nN;2009;5\nN;2010;6\nN;2011;7\nS;2009;8\nS;2010;9\nS;2011;4\n"
        #expect(try read(text, name: "f-2011.csv").tables.map(\.period.year) == [2009, 2010, 2011])
    }

    @Test(arguments: ["Capacity", "Price", "Limit", "Version"])
    func oneNumberThroughout(name: String) {
        let text = "Prison;\(name);Inmates\nA;2000;5\nB;2000;6\nC;2000;7\n"
        do throws(Reason) {
            #expect(try read(text, name: "f-2011.csv").tables.map(\.period.year) == [2011])
        } catch {
            #expect(error.remedy?.contains("`columns: {year: \(name)}`") == true, "\(error)")
        }
    }
}
