import Annals
import Testing

@testable import TableReading

/// A code that is made of a label stands for that label alone.
@Suite struct PageLabelsTests {
    @Test(arguments: [
        ["<65", ">65"], ["Rh+", "Rh-"], ["Bø", "Bo"], ["Ås", "As"], ["OSLO", "Oslo"], ["0-4", "0 - 4"],
    ])
    func labelsOfOneSlugAreTwoRows(labels: [String]) throws {
        for figures in [["3\t4", "3\t4"], ["3\t4", "5\t6"]] {
            let rows = zip(labels, figures).map { "\($0)\t\($1)\n" }.joined()
            let table = try read("Donors 2014\n\n\tMen\tWomen\n" + rows + "Others\t9\t17\n").tables[0]
            #expect(table.codes("row") == labels + ["others"])
            #expect(table.shown(labels[1], "women") == String(figures[1].last ?? " "))
        }
        let headings = try read("Donors 2014\n\n\t\(labels[0])\t\(labels[1])\nMen\t1\t2\nWomen\t3\t4\n").tables[0]
        #expect(headings.codes("column") == labels)
    }

    @Test func orderOfTheLabelsDoesNotMatter() throws {
        let forward = try read("Donors 2014\n\n\tMen\tWomen\nRh+\t1\t2\nRh-\t3\t4\n").tables[0]
        let backward = try read("Donors 2014\n\n\tMen\tWomen\nRh-\t3\t4\nRh+\t1\t2\n").tables[0]
        #expect(forward.shown("Rh-", "men") == "3" && backward.shown("Rh-", "men") == "3")
        let measures = try ["Rh+,Rh-", "Rh-,Rh+"].map {
            try read("county,\($0),AB\nOslo,1,2,3\nHamar,4,5,6\n").tables[0]
        }
        #expect(measures[0].shown("Oslo", "Rh-") == "2" && measures[1].shown("Oslo", "Rh-") == "1")
    }

    @Test func blocksOfOtherLabelsAreNotJoined() throws {
        let document = try read(
            "Births\n\n\t2013\t2014\nBø\t3\t4\nHamar\t15\t17\n\n\t2015\t2016\nBo\t5\t6\nHamar\t18\t19\n")
        #expect(document.tables[0].codes("row") == ["Bø", "hamar"])
        #expect(document.tables[2].shown("Bo") == "5")
        #expect(document.facts.findings.map(\.code).contains("label-twins"))
    }

    @Test func spacesAndCharactersThatCannotBeSeenDoNotTellLabelsApart() throws {
        let document = try read("Births 2011\n\n\tMen\tWomen\nNew\u{A0}Town\t1\t2\n\n\tAll\nNew Town\u{200B}\t3\n")
        #expect(document.tables[0].codes("row") == ["new-town"])
        #expect(document.facts.findings.map(\.code) == ["label-variants"])
        let wide = try read("Births 2014\n\n\tMen\tWomen\nＡ１\t1\t2\n\n\tAll\nA1\t3\n")
        #expect(wide.tables[0].codes("row") == ["a1"])
    }

    @Test func spacesInTheStubOfAMatrix() throws {
        let document = try read(
            "County,year,Oslo,Lom,Hamar\nOslo,2010,0,7,6\nLom,2010,5,0,2\nHamar,2010,9,4,0\nOslo\u{A0}\u{200B},2011,1,7,6\n"
                + "Lom,2011,5,1,2\nHamar,2011,9,4,1\n")
        #expect(document.tables[1].shown("oslo", "lom") == "7")
        #expect(document.facts.findings.map(\.code) == ["label-variants"] && document.facts.findings[0].line == 5)
    }

    @Test func caseOfTheTotal() throws {
        let document = try read("Births 2014\n\n\tMen\tWomen\nNorth\t1\t2\nTotal\t1\t2\n\n\tAll\nNorth\t3\nTOTAL\t3\n")
        #expect(document.tables[0].codes("row") == ["north", "total"])
        let two = try read("Births 2014\n\n\tMen\tWomen\nTotal <65\t1\t2\nTotal >65\t1\t2\n").tables[0]
        #expect(two.codes("row") == ["Total <65", "Total >65"])
    }

    /// `Zone¹` and `Zone²` are two rows, and the marks are what tells them apart.
    @Test func marksThatTellRowsApart() throws {
        let raised = try read("Births 2014\n\n\tMen\tWomen\nZone¹\t1\t2\nZone²\t1\t2\n").tables[0]
        #expect(raised.codes("row") == ["Zone¹", "Zone²"])
        let glued = try read(
            "Births 2014\n\n\tMen\tWomen\nGroup1\t1\t2\nGroup2\t1\t2\n\n1 One note.\n2 Another note.\n")
        #expect(glued.tables[0].codes("row") == ["group1", "group2"])
    }

    @Test func rowsOfOneCategorySideBySide() {
        for text in ["Oslo\t1\t2\nOslo¹\t1\t2\n", "01 Oslo\t1\t2\n01 Oslo kommune\t1\t2\n02 Lom\t1\t2\n"] {
            let reason = refusal(of: "Births 2014\n\n\tMen\tWomen\n" + text)
            #expect(reason?.line == 5 && reason?.message.contains("Two rows of one block") == true)
        }
    }

    @Test func oneCodeWithOtherSignsOrNumbers() {
        for labels in [["01 Rh+", "01 Rh-"], ["01 Zone 1", "01 Zone 2"]] {
            let rows = labels.map { "\($0)\t1\t2\n" }.joined()
            let reason = refusal(of: "Births 2014\n\n\tMen\tWomen\n" + rows + "02 Other\t3\t4\n")
            #expect(reason?.line == 5 && reason?.message.contains("two labels") == true)
        }
    }

    @Test(arguments: [("Bø", "Bo"), ("OSLO", "Oslo")]) func sidesOfAMatrix(row: String, column: String) throws {
        let files = [
            "County,\(column),Hamar,Lom\n\(row),0,11,3\nHamar,5,0,4\nLom,6,7,0\n",
            "Moves 2014\n\n\t\(column)\tHamar\tLom\n\(row)\t0\t11\t3\nHamar\t5\t0\t4\nLom\t6\t7\t0\n",
        ]
        for file in files {
            let document = try read(file, name: "moves-2014.csv")
            let table = document.tables[0]
            #expect(Set(table.codes(table.dimensionIDs[0])).intersection(table.codes("column")) == ["hamar", "lom"])
            let twins = document.facts.findings.filter { $0.code == "label-twins" }
            #expect(twins.count == 1 && twins[0].message.contains(row) && twins[0].message.contains(column))
        }
        let signs = try read("County,Rh+,Rh-,AB\nRh+,0,11,3\nRh-,5,0,4\nAB,6,7,0\n", name: "moves-2014.csv")
        #expect(signs.tables[0].shown("Rh+", "Rh-") == "11" && signs.facts.findings.isEmpty)
    }

    @Test(arguments: ["\u{A0} ", "\u{200B}", "\u{FEFF}\u{2009}"]) func labelsThatCannotBeSeen(label: String) {
        let matrix = refusal(
            of: "County,Oslo,Bergen,Hamar\n\(label),0,7,6\nBergen,5,0,2\nHamar,9,4,0\n", name: "m-2014.csv")
        #expect(matrix?.line == 2 && matrix?.message.contains("empty field") == true)
        let long = refusal(of: "region,year,population\nOslo,2015,5\n\(label),2015,6\nHamar,2015,7\n")
        #expect(long?.line == 3 && long?.column == 1)
        let page = refusal(of: "Births 2014\n\n\tMen\tWomen\nOslo\t3\t4\n\(label)\t5\t6\n")
        #expect(page?.line == 5 && page?.message.contains("no label") == true)
    }
}
