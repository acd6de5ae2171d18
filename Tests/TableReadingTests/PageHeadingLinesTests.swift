import Annals
import Testing

@testable import TableReading

/// Headings of two lines, and what looks like one.
@Suite struct PageHeadingLinesTests {
    @Test(arguments: [
        "\t04 Hamar\t05 Lom\n\t01 Moss\t02 Ski\n", "\tHamar\tLom\n\tMoss\tSki\n", "\t2010\t2011\n\t2012\t2013\n",
        "\t04\t05\n\t01\t02\n",
    ]) func twoHeadings(headings: String) {
        for rows in [
            "01 Moss\t11\t12\n02 Ski\t13\t14\n04 Hamar\t15\t16\n", "Moss\t11\t12\nSki\t13\t14\nHamar\t15\t16\n",
        ] {
            // Names alone contradict one another only where they are those of rows.
            if headings.contains("\tHamar\t"), rows.hasPrefix("01") { continue }
            let reason = refusal(of: "Moves 2013\n\n" + headings + rows)
            #expect(reason?.line == 4 && reason?.message.contains("Two headings") == true, "\(headings)")
        }
    }

    @Test func wordsOfTwoLinesAreNamed() throws {
        let document = try read("Births 2011\n\n\tLive\tStill\n\tbirths\tbirths again\nA\t1\t2\nB\t3\t4\n")
        #expect(document.tables[0].codes("column") == ["live-births", "still-births-again"])
        #expect(document.facts.findings.map(\.code) == ["heading-lines"])
    }

    @Test func rowsOfWordsAreNoHeadings() throws {
        for text in [
            "\tMen\tWomen\nKent\tsecret\thidden\nEssex\t1\t2\n",
            "        Men   Women\nKent   secret  hidden\nEssex     1       2\nLewes     3       4\n",
        ] {
            #expect(refusal(of: "Births 2011\n\n" + text)?.line == 4)
        }
        let stub = try read("Births 2011\n\n\tLive\tStill\nRegion\tbirths\tborn\nKent\t1\t2\n").tables[0]
        #expect(stub.codes("column") == ["live-births", "still-born"])
    }

    @Test func yearsThatAreComparedInASecondLine() throws {
        let document = try read("Hospitals\n\n\tBeds 2011\tChange\n\t\t2010-2011\nNorth\t100\t-2.5\nSouth\t200\t1.5\n")
        #expect(document.tables.map(\.period.year) == [2011])
        #expect(document.tables[0].shown("north") == "100")
        #expect(document.facts.findings.map(\.code) == ["column-left-out"])
    }

    @Test func labelsAboveTheSameLabelsAgain() throws {
        let trade =
            "Trade\n\n           Imports            Exports\n           2010     2011      2010     2011\n"
            + "Sweden       66       68        53       58\nGermany      58       61        89      102\n"
        let document = try read(trade)
        #expect(document.tables.map(\.period.year) == [2010, 2011])
        #expect(document.tables[1].shown("germany", "exports") == "102")
        let turned =
            "Trade\n\n           2010               2011\n           Imp.     Exp.      Imp.     Exp.\n"
            + "Sweden       66       68        53       58\nGermany      58       61        89      102\n"
        #expect(try read(turned).tables[1].shown("sweden", "imp") == "53")
    }

    @Test func stubBesideTheSecondLine() throws {
        let pages = [
            "              Live births       Deaths\nCounty       Men    Women   Men   Women\n"
                + "Kent          10       11    12      13\nEssex         20       21    22      23\n",
            "\tLive births\t\tDeaths\t\nCounty\tMen\tWomen\tMen\tWomen\nKent\t10\t11\t12\t13\nEssex\t20\t21\t22\t23\n",
        ]
        for page in pages {
            let table = try read("Births 2011\n\n" + page).tables[0]
            #expect(table.shown("essex", "deaths-men") == "22" && table.shown("kent", "live-births-women") == "11")
        }
    }

    @Test func aLineThatSaysMoreOfOneColumn() throws {
        let document = try read(
            """
            Households

                                   2001        2011   Change, per cent
                                                      2001-2011
            All households          548         190            12.4
            Living alone            563         882            19.3

            """)
        #expect(document.tables.map(\.period.year) == [2001, 2011])
        #expect(document.tables[1].shown("living-alone") == "882")
        #expect(document.facts.findings.map(\.code) == ["column-left-out"])
    }

    @Test func blocksOfTwoLines() throws {
        let lower = "              Men  Women      Men  Women\nKent           10     11       12     13\n"
        let text = ["                    2010            2011\n", "                    2012            2013\n"]
            .map { $0 + lower }.joined(separator: "\n")
        let document = try read("Births\n\n" + text)
        #expect(document.tables.map(\.period.year) == [2010, 2011, 2012, 2013])
        #expect(document.tables[2].shown("kent", "women") == "11")
    }

    @Test func unitsBelowYears() throws {
        for text in [
            "\t2010\t2011\n\t(1 000)\t(1 000)\nKent\t100\t50\n",
            "          2010      2011\n          (1 000)   (1 000)\nKent         100       50\nEssex        200       60\n",
        ] {
            let table = try read("Population\n\n" + text).tables[1]
            #expect(table.shown("kent") == "50" && table.measures[0].multiplier == 3)
        }
    }

    @Test func unitsOfOneColumn() throws {
        let document = try read(
            "Births\n\nCounty     2010    2011   Change\n                          per cent\n"
                + "Kent        21      10    11.0\nEssex       41      20    21.0\n")
        #expect(document.facts.findings.map(\.message).contains { $0.contains("`Change (per cent)`") })
        #expect(document.tables[0].notes.isEmpty)
    }

    @Test func whatCannotBePlacedIsRefused() {
        let reason = refusal(
            of: """
                Births 2011

                           Of which  Others
                County     Total   Men   Women   Unknown
                Kent         100    50      40        10
                Essex        200   100      90        10

                """)
        #expect(reason?.line == 3 && reason?.message.contains("`Of which`") == true)
    }
}
