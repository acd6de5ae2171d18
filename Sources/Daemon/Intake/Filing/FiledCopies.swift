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
        let file = recipe.file
        let job = ReaderJob(
            source: SourceRef(path: file.path, size: file.size, sha256: file.sha256), sidecar: recipe.texts.sidecar,
            limits: .none, bound: DatasetBinding(identities: recipe.identities, recorded: recipe.plan),
            dataset: file.dataset)
        let examiner = try Examiner(recorded: recipe.texts, dialect: recipe.dialect, of: file.dataset)
        let tables = try examiner.audited(source, job).years.map { $0.table.ordered(by: recipe.dimensions) }
        // Earlier versions recorded codes that have only blanks, too.
        return tables + tables.compactMap { BlankCodes($0)?.removed() }
    }
}
