import Annals
import Definitions
import TableReading
import Testing

/// The definition that `annalctl define` prints for a file reads as a definition, and the file under it as before.
@Suite struct DefinitionDraftTests {
    @Test(arguments: ReadingCase.all) func pinsTheReading(file: ReadingCase) throws {
        // What is refused has no reading to be pinned; its remedies are tried by `RemedyTests`.
        guard let document = try? file.read() else { return }
        let draft = DefinitionDraft(document, fileName: file.name)
        let definitions = try file.definitions.replacing(draft.yaml, path: "datasets.d/draft.yaml")
        do throws(Reason) {
            let pinned = try file.read(definitions)
            #expect(pinned.difference(from: document) == nil, "\(file.id)\n\(draft.yaml)")
            #expect(pinned.definition?.dataset == document.facts.dataset, "\(file.id)\n\(draft.yaml)")
        } catch {
            Issue.record("\(file.id) is refused: \(error)\n\(draft.yaml)")
        }
    }

    @Test func readsBackAsWritten() throws {
        for file in ReadingCase.all {
            // What is refused has no reading to be written down.
            guard let document = try? file.read() else { continue }
            let draft = DefinitionDraft(document, fileName: file.name)
            #expect(try DatasetDefinition.parse(draft.yaml, file: "") == draft.definition, "\(file.id)\n\(draft.yaml)")
        }
    }

    private func draft(_ text: String, _ name: String) throws(Reason) -> DefinitionDraft {
        let document = try TableReading.read(
            SourceDocument(name: name, bytes: Array(text.utf8)), definitions: .builtIn)
        return DefinitionDraft(document, fileName: name)
    }

    @Test func rolesAndEvidence() throws {
        let draft = try draft(
            """
            ,kommunenr,kommune,sex,year,births,flag
            0,0301,Oslo,F,2010,120,
            1,0301,Oslo,M,2010,131,
            2,0301,Oslo,F,2011,122,
            3,0301,Oslo,M,2011,129,
            4,1103,Stavanger,F,2010,20,
            5,1103,Stavanger,M,2010,31,
            6,1103,Stavanger,F,2011,22,
            7,1103,Stavanger,M,2011,29,
            """, "births_2011.csv")
        let definition = draft.definition
        #expect(definition.match.files == ["births_*.csv"])
        #expect(draft.yaml.contains("file: births_*.csv\n"))
        #expect(definition.columns.year?.column == "year")
        #expect(definition.columns.keys == [.init(columns: ["kommunenr"], label: "kommune"), .init(columns: ["sex"])])
        #expect(definition.columns.values == ["births"])
    }

    @Test func oneDefinitionForSeveralFiles() throws {
        var merged = try draft("region;sex;births\nNorth;F;12\nNorth;M;14\nSouth;F;20\nSouth;M;21\n", "births-2010.csv")
        #expect(
            try merged.merge(
                draft("region;sex;births\nNorth;F;15\nNorth;M;11\nSouth;F;23\nSouth;M;25\n", "births-2011.csv")) == [])
        #expect(merged.definition.match.files == ["births-*.csv"])
        let differences = try merged.merge(
            draft("region;births\nNorth;15\nSouth;23\n", "births-2012.csv"))
        #expect(differences.contains { $0.contains("sex") })
    }
}
