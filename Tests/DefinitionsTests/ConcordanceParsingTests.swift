import Annals
import TestSupport
import Testing

@testable import Definitions

@Suite struct ConcordanceParsingTests {
    private static let file = "concordances/regions.csv"

    private func parse(_ text: String, file: String = file) throws -> Concordance {
        try Concordance.parse(text, file: file)
    }

    @Test func headAndRows() throws {
        let concordance = try parse(
            """
            # title: Regions
            # source: an office
            # dimension: [region, other]

            valid_from,from_code,to_code,scope,share
            2012-01-01,a,"b,c",whole,
            # a remark
            2010-07-01, a ,d,part,0.250

            """)
        #expect(concordance.name == "regions")
        #expect(concordance.title == "Regions")
        #expect(concordance.source == "an office")
        #expect(concordance.dimensions == ["region", "other"])
        #expect(concordance.links.map(\.to) == ["d", "b,c"])
        #expect(concordance.links[0].share?.scaled == 25)
        #expect(concordance.links.map(\.line) == [8, 6])
        #expect(try parse("valid_from,from_code,to_code,scope\r\n2012-01-01,a,b,split\r\n").links.count == 1)
    }

    @Test(
        arguments: [
            ("", "holds no concordance", nil),
            ("from_code,to_code,scope\n", "`valid_from`", 1),
            ("valid_from,from_code,to_code,scope,weight\n", "unknown column `weight`", 1),
            ("valid_from,from_code,to_code,scope,scope\n", "`scope` twice", 1),
            ("# x\nvalid_from,from_code,to_code,scope\n2012-02-30,a,b,whole\n", "`valid_from`", 3),
            ("valid_from,from_code,to_code,scope\n2012-01-01,a,b,most\n", "`scope`", 2),
            ("valid_from,from_code,to_code,scope\n2012-01-01,,b,whole\n", "`from_code`", 2),
            ("valid_from,from_code,to_code,scope\n2012-01-01,a,b\n", "3 fields", 2),
            ("valid_from,from_code,to_code,scope\n2012-01-01,\"a,b,whole\n", "quote", 2),
            ("valid_from,from_code,to_code,scope,share\n2012-01-01,a,b,part,1.5\n", "`share`", 2),
            ("valid_from,from_code,to_code,scope,share\n2012-01-01,a,b,part,0\n", "`share`", 2),
            ("valid_from,from_code,to_code,scope,size\n2012-01-01,a,b,part,-1\n", "`size`", 2),
            ("# title: A\n# colour: red\nvalid_from,from_code,to_code,scope\n", "`colour`", 2),
            ("# dimension: A b\nvalid_from,from_code,to_code,scope\n", "`A b`", 1),
        ] as [(String, String, Int?)])
    func errorsNameLineAndKey(text: String, part: String, line: Int?) {
        let error = #expect(throws: DefinitionError.self) { try parse(text) }
        #expect(error?.description.contains(part) == true, "\(error.map(\.description) ?? "")")
        #expect(error?.line == line)
        #expect(error?.file == Self.file)
    }

    @Test func aNameIsASlug() {
        #expect(throws: DefinitionError.self) { try parse("", file: "concordances/My Regions.csv") }
    }

    @Test func compiledInCopiesEqualTheFiles() {
        let names = Definitions.builtInConcordances.map { String($0.path.split(separator: "/").last!) }
        // The long one is a file alone: no shipped definition names it.
        #expect(RepositoryFiles.names(in: "Config/concordances") == (names + ["no-municipality.csv"]).sorted())
        for source in Definitions.builtInConcordances {
            #expect(source.text == RepositoryFiles.text("Config/" + source.path), "\(source.path)")
        }
    }

    /// The handed facts, but for links of codes to themselves.
    @Test func countiesAreThoseHandedOver() throws {
        guard let sample = RepositoryFiles.sample("concordances/no-county.csv") else { return }
        let handed = try parse(String(decoding: sample, as: UTF8.self), file: "no-county.csv")
        let shipped = try #require(Definitions.builtIn.concordances["no-county"])
        func facts(_ concordance: Concordance) -> [String] {
            concordance.links.filter { !$0.isToItself }.map {
                "\($0.validFrom) \($0.from) \($0.to) \($0.scope) \($0.size ?? 0)"
            }
        }
        #expect(facts(shipped) == facts(handed))
        #expect(shipped.dimensions == ["county", "counterpart"])
    }

    /// What is shipped holds wherever it lies, also where somebody copied a definition alone.
    @Test func whatShippedDefinitionsBindIsCompiledIn() throws {
        for name in RepositoryFiles.names(in: "Config/datasets.d") {
            let path = "datasets.d/" + name
            let text = try #require(RepositoryFiles.text("Config/" + path))
            try Definitions.load(directory: [(path, text)]).checkConcordances()
        }
    }

    @Test func aDefinitionBindsOne() throws {
        func definition(_ line: String) throws -> DatasetDefinition {
            try DatasetDefinition.parse("dataset: d\n\(line)\n", file: "datasets.d/d.yaml")
        }
        #expect(try definition("concordance: regions").concordance == ConcordanceBinding(name: "regions"))
        let bound = try definition("concordance: {name: regions, dimensions: [county, other]}")
        #expect(bound.concordance == ConcordanceBinding(name: "regions", dimensions: ["county", "other"]))
        for definition in [bound, try definition("concordance: regions")] {
            #expect(try DatasetDefinition.parse(definition.yaml(), file: definition.file) == definition)
        }
        #expect(throws: DefinitionError.self) { try definition("concordance: {dimensions: [county]}") }
        #expect(throws: DefinitionError.self) { try definition("concordance: {name: a, dimensions: [b, b]}") }
    }

    @Test func whatIsBoundMustBeThere() throws {
        let table = "valid_from,from_code,to_code,scope\n2012-01-01,a,b,whole\n"
        func check(_ binding: String, _ text: String) throws {
            try Definitions.load(directory: [
                ("datasets.d/d.yaml", "dataset: d\nconcordance: \(binding)\n"), ("concordances/regions.csv", text),
            ]).checkConcordances()
        }
        try check("regions", "# dimension: region\n" + table)
        try check("{name: regions, dimensions: [region]}", table)
        #expect(throws: DefinitionError.self) { try check("regions", table) }
        #expect(throws: DefinitionError.self) { try check("others", table) }
    }
}
