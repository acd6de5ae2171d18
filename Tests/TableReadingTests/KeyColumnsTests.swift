import Annals
import Definitions
import Testing

@testable import TableReading

@Suite struct KeyColumnsTests {
    @Test func duplicatesAreRefusedWithBothLines() {
        let same = refusal(of: "region;persons\na;5\nb;6\na;5\n")
        #expect(same?.message == "Lines 2 and 4 have the same keys and the same figures")
        #expect(same?.line == 4)
        #expect(same?.remedy == "Remove the repeated row")
        let other = refusal(of: "region;persons\na;5\nb;6\na;7\n")
        #expect(other?.message == "Lines 2 and 4 have the same keys and different figures")
        let apart = refusal(of: "region;wave;persons\na;1;6\na;2;7\nb;1;8\n")
        #expect(apart?.remedy?.contains("`columns: {keys: [region, wave]}`") == true, "\(String(describing: apart))")
        let sorted = refusal(of: "year;region;persons\n2010;a;5\n2011;a;5\n2010;b;6\n2011;a;6\n")
        #expect(sorted?.message.contains("Lines 3 and 5") == true)
    }

    @Test func declaredKeysSolveIt() throws {
        let office = try definitions(
            """
            dataset: waves
            match: {file: "figures*"}
            columns: {keys: [region, wave], value: persons}
            dimensions: [{id: area, label: Area, column: region}]
            measures: [{code: people, kind: count, unit: persons}]
            """)
        let table = try read("region;wave;persons\na;1;6\na;2;7\nb;1;8\n", definitions: office).tables[0]
        #expect(table.dimensionIDs == ["area", "wave"])
        #expect(table.shown("a", "2") == "7")
        #expect(table.measures.map(\.code) == ["people"])
        let missing = refusal(of: "region;persons\na;6\nb;8\n", definitions: office)
        #expect(missing?.message.contains("`wave` is missing") == true)
    }

    @Test func labelsBesideCodes() throws {
        let text = "code,state,name,returns\n06059,CA,Orange,5\n06071,CA,San Bernardino,6\n41067,OR,Washington,7\n"
        let document = try read(text)
        #expect(document.tables[0].dimensionIDs == ["code"])
        let code = document.tables[0].keySpace.dimensions[0]
        #expect(code.categories[0].code == "06059" && code.categories[0].label == "Orange")
        #expect(code.attributes == ["state"] && code.categories.map(\.attributes) == [["CA"], ["CA"], ["OR"]])
        #expect(document.facts.findings.map(\.code) == ["column-is-label", "column-follows"])
    }

    @Test func whatIsSaidOfCategoriesIsKeptWithThem() throws {
        let rows =
            "0301;Oslo;East;2010;5\n0301;Oslo;East;2011;6\n1101;Eigersund;;2010;7\n1101;Eigersund;;2011;8\n"
            + "1103;Stavanger;West;2010;9\n1103;Stavanger;West;2011;10\n"
        let document = try read("code;name;part;year;persons\n" + rows)
        #expect(document.tables.map(\.period.year) == [2010, 2011])
        for table in document.tables {
            let code = table.keySpace.dimensions[0]
            #expect(table.dimensionIDs == ["code"] && code.attributes == ["part"])
            #expect(code.categories.map(\.attributes) == [["East"], [""], ["West"]])
            #expect(table.withoutAttributes?.keySpace.dimensions[0].categories[0].attributes == [])
        }
        // A definition names one that no rule would find; one that says nothing of a single category is left out.
        let office = try definitions(
            """
            dataset: waves
            match: {file: "figures*"}
            columns: {keys: [region], attributes: [zone, wave], value: persons}
            """)
        let table = try read("region;zone;wave;persons\na;x;1;6\nb;x;2;7\nc;y;1;8\n", definitions: office).tables[0]
        #expect(table.keySpace.dimensions[0].attributes == ["zone", "wave"])
        #expect(table.keySpace.dimensions[0].categories.map(\.attributes) == [["x", "1"], ["x", "2"], ["y", "1"]])
    }

    @Test func codeAndLabelInOneField() throws {
        let split = try read("region;persons\n0101 Halden;5\n0104 Moss;6\n").tables[0]
        #expect(split.codes("region") == ["0101", "0104"])
        let twice = try read("region;persons\n0101 Halden;5\n0101 Moss;6\n").tables[0]
        #expect(twice.codes("region") == ["0101 Halden", "0101 Moss"])
        let ages = try read("age;persons\n0 years;5\n1 year;6\n2 years;7\n3 years;8\n4 years;9\n").tables[0]
        #expect(ages.codes("age").first == "0 years")
    }

    @Test func lostCharactersNeverRenameACode() throws {
        let document = try read("region;persons\n0101 Halden;5\n2030 S\u{FFFD}r-Varanger;6\n")
        #expect(document.tables[0].codes("region") == ["0101", "2030"])
        #expect(document.tables[0].keySpace.dimensions[0].categories[1].label == "S\u{FFFD}r-Varanger")
        #expect(document.facts.findings.map(\.code) == ["lost-characters"])
    }

    @Test func emptyKeys() {
        let reason = refusal(of: "region;sex;persons\na;M;5\n;M;6\nc;F;7\n")
        #expect(reason?.line == 3)
        #expect(reason?.column == 1)
    }

    @Test func orderOfRowsDoesNotMatter() throws {
        let rows = (0..<200).map { "r\($0 % 20);s\($0 / 20);\($0)\n" }
        let forward = try read("region;kind;persons\n" + rows.joined()).tables[0]
        let backward = try read("region;kind;persons\n" + rows.reversed().joined()).tables[0]
        #expect(forward.saysTheSame(as: backward))
        #expect(forward.presence == .dense)
        let sparse = try read(
            "region;kind;persons\n"
                + rows.reversed().enumerated().filter { $0.offset % 37 == 0 }.map(\.element).joined()
        ).tables[0]
        #expect(sparse.cells.count == 6)
        for cell in 0..<sparse.cells.count {
            let codes = sparse.keySpace.codes(at: sparse.ordinal(ofCell: cell))
            #expect(forward.cell(at: codes).map { forward.cells.values[$0] } == sparse.cells.values[cell])
        }
    }

    @Test func sameYearAloneOrAmongOthers() throws {
        let both = try read("region;year;persons\na;2010;1\nb;2010;2\na;2011;3\nc;2011;4\n").tables[1]
        let alone = try read("region;year;persons\na;2011;3\nc;2011;4\n").tables[0]
        #expect(both.saysTheSame(as: alone))
    }
}
