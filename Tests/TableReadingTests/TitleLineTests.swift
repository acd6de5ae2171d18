import Annals
import Testing

@testable import TableReading

@Suite struct TitleLineTests {
    @Test(arguments: [
        ("6 Net migration¹ between counties. 2011", "Net migration between counties"),
        ("Table 6. Net migration between counties, 2011", "Net migration between counties"),
        ("07459: Population, by region and age 2011", "Population, by region and age"),
        ("2011 Census of population", "Census of population"), ("100 largest cities", "100 largest cities"),
        ("Net migration1 between counties. 2000", "Net migration1 between counties"),
        ("Nettoinnflytting mellom fylker 2011", "Nettoinnflytting mellom fylker"), ("3.2 Births", "Births"),
        ("Index (1980=100). 2011", "Index (1980=100)"),
    ])
    func cleaned(text: String, expected: String) { #expect(TitleLine(text, notes: []).cleaned == expected) }

    /// A digit is part of a word until a note with that mark stands below.
    @Test func gluedDigits() {
        let title = "Net migration1 between counties. 2000"
        #expect(TitleLine(title, notes: ["1 Refers to the county."]).cleaned == "Net migration between counties")
        #expect(TitleLine(title, notes: ["1) Refers to it."]).cleaned == "Net migration between counties")
        #expect(TitleLine(title, notes: ["2 Refers to it."]).cleaned == "Net migration1 between counties")
        #expect(TitleLine("COVID19 deaths 2020", notes: ["1 Note."]).cleaned == "COVID19 deaths")
    }

    /// A mark at a year is a flag or a footnote of its figures, and no part of the title.
    @Test(arguments: [
        ("Households by county. 2016p", "Households by county"), ("Households 2016 (p)", "Households"),
        ("Households 2016 (preliminary), by county", "Households , by county"),
        ("Households, 2016, provisional", "Households"),
        ("Households 2016 (projection)", "Households (projection)"), ("Households. 2016*", "Households"),
        ("Households by county 2016 1)", "Households by county"),
    ])
    func marksAtYears(text: String, expected: String) { #expect(TitleLine(text, notes: []).cleaned == expected) }

    @Test func marksAreFlagsOfTheFigures() throws {
        for text in [
            "Households. 2016p\n\nCounty,One,Two\nOslo,10,-\nLom,30,40\n",
            "Households. 2016p\n\n\tOne\tTwo\nOslo\t10\t-\nLom\t30\t40\n",
        ] {
            let document = try read(text)
            let table = document.tables[0]
            let codes = table.keySpace.dimensions.map { $0.categories[0].code }
            #expect(table.cells.palette.allSatisfy { $0.flags == .provisional })
            #expect(table.shown(codes[0], codes[1]) == "10 provisional")
            #expect(document.facts.dataset.slug == "households")
        }
        let below = try read("Households by county\n2016p\n\ncounty,persons\nOslo,1\nLom,3\n", name: "households.csv")
        #expect(below.tables[0].shown("Oslo") == "1 provisional")
        // Two years together are one only where the table's year is the two.
        let rows = "county,year,persons\nOslo,2015,1\nOslo,2016,2\nLom,2015,3\nLom,2016,4\n"
        #expect(try read("Households 2015-2016 (r)\n\n" + rows).tables[0].shown("Oslo") == "1")
        let split = try read("Households 2015-2016 (r)\n\ncounty,persons\nOslo,1\nLom,3\n", name: "households.csv")
        #expect(split.tables[0].shown("Oslo") == "1 revised")
        let star = try read("Households. 2016*\n\nCounty,One,Two\nOslo,10,20\nLom,30,40\n", name: "households.csv")
        #expect(star.facts.findings.map(\.code) == ["title-footnote"] && star.facts.title == "Households")
        // Headings give the years; the title's mark is that of its own.
        let years = try read("Households, revised to 2016p\n\n\t2015\t2016\nOslo\t10\t20\nLom\t30\t40\n")
        #expect(years.tables[0].shown("oslo") == "10" && years.tables[1].shown("oslo") == "20 provisional")
    }

    @Test func agencyID() {
        #expect(TitleLine("07459: Population", notes: []).agencyID == "07459")
        #expect(TitleLine("6 Population", notes: []).agencyID == nil)
        #expect(TitleLine("2011", notes: []).cleaned == nil)
        #expect(TitleLine("", notes: []).cleaned == nil)
    }

    @Test func fileNames() {
        #expect(FileName("inflow_2011_12.csv").title == "inflow")
        #expect(FileName("Personer2005-2009.csv").title == "Personer")
        #expect(FileName("net-migration.2011.tar.gz").title == "net-migration")
        #expect(FileName("%E52011.csv").mentions.years.map(\.year) == [2011])
        #expect(FileName("2011.csv").title == nil)
        #expect(FileName(".csv").stem == ".csv")
        #expect(FileName("").stem == "")
    }
}
