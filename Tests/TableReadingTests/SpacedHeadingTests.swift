import Annals
import Testing

@testable import TableReading

/// Headings of pages parted by single spaces: whether their first word is the name of the rows.
@Suite struct SpacedHeadingTests {
    private let rows = "Cancer 120 130 250\nHeart 12 18 30\n"

    @Test(arguments: [
        "Men Women Both sexes", "Menn Kvinner I alt", "Births Deaths Per cent", "Persons Cars All vehicles",
        "2009 2010 2011 2012", "Men Women Unknown Total",
    ])
    func firstWordOfAColumn(heading: String) {
        let reason = refusal(of: "Deaths. 2011\n\n\(heading)\n" + rows)
        #expect(reason?.line == 3 && reason?.found == heading, "\(String(describing: reason))")
    }

    @Test(arguments: [
        "Cause Men Women Total", "Cause men women total", "Region Births Deaths net", "Age 2010 2011 change",
    ])
    func firstWordOfRows(heading: String) throws {
        let document = try read("Deaths. 2011\n\n\(heading)\n" + rows)
        #expect(document.tables[0].codes("row").count == 2)
    }

    @Test(arguments: ["Men Women Total", "2010 2011 Change"]) func noNameOfRows(heading: String) throws {
        let document = try read("Deaths\n\n\(heading)\n" + rows)
        #expect(document.tables[0].codes("row") == ["cancer", "heart"])
    }
}
