import TestSupport
import Testing

@testable import Definitions

@Suite struct DocumentedDefinitionsTests {
    /// Whatever the documentation shows as a dataset's definition can be pasted.
    @Test func examplesAreTaken() throws {
        let page = try #require(RepositoryFiles.text("docs/formats/definitions.md"))
        let blocks = page.split(separator: "```yaml\n").dropFirst().compactMap { $0.split(separator: "```").first }
        let definitions = blocks.filter { $0.hasPrefix("dataset:") }
        #expect(definitions.count == 3)
        for text in definitions {
            let definition = try DatasetDefinition.parse(String(text), file: "a")
            #expect(try DatasetDefinition.parse(definition.yaml(), file: "a") == definition)
        }
    }

    /// Whoever has to name a dialect finds it there.
    @Test func everyDialectIsListed() throws {
        let page = try #require(RepositoryFiles.text("docs/formats/definitions.md"))
        let section = try #require(page.split(separator: "\n## A dialect\n").last?.split(separator: "\n## ").first)
        for name in Definitions.builtIn.dialects.keys { #expect(section.contains("`\(name)`"), "\(name)") }
    }
}
