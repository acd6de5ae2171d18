import Annals
import Testing

@testable import TableReading

/// Rows parted by single spaces whose label may end in a number.
@Suite struct SpacedLabelsTests {
    private func page(_ rows: String...) -> String {
        "Deaths. 2011\n\nCause Men Women\n" + rows.map { $0 + "\n" }.joined()
    }

    @Test(arguments: ["Covid 19 7 188", "02 Covid 19 7 188"]) func numberOfALabel(row: String) {
        let code = row.hasPrefix("02") ? ["01 ", "03 "] : ["", ""]
        let reason = refusal(of: page(code[0] + "Cancer 120 130", row, code[1] + "Accidents 3 141"))
        #expect(reason?.line == 5 && reason?.found == row, "\(String(describing: reason))")
    }

    @Test func sumsDecide() throws {
        let rows = ["Cancer 120 130", "Covid 19 7 188", "Accidents 3 141"]
        #expect(refusal(of: page(rows[0], rows[1], rows[2], "Total 130 459"))?.line == 5)
        // Groups are proved elsewhere, and the totals say that there is none in this row.
        let grouped = ["Cancer 1 120 1 130", "Covid 19 7 188", "Accidents 3 141", "Total 1 130 1 459"]
        #expect(refusal(of: page(grouped[0], grouped[1], grouped[2], grouped[3]))?.line == 5)
        let table = try read(page(rows[0], rows[1], rows[2], "Total 142 7 459")).tables[0]
        #expect(table.shown("covid", "men") == "19" && table.shown("covid", "women") == "7188")
    }

    /// What proves that a space groups digits.
    @Test(arguments: [
        "Heart 1 204 2 310", "Heart - 2 310", "Heart 1 012 7", "Heart 1,5 2 310",
    ])
    func groupsAreProved(row: String) throws {
        let table = try read(page("Cancer 120 130", "Covid 19 7 188", row)).tables[0]
        #expect(table.codes("row").count == 3)
    }

    @Test func mostRowsHaveGroups() throws {
        let text = "Persons. 2011\n\nCounty Persons Cars\nOslo 599 230 12\nBergen 260 916 8\nVoss 13 9\n"
        #expect(try read(text).tables[0].shown("bergen", "persons") == "260916")
    }

    @Test func labelsThatAreOne() {
        let text = "Accidents. 2011\n\nRoad Killed Injured\nRoad 1 12 130\nRoad 2 7 88\nRoad 10 3 41\n"
        #expect(refusal(of: text)?.line == 4)
    }

    @Test(arguments: [
        "Oslo....................120      131\nSt. Olav.................80       92\n",
        "Oslo................... 120      131\nSt. Olav............... 80       92\n",
    ])
    func dotsThatTouch(rows: String) throws {
        let table = try read("Births. 2011\n\n                       Boys    Girls\n" + rows).tables[0]
        #expect(table.codes("row") == ["oslo", "st-olav"])
        #expect(table.shown("oslo", "boys") == "120" && table.shown("st-olav", "girls") == "92")
    }

    @Test func openClass() throws {
        let table = try read("Population. 2011\n\nAge Men Women\n0-4 158 150\n5-9 155 147\n80+ 81 140\n").tables[0]
        #expect(table.shown("80+", "women") == "140" || table.shown("80", "women") == "140")
    }
}
