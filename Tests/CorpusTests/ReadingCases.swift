import Annals
import Definitions
import TableReading
import TestSupport
import Testing

/// Files with what lies beside them: those of the corpus, and those of the handed cases where the folder is there.
struct ReadingCase: CustomTestStringConvertible, Sendable {
    /// Folder and name.
    var id: String
    var name: String
    var bytes: [UInt8]
    var sidecar: Sidecar?
    var definitions: Definitions

    var testDescription: String { id }

    /// Reads it, with other definitions or another sidecar where they are given.
    func read(_ definitions: Definitions? = nil, sidecar: Sidecar? = nil) throws(Reason) -> ReadDocument {
        try TableReading.read(
            SourceDocument(name: name, bytes: bytes, sidecar: sidecar ?? self.sidecar),
            definitions: definitions ?? self.definitions)
    }

    static let all: [ReadingCase] = corpus + handed

    static let corpus: [ReadingCase] = inputs(in: CorpusTests.folder, definitions: .builtIn)

    /// The cases that are handed out beside the repository; says so where they are absent.
    static let handed: [ReadingCase] = {
        let folder = "../shared/cases/reading/inputs"
        let names = RepositoryFiles.names(in: folder)
        if names.isEmpty { print("skipped: \(folder) is absent") }
        return names.flatMap { name in
            inputs(in: "\(folder)/\(name)", definitions: definitions(beside: "\(folder)/\(name)/config"))
        }
    }()

    private static func inputs(in folder: String, definitions: Definitions?) -> [ReadingCase] {
        guard let definitions else { return [] }
        return RepositoryFiles.names(in: folder).compactMap { name in
            guard name != "config", !name.hasSuffix(".expected"), !name.hasSuffix(Sidecar.fileSuffix),
                let bytes = RepositoryFiles.bytes("\(folder)/\(name)")
            else { return nil }
            let text = RepositoryFiles.text("\(folder)/\(name)\(Sidecar.fileSuffix)")
            // A sidecar that can't be read is a case of its own, and tried by `annalctl`.
            guard let sidecar = try? text.map({ try Sidecar.parse($0, file: name) }) ?? Sidecar() else { return nil }
            let id = "\(folder.split(separator: "/").last ?? "")/\(name)"
            return ReadingCase(
                id: id, name: name, bytes: bytes, sidecar: text == nil ? nil : sidecar, definitions: definitions)
        }
    }

    private static func definitions(beside folder: String) -> Definitions? {
        let texts = ["datasets.d", "dialects"].flatMap { part in
            RepositoryFiles.names(in: "\(folder)/\(part)").compactMap { name in
                RepositoryFiles.text("\(folder)/\(part)/\(name)").map { (path: "\(part)/\(name)", text: $0) }
            }
        }
        // Definitions that can't be read are a case of their own, and tried by `annalctl`.
        return try? Definitions.load(directory: texts)
    }
}
