import Annals
import Testing

@testable import TableReading

/// Pages parted by gaps: names stand above the figures that they head.
@Suite struct GapPositionsTests {
    @Test(arguments: [
        // A column that is blank throughout, the last or the first.
        "          2010     2011     2012\nCancer     120      130\nHeart       12       18\n",
        "          2009     2010     2011\nCancer              120      130\nHeart                12       18\n",
        "          2010     2011\nOslo       240\nBergen     150\n",
        "          Men      Women      Unknown\nCancer    120        130\nHeart      12         18\n",
        "                Births   Deaths   Net\nOslo             120              251\nBergen            80              172\n",
        // Another column in each row.
        "          2009     2010     2011\nCancer     100               130\nHeart       10       12\nOther                 4        5\n",
        // Above the labels.
        "2010     2011     2012\nCancer   120      130\nHeart     12       18\n",
        "Men      Women    Unknown\nCancer   120      130\nHeart     12       18\n",
        // The first figures stand one space behind the labels.
        "             Births   Deaths\nFjordane 1234 120      131\nRomsdal 12345 180      192\n",
    ])
    func figuresOfAnotherColumn(page: String) {
        let reason = refusal(of: "Deaths 2011\n\n" + page)
        #expect(reason?.line == 3 && reason?.remedy != nil, "\(String(describing: reason))")
    }

    /// Names of rows, wherever they stand.
    @Test(arguments: [
        "Cause     Births   Deaths\nCancer       120      130\nHeart         12       18\n",
        "     Cause     Births   Deaths\nCancer            120      130\nHeart              12       18\n",
        "          Cause     Births   Deaths\nOslo                   120      130\nLom                     12       18\n",
        "             Region  Births  Deaths\nOslo  120  131\nLom  12  14\n",
        "Municipality  Births  Deaths\nOslo  1200  1310\nVoss  1030  1440\n",
    ])
    func namesOfRows(page: String) throws {
        let table = try read("Deaths 2011\n\n" + page).tables[0]
        #expect(table.codes("column") == ["births", "deaths"])
    }

    @Test func cornerThatSaysOfWhom() throws {
        let text =
            "Population\n\nMen            2010    2011\n0-4             120     121\n5-9             130     131\n"
        #expect(try read(text).tables.map(\.period.year) == [2010, 2011])
    }

    @Test func upperLineAboveTheLastColumn() throws {
        let page = "Schools. 2011\n\n                         Secondary\n              Primary    schools\n"
        let rows = "Oslo              120           40\nBergen             80           25\n"
        #expect(try read(page + rows).tables[0].codes("column") == ["primary", "secondary-schools"])
        let first = "Schools. 2011\n\n              Primary\n              schools    Other\n"
        #expect(refusal(of: first + rows)?.found == "Primary")
        // A title stands there.
        let title = "                         Norway\n              Primary    Secondary\n"
        #expect(try read("Schools. 2011\n\n" + title + rows).tables[0].codes("column") == ["primary", "secondary"])
    }
}
