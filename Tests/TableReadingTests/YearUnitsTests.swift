import Annals
import Testing

@testable import TableReading

/// Years in headings, with what stands beside them.
@Suite struct YearUnitsTests {
    private func page(_ heading: String) -> String { "Persons\n\n\t\(heading)\nOslo\t120\t121\nVoss\t8\t9\n" }

    @Test(arguments: [
        "2010 (kr)\t2011 (1000 kr)", "2010, number\t2011, per cent", "2010\t2011\n\tkr\t1000 kr",
        "Income 2010 (kr)\tIncome 2011 (mill. kr)",
    ])
    func unitsThatDiffer(heading: String) {
        #expect(refusal(of: page(heading), name: "f_2013.txt")?.message.contains("two units") == true)
        guard !heading.contains("\n") else { return }
        let list = page("Region\t" + heading).replacing("\n\tRegion", with: "\nRegion")
        #expect(refusal(of: list, name: "f_2013.tsv")?.message.contains("two units") == true)
    }

    @Test func unitsThatAreMeasures() throws {
        let document = try read(page("Number 2010\tPer cent 2011"), name: "f_2013.txt")
        #expect(document.tables.map(\.period.year) == [2010, 2011])
    }

    @Test(arguments: [
        "2010 R\t2011 P", "2010a\t2011b", "2010 a\t2011 b", "2010 [note 1]\t2011 [note 2]", "2010 1/\t2011 2/",
        "2010 sd\t2011 pd", "2010 Pe\t2011 Po", "2010\t2011 P",
    ])
    func marksAtYears(heading: String) throws {
        let document = try read(page(heading), name: "f_2013.txt")
        #expect(document.tables.map(\.period.year) == [2010, 2011])
        #expect(document.tables.allSatisfy { $0.codes("column").count < 2 })
    }

    @Test func marksAtYearsOfRows() throws {
        for years in [["2009 R", "2010 R", "2011 P"], ["2009 [note 1]", "2010", "2011 [note 2]"]] {
            let rows = years.map { "\($0)\t120\t131\n" }.joined()
            let document = try read("Births\n\n\tBoys\tGirls\n" + rows, name: "f_2013.txt")
            #expect(document.tables.map(\.period.year) == [2009, 2010, 2011])
        }
    }

    @Test func lettersThatAreMeasures() throws {
        let text = "Region;2010 M;2010 F;2011 M;2011 F\nNorth;1;2;3;4\nSouth;5;6;7;8\n"
        #expect(try read(text, name: "f.csv").tables[0].codes("measure").count == 2)
    }

    @Test(arguments: ["'10\t'11", "FY10\tFY11", "10/11\t11/12", "31.12.10\t31.12.11", "Mar-10\tMar-11"])
    func yearsOfTwoDigits(heading: String) {
        #expect(refusal(of: page(heading), name: "f_2013.txt")?.line == 3)
        let list = page("Region\t" + heading).replacing("\n\tRegion", with: "\nRegion")
        #expect(refusal(of: list, name: "f_2013.tsv")?.line == 3)
    }

    @Test func codesThatLookLikeDays() throws {
        #expect(
            try read(page("CY00\tAT11\tAT12").replacing("121", with: "121\t1").replacing("9\n", with: "9\t1\n"))
                .tables[0].codes("column").count == 3)
        #expect(try read(page("1.1.10\t1.2.10"), name: "f_2013.txt").tables[0].codes("column").count == 2)
    }

    /// A year above the labels is theirs, or heads figures.
    @Test func yearAboveLabels() throws {
        let pipes = { (heading: String) in
            "Deaths\n\n| \(heading) |\n|---|---|---|\n| Cancer | 120 | 130 |\n| Heart | 12 | 18 |\n"
        }
        #expect(refusal(of: pipes("2010 | 2011 | 2012"), name: "p.md")?.found == "2010")
        #expect(refusal(of: pipes("2011 | Men | Women"), name: "p_2012.md")?.found == "2011")
        #expect(try read(pipes("2011 | Men | Women"), name: "p_2011.md").tables[0].period.year == 2011)
    }
}
