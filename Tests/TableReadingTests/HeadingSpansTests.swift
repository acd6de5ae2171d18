import Annals
import Testing

@testable import TableReading

/// What the labels of an upper heading line cover.
@Suite struct HeadingSpansTests {
    private func covering(_ upper: String, _ lower: String) throws(HeadingSpans.Unclear) -> [String]? {
        try HeadingSpans.covering(
            upper.split(separator: ",", omittingEmptySubsequences: false).map(String.init),
            lower.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
    }

    @Test(arguments: [
        (",2010,,,2011,", "Men,Women,Total,Men,Women,Total", "2010,2010,2010,2011,2011,2011"),
        (",2010,,2011", "Men,Women,Men,Women", "2010,2010,2011,2011"),
        (",1,,,,2,,", "A,B,C,D,A,B,C,D", "1,1,1,1,2,2,2,2"),
        (",,2010,,,2011,", "Area,Men,Women,Total,Men,Women,Total", ",2010,2010,2010,2011,2011,2011"),
        ("Men,,,,Women,", "2009,2010,2011,2009,2010,2011", "Men,Men,Men,Women,Women,Women"),
        (",2010,,,2011,", "Total,Men,Women,Total,Men,Women", "2010,2010,2010,2011,2011,2011"),
        ("All,,2010,,2011", ",Men,Women,Men,Women", ",2010,2010,2011,2011"),
        (",2010,,2011,Change", "Men,Women,Men,Women,", "2010,2010,2011,2011,"),
    ]) func namesThatComeAgain(upper: String, lower: String, covered: String) throws {
        #expect(try covering(upper, lower)?.joined(separator: ",") == covered)
    }

    @Test(arguments: [
        ("2010,,2011,", "Men,Women,Men,Women"), ("Births,,Deaths,", "Boys,Girls,Men,Women"),
        (",2010,,2011,", "Area,Men,Women,Men,Women"), (",Births,,Deaths,", "Total,Boys,Girls,Men,Women"),
        (",2010,,,2011,,", "Total,Men,Women,Total,Men,Women,Total"),
        (",Births,,,Deaths,,", "Total,Boys,Girls,Total,Men,Women,Total"),
        (",Births,,Deaths,", "Population,Boys,Girls,Men,Women"), ("Total,Births,,Deaths,", ",Boys,Girls,Men,Women"),
        ("Births,,Deaths,,All", "Boys,Girls,Men,Women,"), ("2010,,,2011,", "Men,Women,Total,Men,Women"),
        (",Population,", "km2,2010,2011"), ("2010,,,2011,,", ",Men,Women,,Men,Women"), ("A,B,C", "GWh,GWh,km2"),
    ]) func labelsThatGoOn(upper: String, lower: String) throws {
        #expect(try covering(upper, lower) == nil)
    }

    @Test(arguments: [
        (",Births,,Deaths", "Boys,Girls,Men,Women"), (",Births,,,Deaths,", "Boys,Girls,Others,Men,Women,All"),
        (",2010,", "Men,Women,Total"), (",2010,,2011,", "Men,Women,Total,Men,Women"), (",All,2010,", "Men,,Men,Women"),
    ]) func labelsThatMayBeBoth(upper: String, lower: String) {
        #expect(throws: HeadingSpans.Unclear.self) { try covering(upper, lower) }
    }

    @Test(arguments: [
        "Region,,2010,,,2011,\n,Men,Women,Total,Men,Women,Total\n",
        ",,2010,,,2011,\nRegion,Men,Women,Total,Men,Women,Total\n",
        "Region\t\t2010\t\t\t2011\t\n\tMen\tWomen\tTotal\tMen\tWomen\tTotal\n",
    ]) func centredYears(heading: String) throws {
        let separator = heading.contains("\t") ? "\t" : ","
        let rows = ["N,120,130,250,121,131,252", "S,80,129,209,81,130,211"].joined(separator: "\n") + "\n"
        let document = try read(heading + rows.replacing(",", with: separator), name: "x.csv")
        #expect(document.tables.map(\.period.year) == [2010, 2011])
        #expect(document.tables.map { $0.shown($0.codes("region").isEmpty ? "n" : "N", "men") } == ["120", "121"])
    }

    /// Columns that look like keys, and such as have no figures, below and beside the labels.
    @Test(arguments: [
        "Kommunenr,,2010,,,2011,\n,Men,Women,Total,Men,Women,Total\n0101,120,130,250,121,131,252\n0102,80,129,209,81,130,211\n",
        "Kommunenr,2010,,,2011,,\n,Men,Women,Total,Men,Women,Total\n0101,120,130,250,121,131,252\n0102,80,129,209,81,130,211\n",
    ]) func keysOfNumbers(text: String) throws {
        let tables = try read(text, name: "x.csv").tables
        #expect(tables.map { $0.shown("0101", "men") } == ["120", "121"])
        #expect(tables.map { $0.shown("0102", "total") } == ["209", "211"])
    }

    @Test func yearsAboveTheirTotals() throws {
        let text = "Region;2010;;;2011;;\n;;Men;Women;;Men;Women\nN;3;1;2;7;3;4\nS;11;5;6;15;7;8\n"
        #expect(try read(text, name: "x.csv").tables.map { $0.shown("N", "women") } == ["2", "4"])
    }

    @Test func centredWordsAreRefusedWithBothReadings() throws {
        let text = ",,Births,,Deaths\nRegion,Boys,Girls,Men,Women\nN,1,2,3,4\nS,5,6,7,8\n"
        let reason = try #require(refusal(of: text))
        #expect(reason.line == 1 && reason.column == 3 && reason.found == "Births")
        let declared = try definitions("dataset: figures\nmatch: {file: figures*}\nheader: {lines: 2}\n")
        #expect(try read(text, definitions: declared).tables[0].shown("N", "births-girls") == "2")
        let page = refusal(of: "Events 2011\n\n" + text.replacing(",", with: "\t").replacing("Region", with: ""))
        #expect(page?.message.contains("can't be told") == true)
    }

    @Test func namesOfKeysBelowYearsAndMeasures() throws {
        let turned = try read(
            ";Births;;Deaths;\nRegion;2010;2011;2010;2011\nNorth;120;125;98;101\nSouth;310;300;287;290\n", name: "x.csv"
        )
        #expect(turned.tables.map { $0.shown("North", "deaths") } == ["98", "101"])
        let units = try read(
            ",2010,,2011,\nOffence,Number,Per cent,Number,Per cent\nTheft,120,60.0,121,55.0\nFraud,80,40.0,99,45.0\n",
            name: "x.csv")
        #expect(units.tables.map(\.period.year) == [2010, 2011])
        #expect(units.tables[1].measures.map(\.unit) == ["number", "percent"])
    }
}
