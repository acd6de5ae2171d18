package import Annals
package import Definitions

/// Everything that a reader may look at.
package struct ReaderInput: Sendable {
    package let document: SourceDocument
    package var definitions: Definitions
    /// The roles that the dataset's latest file had.
    package var bound: ReadingPlan?
    package var limits: ReadingLimits
    /// The text, or why the bytes are none; a reader of binary formats looks at `document.bytes`.
    package var text: Result<DecodedText, Reason>
    /// Whether to keep where each cell came from.
    package var wantsOrigins: Bool
    /// What the file's name tells.
    let fileName: FileName

    package init(
        document: SourceDocument, definitions: Definitions, bound: ReadingPlan? = nil, limits: ReadingLimits,
        text: Result<DecodedText, Reason>, wantsOrigins: Bool = false
    ) {
        self.document = document
        self.definitions = definitions
        self.bound = bound
        self.limits = limits
        self.text = text
        self.wantsOrigins = wantsOrigins
        fileName = FileName(document.name)
    }
}

/// Whether a file is of the form that a reader reads.
package enum Opening: Sendable {
    /// The file as far as it was looked at; read it with that.
    case accepts(any OpenedFile)
    /// Why not, as the rest of a sentence that begins with the reader's name.
    case declines(String)
}

/// A file that a reader took, with all that it found out on the way: nothing is decoded, split or surveyed again.
package protocol OpenedFile: Sendable {
    /// - Throws: Why the file can't be taken.
    func read() throws(Reason) -> Reading
}

/// What a reader made of a file.
package struct Reading: Sendable {
    package var dataset: DatasetID
    package var title: String
    package var tables: [Table]
    package var dialect: String
    package var definition: DatasetDefinition?
    package var findings: [Finding]
    package var published: Instant?
    /// The agency's own id of the table, where the format has a place for it.
    package var agencyID: String?
    /// What each column was taken for, and why.
    package var plan: ReadingPlan
    /// One a table, where the input wanted them.
    package var origins: [CellOrigins]

    package init(
        dataset: DatasetID, title: String, tables: [Table], dialect: String, definition: DatasetDefinition?,
        findings: [Finding], published: Instant? = nil, agencyID: String? = nil, plan: ReadingPlan = ReadingPlan(),
        origins: [CellOrigins] = []
    ) {
        self.dataset = dataset
        self.title = title
        self.tables = tables
        self.dialect = dialect
        self.definition = definition
        self.findings = findings
        self.published = published
        self.agencyID = agencyID
        self.plan = plan
        self.origins = origins
    }
}

/// Reads one format.
///
/// The plug-in point: a new format is a new conformance and one more line in ``TableReading/readers``. The first reader
/// that accepts a file reads it; its refusal is the file's. Where all decline, the refusal names what each one said.
package protocol TableReader: Sendable {
    /// A slug: `page-text`.
    var name: String { get }

    /// Looks whether the file is for this reader; must be cheap, since every reader is asked.
    func open(_ input: ReaderInput) -> Opening
}
