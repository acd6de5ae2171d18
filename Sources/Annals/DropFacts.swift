/// What is known of a drop besides its figures: which dataset it is of, and how it was read.
///
/// Every step from the reader to the catalog carries these in one piece.
package struct DropFacts: Hashable, Sendable {
    package var dataset: DatasetID
    /// The dataset's title, without table number, year and footnote marks.
    package var title: String
    /// Which reader took the file: `page-text`, `delimited`.
    ///
    /// Answers call it the source's format.
    package var reader: String
    /// By name: `UTF-8`, `UTF-16LE`, `windows-1252`.
    package var encoding: String
    package var dialect: String
    /// Name of the text of the dataset's definition, where one applied.
    package var definition: Digest?
    /// Name of the text of the dialect.
    package var dialectDefinition: Digest?
    /// What each of its columns was taken for; empty where that isn't recorded.
    package var plan: ReadingPlan
    /// About the file as a whole.
    package var findings: [Finding]

    package init(
        dataset: DatasetID, title: String, reader: String, encoding: String, dialect: String,
        definition: Digest? = nil, dialectDefinition: Digest? = nil, plan: ReadingPlan = ReadingPlan(),
        findings: [Finding] = []
    ) {
        self.dataset = dataset
        self.title = title
        self.reader = reader
        self.encoding = encoding
        self.dialect = dialect
        self.definition = definition
        self.dialectDefinition = dialectDefinition
        self.plan = plan
        self.findings = findings
    }
}
