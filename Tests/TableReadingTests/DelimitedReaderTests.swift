import Annals
import Definitions
import Testing

@testable import TableReading

@Suite struct DelimitedReaderTests {
    @Test func longFormWithYearColumn() throws {
        let document = try read("region,sex,year,value\n01,M,2010,5\n01,F,2010,6\n01,M,2011,7\n02,F,2011,8\n")
        #expect(document.tables.map(\.period.year) == [2010, 2011])
        #expect(document.tables[0].dimensionIDs == ["region", "sex"])
        #expect(document.tables[0].codes("region") == ["01"])
        #expect(document.tables[1].codes("region") == ["01", "02"])
        #expect(document.tables[1].shown("02", "F") == "8")
        #expect(document.tables[1].shown("02", "M") == "absent")
        #expect(document.tables[0].presence == .dense)
        #expect(document.tables[0].measures.map(\.code) == ["value"])
        #expect(document.facts.dataset.slug == "figures")
    }

    @Test func wideForm() throws {
        let document = try read(
            "\"region\"\t\"Persons 2005\"\t\"Persons 2006\"\n\"0101 Halden\"\t314\t273\n\"0104 Moss\"\t5\t..\n",
            name: "Personer2005-2006.csv", sidecar: Sidecar(dialect: "ssb"))
        #expect(document.tables.map(\.period.year) == [2005, 2006])
        #expect(
            document.tables[0].keySpace.dimensions[0].categories == [
                Category(code: "0101", label: "Halden"), Category(code: "0104", label: "Moss"),
            ])
        #expect(document.tables[1].shown("0104") == "not-available")
        #expect(document.tables[0].measures.map(\.label) == ["Persons"])
        #expect(document.facts.dataset.slug == "personer")
        let bare = try read("region;2010;2011\na;1;2\nb;3;4\n")
        #expect(bare.tables.map(\.period.year) == [2010, 2011])
        let two = try read("region;Men 2010;Men 2011;Women 2010;Women 2011\na;1;2;3;4\nb;5;6;7;8\n")
        #expect(two.tables[1].dimensionIDs == ["region", "measure"])
        #expect(two.tables[1].shown("b", "women") == "8")
    }

    @Test func matrixForm() throws {
        let text =
            "Flows 2011\n\n;\"Net migration, total\";01 Aa;02 Bb;03 Cc\n01 Aa;-7;-;-5;-2\n02 Bb;5;5;-;\n03 Cc;2;2;;-\n\n¹ A note; with a stop.\n"
        let document = try read(text)
        let table = document.tables[0]
        #expect(table.dimensionIDs == ["row", "column"])
        #expect(table.codes("column") == ["total", "01", "02", "03"])
        #expect(table.shown("01", "03") == "-2")
        #expect(table.shown("03", "02") == "blank")
        #expect(table.notes == ["¹ A note; with a stop."])
        #expect(document.facts.reader == "delimited")
        #expect(document.facts.dataset.slug == "flows")
    }

    @Test func columnsOfPartsAndTheirTotalAreOneDimension() throws {
        let table = try read("region,Men,Women,Total\na,1,2,3\nb,3,4,7\n").tables[0]
        #expect(table.dimensionIDs == ["region", "column"])
        #expect(table.codes("column") == ["men", "women", "total"])
        #expect(table.measures == [Measure(code: "value")] && table.keySpace.measureDimension == nil)
        #expect(table.shown("b", "women") == "4")
        let units = try read("region;Men (1000);Women (1000);Both sexes (1000)\na;1;2;3\n").tables[0]
        #expect(units.measures == [Measure(code: "value", multiplier: 3)])
        let years = try read(
            "region;Menn 2010;Kvinner 2010;I alt 2010;Menn 2011;Kvinner 2011;I alt 2011\na;1;2;3;4;5;9\n")
        #expect(years.tables.map { $0.shown("a", "i-alt") } == ["3", "9"])
    }

    @Test(arguments: [
        "Men,Women,Persons", "Men,Women,Share", "Births,Total", "Men,Women,Total income", "Men,Total,Both sexes",
        "Men,Women (%),Total", "Sales (NOK),Staff (persons),Total", "Men,Total,Per cent",
    ])
    func otherColumnsStayMeasures(header: String) throws {
        let figures = header.split(separator: ",").indices.map { String($0 + 1) }.joined(separator: ",")
        let table = try read("region,\(header)\na,\(figures)\nb,\(figures)\n").tables[0]
        #expect(table.dimensionIDs == ["region", "measure"])
    }

    @Test func severalMeasures() throws {
        let document = try read("county,Returns,Exemptions\nOrange,1.5,30\nKern,2,40\n")
        let table = document.tables[0]
        #expect(table.dimensionIDs == ["county", "measure"])
        #expect(table.keySpace.measureDimension == 1)
        #expect(table.measures.map(\.code) == ["returns", "exemptions"])
        #expect(table.measures.map(\.decimals) == [1, 0])
        #expect(table.shown("Kern", "returns") == "2.0")
    }

    @Test func totalOverTime() throws {
        let document = try read("year;persons\n2010;5\n2011;6\n")
        #expect(document.tables.map(\.cells.values) == [[5], [6]])
        #expect(document.tables[0].keySpace.dimensions.isEmpty)
    }

    @Test func quoting() throws {
        let text =
            "region,kind,persons\r\n\"Oslo, city\",\"said \"\"no\"\"\",\"1 236\"\r\n\"two\nlines\",x,5\r\nplain,y,6\r\n"
            + "plain,x,7\r\n"
        let table = try read(text).tables[0]
        #expect(table.shown("Oslo, city", "said \"no\"") == "1236")
        #expect(table.shown("two lines", "x") == "5")
        let source = try TableReading.sourceTables(
            SourceDocument(name: "a2011.csv", bytes: Array(text.utf8)), definitions: .builtIn)
        #expect(source[0].origin(at: ["two lines", "x"]) == CellOrigin(line: 3, column: 3, text: "5"))
        #expect(source[0].origin(at: ["plain", "y"]) == CellOrigin(line: 5, column: 3, text: "6"))
        #expect(source[0].origin(at: ["Oslo, city", "said \"no\""]) == CellOrigin(line: 2, column: 3, text: "1 236"))
    }

    @Test func decimals() throws {
        let comma = try read("region;rate\na;0,5\nb;12,25\nc;3\n")
        #expect(comma.tables[0].measures[0].decimals == 2)
        #expect(comma.tables[0].cells.values == [50, 1225, 300])
        let long = refusal(of: "region;rate\na;0.5\nb;9223372036854775807\n")
        #expect(long?.line == 3)
        #expect(long?.column == 2)
        #expect(refusal(of: "region;rate\na;99999999999999999999\nb;1\n")?.line == 2)
        #expect(refusal(of: "region;rate\na;9223372036854775807\nb;0.5\n")?.message.contains("too large") == true)
    }

    @Test func widthsOfRows() {
        let short = refusal(of: "region;sex;persons\na;M;5\nb;M\nc;M;7\n")
        #expect(short?.line == 3)
        #expect(short?.found == "2 fields")
        #expect(short?.expected?.hasPrefix("3 fields") == true)
        let long = refusal(of: "region;sex;persons\na;M;5\nb;M;6;8\nc;M;7\n")
        #expect(long?.line == 3)
        #expect(long?.found == "4 fields")
        let split = refusal(of: "region;sex;persons\na;M;5\n\nb;6\n")
        #expect(split?.line == 4)
    }

    @Test func quotesThatAreBroken() {
        let open = refusal(of: "region;persons\na;5\n\"b;6\nc;7\n")
        #expect(open?.line == 3)
        #expect(open?.column == 1)
        #expect(
            refusal(of: "region;persons\na;5\n\"b\"x;6\nc;7\n")?.message.contains("behind the closing quote") == true)
    }

    @Test func unknownSymbols() {
        let reason = refusal(of: "region;persons\na;5\nb;6\nc;..\n")
        #expect(reason?.line == 4)
        #expect(reason?.column == 2)
        #expect(reason?.message.contains("`ssb` not-available") == true)
        let flag = refusal(of: "region;persons\na;5\nb;6\nc;7*\n")
        #expect(flag?.message.contains("`*`") == true)
    }

    /// The surprise stands far behind the sample.
    @Test func lateSurprises() throws {
        let rows = (0..<1500).map { "r\($0);\($0)\n" }.joined()
        let late = refusal(of: "region;persons\n" + rows + "x;..\n")
        #expect(late?.line == 1502)
        let text = try read(
            "region;age;persons\n" + (0..<1500).map { "r\($0);\($0 % 90);\($0)\n" }.joined() + "r0;105+;4\n")
        #expect(text.tables[0].dimensionIDs == ["region", "age"])
        #expect(text.tables[0].shown("r0", "105+") == "4")
        let zeros = try read(
            "id2;persons\n" + (1000..<2500).map { "\($0);\($0)\n" }.joined() + "0007;4\n", name: "a2011.csv")
        #expect(zeros.tables[0].shown("0007") == "4")
        let fraction = try read("region;rate\n" + rows + "x;0.5\n")
        #expect(fraction.tables[0].measures[0].decimals == 1)
        #expect(fraction.tables[0].shown("r7") == "7.0")
    }

    @Test func headerTrouble() throws {
        #expect(refusal(of: "Oslo;M;5\nBergen;M;6\nMoss;F;7\n")?.message.contains("no header") == true)
        #expect(refusal(of: "Oslo;M;5;7\nBergen;M;6;2\nMoss;F;7;4\n")?.message.contains("no header") == true)
        let ages = try read("region;0;1;2;3\nOslo;5;6;7;8\nMoss;1;2;3;4\n").tables[0]
        #expect(ages.cells.count == 8)
        let narrow = refusal(of: "region;sex;persons\nOslo;M;5;\nMoss;F;6;\nBergen;M;7;\n")
        #expect(narrow?.line == 2 && narrow?.found == "4 fields")
        #expect(try read("sep=;\nregion;persons\nOslo;5\nMoss;6\n").facts.dataset.slug == "figures")
        let months = refusal(of: "region;2011M01;2011M02\nOslo;5;6\nMoss;1;2\n")
        #expect(months?.found == "2011M01")
        #expect(refusal(of: "a;b;a\n1;2;3\n")?.column == 3)
        #expect(refusal(of: "5;6;7\n1;2;3\n4;5;6\n")?.message.contains("no header") == true)
        #expect(refusal(of: "a;b\n")?.message.contains("no rows") == true)
        #expect(refusal(of: "just a text\nwithout any table\n")?.message.contains("No reader") == true)
        #expect(
            refusal(of: "name;code;odd;year;\nwords;007;x;2010;\nof text;001;y;2010;\n")?.message
                == "No column holds figures: `name` holds words; `code` holds codes, with leading zeros; `odd` holds "
                + "`x`, `y`: no figures, and no symbols of the dialect; `year` gives the year; "
                + "column 5 is empty")
    }

    @Test func noReaderSaysWhatWasTried() {
        let reason = refusal(of: "just a text\nwithout any table\n")
        #expect(reason?.message.contains("page-text:") == true && reason?.message.contains("delimited:") == true)
    }
}
