import Annals
import TestSupport
import Testing

@testable import Definitions

@Suite struct DatasetDefinitionParsingTests {
    @Test func foundingDefinition() throws {
        let path = "datasets.d/net-migration-between-counties.yaml"
        let text = try #require(RepositoryFiles.text("Config/" + path))
        let definitions = try Definitions.load(directory: [(path, text)])
        let definition = try #require(definitions.datasets.first)
        #expect(definition.dataset.slug == "net-migration-between-counties")
        #expect(definition.dimensions.map(\.id) == ["county", "counterpart"])
        #expect(definition.stub?.id == "county")
        #expect(definition.heading?.totalCode == "total")
        let net = Measure(code: "persons", label: "Net migration", unit: "persons", kind: .net, isAdditive: true)
        #expect(definition.measures == [net])
        #expect(definition.periodKind == .flow)
        #expect(definition.antisymmetric == .init(row: "county", column: "counterpart"))
        #expect(
            definition.audits == [
                .total(dimension: "counterpart", code: "total"),
                .zeroSum(over: "county", dimension: "counterpart", code: "total"),
                .antisymmetric(row: "county", column: "counterpart"),
            ])
        #expect(definition.onFailedAudit == .quarantine)
        #expect(definitions.sources.last?.text == text)
    }

    @Test func aDimensionWithoutATotal() throws {
        let text = "dataset: a\ndimensions:\n  - {id: x, role: stub, total: none}\n  - {id: y, role: heading}\n"
        let definition = try #require(try Definitions.load(directory: [("datasets.d/a.yaml", text)]).datasets.first)
        #expect(definition.dimensions.map(\.hasNoTotal) == [true, false])
        #expect(definition.dimensions.map(\.totalCode) == [nil, nil])
    }

    @Test(arguments: [
        ("dataset: a\ndimensions:\n  - {id: x, role: stub, total: many}\n", 3, "must be a mapping"),
        ("dataset: a\ntitel: b\n", 2, "unknown key `titel`"),
        ("title: b\n", 1, "lacks `dataset`"),
        ("dataset: A b\n", 1, "no dataset id"),
        ("dataset: a\ndimensions:\n  - id: x\n    role: side\n", 4, "can't be `side`"),
        ("dataset: a\ndimensions:\n  - id: x\n", 3, "lacks `role`"),
        ("dataset: a\ndimensions:\n  - id: x\n    role: stub\n  - id: x\n    role: heading\n", 2, "has `x` twice"),
        ("dataset: a\nmeasures:\n  - code: x\n    decimals: 19\n", 4, "from 0 to 18"),
        ("dataset: a\nmeasures:\n  - code: x\n    kind: nett\n", 4, "can't be `nett`"),
        ("dataset: a\nantisymmetric: [x, y]\n", 2, "two dimensions"),
        ("dataset: a\naudits:\n  - total: {dimension: x, code: t}\n", 3, "no dimension"),
        ("dataset: a\naudits: [positive]\n", 2, "must be a mapping"),
        ("dataset: a\naudits:\n  - positive: {measure: x}\n", 3, "unknown key `positive`"),
        (
            "dataset: a\ndimensions: [{id: d, role: stub}]\naudits:\n  - sum: {dimension: d, code: x, of: [a, x]}\n", 4,
            "and not itself"
        ),
        (
            "dataset: a\ndimensions: [{id: d, role: stub}]\naudits:\n  - sum: {dimension: d, code: x}\n", 4,
            "`of` must name"
        ),
        ("dataset: a\nrounding: {base: 0, method: nearest}\n", 2, "a base above 0 and a method"),
        ("dataset: a\nrounding: {base: 5}\n", 2, "a base above 0 and a method"),
        ("dataset: a\nrounding: {base: 5, method: up}\n", 2, "can't be `up`"),
        ("dataset: a\nrounding: {base: five, method: random}\n", 2, "must be a number from 0 on"),
        ("dataset: a\nmaterial: {}\n", 2, "says nothing"),
        ("dataset: a\nmaterial: {absolute: -5}\n", 2, "must be a number from 0 on"),
        ("dataset: a\nmaterial: {percent: 5}\n", 2, "unknown key `percent`"),
        ("dataset: a\nperiod: week\n", 2, "can't be `week`"),
        ("dataset: a\ndataset: b\n", 2, "`dataset` twice, in line 1 as well"),
        ("dataset: [a\n", 2, "not YAML"),
        ("dataset: a\nx: &y 1\ntitle: *y\n", 3, "alias"),
        ("- a\n", 1, "must be a mapping"),
    ])
    func errorsNameTheLine(text: String, line: Int, message: String) {
        let error = #expect(throws: DefinitionError.self) {
            try DatasetDefinition.parse(text, file: "datasets.d/x.yaml")
        }
        #expect(error?.line == line, "\(String(describing: error))")
        #expect(error?.message.contains(message) == true, "\(String(describing: error))")
    }

    @Test func auditsRoundingAndToleranceAreRead() throws {
        let definition = try DatasetDefinition.parse(
            """
            dataset: a
            dimensions: [{id: region, role: stub}]
            audits:
              - sum: {dimension: region, code: NO, of: [NO1, NO2]}
              - non-negative
              - non-negative: {measure: births}
            rounding: {base: 2.50, method: random}
            material: {absolute: 5, relative: 0.01}
            """, file: "a")
        #expect(
            definition.audits == [
                .sum(dimension: "region", code: "NO", parts: ["NO1", "NO2"]), .nonNegative(measure: nil),
                .nonNegative(measure: "births"),
            ])
        #expect(
            definition.rounding
                == DeclaredRounding(base: DecimalNumber(scaled: 25, decimals: 1), method: .random))
        #expect(
            definition.tolerance
                == Tolerance(
                    absolute: DecimalNumber(scaled: 5, decimals: 0), relative: DecimalNumber(scaled: 1, decimals: 2)))
        #expect(try DatasetDefinition.parse(definition.yaml(), file: "a") == definition)
    }

    @Test func unknownKeyNamesTheKnownOnes() {
        let error = #expect(throws: DefinitionError.self) {
            try DatasetDefinition.parse("dataset: a\nfoo: 1\n", file: "x.yaml")
        }
        #expect(error?.remedy?.contains("on-failed-audit") == true)
        #expect(error?.description.hasPrefix("x.yaml, line 2: ") == true)
    }

    @Test func unknownDialectAndSecondDefinitionAreRefused() {
        #expect(throws: DefinitionError.self) {
            try Definitions.load(directory: [("datasets.d/a.yaml", "dataset: a\ndialect: klingon\n")])
        }
        #expect(throws: DefinitionError.self) {
            try Definitions.load(directory: [
                ("datasets.d/a.yaml", "dataset: a\n"), ("datasets.d/b.yaml", "dataset: a\n"),
            ])
        }
    }
}
