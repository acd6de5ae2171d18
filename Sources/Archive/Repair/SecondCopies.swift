package import Annals
package import TableCoding

/// Where content can be had again that the log has lost: the files as they were filed away, and the readers.
///
/// What comes from here is believed only where its digest is the one that a commit names, so an answer may be wrong but
/// never harmful. Asked while something is damaged, and by nobody otherwise.
package protocol SecondCopies: Sendable {
    /// The bytes of a file as they were filed away.
    ///
    /// - Throws: Why they can't be had: the file isn't there any more, or can't be read.
    func source(_ file: FiledFile) throws(Reason) -> [UInt8]

    /// The bytes of the sidecar that was filed away with a file.
    ///
    /// - Throws: As `source(_:)`.
    func sidecar(_ digest: Digest, of file: FiledFile) throws(Reason) -> [UInt8]

    /// The text of a dataset definition or a dialect.
    ///
    /// - Throws: Why it can't be had: no text that is in force has the digest.
    func definition(_ digest: Digest) throws(Reason) -> [UInt8]

    /// The tables that a file holds, read the way it was read then; one a year, ascending.
    ///
    /// - Throws: Why it can't be read so.
    func tables(of source: [UInt8], recipe: ReadingRecipe) throws(Reason) -> [Table]
}

/// A file that was taken, by what its commit says of it.
package struct FiledFile: Hashable, Sendable {
    package var dataset: DatasetID
    /// Every year that it carries, ascending.
    package var years: [Int]
    /// Path in the inbox, raw bytes.
    package var path: [UInt8]
    package var sha256: Digest
    /// Bytes.
    package var size: Int64

    package init(dataset: DatasetID, years: [Int], path: [UInt8], sha256: Digest, size: Int64) {
        self.dataset = dataset
        self.years = years
        self.path = path
        self.sha256 = sha256
        self.size = size
    }
}

/// How a file was read: everything beside its bytes that decided what its tables are.
package struct ReadingRecipe: Hashable, Sendable {
    package var file: FiledFile
    /// What of it is recorded.
    package var texts: ReadingTexts
    /// The dialect's name.
    package var dialect: String
    /// The identities that held in its tables.
    package var identities: [Identity]
    /// What its columns were taken for; empty where that isn't recorded.
    package var plan: ReadingPlan
    /// Ids of the dimensions, in the order of its tables.
    package var dimensions: [String]

    package init(
        file: FiledFile, texts: ReadingTexts, dialect: String, identities: [Identity] = [],
        plan: ReadingPlan = ReadingPlan(), dimensions: [String] = []
    ) {
        self.file = file
        self.texts = texts
        self.dialect = dialect
        self.identities = identities
        self.plan = plan
        self.dimensions = dimensions
    }
}

/// For an archive that has nothing but its log.
package struct NoSecondCopies: SecondCopies {
    package init() {}

    package func source(_ file: FiledFile) throws(Reason) -> [UInt8] { throw Self.none }
    package func sidecar(_ digest: Digest, of file: FiledFile) throws(Reason) -> [UInt8] { throw Self.none }
    package func definition(_ digest: Digest) throws(Reason) -> [UInt8] { throw Self.none }
    package func tables(of source: [UInt8], recipe: ReadingRecipe) throws(Reason) -> [Table] { throw Self.none }

    private static let none = Reason("nothing but the log is at hand")
}
