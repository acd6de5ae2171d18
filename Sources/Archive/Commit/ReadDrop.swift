package import Annals

/// One year's table as it was read and audited.
package struct ReadYear: Sendable {
    package var table: Table
    package var audits: [Audit]
    package var findings: [Finding]

    package init(table: Table, audits: [Audit] = [], findings: [Finding] = []) {
        self.table = table
        self.audits = audits
        self.findings = findings
    }
}

/// Everything that a readable file came to, before it is encoded for the log.
package struct ReadDrop: Sendable {
    package var dataset: DatasetID
    /// The dataset's title, without the year.
    package var title: String
    /// The file's bytes as they were claimed.
    package var source: [UInt8]
    /// One a year, ascending; at least one.
    package var years: [ReadYear]
    /// Which reader took it, `page-text` say.
    ///
    /// Answers call it the source's format.
    package var reader: String
    package var encoding: String
    package var dialect: String
    /// The text of the dataset's definition, where one applied.
    ///
    /// It and the dialect's become content of the log, so that reading the source again needs nothing else.
    package var definition: [UInt8]?
    /// The text of the dialect.
    package var dialectDefinition: [UInt8]?
    /// What the reader noticed about the file as a whole.
    package var findings: [Finding]
    /// When the file says that it was published; a sidecar's date goes before it.
    package var published: Instant?
    /// Whether a definition names what is counted, whatever the dataset's other tables say.
    package var measuresAreDeclared: Bool

    package init(
        dataset: DatasetID, title: String, source: [UInt8], years: [ReadYear], reader: String, encoding: String,
        dialect: String, definition: [UInt8]? = nil, dialectDefinition: [UInt8]? = nil, findings: [Finding] = [],
        published: Instant? = nil, measuresAreDeclared: Bool = false
    ) {
        self.dataset = dataset
        self.title = title
        self.source = source
        self.years = years
        self.reader = reader
        self.encoding = encoding
        self.dialect = dialect
        self.definition = definition
        self.dialectDefinition = dialectDefinition
        self.findings = findings
        self.published = published
        self.measuresAreDeclared = measuresAreDeclared
    }
}

/// What a claimed file came to: tables, or the reason why not.
package enum DropContent: Sendable {
    case read(ReadDrop)
    /// Taken aside whole; dataset and year where they were made out before it failed.
    case quarantined(reason: Reason, dataset: DatasetID? = nil, year: Int? = nil)
}
