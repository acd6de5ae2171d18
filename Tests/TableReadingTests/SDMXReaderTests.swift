import Annals
import Definitions
import Testing

@testable import TableReading

/// SDMX-CSV by its field guides, and as agencies write it.
@Suite struct SDMXReaderTests {
    private func table(_ text: String, name: String = "data.csv") throws -> Table {
        try read(text, name: name).tables[0]
    }

    @Test func versionOneWithIds() throws {
        let document = try read(
            "DATAFLOW,LAST UPDATE,freq,sex,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\n"
                + "ESTAT:DEMO_X(1.0),12/03/24 11:00:00,A,F,NR,AT,2010,4256033,,\n"
                + "ESTAT:DEMO_X(1.0),12/03/24 11:00:00,A,F,NR,AT,2011,4273800,p,\n"
                + "ESTAT:DEMO_X(1.0),12/03/24 11:00:00,A,M,NR,AT,2010,,,C\n"
                + "ESTAT:DEMO_X(1.0),12/03/24 11:00:00,A,M,NR,AT,2011,:,c,\n", name: "a.csv")
        #expect(document.facts.reader == "sdmx-csv" && document.facts.dialect == "eurostat")
        #expect(document.facts.dataset.slug == "demo-x-sex-unit-geo")
        #expect(document.published == Instant(iso8601: "2024-03-12T11:00:00Z"))
        #expect(document.tables.map(\.period.year) == [2010, 2011])
        #expect(document.tables[0].dimensionIDs == ["sex", "unit", "geo"])
        #expect(document.tables[1].shown("F", "NR", "AT") == "4273800 provisional")
        #expect(document.tables[0].shown("M", "NR", "AT") == "confidential")
        #expect(document.tables[1].shown("M", "NR", "AT") == "confidential")
    }

    @Test func labelsInTheSameFields() throws {
        let document = try read(
            "DATAFLOW,REF_AREA: Reference area,SEX: Sex,TIME_PERIOD: Time period,OBS_VALUE: Observation value,"
                + "OBS_STATUS: Observation status,UNIT_MULT: Unit multiplier,UNIT_MEASURE: Unit of measure,"
                + "DECIMALS: Decimals\n"
                + "ABS:ERP(1.0.0): Population: estimates,\"FR: France, with DOM\",F: Female,2014: 2014,12.4,"
                + "A: Normal value,3: Thousands,PS: Persons,2: Two\n"
                + "ABS:ERP(1.0.0): Population: estimates,\"FR: France, with DOM\",M: Male,2014: 2014,10,"
                + "E: Estimated value,3: Thousands,PS: Persons,2: Two\n"
                + "ABS:ERP(1.0.0): Population: estimates,DE: Germany,F: Female,2014: 2014,,M: Missing,3: Thousands,"
                + "PS: Persons,2: Two\n"
                + "ABS:ERP(1.0.0): Population: estimates,DE: Germany,M: Male,2014: 2014,NaN,O: Missing value,"
                + "3: Thousands,PS: Persons,2: Two\n")
        let table = document.tables[0]
        #expect(document.facts.title == "Population: estimates")
        #expect(document.facts.dataset.slug == "erp-ref-area-sex")
        #expect(
            table.keySpace.dimensions[0].categories == [
                Category(code: "FR", label: "France, with DOM"), Category(code: "DE", label: "Germany"),
            ])
        #expect(table.keySpace.dimensions.map(\.label) == ["Reference area", "Sex"])
        #expect(
            table.measures == [Measure(code: "value", label: "OBS_VALUE", unit: "persons", multiplier: 3, decimals: 2)])
        #expect(table.shown("FR", "F") == "12.40" && table.shown("FR", "M") == "10.00 estimated")
        #expect(table.shown("DE", "F") == "not-available" && table.shown("DE", "M") == "not-available")
    }

    @Test func labelsInColumnsOfTheirOwn() throws {
        let row = "DATAFLOW,OECD.ELS.SAE:DSD_POPULATION@DF_POP_HIST(1.0),Historical population data,I,"
        let document = try read(
            "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,REF_AREA,Reference area,FREQ,Frequency of observation,"
                + "TIME_PERIOD,Time period,OBS_VALUE,Observation value,OBS_STATUS,Observation status,UNIT_MULT,"
                + "Unit multiplier,BASE_PER,Base period\n"
                + row + "AUS,Australia,A,Annual,2010,,22031.75,,A,Normal value,3,Thousands,,\n"
                + row + "AUS,Australia,A,Annual,2011,,22340.024,,A,Normal value,3,Thousands,,\n"
                + row + "AUT,Austria,A,Annual,2010,,8361.069,,B,Break,3,Thousands,,\n")
        #expect(document.facts.title == "Historical population data")
        #expect(document.facts.dataset.slug == "dsd-population-df-pop-hist-ref-area")
        let table = document.tables[0]
        #expect(table.dimensionIDs == ["ref-area"])
        #expect(table.keySpace.dimensions[0].label == "Reference area")
        #expect(table.keySpace.dimensions[0].categories.map(\.label) == ["Australia", "Austria"])
        #expect(table.shown("AUT") == "8361.069 break" && table.measures[0].multiplier == 3)
    }

    @Test func semicolonsAndDecimalCommas() throws {
        let table = try table(
            "STRUCTURE[|];STRUCTURE_ID;ACTION;SERIES_KEY;DIM_1: Dimension 1;DIM_2: Dimension 2;TIME_PERIOD: Time;"
                + "OBS_VALUE: Observation value;ATTR_2: Attribut 2\n"
                + "dataflow;A:NA_MAIN(1.6.0): Comptes;I;A.B;A: Value A;B: Value B;2014: 2014;12,4;Y: Oui\n"
                + "dataflow;A:NA_MAIN(1.6.0): Comptes;I;A.C;A: Value A;C: Value C;2014: 2014;10,85;Y: Oui\n")
        #expect(table.dimensionIDs == ["dim-1", "dim-2"])
        #expect(table.shown("A", "B") == "12.40" && table.shown("A", "C") == "10.85")
    }

    @Test func figuresFirstLeaveTheRestToItself() throws {
        let table = try table(
            "STRUCTURE[;],STRUCTURE_ID,ACTION,OBS_VALUE,DIM_2,DIM_1,TIME_PERIOD\n"
                + "dataflow,E:N(1.6.0),I,12.4,B,A,2014\ndataflow,E:N(1.6.0),I,10.8,C,A,2014\n"
                + "dataflow,E:N(1.6.0),I,11.8,B,D,2014\ndataflow,E:N(1.6.0),I,12.8,C,D,2014\n")
        #expect(table.dimensionIDs == ["dim-2", "dim-1"] && table.shown("C", "D") == "12.8")
    }

    @Test func withoutTheNameOfADataflow() throws {
        let document = try read(
            "KEY,FREQ,CURRENCY,TIME_PERIOD,OBS_VALUE,OBS_STATUS,OBS_CONF,DECIMALS,UNIT,TITLE\n"
                + "EXR.A.USD,A,USD,2019,1.1195,A,F,4,USD,US dollar\nEXR.A.USD,A,USD,2020,1.1422,A,F,4,USD,US dollar\n"
                + "EXR.A.GBP,A,GBP,2019,0.87777,A,F,5,GBP,UK pound\nEXR.A.GBP,A,GBP,2020,0.8897,P,F,5,GBP,UK pound\n",
            name: "exr.csv")
        #expect(document.facts.dataset.slug == "exr")
        #expect(document.tables[1].dimensionIDs == ["currency"])
        #expect(document.tables[1].shown("GBP") == "0.88970 provisional")
        #expect(document.tables[1].keySpace.dimensions[0].attributes == ["UNIT", "TITLE"])
    }

    @Test func reportingYearsAndOneDayAYear() throws {
        let head = "DATAFLOW,GEO,TIME_PERIOD,OBS_VALUE\n"
        #expect(
            try read(head + "X:A(1.0),FR,2010-A1,3\nX:A(1.0),FR,2011-A1,1\n").tables.map(\.period.year) == [2010, 2011])
        #expect(
            try read(head + "X:A(1.0),FR,2010-12-31,3\nX:A(1.0),FR,2011-12-31,1\n").tables.map(\.period.year)
                == [2010, 2011])
    }

    @Test(
        arguments: [
            ("DATAFLOW,GEO,TIME_PERIOD,OBS_VALUE\nX:A(1.0),FR,2010,1\nX:B(1.0),FR,2010,3\n", 3, 1, "X:B(1.0)"),
            (
                "STRUCTURE,STRUCTURE_ID,ACTION,GEO,TIME_PERIOD,OBS_VALUE\ndataflow,X:A(1.0),I,FR,2010,1\n"
                    + "dataflow,X:A(1.0),D,DE,2010,-\n", 3, 3, "D"
            ),
            (
                "STRUCTURE,STRUCTURE_ID,ACTION,SEX,GEO,TIME_PERIOD,OBS_VALUE,NOTE\ndataflow,X:A(1.0),I,F,FR,2010,1,\n"
                    + "dataflow,X:A(1.0),I,M,FR,2010,4,\ndataflow,X:A(1.0),I,,FR,,,see there\n", 4, 4, ""
            ),
            ("DATAFLOW,FREQ,GEO,TIME_PERIOD,OBS_VALUE\nX:A(1.0),A,FR,2010,3\nX:A(1.0),Q,FR,2010-Q1,1\n", 3, 2, "Q"),
            ("DATAFLOW,GEO,TIME_PERIOD,OBS_VALUE\nX:A(1.0),FR,2010-S1,1\nX:A(1.0),FR,2010-S2,2\n", 2, 3, "2010-S1"),
            (
                "DATAFLOW,GEO,TIME_PERIOD,OBS_VALUE\nX:A(1.0),FR,2010-12-31,3\nX:A(1.0),FR,2010-06-30,1\n", 3, 3,
                "2010-06-30"
            ),
            ("DATAFLOW,GEO,TIME_PERIOD,OBS_VALUE,CONF_STATUS\nX:A(1.0),FR,2010,1,N\nX:A(1.0),DE,2010,2,F\n", 2, 5, "N"),
            ("DATAFLOW,GEO,SEX,TIME_PERIOD,OBS_VALUE\nX:A(1.0),FR,F,2010,1\nX:A(1.0),IT,F\n", 3, nil, nil),
            (
                "DATAFLOW,REF_AREA,MEASURE,TIME_PERIOD,OBS_VALUE,UNIT_MULT\nO:A(1.0),FR,GDP,2020,2.3,9\n"
                    + "O:A(1.0),DE,GDP,2020,67.5,6\n", 3, 6, "6"
            ),
            ("DATAFLOW,GEO,TIME_PERIOD,OBS_VALUE\nX:A(1.0),FR,2010,n/a\nX:A(1.0),DE,2010,2\n", 2, 4, "n/a"),
            ("DATAFLOW,GEO,TIME_PERIOD,OBS_VALUE,SEX\nX:A(1.0),FR,2010,1,F\nX:A(1.0),FR,2010,2,M\n", 3, nil, nil),
        ] as [(String, Int, Int?, String?)])
    func refused(text: String, line: Int, column: Int?, found: String?) throws {
        let reason = try #require(refusal(of: text, name: "data.csv"))
        #expect(reason.line == line, "\(reason)")
        if let column { #expect(reason.column == column, "\(reason)") }
        if let found { #expect(reason.found == found, "\(reason)") }
        #expect(reason.remedy != nil)
    }

    /// What is counted has a unit and a power of ten of its own.
    @Test func eachMeasureHasItsUnit() throws {
        let document = try read(
            "DATAFLOW,REF_AREA,MEASURE,TIME_PERIOD,OBS_VALUE,UNIT_MULT,UNIT_MEASURE,DECIMALS\n"
                + "O:A(1.0),FR,GDP,2020,2.3,9,EUR,1\nO:A(1.0),FR,POP,2020,67,6,persons,0\n"
                + "O:A(1.0),DE,GDP,2020,3.3,9,EUR,1\nO:A(1.0),DE,POP,2020,83.1,6,persons,0\n", name: "x.csv")
        let table = document.tables[0]
        #expect(document.facts.dataset.slug == "a-ref-area")
        #expect(table.dimensionIDs == ["ref-area", "measure"] && table.keySpace.measureDimension == 1)
        #expect(
            table.measures == [
                Measure(code: "GDP", unit: "EUR", multiplier: 9, decimals: 1),
                Measure(code: "POP", unit: "persons", multiplier: 6, decimals: 1),
            ])
        #expect(table.shown("FR", "POP") == "67.0" && table.shown("DE", "GDP") == "3.3")
    }

    @Test func aDefinitionGoesFirst() throws {
        let text =
            "DATAFLOW,GEO,SEX,TIME_PERIOD,OBS_VALUE,QUALITY\nX:A(1.0),FR,F,2010,1,good\nX:A(1.0),FR,M,2010,2,bad\n"
        let definitions = try definitions(
            "dataset: mine\nmatch: {agency-id: A}\ncolumns: {keys: [{id: sex-of-person, of: [SEX]}], ignore: [QUALITY]}\n"
        )
        let document = try read(text, name: "data.csv", definitions: definitions)
        #expect(document.facts.dataset.slug == "mine")
        #expect(document.tables[0].dimensionIDs == ["sex-of-person"])
        let other = try #require(
            refusal(
                of: text + "X:A(1.0),DE,M,2010,2,bad\n", name: "data.csv", definitions: definitions))
        #expect(other.message.contains("`GEO`"))
    }

    @Test func nextYearMayHaveMoreCategories() throws {
        let head = "DATAFLOW,GEO,SEX,TIME_PERIOD,OBS_VALUE\n"
        let first = try read(head + "X:A(1.0),FR,T,2010,1\nX:A(1.0),DE,T,2010,2\n", name: "data.csv")
        let next = try TableReading.read(
            SourceDocument(
                name: "data.csv",
                bytes: Array((head + "X:A(1.1),FR,T,2011,1\nX:A(1.1),DE,F,2011,2\nX:A(1.1),DE,T,2011,2\n").utf8)),
            definitions: .builtIn, bound: first.facts.plan)
        #expect(next.tables[0].dimensionIDs == first.tables[0].dimensionIDs)
        #expect(next.facts.dataset == first.facts.dataset)
    }
}
