import Annals
import Archive
import Auditing
import Definitions
import Inbox
import Reading
internal import TableCoding
import TableReading

/// Second copies of what the log holds: the files in `done/`, and the readers.
struct FiledCopies: SecondCopies {
    let files: FiledFiles
    /// What is in force now: its texts are asked where the log has lost one.
    let definitions: Definitions

    init(statePath: String, definitions: Definitions) {
        files = FiledFiles(statePath: statePath)
        self.definitions = definitions
    }

    func source(_ file: FiledFile) throws(Reason) -> [UInt8] {
        try files.bytes(
            of: file.sha256, years: Filing.yearsName(file.years), dataset: file.dataset, size: file.size)
    }

    func sidecar(_ digest: Digest, of file: FiledFile) throws(Reason) -> [UInt8] {
        try files.bytes(of: digest, years: Filing.yearsName(file.years), dataset: file.dataset, size: nil)
    }

    func definition(_ digest: Digest) throws(Reason) -> [UInt8] {
        for source in definitions.sources {
            let text = Array(source.text.utf8)
            if ContentHasher.digest(of: text) == digest { return text }
        }
        throw Reason("no definition in force has the text \(digest.hex.prefix(8)) any more")
    }

    func tables(of source: [UInt8], recipe: ReadingRecipe) throws(Reason) -> [Table] {
        let document = SourceDocument(
            name: EscapedName.text(RawPath.name(of: recipe.file.path)), bytes: source,
            subdirectory: RawPath.parent(of: recipe.file.path).flatMap { parent in
                DatasetID(String(decoding: RawPath.name(of: parent), as: UTF8.self))
            },
            sidecar: try sidecar(recipe))
        let examined = try Intake.examine(
            document, definitions: try definitions(of: recipe), limits: Self.noLimits
        ) { _ in recipe.identities }
        return examined.years.map(\.table)
    }

    /// It was accepted once, under whatever limits held then.
    private static let noLimits = ReadingLimits(
        fileBytes: .max, lineBytes: .max, cells: .max, categories: .max, years: .max)

    private func sidecar(_ recipe: ReadingRecipe) throws(Reason) -> Sidecar? {
        guard let bytes = recipe.sidecar else { return nil }
        do throws(DefinitionError) {
            return try Sidecar.parse(String(decoding: bytes, as: UTF8.self), file: "sidecar")
        } catch {
            throw Reason("its sidecar can't be used any more: \(error.message)", line: error.line)
        }
    }

    /// The texts that it was read with and no others.
    private func definitions(of recipe: ReadingRecipe) throws(Reason) -> Definitions {
        var texts: [(path: String, text: String)] = []
        if let dialect = recipe.dialectText {
            texts.append(("dialects/\(recipe.dialect).yaml", String(decoding: dialect, as: UTF8.self)))
        }
        if let definition = recipe.definition {
            let path = "datasets.d/\(recipe.file.dataset).yaml"
            texts.append((path, String(decoding: definition, as: UTF8.self)))
        }
        do throws(DefinitionError) {
            return try Definitions.load(directory: texts)
        } catch {
            throw Reason("what it was read with can't be used any more: \(error)")
        }
    }
}
