import Annals
import Definitions
import Glibc
import TableReading
import TestSupport
import Testing

/// Small inputs, each beside what must come of it: `NAME` and `NAME.expected`, a sidecar where one is needed.
///
/// Every mistake that was corrected adds one. With `ANNAL_RECORD=1` in the environment the expectations are written anew, to be
/// looked at in the difference.
@Suite struct CorpusTests {
    static let folder = "Tests/CorpusTests/Inputs"
    static let names = RepositoryFiles.names(in: folder).filter {
        !$0.hasSuffix(".expected") && !$0.hasSuffix(Sidecar.fileSuffix)
    }

    @Test(arguments: names) func input(name: String) throws {
        let path = "\(Self.folder)/\(name)"
        let bytes = try #require(RepositoryFiles.bytes(path))
        let sidecar = try RepositoryFiles.text(path + Sidecar.fileSuffix).map { try Sidecar.parse($0, file: name) }
        let document = SourceDocument(name: name, bytes: bytes, sidecar: sidecar)
        var lines: [String]
        do throws(Reason) {
            lines = ReadingText.lines(of: try TableReading.read(document, definitions: .builtIn))
        } catch {
            lines = ReadingText.lines(of: error)
        }
        let text = lines.joined(separator: "\n") + "\n"
        if getenv("ANNAL_RECORD") != nil { RepositoryFiles.write(text, to: path + ".expected") }
        #expect(text == RepositoryFiles.text(path + ".expected"), "\(name)")
    }

    @Test func corpusIsThere() { #expect(Self.names.count > 20) }
}
