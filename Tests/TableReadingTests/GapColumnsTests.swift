import Annals
import Definitions
import Testing

@testable import TableReading

/// Pages parted by spaces, of which one field or one line isn't as the others.
@Suite struct GapColumnsTests {
    private let page = "Births 2011\n\nCounty      Births   Deaths\nKent           100      50\n"
    private let last = "Surrey         300      70\n"

    @Test(arguments: ["(200)", "<5", "200¹", "x", "NaN", "n.a."]) func oneFieldThatIsNoFigure(text: String) {
        for (row, column) in [("Essex          \(text)      60\n", 2), ("Essex          60      \(text)\n", 3)] {
            let reason = refusal(of: page + row + last)
            #expect(reason?.line == 5 && reason?.column == column && reason?.found == text)
            #expect(refusal(of: page + last + row)?.line == 6)
        }
        let single =
            "Births\n\nCounty 2013 2014 2015\n01 Oslo 635 677 842\n02 Lom 563 \(text) 714\n03 Moss 295 679 810\n"
        let reason = refusal(of: single)
        #expect(reason?.line == 5, "\(String(describing: reason))")
        if !text.hasPrefix("200") { #expect(reason?.found == text) }
        let end = refusal(of: single.replacing("563 \(text) 714", with: "563 714 \(text)"))
        #expect(end?.line == 5)
    }

    /// A first row of which no field is a figure is no second line of the heading.
    @Test(arguments: ["100¹", "x", "<5"]) func firstRowWithoutFigures(text: String) {
        for columns in [1, 2] {
            let heading = "County      Births" + (columns == 2 ? "      Deaths" : "")
            let row = "Kent             \(text)" + (columns == 2 ? "        \(text)" : "")
            let others = ["Essex           ", "Surrey          "].map {
                $0 + "200" + (columns == 2 ? "         300" : "")
            }
            let reason = refusal(of: "Births 2011\n\n" + ([heading, row] + others).joined(separator: "\n") + "\n")
            #expect(reason?.line == 4 && reason?.column == 2 && reason?.found == text, "\(String(describing: reason))")
        }
    }

    @Test func oneGoodRow() {
        let reason = refusal(of: "Births 2011\n\nWard      Total\nZone 2      (5)\nZone 1      -25\n")
        #expect(reason?.line == 4 && reason?.found == "(5)")
    }

    @Test func firstRowOfMarkedFiguresBetweenTabs() {
        let reason = refusal(of: "Births 2011\n\n\tMen\tWomen\nKent\t100¹\t200¹\nEssex\t1\t2\n")
        #expect(reason?.line == 4 && reason?.found == "100¹")
    }

    @Test func dotsThatLeadToTheFigures() throws {
        let document = try read(
            "Births\n\nYear      Live births   Deaths\n1950 ........ 62 410   29 699\n1951 ........ 60 571   27 736\n")
        #expect(document.tables.map(\.period.year) == [1950, 1951])
        #expect(document.tables[1].shown("live-births") == "60571")
    }

    @Test func oneFieldThatIsMissing() {
        let reason = refusal(of: page + "Essex          200\n" + last)
        #expect(reason?.line == 5 && reason?.expected == "2 figures")
    }

    @Test func rowsThatLookLikeNotes() throws {
        for label in ["(5)", "Data", "Last year"] {
            let gaps = try read(page + label.padding(12) + "    200      60\n" + last)
            #expect(gaps.tables[0].codes("row").count == 3 && gaps.tables[0].notes.isEmpty)
            let single = try read(
                "Births 2011\n\nCounty Births Deaths\nKent 1 2\n\(label) 3 4\nEssex 5 6\n1) Kent has a note of 2010 2011.\n"
            )
            #expect(single.tables[0].codes("row").count == 3 && single.tables[0].notes.count == 1)
        }
    }

    @Test func rowsAboveTheHeading() {
        let gaps = refusal(
            of:
                "Births\n\nZone 2       297  15 303\nRegion      2010    2011\nRh+          965     -35\nOslo         737     -24\n"
        )
        #expect(gaps?.line == 3 && gaps?.message.contains("before any heading") == true)
        // Spaces alone don't tell the heading there.
        #expect(refusal(of: "Births 2011\n\nOslo 1 2\nRegion Men Women\nLom 3 4\nMoss 5 6\n") != nil)
    }

    @Test func oneRowOfOneFigure() throws {
        #expect(try read("Births 2011\n\nRegion    Men\nOslo      888\n").tables[0].shown("oslo", "men") == "888")
    }

    @Test func headingsThatStandAgain() throws {
        let rows = ["Oslo         5218   4269\n", "Hamar        8103   2441\n", "Moss          420   6037\n"]
        let heading = "             2014   2015\n"
        for text in [heading + rows[0] + rows[1] + heading + rows[2], heading + heading + rows.joined()] {
            let document = try read("Population\n\n" + text)
            #expect(document.facts.title == "Population")
            #expect(document.tables.map(\.period.year) == [2014, 2015])
            #expect(document.tables[1].shown("moss") == "6037")
        }
        let single = try read("Births\n\nCounty 2013 2014\nOslo 635 677\nLom 563 714\nCounty 2013 2014\nMoss 295 679\n")
        #expect(single.tables[1].shown("moss") == "679")
    }

    /// A column without a label isn't labelled by the one beside it.
    @Test func headingsWithALabelTooFew() {
        let gaps = refusal(
            of:
                "Births 2011\n\nCounty   Births   Deaths\nKent        100       50      7\nEssex       200       60      8\n"
        )
        #expect(gaps?.found == "County   Births   Deaths")
        let single = refusal(of: "Births 2011\n\nCounty Births Deaths\nKent 100 50 7\nEssex 200 60 8\n")
        #expect(single?.found == "County Births Deaths")
    }

    @Test func secondTables() {
        let reason = refusal(
            of: page + last + "\nMarriages 2011\n\nCounty      Births   Deaths\nKent           100      50\n")
        #expect(reason?.line == 7 && reason?.message.contains("second table") == true)
    }

    @Test func oneColumnOfFigures() throws {
        let document = try read("Births by county\n\nCounty        2011\nKent           100\nEssex          200\n")
        #expect(document.tables.map(\.period.year) == [2011])
        #expect(document.tables[0].shown("essex") == "200")
    }

    @Test func oneRow() throws {
        let document = try read("Births by county\n\n        2010      2011\nKent           100   110\n")
        #expect(document.tables.map(\.period.year) == [2010, 2011])
        #expect(document.tables[1].shown("kent") == "110")
    }

    @Test func yearsInFront() throws {
        let document = try read(
            "Year      Births   Deaths\n1950     62 410   29 699\n1951     60 571   27 736\n", name: "movement.txt")
        #expect(document.tables.map(\.period.year) == [1950, 1951])
        #expect(document.tables[1].shown("births") == "60571")
    }

    /// Years among the figures of a row make no heading of it.
    @Test func figuresLikeYears() throws {
        let years =
            "Births by year\n\nYear    Kent   Essex\n1990    1995    2001\n1991    1996    2002\n1992    1997    2003\n"
        let document = try read(years)
        #expect(document.tables.map(\.period.year) == [1990, 1991, 1992])
        #expect(document.tables[0].shown("essex") == "2001")
        let short = refusal(of: years.replacing("1996    2002", with: "1996"))
        #expect(short?.line == 5)
        let regions =
            "Births\n\nCounty   2010   2011\nKent     2010   2011\nEssex    1999   2012\nKent 2   2010   2011\n"
        #expect(try read(regions).tables[1].codes("row") == ["kent", "essex", "kent-2"])
    }

    @Test func furtherBlocks() throws {
        let first = "Births\n\nCounty   2010   2011\nKent       10     11\nEssex      20     21\n"
        let second = "County   2012   2013\nKent       12     13\nEssex      22     23\n"
        for gap in ["", "\n", "\nBirths (cont.)\n\n"] {
            let document = try read(first + gap + second)
            #expect(document.tables.map(\.period.year) == [2010, 2011, 2012, 2013])
            #expect(document.tables[3].shown("essex") == "23")
        }
    }

    @Test func labelsWithFiguresAndGapsInThem() throws {
        let zones = try read("Zones\n\nZone         2010   2011\nZone 1         10     11\nZone 2         20     21\n")
        #expect(zones.tables[1].codes("row") == ["zone-1", "zone-2"])
        let gaps = try read("Births\n\n             2010   2011\nOslo  city     10     11\nHamar          20     21\n")
        #expect(gaps.tables[1].codes("row") == ["oslo-city", "hamar"])
    }

    @Test func gapBelowTheHeading() throws {
        let document = try read(page.replacing("Deaths\n", with: "Deaths\n\n") + "\n" + last)
        #expect(document.tables[0].shown("surrey", "deaths") == "70")
    }

    @Test func headingsOfGroups() {
        for label in ["East", "  of which:"] {
            let reason = refusal(of: page.replacing("Kent ", with: label + "\nKent ") + "West\n" + last)
            #expect(reason?.line == 4 && reason?.message.contains("heading of a group") == true)
        }
    }

    @Test func pageNumbers() throws {
        for line in ["Page 3 of 9", "- 34 -"] {
            #expect(try read(page + line + "\n" + last).tables[0].codes("row") == ["kent", "surrey"])
            #expect(try read(page + last + line + "\n").tables[0].codes("row") == ["kent", "surrey"])
        }
    }

    @Test func twoLabels() {
        let reason = refusal(
            of:
                "Births\n\nRegion   Sex      2010    2011\nNorth    Men       100     110\nNorth    Women      90      95\n"
        )
        #expect(reason?.line == 3 && reason?.message.contains("`Sex`") == true)
    }

    @Test func zerosBeginNoFigure() throws {
        let document = try read(
            "Region 2010 2011 2012\nNorth 1200 1250 1300\nSouth 900 950 1 000\n", name: "births.txt")
        #expect(document.tables[2].shown("south") == "1000" && document.tables[0].shown("south") == "900")
    }

    @Test func listsWithCommasAreNoPages() throws {
        let document = try read("region,           persons\nOslo,             5\nNew York,         6\n")
        #expect(document.facts.reader == "delimited")
    }

    @Test(arguments: ["\t", " | ", "    "]) func figuresWithZerosInFront(separator: String) {
        let lines = [
            ["Region", "2015", "2016"], ["Oslo", "5074", "855"], ["Bergen", "4480", "007"], ["Lom", "32", "16"],
        ]
        let text = lines.map { $0.joined(separator: separator) + "\n" }.joined()
        let reason = refusal(of: "Births\n\n" + (separator == "\t" ? text.replacing("Region", with: "") : text))
        #expect(reason?.line == 5 && reason?.column == 3 && reason?.found == "007")
        #expect(reason?.message.contains("begins with a zero") == true)
    }

    @Test(arguments: ["2001)", "-2001)", "2001))"]) func footnotesGluedToFigures(text: String) {
        let reason = refusal(of: page + "Essex          \(text)      60\n" + last + "\n1) Excluding Medway\n")
        #expect(reason?.line == 5 && reason?.found == text)
        #expect(reason?.message.contains("footnote mark") == true && reason?.remedy?.contains("dialect") == false)
    }
}

extension String {
    fileprivate func padding(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
