import Testing

@testable import Definitions

@Suite struct FileLayoutParsingTests {
    private func parse(_ text: String) throws -> DatasetDefinition {
        try DatasetDefinition.parse("dataset: a\n" + text, file: "a")
    }

    @Test func everyHeader() throws {
        #expect(try parse("").layout == .init())
        #expect(try parse("header: none\n").layout.header == .none)
        #expect(try parse("header: {lines: 2}\nskip: 4\n").layout == .init(header: .lines(2), skip: 4))
        #expect(try parse("header: {line: 5}\n").layout.header == .line(5))
        let names = try parse("header: none\nnames: [name, sex, births]\n").layout
        #expect(names.names == ["name", "sex", "births"] && names.givenNames == names.names)
    }

    @Test func theSheetOfAWorkbook() throws {
        let definition = try parse("sheet: \"Table 1: births\"\nskip: 2\n")
        #expect(definition.layout == .init(skip: 2, sheet: "Table 1: births"))
        #expect(try DatasetDefinition.parse(definition.yaml(), file: "a") == definition)
        #expect(try parse(DatasetDefinition.Layout.line(sheet: "2011: a, b")).layout.sheet == "2011: a, b")
    }

    @Test func fixedWidth() throws {
        let layout = try parse("positions: {to_state: 1-2, to_county: 4-6, kind: 7}\n").layout
        #expect(
            layout.positions == [
                .init(name: "to_state", first: 1, last: 2), .init(name: "to_county", first: 4, last: 6),
                .init(name: "kind", first: 7, last: 7),
            ])
        #expect(layout.givenNames == ["to_state", "to_county", "kind"])
    }

    @Test func numbersUnitsAndCodes() throws {
        let definition = try parse(
            """
            numbers: {decimal-mark: comma, thousands-separators: [point]}
            units: {Births: persons, "Income, total": 1000 NOK}
            codes: {leading-zeros: join}

            """)
        #expect(definition.numbers == .init(decimalMark: .comma, thousandsSeparators: ["."]))
        #expect(definition.units == ["Births": "persons", "Income, total": "1000 NOK"])
        #expect(definition.joinsLostZeros)
        #expect(try parse("numbers: {thousands-separators: []}\n").numbers.thousandsSeparators == [])
        #expect(try parse("").numbers == .init())
    }

    @Test func numbersGoBeforeTheDialect() {
        let dialect = Dialect(name: "x", decimalMark: .point, thousandsSeparators: [","])
        #expect(DatasetDefinition.Numbers().applied(to: dialect) == dialect)
        let comma = DatasetDefinition.Numbers(decimalMark: .comma).applied(to: dialect)
        #expect(comma.decimalMark == .comma && comma.thousandsSeparators.isEmpty)
        #expect(DatasetDefinition.Numbers(thousandsSeparators: []).applied(to: dialect).thousandsSeparators.isEmpty)
    }

    @Test(arguments: [
        ("names: [a]\n", 2, "without `header: none`"),
        ("header: {lines: 2}\nnames: [a]\n", 3, "without `header: none`"),
        ("header: none\nnames: []\n", 3, "names, not 0"),
        ("header: none\nnames: [a, a]\n", 3, "`names` has `a` twice"),
        ("header: none\nnames: [a]\npositions: {a: 1-2}\n", 3, "beside `positions`"),
        ("header: first\n", 2, "can't be `first`"),
        ("header: [1]\n", 2, "can't be a list"),
        ("header: {}\n", 2, "one of `lines` and `line`"),
        ("header: {lines: 1, line: 2}\n", 2, "one of `lines` and `line`"),
        ("header: {lines: 0}\n", 2, "from 1 to 16"),
        ("header: {line: -1}\n", 2, "from 1 to 100000"),
        ("header: {line: 5}\nskip: 2\n", 3, "beside `header: {line: …}`"),
        ("skip: 99999999999999999999\n", 2, "from 0 to 100000"),
        ("positions:\n  a: 1-3\n  b: 3-4\n", 4, "`a` and `b` overlap"),
        ("positions:\n  a: 5-6\n  b: 1-2\n", 4, "`b` stands before `a`"),
        ("positions:\n  a: 6-5\n", 3, "ends before it begins"),
        ("positions:\n  a: 0-5\n", 3, "can't stand at `0-5`"),
        ("positions:\n  a: 1-2-3\n", 3, "can't stand at"),
        ("positions:\n  a: -3\n", 3, "can't stand at"),
        ("positions:\n  a: 1-99999999999999999999\n", 3, "can't stand at"),
        ("positions:\n  a: x\n", 3, "can't stand at"),
        ("positions:\n  a: 1\n  a: 2\n", 4, "`a` twice, in line 3 as well"),
        ("positions: {}\n", 2, "not 0"),
        ("positions: [1-2]\n", 2, "must be a mapping"),
        ("numbers: {decimal-mark: dot}\n", 2, "can't be `dot`"),
        ("numbers: {thousands-separators: [point]}\n", 2, "only where"),
        ("numbers: {decimal-mark: comma, thousands-separators: [comma]}\n", 2, "only where"),
        ("numbers: {thousands-separators: tilde}\n", 2, "unknown separator"),
        ("units: {a: [b]}\n", 2, "must be one value"),
        ("codes: {leading-zeros: drop}\n", 2, "can't be `drop`"),
        ("codes: {zeros: join}\n", 2, "unknown key `zeros`"),
    ])
    func errorsNameTheLine(text: String, line: Int, message: String) {
        let error = #expect(throws: DefinitionError.self) { try parse(text) }
        #expect(error?.line == line, "\(String(describing: error))")
        #expect(error?.message.contains(message) == true, "\(String(describing: error))")
    }
}
