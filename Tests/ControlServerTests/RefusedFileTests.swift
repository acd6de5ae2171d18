import Annals
import Archive
import Definitions
import Reading
import TableCoding
import Testing

/// A file that can't be read is known by what lies around it.
@Suite struct RefusedFileTests {
    private func refusal(_ sidecar: String?, in folder: DatasetID? = nil) -> Examined.Refusal? {
        let bytes = Array("region,value\na,1\na,2\n".utf8)
        let source = SourceRef(
            path: Array("pop.csv".utf8), size: Int64(bytes.count), sha256: ContentHasher.digest(of: bytes))
        let job = ReaderJob(source: source, sidecar: sidecar.map { Array($0.utf8) }, dataset: folder)
        guard case .refused(let refusal) = Examiner(definitions: .builtIn).examine(bytes, job).content else {
            return nil
        }
        return refusal
    }

    @Test func sidecarAndFolderTellWhoseItIs() throws {
        let named = try #require(refusal("dataset: pop\nyear: 2011\n"))
        #expect(named.dataset == DatasetID("pop") && named.year == 2011)
        let folder = try #require(refusal("year: 2011\n", in: DatasetID("people")))
        #expect(folder.dataset == DatasetID("people") && folder.year == 2011)
        #expect(try #require(refusal(nil)).dataset == nil)
        // A sidecar that can't be read itself tells nothing.
        let broken = try #require(refusal("dataset: [", in: DatasetID("people")))
        #expect(broken.dataset == DatasetID("people") && broken.year == nil)
    }
}
