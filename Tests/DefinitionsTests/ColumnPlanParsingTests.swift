import Testing

@testable import Definitions

@Suite struct ColumnPlanParsingTests {
    private func columns(_ text: String) throws -> DatasetDefinition.Columns {
        try DatasetDefinition.parse("dataset: a\ncolumns:\n" + text, file: "a").columns
    }

    @Test func everyRole() throws {
        let columns = try columns(
            """
              year: {column: period, day: 12-31}
              keys: [sex, {id: county, of: [STATE, COUNTY], label: CTYNAME, join: "-"}]
              labels: {STATE: STNAME, REGION: RNAME}
              attributes: [REGION, DIVISION]
              values: [POPESTIMATE, BIRTHS]
              flags: {POPESTIMATE: [OBS_STATUS, CONF_STATUS], BIRTHS: BFLAG}
              ignore: SUMLEV

            """)
        #expect(columns.year == .init(column: "period", day: "12-31"))
        #expect(
            columns.keys == [
                .init(columns: ["sex"]),
                .init(id: "county", columns: ["STATE", "COUNTY"], label: "CTYNAME", join: "-"),
            ])
        #expect(columns.labels == [.init(code: "STATE", label: "STNAME"), .init(code: "REGION", label: "RNAME")])
        #expect(columns.attributes == ["REGION", "DIVISION"])
        #expect(columns.values == ["POPESTIMATE", "BIRTHS"])
        #expect(
            columns.flags == [
                .init(value: "POPESTIMATE", columns: ["OBS_STATUS", "CONF_STATUS"]),
                .init(value: "BIRTHS", columns: ["BFLAG"]),
            ])
        #expect(columns.ignored == ["SUMLEV"])
        #expect(columns.yearName == "period" && columns.valueName == nil)
        #expect(columns.keyNames == ["sex", "STATE", "COUNTY"])
    }

    @Test func shortForms() throws {
        let columns = try columns("  year: time\n  keys: sex\n  value: n\n  flags: [S, C]\n")
        #expect(columns.year == .init(column: "time"))
        #expect(columns.keys == [.init(columns: ["sex"])])
        #expect(columns.values == ["n"] && columns.valueName == "n")
        #expect(columns.flags == [.init(columns: ["S", "C"])])
        #expect(try self.columns("  keys: [{id: c, of: [A, B], join: \"\"}]\n").keys[0].join.isEmpty)
    }

    @Test(arguments: [
        ("  year: x\n  keys: [x]\n", 4, "two roles, year (line 3) and key"),
        ("  keys: [x, x]\n", 3, "twice as key"),
        ("  values: [x]\n  ignore:\n    - y\n    - x\n", 6, "two roles, measure (line 3) and ignored"),
        ("  keys: [{id: c, of: [A, B], label: A}]\n", 3, "two roles, key"),
        ("  keys: [{of: [A, B]}]\n", 3, "lacks `id`"),
        ("  keys: [{id: c}]\n", 3, "lacks `of`"),
        ("  keys: [{id: c, of: []}]\n", 3, "lacks `of`"),
        ("  keys: [{id: \"C c\", of: [A, B]}]\n", 3, "a dimension's id"),
        ("  keys: [{of: A, join: x}]\n", 3, "nothing to join"),
        ("  keys: [{id: c, of: [A, B], join: \"a\\nb\"}]\n", 3, "`join` has"),
        ("  keys: [{id: c, of: A}, {id: c, of: B}]\n", 3, "`keys` has `c` twice"),
        ("  keys: [[a]]\n", 3, "must be one value"),
        ("  year: {column: x, day: 02-29}\n", 3, "no day that every year has"),
        ("  year: {column: x, day: +1-01}\n", 3, "no day that every year has"),
        ("  year: {day: 12-31}\n", 3, "lacks `column`"),
        ("  year: [a]\n", 3, "must be one value"),
        ("  labels: {A: L}\n  values: [A]\n", 3, "as codes with a label, which is measure"),
        ("  labels: [A]\n", 3, "must be a mapping"),
        ("  flags: {A: [F]}\n  keys: [A]\n", 3, "as figures with flags, which is key"),
        ("  flags: {A: []}\n", 3, "no column of flags"),
        ("  value: a\n  values: [b]\n", 3, "side by side"),
        ("  kyes: [a]\n", 3, "unknown key `kyes`"),
        ("  ignore: \"\"\n", 3, "must be one value"),
        ("  year: {column: x, day: 12-31}\nperiod: flow\n", 3, "the day of a stock"),
        ("  keys: [x]\nunits: {x: persons}\n", 4, "as figures with a unit, which is key"),
        ("  keys: [x]\nheader: none\nnames: [y, z]\n", 3, "which the definition's own list lacks"),
        (
            "  keys: [{id: c, of: [A]}]\ndimensions:\n  - {id: d, column: A}\n", 5,
            "is of the dimension `d` and of the key"
        ),
        ("  keys: [{id: c, of: [A]}]\ndimensions:\n  - {id: c, column: B}\n", 5, "and, by `columns`, in `A`"),
        ("  keys: [{id: c, of: [A]}]\ndimensions:\n  - {id: c, role: stub}\n", 5, "a key of that id"),
        ("  values: [A]\ndimensions:\n  - {id: c, column: A}\n", 5, "two roles, measure (line 3) and key"),
    ])
    func errorsNameTheLine(text: String, line: Int, message: String) {
        let error = #expect(throws: DefinitionError.self) { try columns(text) }
        #expect(error?.line == line, "\(String(describing: error))")
        #expect(error?.message.contains(message) == true, "\(String(describing: error))")
    }

    @Test func dimensionOfAKeyIsFoundInItsColumns() throws {
        let definition = try DatasetDefinition.parse(
            """
            dataset: a
            columns: {keys: [{id: county, of: [STATE, CTY]}, SEX]}
            dimensions:
              - {id: county, role: column, total: {code: "00000"}}
              - {id: sex, column: SEX}
            """, file: "a")
        #expect(definition.dimensions.map(\.role) == [.column("STATE"), .column("SEX")])
    }

    @Test func headingsOfFiguresMayLackTheirYear() throws {
        let definition = try DatasetDefinition.parse(
            "dataset: a\nheader: none\nnames: [sex, births 2010]\ncolumns: {keys: [Sex], values: [births]}\n", file: "a"
        )
        #expect(definition.columns.values == ["births"])
    }
}
