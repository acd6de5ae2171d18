import Annals
import Testing

@testable import TableReading

@Suite struct YearResolutionTests {
    private let body = "county;persons\nØstfold;5\nAkershus;6\n"

    @Test func orderOfEvidence() throws {
        #expect(try read(body, name: "flows_2012.csv").tables[0].period.year == 2012)
        let titled = try read("Flows 2011\n\n" + body, name: "flows_2012.csv")
        #expect(titled.tables[0].period.year == 2011)
        #expect(titled.facts.findings.map(\.code) == ["year-differs"])
        let sidecar = Sidecar(year: 2010)
        #expect(try read("Flows 2011\n\n" + body, sidecar: sidecar).tables[0].period.year == 2010)
        #expect(try read(body, name: "flows_2011-12.csv").tables[0].period.label == "2011-12")
    }

    @Test func noYear() {
        let reason = refusal(of: body, name: "flows.csv")
        #expect(reason?.message.contains("No year") == true)
        #expect(reason?.remedy?.contains("year:") == true)
    }

    @Test func twoYearsAreNamed() {
        #expect(refusal(of: body, name: "flows-2010-or-2012.csv")?.found == "2010 and 2012")
        #expect(refusal(of: "Flows 2010 and 2011\n\n" + body)?.found == "2010 and 2011")
        #expect(refusal(of: "year;tid;county;persons\n2010;2009;a;5\n2011;2012;b;6\n2010;2012;b;6\n")?.column == 2)
    }

    @Test func baseYearIsNone() throws {
        #expect(refusal(of: "Prices, 1980=100\n\n" + body, name: "prices.csv")?.message.contains("No year") == true)
        #expect(try read("Prices (1980=100), 2011\n\n" + body, name: "x.csv").tables[0].period.year == 2011)
    }

    @Test func partsOfYearsAreRefused() {
        #expect(refusal(of: body, name: "flows_2011Q3.csv")?.found == "2011Q3")
        let monthly = refusal(of: "time;county;persons\n2011;a;5\n2011M02;a;6\n")
        #expect(monthly?.line == 3)
        #expect(monthly?.column == 1)
        #expect(monthly?.found == "2011M02")
    }

    @Test func splitYearsAllOrNone() throws {
        let split = try read("year;county;persons\n2010/11;a;5\n2011/12;a;6\n")
        #expect(split.tables.map(\.period.label) == ["2010/11", "2011/12"])
        #expect(split.tables.map(\.period.year) == [2010, 2011])
        #expect(refusal(of: "year;county;persons\n2010/11;a;5\n2011;a;6\n")?.message.contains("side by side") == true)
    }

    @Test func sidecarMayNotContradictTheColumn() {
        let text = "year;county;persons\n2010;a;5\n2010;b;6\n"
        #expect(refusal(of: text, sidecar: Sidecar(year: 2011))?.message.contains("sidecar says 2011") == true)
    }
}
