import Annals
import Testing

@testable import TableReading

/// Which column of figures a column of marks is called after.
@Suite struct FlagOwnerTests {
    @Test func namesThatDifferInASign() throws {
        let text =
            "region,Births,Births %,Births_flag,Births %_flag\nNorth,10,1.5,,p\nSouth,20,2.5,,\nEast,30,3.5,e,\n"
        let definitions = try definitions("dataset: x\nmatch: {file: figures*}\ndialect: eurostat\n")
        let table = try #require(try read(text, definitions: definitions).tables.first)
        let codes = table.codes("measure")
        #expect(table.shown("North", codes[0]) == "10")
        #expect(table.shown("North", codes[1]) == "1.5 provisional")
        #expect(table.shown("East", codes[0]) == "30 estimated")
        #expect(table.shown("East", codes[1]) == "3.5")
    }

    @Test(arguments: [
        ("Exported goods 2011", false), ("Released prisoners 2010", false), ("Printed books 2012", false),
        ("Published: 2012-05-01", true), ("Updated 15 March, 2012", true), ("Released on 30 November 2012", true),
        ("Oppdatert mars 2012", true), ("Last updated 2012", true), ("Downloaded", true),
        ("Date of release 2012", false), ("(Updated 2012-05-01 08:00 CET)", true), ("Copyright SSB 2012", true),
        ("Generated Mon May 14 2012", true), ("- Exported goods 2012", false),
    ])
    func linesOnPublication(line: String, tells: Bool) { #expect(NoteLine.tellsOfPublication(line) == tells) }

    @Test func anExportIsATitle() throws {
        let table = try #require(
            try read("Exported goods 2011\nregion;goods\nNorth;1\nSouth;2\n", name: "x_2013.csv").tables.first)
        #expect(table.period.year == 2011)
        #expect(table.title == "Exported goods")
    }

    @Test func codesWithPointsBesideWholeFigures() throws {
        // Codes prove a decimal mark that no figure has: nothing is gone through again for it, and nothing refused.
        let rows = (0..<40).map { "\(10 + $0).1,Branch \($0),\($0 * 1000)\n" }.joined()
        let document = try read(
            "NACE,branch,2011\n" + rows, name: "x.csv", limits: ReadingLimits(categories: 45))
        #expect(document.tables.first?.cells.count == 40)
    }
}
