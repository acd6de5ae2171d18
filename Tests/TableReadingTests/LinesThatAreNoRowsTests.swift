import Annals
import Testing

@testable import TableReading

/// Lines around and between the rows that look like rows, and the titles of further tables.
@Suite struct LinesThatAreNoRowsTests {
    // MARK: Second tables

    @Test(arguments: ["Deaths,,", "2011,,", "2) Deaths,,", ",,\nDeaths,,", "Deaths,,\n,,"])
    func titleAboveTheHeadingAgain(title: String) {
        let text = "Births,,\nRegion,Boys,Girls\nN,1,2\nS,3,4\n\(title)\nRegion,Boys,Girls\nE,5,6\nW,7,8\n"
        let reason = refusal(of: text)
        #expect(reason?.message.contains("second table") == true && reason?.line == (title.hasPrefix(",,") ? 6 : 5))
    }

    @Test func headingAgainBehindRows() throws {
        let text = "Region,Boys,Girls\nN,1,2\nS,3,\n,,\nRegion,Boys,Girls\nE,5,6\nW,7,8\n"
        let document = try read(text)
        #expect(document.tables[0].codes("region").count == 4)
        #expect(document.facts.findings.map(\.code) == ["heading-again"])
    }

    /// The end of a label in quotes is no note, at the end of the file as anywhere.
    @Test(arguments: [
        "\"Sør-\nTrøndelag\",5,6\n", "\"Sør-\n\nTrøndelag\",5,6", "\"a \"\"b\"\"\nSource: c\",5,6\n\nSource: \"x\n",
    ])
    func labelWithALineBreakInTheLastRow(row: String) throws {
        let table = try read("Region,Boys,Girls\nN,1,2\nS,3,4\n\(row)").tables[0]
        #expect(table.codes("region").count == 3 && table.cells.values == [1, 2, 3, 4, 5, 6])
        let last = try read("Boys,Girls,Region\n1,2,N\n3,4,S\n5,6,\"W\nE\"\n").tables[0]
        #expect(last.codes("region").last?.hasPrefix("W") == true)
    }

    /// The line that its quote opens in is no blank one.
    @Test func labelThatBeginsWithALineBreak() throws {
        let table = try read("Region,Boys,Girls\nN,1,2\n\"\nS\",3,4\n\"\n E, F\",5,6\nW,7,8\n").tables[0]
        #expect(table.codes("region") == ["N", "S", "E, F", "W"])
        #expect(table.cells.values == [1, 2, 3, 4, 5, 6, 7, 8])
    }

    @Test(arguments: [",,", ""]) func titleBehindABlankLine(blank: String) throws {
        let text = "Region,Boys,Girls\nN,1,2\nS,3,4\n\(blank)\nDeaths,,\n"
        #expect(refusal(of: text + "E,5,6\nW,7,8\n")?.line == 5)
        #expect(refusal(of: text + "E,-,6\nW,7,8\n")?.line == 5)
        // A region without figures among others.
        #expect(try read(text.replacing("\n\(blank)\n", with: "\n") + "E,5,6\n").tables[0].codes("region").count == 4)
    }

    @Test(arguments: ["# ", "## ", "* ", "2. ", "(2) ", "2) "]) func titlesLikeNotesOnPages(mark: String) {
        let text = "Events 2011\n\n\tBoys\tGirls\nOslo\t120\t131\n\n\(mark)Deaths\n"
        #expect(refusal(of: text + "\tBoys\tGirls\nBergen\t20\t31\n")?.line == 6)
        #expect(refusal(of: text + "Bergen\t20\t31\n")?.line == 6)
    }

    @Test(arguments: [("Oslo 2)", "2) With Bærum."), ("Oslo*", "* Preliminary"), ("Oslo", "Note: preliminary")])
    func notesBetweenBlocks(label: String, note: String) throws {
        let text = "Births 2011\n\n\tBoys\tGirls\n\(label)\t120\t131\n\n\(note)\n\n\tBoys\tGirls\nBergen\t20\t31\n"
        let table = try read(text).tables[0]
        #expect(table.codes("row").count == 2 && table.notes == [note])
    }

    // MARK: Numbers of columns

    @Test(arguments: ["1,2,3", "(1),(2),(3)", ",1,2", ",(2),(3)"]) func numbersOfColumns(line: String) throws {
        let document = try read("Region,Production,Consumption\n\(line)\nN,120.5,99.1\nS,88.0,31.7\n")
        #expect(document.tables[0].codes("region") == ["N", "S"])
        #expect(document.tables[0].codes("measure") == ["production", "consumption"])
        #expect(document.facts.findings.map(\.code) == ["column-numbers"])
    }

    @Test func numbersOfColumnsBelowYears() throws {
        let document = try read("Region;2010;2011\n1;2;3\nNorth;120;99\nSouth;88;31\n", name: "x.csv")
        #expect(document.tables.map { $0.codes("region") } == [["North", "South"], ["North", "South"]])
    }

    @Test func numbersOfColumnsBelowUnits() throws {
        let document = try read("Region,Production,Consumption\n,GWh,per cent\n,(1),(2)\nN,120.5,99.1\nS,88.0,31.7\n")
        #expect(document.tables[0].measures.map(\.unit) == ["GWh", "percent"])
    }

    @Test func rowsOfNumberedThings() throws {
        let document = try read("age,owned,rented\n1,2,3\n2,5,7\n3 or more,8,9\n")
        #expect(document.tables[0].shown("1", "owned") == "2")
        #expect(document.tables[0].codes("age").count == 3)
    }

    @Test func numbersOfColumnsOnPages() throws {
        let heading = "Energy. 2011\n\n\tProduction\tConsumption\n1\t2\t3\n"
        let document = try read(heading + "North\t120.5\t99.1\nSouth\t88.0\t31.7\n")
        #expect(document.tables[0].codes("row") == ["north", "south"])
        #expect(document.facts.findings.map(\.code) == ["column-numbers"])
        #expect(try read(heading + "2\t120.5\t99.1\n3\t88.0\t31.7\n").tables[0].codes("row").count == 3)
    }

    // MARK: Notes and legends

    @Test(arguments: [
        "Last updated;2012", ";\nSist oppdatert;20120301", ";\nContact:;21090000", ";\nNil;-",
        ";\nExplanation of symbols;\nNil;-\nOppgave mangler;..",
        ";\nSymbolforklaring:;\n. Ikke mulig å oppgi tall;\n.. Oppgave mangler;",
    ]) func notesBelowTheRows(notes: String) throws {
        let table = try read("Region;Cases\nN;120\nS;-\n\(notes)\n").tables[0]
        #expect(table.codes("region") == ["N", "S"])
        #expect(table.notes.count == notes.split(separator: "\n").count { $0 != ";" })
    }

    @Test(arguments: ["Published;2012", "Total:;200", "Oppgave mangler;-", "Last resort;3"])
    func rowsLikeNotes(row: String) throws {
        let table = try read("Region;Cases\nN;120\nS;80\n\(row)\n").tables[0]
        #expect(table.codes("region").count == 3 && table.notes.isEmpty)
    }

    @Test func legendBelowAPage() throws {
        let text = "Registered. 2011\n\n\tA\tB\tC\nN\t1\t2\t3\nS\t4\t-\t6\n\nSymbolforklaring:\n.. Oppgave mangler\n"
        #expect(try read(text).tables[0].notes == ["Symbolforklaring:", ".. Oppgave mangler"])
    }

    // MARK: Headings shifted to the left

    @Test(arguments: [
        "Men,Women,Unknown,\nCancer,120,130,4\nHeart,12,18,5\n", "Region,Rate,\nN,12,5\nS,8,1\nE,3,9\n",
        "2009,2010,2011,\nCancer,120,130,4\nHeart,12,18,5\n",
    ]) func lastColumnWithoutAName(text: String) {
        let reason = refusal(of: text)
        #expect(reason?.line == 1 && reason?.message.contains("last column") == true)
    }
}
