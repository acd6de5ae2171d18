import Annals
import Testing

@testable import TableReading

/// Page numbers, rules and counts of rows around a table's lines.
@Suite struct PageFurnitureTests {
    @Test(arguments: [
        "- 34 -", "– 34 –", "Side 34 av 60", "Page 3 of 9", "Seite 3/9", "p. 34", "[34]", "(2 rows)",
        "2 rows in set (0.01 sec)", "SIDA 4", "S. 4", "1 row in set",
    ])
    func certain(line: String) { #expect(PageFurniture.isCertain(line)) }

    @Test(arguments: [
        "34", "P 12 34", "Side  34", "(2011)", "- 2011 -", "Page", "Rows 2", "2 rooms", "Zone 3 of 9", "-", "- -",
        "(a)",
        "S 34", "Pages 3 and 4", "1 row", "", "11 Rogaland", "19 Romsdal, row 2", "07 Østre Zeil", "Østfold 1", "× 3",
    ])
    func other(line: String) { #expect(!PageFurniture.isCertain(line)) }

    @Test(arguments: ["- 34 -", "Side 34 av 60", "Page 3 of 9", "34"]) func numbersBetweenBlocks(line: String) throws {
        for isBlank in [false, true] {
            let line = isBlank ? "\n\(line)\n\n" : line + "\n"
            let again = "Region\t2010\t2011\nEast\t300\t310\n"
            let document = try read("Births\n\nRegion\t2010\t2011\nNorth\t100\t110\n" + line + again)
            #expect(document.tables[1].shown("east") == "310")
            #expect(document.tables[0].notes.isEmpty && document.facts.title == "Births")
        }
    }

    @Test func yearsBetweenBlocksAreNoPageNumbers() {
        #expect(refusal(of: "Births\n\n\tMen\tWomen\nA\t1\t2\n2011\n\tMen\tWomen\nB\t3\t4\n")?.line == 5)
    }

    @Test(arguments: [
        " region | 2010 | 2011 \n--------+------+------\n North  |  100 |  110\n South  |  200 |  210\n(2 rows)\n",
        "+--------+------+------+\n| region | 2010 | 2011 |\n+--------+------+------+\n| North  |  100 |  110 |\n"
            + "| South  |  200 |  210 |\n+--------+------+------+\n2 rows in set (0.01 sec)\n",
        "region  2010  2011\n------  ----  ----\nNorth    100   110\nSouth    200   210\n",
        "Region          2010      2011\n==============================\nNorth            100       110\n"
            + "------------------------------\nSouth            200       210\n",
        "\t2010\t2011\n---\t---\t---\nNorth\t100\t110\nSouth\t200\t210\n",
    ]) func rules(text: String) throws {
        let document = try read(text, name: "births.txt")
        #expect(document.facts.reader == "page-text")
        #expect(document.tables.map(\.period.year) == [2010, 2011])
        #expect(document.tables[1].codes("row") == ["north", "south"])
        #expect(document.tables[1].shown("south") == "210" && document.tables[1].notes.isEmpty)
    }

    @Test func oneColumnBehindOnePipe() throws {
        let table = try read(" region | 2011 \n--------+------\n North  |  100\n South  |  200\n", name: "births.txt")
            .tables[0]
        #expect(table.shown("south") == "200")
    }

    @Test func rowsOfSymbolsAreNoRules() throws {
        let table = try read("Births 2011\n\n\tMen\tWomen\nOslo\t-\t-\nLom\t-\t1\n").tables[0]
        #expect(table.shown("oslo", "men") == "nil")
        for line in ["- - -", "--\t--", "-\t-", "—", "..", "|"] {
            #expect(!FieldText.withBytes(of: line, PageRule.isRule), "\(line)")
        }
    }
}
