import Annals
import Testing

@testable import TableReading

/// A list parted by tabs is read as its twin with commas is, whatever it lacks.
@Suite struct PageLikenessTests {
    @Test(arguments: [
        "\tregion\tpopulation\n0\tOslo\t10\n1\tBergen\t30\n2\tHamar\t50\n",
        "\tCounty\tOne\tTwo\n\tOslo\t10\t20\n\tBergen\t30\t40\n\tHamar\t50\t60\n",
        "town\tyear\tbirths\tdeaths\nOslo\t2010\t10\t20\nOslo\t2011\t30\t40\ntown\tyear\tbirths\tdeaths\nLom\t2010\t5\t6\n",
        "Homes by county. 2016\n\nCounty\tOne\tTwo\n01 Oslo\t10\t20\nCounty\tOne\tTwo\n02 Lom\t30\t40\n03 Moss\t50\t60\n",
        "region\tsex\tpersons\nOslo\tMen\t1\nOslo\tWomen\t2\nLom\tMen\t3\nLom\tWomen\t4\n",
        "Region\tArea\tUse\n\tkm2\tGWh\nNorth\t18\t120.5\nEast\t6\t14.2\n",
        "\tyear\tbirths\nOslo\t2010\t10\nOslo\t2011\t20\nLom\t2010\t30\nLom\t2011\t40\n",
    ]) func likeItsTwin(text: String) throws {
        let (tabs, commas) = (
            try read(text, name: "f-2016.tsv"), try read(text.replacing("\t", with: ","), name: "f-2016.csv")
        )
        #expect(tabs.facts.reader == "delimited")
        #expect(tabs.tables.count == commas.tables.count)
        for (left, right) in zip(tabs.tables, commas.tables) { #expect(left.saysTheSame(as: right)) }
        #expect(tabs.facts.findings.map(\.code) == commas.facts.findings.map(\.code))
    }

    @Test func anEmptyKeyMakesNoPage() {
        let reason = refusal(of: "region\tyear\tbirths\nOslo\t2010\t5\n\t2011\t6\nLom\t2010\t7\n")
        #expect(reason?.line == 3 && reason?.message.contains("empty field") == true)
    }

    @Test func pagesStayPages() throws {
        for text in [
            "Births 2011\n\n\tMen\tWomen\nOslo\t1\t2\nLom\t3\t4\n",
            "Births 2011\n\nRegion\tMen\tWomen\nOslo\t1\t2\n\nRegion\tAll\tOthers\nOslo\t3\t4\n",
            "Births 2011\n\nRegion\tMen\tWomen\nOslo\t1\t2\n- 3 -\nRegion\tMen\tWomen\nLom\t3\t4\n",
            "Arrivals 2011\n\n\tJan\tFeb\tYear\nHotels\t100\t110\t210\nCamping\t10\t11\t21\n",
            "Flows 2011\n\nNo\t01 Aa\t02 Bb\n01 Aa\t-\t5\n02 Bb\t-5\t-\n",
        ] {
            #expect(try read(text).facts.reader == "page-text")
        }
        // The same unknown word all over is a symbol, and no label.
        let reason = refusal(of: "Births 2011\n\n\tMen\tWomen\nOslo\tn/a\t2\nLom\tn/a\t4\n")
        #expect(reason?.line == 4 && reason?.found == "n/a")
    }
}
