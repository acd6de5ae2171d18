import Annals
import Archive
import Definitions
import RecordLog
import TableCoding
import TestSupport
import Testing

@testable import Daemon

/// What the folders of the inbox say about a file.
@Suite struct FolderDatasetTests {
    private let catalog: Catalog
    private let definitions: Definitions

    /// An archive that has `births`, and a definition of `flows`.
    init() throws {
        let archive = try Archive(log: MemoryLog()) { Instant(microseconds: 1) }
        let table = Samples.table(year: 2010)
        let facts = DropFacts(
            dataset: DatasetID("births")!, title: "Births", reader: "delimited", encoding: "UTF-8", dialect: "generic")
        _ = try archive.commit(
            Examined(
                SourceRef(path: Array("t".utf8), size: 1, sha256: ContentHasher.digest(of: [1])), bytes: [1],
                facts: facts,
                years: [(table, [], [])]))
        catalog = archive.catalog
        definitions = try Definitions.load(directory: [("datasets.d/flows.yaml", "dataset: flows\n")])
    }

    private func folder(_ path: String) -> FolderDataset {
        FolderDataset(of: SourceRef(path: Array(path.utf8), size: 1, sha256: .zero), in: catalog, definitions)
    }

    @Test(arguments: [
        ("t.csv", nil), ("births/t.csv", "births"), ("flows/t.csv", "flows"), ("births/april/t.csv", "births"),
        ("flows/2011/births/x/t.csv", "births"), ("2011/t.csv", nil), ("march/t.csv", nil), ("Births/t.csv", nil),
    ])
    func `the nearest folder that is called as a dataset gives it`(path: String, dataset: String?) {
        #expect(folder(path).dataset?.slug == dataset)
        #expect((folder(path).finding != nil) == (dataset == nil && path.contains("/")))
    }

    @Test func `where none is, that is said`() {
        let finding = folder("2011/march/t.csv").finding
        #expect(finding?.code == "folder-names-no-dataset")
        #expect(finding?.message.hasPrefix("No dataset is called `march` or `2011`, so that the folder") == true)
    }
}
