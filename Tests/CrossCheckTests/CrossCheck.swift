import Annals
import Definitions
import TableReading
import TestSupport
import Testing

/// Files of one format, read by us and by somebody else.
struct CrossCheck {
    /// Where our own inputs lie.
    static let corpus = ["Tests/CorpusTests/Inputs"]

    /// The module of `Python/` that reads the format.
    var format: String
    /// How their names end, in lower case.
    var suffixes: [String]
    /// From the root of the repository; where one is absent, nothing of it is compared.
    var folders: [String]
    /// The only reader of ours whose files are compared; nil for any.
    var reader: String?
    /// Names of files that the other reader can't read, or reads wrongly, each with the reason.
    var exceptions: [String: String] = [:]

    /// Compares every cell of every file that we read; what we refuse is nobody's to compare.
    func run() async throws {
        var documents: [String: ReadDocument] = [:]
        var refused = 0
        for path in paths {
            guard let bytes = RepositoryFiles.bytes(path) else { continue }
            let name = String(path.split(separator: "/").last ?? "")
            let sidecar = try RepositoryFiles.text(path + Sidecar.fileSuffix).map { try Sidecar.parse($0, file: name) }
            let document = SourceDocument(name: name, bytes: bytes, sidecar: sidecar)
            do throws(Reason) {
                let read = try TableReading.read(document, definitions: .builtIn)
                // A workbook may be called as a page is.
                if reader == nil || read.facts.reader == reader { documents[path] = read }
            } catch {
                refused += 1
            }
        }
        let asked = documents.keys.sorted()
        let full = asked.map { RepositoryFiles.root + "/" + $0 }
        guard let outcomes = try await IndependentReader.read(format, full) else { return }
        var compared = 0
        for (path, fullPath) in zip(asked, full) {
            guard let document = documents[path], let outcome = outcomes[fullPath] else {
                Issue.record("\(path): the other reader says nothing of it")
                continue
            }
            let name = String(path.split(separator: "/").last ?? "")
            switch outcome {
            case .unreadable(let why): #expect(exceptions[name] != nil, "\(path): \(why)")
            case .cells(let cells):
                let comparison = CellComparison(document, cells)
                compared += comparison.compared
                guard exceptions[name] == nil else { continue }
                #expect(comparison.differences.isEmpty, "\(path): \(comparison.differences.prefix(5))")
                #expect(comparison.compared > 0, "\(path)")
            }
        }
        print("\(format): \(asked.count) files read, \(refused) refused, \(compared) cells compared")
        #expect(compared > 0)
    }

    private var paths: [String] {
        folders.flatMap { folder in
            RepositoryFiles.paths(below: folder).filter { path in
                let name = path.lowercased()
                return suffixes.contains { name.hasSuffix($0) }
            }
        }
    }
}
