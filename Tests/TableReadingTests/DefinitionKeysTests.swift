import Annals
import Definitions
import Testing

@testable import TableReading

/// Every key of `docs/formats/definitions.md` that speaks of columns, layout or numbers has an effect.
@Suite struct DefinitionKeysTests {
    private func read(_ text: String, _ yaml: String, name: String = "x-2011.csv") throws -> ReadDocument {
        try TableReadingTests.read(
            text, name: name, definitions: definitions("dataset: x\nmatch: {file: x*}\n" + yaml))
    }

    private func refusal(_ text: String, _ yaml: String, name: String = "x-2011.csv") throws -> Reason? {
        try TableReadingTests.refusal(
            of: text, name: name, definitions: definitions("dataset: x\nmatch: {file: x*}\n" + yaml))
    }

    // MARK: Where the columns begin

    @Test func headerNoneWithNames() throws {
        let table = try read(
            "North;F;12\nNorth;M;14\nSouth;F;20\nSouth;M;21\n", "header: none\nnames: [region, sex, births]\n"
        ).tables[0]
        #expect(table.dimensionIDs == ["region", "sex"])
        #expect(table.shown("North", "F") == "12")
        #expect(table.measures[0].code == "births")
    }

    @Test func headerNoneWithoutNames() throws {
        let table = try read("North;12\nSouth;20\nWest;14\n", "header: none\n").tables[0]
        #expect(table.cells.count == 3)
    }

    @Test func headerOfLines() throws {
        let table = try read(
            "region;Births;;Deaths;\n;F;M;F;M\nNorth;1;2;3;4\nSouth;5;6;7;8\n", "header: {lines: 2}\n"
        ).tables[0]
        #expect(table.cells.count == 8)
        #expect(table.measures.map(\.code).contains("births-f"))
    }

    @Test func headerOfALine() throws {
        let table = try read(
            "Something;2009\nregion;births\nregion;deaths\nNorth;1\nSouth;5\n", "header: {line: 3}\n"
        ).tables[0]
        #expect(table.measures.map(\.code) == ["deaths"])
        #expect(table.cells.count == 2)
    }

    @Test func skippedLines() throws {
        let table = try read("a;1\nb;2\nregion;births\nNorth;7\nSouth;8\n", "skip: 2\n").tables[0]
        #expect(table.codes("region") == ["North", "South"])
    }

    @Test func positions() throws {
        let yaml =
            "positions: {state: 1-2, county: 4-6, flow: 8-11}\ncolumns: {keys: [{id: county, of: [state, county], join: '-'}], values: [flow]}\n"
        let table = try read("01 001   12\n01 003  140\n02 001    7\n", "header: none\n" + yaml).tables[0]
        #expect(table.shown("01-003") == "140")
        let headed = try read("st cou flow\n01 001   12\n01 003  140\n02 001    7\n", yaml).tables[0]
        #expect(headed.shown("02-001") == "7")
    }

    // MARK: Columns

    @Test func keysOfSeveralColumnsAndTheirLabel() throws {
        let document = try read(
            "STATE;COUNTY;STNAME;CTYNAME;POP\n1;1;Alabama;Autauga;12\n1;3;Alabama;Baldwin;15\n2;1;Alaska;Aleutians;7\n",
            "columns: {keys: [{id: county, of: [STATE, COUNTY], label: CTYNAME}], labels: {STATE: STNAME}, values: [POP]}\n"
        )
        let dimension = document.tables[0].keySpace.dimensions[0]
        #expect(dimension.id == "county")
        #expect(dimension.categories.map(\.code) == ["11", "13", "21"])
        #expect(dimension.categories.map(\.label) == ["Autauga", "Baldwin", "Aleutians"])
    }

    /// `1` and `11` beside `11` and `1` are two counties.
    @Test func joinedCodesStayApart() throws {
        let text = "STATE;COUNTY;POP\n1;11;12\n11;1;15\n2;1;7\n"
        let reason = try refusal(text, "columns: {keys: [{id: county, of: [STATE, COUNTY]}], values: [POP]}\n")
        #expect(reason?.message.contains("111") == true || reason?.found?.contains("111") == true)
        let table = try read(text, "columns: {keys: [{id: county, of: [STATE, COUNTY], join: '-'}], values: [POP]}\n")
            .tables[0]
        #expect(table.codes("county") == ["1-11", "11-1", "2-1"])
    }

    @Test func attributesAndIgnored() throws {
        let document = try read(
            "region;kind;births;SUMLEV\nNorth;a;12;50\nSouth;b;20;40\nWest;a;31;50\n",
            "columns: {keys: [region], attributes: [kind], ignore: [SUMLEV]}\n")
        #expect(document.tables[0].measures.map(\.code) == ["births"])
        #expect(document.plan.columns.map(\.role) == [.key, .attribute, .measure, .ignored])
    }

    @Test func aKeyThatIsNotNamedIsRefused() throws {
        let reason = try refusal(
            "region;sex;births\nNorth;F;12\nNorth;M;14\nSouth;F;20\nSouth;M;21\n",
            "columns: {keys: [region], values: [births]}\n")
        #expect(reason?.found == "sex")
        #expect(reason?.remedy?.contains("columns: {keys: [region, sex]}") == true)
    }

    @Test func valuesBesideAYear() throws {
        let document = try read(
            "region;births 2010;births 2011;Change\nNorth;12;14;2\nSouth;20;21;1\n",
            "columns: {values: [births, Change]}\n")
        #expect(document.tables.map(\.period.year) == [2010, 2011])
    }

    @Test func flagsOfAValue() throws {
        let table = try read(
            "region;births;deaths;b\nNorth;12;14;e\nSouth;20;21;\n",
            "dialect: eurostat\ncolumns: {flags: {births: [b]}}\n"
        ).tables[0]
        #expect(table.shown("North", "births") == "12 estimated")
        #expect(table.shown("North", "deaths") == "14")
    }

    @Test func flagsOfAValueInEachYear() throws {
        let tables = try read(
            "region;births 2010;births 2011;b\nNorth;12;14;e\nSouth;20;21;\n",
            "dialect: eurostat\ncolumns: {flags: {births: [b]}}\n"
        ).tables
        #expect(tables.map { $0.shown("North") } == ["12 estimated", "14 estimated"])
    }

    @Test(arguments: [
        "columns: {flags: {nothing: [b]}}\n", "units: {nothing: persons}\n", "columns: {flags: [nothing]}\n",
    ])
    func headingsThatMatchNoColumn(yaml: String) throws {
        let reason = try refusal("region;births;b\nNorth;12;\nSouth;20;\nWest;7;\n", yaml)
        #expect(reason?.expected == "nothing")
    }

    @Test func twoRolesBySpelling() throws {
        let reason = try refusal(
            "region;Birth Rate;b\nNorth;12;4\nSouth;20;5\n", "columns: {values: [Birth Rate], ignore: [birth_rate]}\n")
        #expect(reason?.message.contains("two roles") == true)
    }

    @Test func aNameThatMayBeTwoColumns() throws {
        let text = "region;Sex;sex;births\nNorth;F;1;12\nNorth;M;2;14\nSouth;F;1;20\nSouth;M;2;21\n"
        let reason = try refusal(text, "columns: {keys: [region, SEX]}\n")
        #expect(reason?.message.contains("may be") == true)
        let document = try read(text, "columns: {keys: [region, {of: [sex], label: Sex}]}\n")
        #expect(document.tables[0].codes("sex") == ["1", "2"])
    }

    @Test func theDayOfAStock() throws {
        let text =
            "region;at;people\nNorth;2010-12-31;12\nNorth;2011-12-31;14\nSouth;2010-12-31;20\nSouth;2011-12-31;21\n"
        let document = try read(text, "columns: {year: {column: at, day: 12-31}}\n")
        #expect(document.tables.map(\.period.kind) == [.stock, .stock])
        let reason = try refusal(text, "columns: {year: {column: at, day: 06-30}}\n")
        #expect(reason?.line == 2)
        #expect(reason?.found == "2010-12-31")
    }

    // MARK: Figures and codes

    @Test func units() throws {
        let table = try read(
            "region;births;income\nNorth;12;14\nSouth;20;21\n", "units: {births: persons, income: 1000 NOK}\n"
        ).tables[0]
        #expect(table.measures.map(\.unit) == ["persons", "NOK"])
        #expect(table.measures.map(\.multiplier) == [0, 3])
        let years = try read("region;births 2010;births 2011\nNorth;12;14\nSouth;20;21\n", "units: {births: persons}\n")
        #expect(years.tables.map { $0.measures[0].unit } == ["persons", "persons"])
        #expect(years.tables.map { $0.measures[0].label } == ["births", "births"])
    }

    @Test func numbers() throws {
        let text = "region;births\nNorth;1,234\nSouth;2,345\n"
        let comma = try read(text, "numbers: {decimal-mark: comma}\n").tables[0]
        #expect(comma.shown("North") == "1.234")
        let point = try read(text, "numbers: {decimal-mark: point, thousands-separators: comma}\n").tables[0]
        #expect(point.shown("North") == "1234")
    }

    @Test func lostZeros() throws {
        let text = "code;year;births\n0301;2010;12\n1103;2010;20\n301;2011;14\n1103;2011;21\n"
        let document = try read(text, "columns: {keys: [code]}\ncodes: {leading-zeros: join}\n")
        #expect(document.tables.map { $0.codes("code") } == [["0301", "1103"], ["0301", "1103"]])
        let apart = try read(text, "columns: {keys: [code]}\n")
        #expect(apart.facts.findings.contains { $0.code == "leading-zeros" })
    }

    @Test func periodAndDialect() throws {
        let document = try read("region;births\nNorth;12\nSouth;:\n", "dialect: eurostat\nperiod: flow\n")
        #expect(document.tables[0].period.kind == .flow)
        #expect(document.facts.dialect == "eurostat")
    }
}
