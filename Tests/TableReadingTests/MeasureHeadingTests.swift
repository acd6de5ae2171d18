import Annals
import Definitions
import Testing

@testable import TableReading

@Suite struct MeasureHeadingTests {
    @Test(arguments: [
        ("amount (1000 NOK)", "amount", "NOK", 3), ("Beløp (mill. kr)", "Beløp", "kr", 6),
        ("Exports [NOK million]", "Exports", "NOK", 6), ("Tax (1 000 kroner)", "Tax", "kr", 3),
        ("Tax (in 1,000,000 EUR)", "Tax", "EUR", 6), ("Tax (mio. €)", "Tax", "EUR", 6), ("Tax (mkr)", "Tax", "kr", 6),
        ("Harvest (tonnes)", "Harvest", "tonnes", 0), ("Population ('000)", "Population", nil, 3),
        ("Population (thousands)", "Population", nil, 3), ("GDP (millions of dollars)", "GDP", "dollars", 6),
        ("Cattle (1000 head)", "Cattle", "head", 3), ("Share (per cent)", "Share", "percent", 0),
        ("Deaths (per 1 000 inhabitants)", "Deaths", "per 1 000 inhabitants", 0),
        ("Amount 2010 (NOK)", "Amount", "NOK", 0),
        ("Population¹", "Population", nil, 0), ("Population (2010)", "Population", nil, 0),
    ])
    func `a unit in brackets is read`(text: String, name: String, unit: String?, multiplier: Int) {
        let measure = MeasureHeading(text).measure(code: "x")
        #expect(measure.label == name)
        #expect(measure.unit == unit)
        #expect(measure.multiplier == multiplier)
    }

    @Test(arguments: [
        "Index (2015=100)", "Persons (both sexes)", "Persons (1)", "Persons (10 years)", "Persons (provisional)",
        "Sales (mill. 2015 kr)", "Sales (mill. kr, current prices)", "Aged (65+)", "Sales (15 kr)",
        "Sales (1000 1000 kr x y z)",
        "Sales (10000000000000000000 NOK)", "Sales ()", "Sales (kr) net", "(", ")", "Widths (100 m)",
    ])
    func `what could be something else stays part of the name`(text: String) {
        let measure = MeasureHeading(text).measure(code: "x")
        #expect(measure.label == text)
        #expect(measure.unit == nil && measure.multiplier == 0)
    }

    @Test(arguments: ["value", "Verdi", "OBS_VALUE", "Antall", "Figures", "value (1000 NOK)", "(1000 NOK)", ""])
    func `a generic heading says nothing of what is counted`(text: String) {
        #expect(MeasureHeading(text).isGeneric)
    }

    @Test func `rates and percentages are known for what they are`() {
        #expect(MeasureHeading("Share (%)").measure(code: "x").kind == .percent)
        #expect(MeasureHeading("Deaths (per 1000)").measure(code: "x").kind == .rate)
        #expect(MeasureHeading("Deaths").measure(code: "x").kind == nil)
    }

    /// Who declares the unit doesn't say that thousands are none.
    @Test func `a multiplier that is printed holds beside a declared unit`() throws {
        func measure(_ heading: String, _ declared: String) throws -> (Measure, [String]) {
            let document = try read(
                "county,\(heading)\na,3\nb,4\nc,5\n", name: "pop-2013.csv",
                definitions: definitions("dataset: pop\nmatch: {file: [pop-*]}\nmeasures: [\(declared)]\n"))
            return (document.tables[0].measures[0], document.facts.findings.map(\.code))
        }
        let persons = "{code: persons, unit: persons}"
        let printed = try measure("persons (1000)", persons)
        #expect(printed.0.unit == "persons" && printed.0.multiplier == 3)
        #expect(try measure("persons (1000 persons)", persons).0.multiplier == 3)
        #expect(try measure("persons", persons).0.multiplier == 0)
        #expect(try measure("persons (1000)", "{code: persons, unit: persons, multiplier: 6}").0.multiplier == 6)
        let other = try measure("persons (1000 households)", persons)
        #expect(other.0.multiplier == 0 && other.1.contains("unit-differs"))
    }

    @Test func `the value column names the only measure`() throws {
        let named = try read("region,year,Beløp (mill. kr)\na,2010,5\nb,2010,6\n").tables[0].measures
        #expect(named == [Measure(code: "belop", label: "Beløp", unit: "kr", multiplier: 6)])
        let generic = try read("region;Antall\na;5\nb;6\n").tables[0].measures
        #expect(generic.map(\.code) == ["value"] && generic.map(\.label) == ["Antall"])
        let unit = try read("region,sex,year,value (1000 persons)\na,1,2010,5\na,2,2010,4\nb,1,2010,6\nb,2,2010,7\n")
            .tables[0]
        #expect(unit.dimensionIDs == ["region", "sex"])
        #expect(unit.measures == [Measure(code: "value", unit: "persons", multiplier: 3)])
        let years = try read("region;2010;2011\na;1;2\nb;3;4\n").tables[0].measures
        #expect(years == [Measure(code: "value")])
        let stamped = try read("region,year,Population 2010\na,2010,5\nb,2010,6\n").tables[0].measures
        #expect(stamped.map(\.code) == ["population"])
    }

    @Test func `two columns that differ in their unit stay apart`() throws {
        let table = try read("region,Sales (NOK),Sales (1000 EUR),Staff (persons)\na,5,6,7\nb,6,7,8\n").tables[0]
        #expect(table.measures.map(\.label) == ["Sales (NOK)", "Sales (1000 EUR)", "Staff"])
        #expect(table.measures.map(\.unit) == ["NOK", "EUR", "persons"])
        #expect(table.measures.map(\.multiplier) == [0, 3, 0])
        #expect(table.codes("measure") == table.measures.map(\.code))
    }

    @Test func `a definition decides, and the heading fills in what it leaves open`() throws {
        let text = "region,Beløp (1000 kr)\na,5\nb,6\n"
        let open = try definitions("dataset: x\nmatch: {file: \"figures*\"}\nmeasures: [{code: tax, kind: amount}]\n")
        #expect(
            try read(text, definitions: open).tables[0].measures == [
                Measure(code: "tax", label: "tax", unit: "kr", multiplier: 3, kind: .amount)
            ])
        let closed = try definitions(
            "dataset: x\nmatch: {file: \"figures*\"}\nmeasures: [{code: tax, unit: NOK, multiplier: 6}]\n")
        let document = try read(text, definitions: closed)
        #expect(document.tables[0].measures == [Measure(code: "tax", unit: "NOK", multiplier: 6)])
        #expect(document.facts.findings.map(\.code) == ["unit-differs"])
    }
}
