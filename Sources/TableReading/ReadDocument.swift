package import Annals
package import Definitions

/// What a file says: one table a year, and how it was read.
package struct ReadDocument: Sendable {
    package var dataset: DatasetID
    /// As printed, without table number, year and footnote marks.
    package var title: String
    /// One a year, ascending.
    package var tables: [Table]
    /// The reader's name: `page-text`, `delimited`.
    package var reader: String
    /// The encoding by name: `UTF-8`, `UTF-16LE`, `windows-1252`.
    package var encoding: String
    package var dialect: String
    package var definition: DatasetDefinition?
    /// About the file as a whole, in the order of their lines.
    package var findings: [Finding]
    /// The file's own date of publication.
    package var published: Instant?

    package init(
        dataset: DatasetID, title: String, tables: [Table], reader: String, encoding: String, dialect: String,
        definition: DatasetDefinition? = nil, findings: [Finding] = [], published: Instant? = nil
    ) {
        self.dataset = dataset
        self.title = title
        self.tables = tables
        self.reader = reader
        self.encoding = encoding
        self.dialect = dialect
        self.definition = definition
        self.findings = findings
        self.published = published
    }
}
