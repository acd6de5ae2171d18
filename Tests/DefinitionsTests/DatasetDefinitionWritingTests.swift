import Annals
import TestSupport
import Testing

@testable import Definitions

/// What is written as YAML is read back as an equal definition.
@Suite struct DatasetDefinitionWritingTests {
    private static let texts = [
        "x", "year", "Births", "STATE", "Øst-Agder", "15-19", "0301", "null", "Yes", "2011-01-01", "*", "*x", "a, *b",
        "- *y",
        "a: b", "# c", "a #b", "'", "''", "\"", "\\", "\\\"", "[", "]][[", "{a: b}", "[[[[[[x]]]]]]", " x", "x ", "é",
        "tab\there", "two\nlines", "a\u{85}b", "\u{2028}", "a\u{FEFF}b", "\u{202E}right", "no\u{A0}break", "🇳🇴", "&x",
        "!y", "?",
        "-", "---", "...", "%z", "@a", "`b`", "|", ">", "~", "<<", "=", "*it's, \"x\"*", "k: *v, [",
        String(repeating: "long ", count: 300),
        String(repeating: "\u{202E}", count: 400), "\u{10FFFF}",
    ]

    private func parse(_ text: String) throws -> DatasetDefinition { try DatasetDefinition.parse(text, file: "a") }

    /// A definition that says something of everything, most of them odd; the names of columns are all different.
    private func drawn(_ numbers: inout SeededNumbers) -> DatasetDefinition {
        var left = Self.texts.shuffled(using: &numbers)
        func odds(_ one: UInt64) -> Bool { numbers.next() % one == 0 }
        func name() -> String { left.popLast() ?? "last" }
        func names() -> [String] { (0..<Int(numbers.next() % 4)).map { _ in name() } }
        func text() -> String { Self.texts[Int(numbers.next() % UInt64(Self.texts.count))] }
        func texts() -> [String] { (0..<Int(numbers.next() % 4)).map { _ in text() } }
        func text(_ one: UInt64) -> String? { odds(one) ? text() : nil }

        var definition = DatasetDefinition(dataset: DatasetID("a-1")!, title: text(2), dialect: text(3), file: "a")
        definition.match = .init(titles: texts(), files: texts(), agencyIDs: texts())
        if odds(3) { definition.periodKind = .stock }
        if odds(2) { definition.onFailedAudit = .warn }
        definition.joinsLostZeros = odds(2)
        if odds(3) {
            definition.tolerance = Tolerance(
                absolute: DecimalNumber(scaled: 5, decimals: 1),
                relative: odds(2) ? DecimalNumber(scaled: 100, decimals: 4) : nil)
        }
        if odds(3) {
            definition.concordance = ConcordanceBinding(name: "regions", dimensions: odds(2) ? ["col", "row"] : [])
        }
        var columns = DatasetDefinition.Columns()
        if odds(2) { columns.year = .init(column: name(), day: odds(2) ? "06-30" : nil) }
        for number in 0..<Int(numbers.next() % 3) {
            let isJoined = odds(2)
            columns.keys.append(
                .init(
                    id: isJoined || odds(2) ? "key-\(number)" : nil, columns: isJoined ? [name(), name()] : [name()],
                    label: odds(2) ? name() : nil,
                    join: isJoined ? ["", "-", ", *", " "][Int(numbers.next() % 4)] : ""))
        }
        columns.attributes = names()
        columns.values = names()
        columns.ignored = names()
        columns.labels = (columns.keyNames + columns.attributes + [name()]).prefix(2).map {
            .init(code: $0, label: name())
        }
        if odds(2) {
            columns.flags = columns.values.map { .init(value: $0, columns: [name()]) }
        } else if odds(2) {
            columns.flags = [.init(columns: [name(), name()])]
        }
        definition.columns = columns
        for heading in columns.values where odds(2) { definition.units[heading] = text() }
        switch numbers.next() % 5 {
        case 0: definition.layout.header = .lines(2)
        case 1: definition.layout.header = .line(5)
        case 2: definition.layout = .init(header: .none, names: Self.texts, skip: 3)
        case 3:
            definition.layout.positions = Self.texts.enumerated().map {
                .init(name: $1, first: $0 * 3 + 1, last: $0 * 3 + Int(1 + numbers.next() % 3))
            }
        default: break
        }
        switch numbers.next() % 4 {
        case 0: definition.numbers = .init(decimalMark: .comma, thousandsSeparators: ["."])
        case 1: definition.numbers = .init(decimalMark: .point, thousandsSeparators: Dialect.apostrophes.union([","]))
        case 2: definition.numbers.thousandsSeparators = odds(2) ? [] : Dialect.spaces
        default: break
        }
        definition.dimensions = [
            .init(id: "row", label: text(), role: .stub, totalCode: text(), totalLabels: texts()),
            .init(id: "col", label: text(), role: .heading),
        ]
        definition.dimensions[1].hasNoTotal = odds(2)
        if odds(2), let key = columns.keys.first {
            definition.dimensions.append(.init(id: key.id ?? "own", label: "l", role: .column(key.columns[0])))
        }
        definition.measures = [
            Measure(
                code: text(), label: text(2), unit: text(2), multiplier: Int(numbers.next() % 3) - 1,
                decimals: Int(numbers.next() % 3), kind: .rate, isAdditive: odds(2) ? odds(2) : nil)
        ]
        if odds(2) { definition.antisymmetric = .init(row: "row", column: "col") }
        if odds(2) {
            definition.audits = [
                .total(dimension: "row", code: text()), .zeroSum(over: "row", dimension: "col", code: text()),
                .antisymmetric(row: "row", column: "col"),
                .sum(dimension: "row", code: "the code", parts: Array(Set(Self.texts)).sorted()),
                .nonNegative(measure: nil), .nonNegative(measure: text()),
            ]
        }
        if odds(3) {
            definition.rounding = .init(base: .init(scaled: 50, decimals: 1), method: odds(2) ? .random : .nearest)
        }
        return definition
    }

    @Test func drawnDefinitionsAreReadBack() throws {
        var numbers = SeededNumbers(77)
        for count in 0..<400 {
            let definition = drawn(&numbers)
            let text = definition.yaml(comments: ["dataset": "*x, *y [[[", "columns.keys": "two\nlines\u{7}"])
            do {
                let again = try parse(text)
                guard again != definition else { continue }
                Issue.record("seed \(numbers.seed), \(count): differs\n\(text)\n\(again.yaml())")
            } catch {
                Issue.record("seed \(numbers.seed), \(count): \(error)\n\(text)")
            }
            return
        }
    }

    @Test func readsAsAPersonWouldWriteIt() throws {
        let text = """
            # Pins how births.csv is read.
            dataset: births
            title: Births by county
            match:
              file: *births*
            header: {lines: 2}
            skip: 4
            columns:
              year: {column: period, day: 12-31}
              # One dimension of two columns.
              keys: [sex, {id: county, of: [STATE, COUNTY], label: CTYNAME, join: "-"}]
              labels: {STATE: STNAME}
              values: [births]
              flags: {births: [OBS_STATUS]}
              ignore: [SUMLEV]
            numbers: {decimal-mark: comma, thousands-separators: [point]}
            units: {births: persons}
            codes: {leading-zeros: join}

            """
        let comments = ["dataset": "Pins how births.csv is read.", "columns.keys": "One dimension of two columns."]
        #expect(try parse(text).yaml(comments: comments) == text)
    }

    @Test func definitionOfTheRepositoryIsReadBack() throws {
        let path = "Config/datasets.d/net-migration-between-counties.yaml"
        let definition = try parse(try #require(RepositoryFiles.text(path)))
        #expect(try parse(definition.yaml()) == definition)
    }

    @Test func longListsStandBelowEachOther() throws {
        var definition = DatasetDefinition(dataset: DatasetID("a")!, file: "a")
        definition.columns.values = (0..<40).map { "value \($0)" }
        let text = definition.yaml()
        #expect(text.hasPrefix("dataset: a\ncolumns:\n  values:\n    - value 0\n    - value 1\n"))
        #expect(try parse(text) == definition)
    }
}
