package import Annals

/// One year's table of a file: completed where it is half printed, with what its figures prove.
package struct ExaminedYear: Hashable, Sendable {
    package var table: Table
    package var audits: [Audit]
    package var findings: [Finding]
    /// The names of what its table is made of, among the blobs of the file.
    package var content: TableContent

    package init(table: Table, audits: [Audit] = [], findings: [Finding] = [], content: TableContent) {
        self.table = table
        self.audits = audits
        self.findings = findings
        self.content = content
    }
}

/// What a claimed file came to, before anybody asks what the archive holds: everything that is known of the bytes alone,
/// encoded for the log.
///
/// It crosses a process boundary (``encoded``, ``init(decoding:)``), and what arrives is believed no more than a file.
package struct Examined: Sendable {
    /// A file that could be read whole.
    package struct Tables: Sendable {
        package var facts: DropFacts
        /// When the file itself says that it was published; a sidecar's date goes before it.
        package var published: Instant?
        /// Name of the file's bytes: their SHA-256.
        package var source: Digest
        /// Name of the sidecar's bytes.
        package var sidecarBytes: Digest?
        /// Whether a definition names what is counted, whatever the dataset's other tables say.
        package var measuresAreDeclared: Bool
        /// Whether it says with how many decimals: else `13.0` and `13` are one figure.
        package var decimalsAreDeclared: Bool
        /// Ascending, each once; at least one.
        package var years: [ExaminedYear]

        package init(
            facts: DropFacts, published: Instant? = nil, source: Digest, sidecarBytes: Digest? = nil,
            measuresAreDeclared: Bool = false, decimalsAreDeclared: Bool = false, years: [ExaminedYear]
        ) {
            self.facts = facts
            self.published = published
            self.source = source
            self.sidecarBytes = sidecarBytes
            self.measuresAreDeclared = measuresAreDeclared
            self.decimalsAreDeclared = decimalsAreDeclared
            self.years = years
        }
    }

    /// Why a file can't be taken, whatever the archive holds.
    package struct Refusal: Hashable, Sendable {
        package var reason: Reason
        /// Where they were made out before it failed.
        package var dataset: DatasetID?
        package var year: Int?
        /// Its figures contradict themselves: what an earlier vintage is known to satisfy may say more about how.
        package var isOfFigures: Bool

        package init(_ reason: Reason, dataset: DatasetID? = nil, year: Int? = nil, isOfFigures: Bool = false) {
            self.reason = reason
            self.dataset = dataset
            self.year = year
            self.isOfFigures = isOfFigures
        }
    }

    /// What a file came to.
    package enum Content: Sendable {
        case tables(Tables)
        case refused(Refusal)
    }

    /// Which file it is, as it was claimed; whoever decodes an answer says so, not whoever gives it.
    package var file: SourceRef
    /// What lay beside the file, where that could be read.
    package var sidecar: Sidecar?
    package var content: Content
    /// What its dataset was known to bind it to when it was examined.
    package var bound = DatasetBinding.none
    /// What was noticed about how it arrived; it keeps nothing from being taken.
    package var arrival: [Finding] = []
    /// When the first of the files was recorded that came after it and didn't wait for it; nil where none was.
    package var overtaken: Instant?
    /// Everything that the log is to hold of the file, by its name: source, tables, and the texts it was read with.
    package var blobs: [Digest: Blob]

    package init(_ file: SourceRef, sidecar: Sidecar? = nil, content: Content, blobs: [Blob] = []) {
        self.file = file
        self.sidecar = sidecar
        self.content = content
        self.blobs = Dictionary(blobs.map { ($0.digest, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What it says, where it can be taken.
    package var tables: Tables? {
        guard case .tables(let tables) = content else { return nil }
        return tables
    }

    /// A file that can't be taken.
    package init(_ file: SourceRef, refused reason: Reason, sidecar: Sidecar? = nil) {
        self.init(file, sidecar: sidecar, content: .refused(Refusal(reason)))
    }
}

/// The texts that a file was read with, which become content of the log beside it: reading it again needs nothing else.
package struct ReadingTexts: Hashable, Sendable {
    /// The sidecar's bytes.
    package var sidecar: [UInt8]?
    /// The definition of the dataset, where one applied.
    package var definition: [UInt8]?
    package var dialect: [UInt8]?

    package init(sidecar: [UInt8]? = nil, definition: [UInt8]? = nil, dialect: [UInt8]? = nil) {
        self.sidecar = sidecar
        self.definition = definition
        self.dialect = dialect
    }
}

extension Examined {
    /// A year as it was read and audited, not yet encoded.
    package typealias AuditedYear = (table: Table, audits: [Audit], findings: [Finding])

    /// Encodes what a readable file says.
    ///
    /// - Parameters:
    ///   - file: Which file it is.
    ///   - bytes: Its bytes.
    ///   - facts: How it was read; the names of texts are filled in.
    ///   - published: When the file itself says that it was published.
    ///   - sidecar: What the sidecar says.
    ///   - texts: What it was read with.
    ///   - measuresAreDeclared: Whether a definition names what is counted.
    ///   - decimalsAreDeclared: Whether it says with how many decimals.
    ///   - recurring: What was encoded before.
    ///   - years: Ascending, each once; at least one.
    /// - Throws: ``CodingError/tooLarge(_:)`` and ``CodingError/invalid(_:)`` where a table could not be decoded again.
    package init(
        _ file: SourceRef, bytes: [UInt8], facts: DropFacts, published: Instant? = nil, sidecar: Sidecar? = nil,
        texts: ReadingTexts = ReadingTexts(), measuresAreDeclared: Bool = false, decimalsAreDeclared: Bool = false,
        recurring: RecurringContent? = nil, years: [AuditedYear]
    ) throws(CodingError) {
        let numbers = years.map(\.table.period.year)
        guard !numbers.isEmpty, zip(numbers, numbers.dropFirst()).allSatisfy(<) else {
            throw .invalid("its years are \(numbers), where each is wanted once, ascending")
        }
        var writer = ContentWriter(recurring: recurring)
        let source = try writer.add(bytes)
        var facts = facts
        facts.definition = try writer.add(texts.definition)
        facts.dialectDefinition = try writer.add(texts.dialect)
        let sidecarBytes = try writer.add(texts.sidecar)
        var encoded: [ExaminedYear] = []
        for year in years {
            let content = try TableCodec.encode(year.table, into: &writer)
            encoded.append(
                ExaminedYear(table: year.table, audits: year.audits, findings: year.findings, content: content))
        }
        let tables = Tables(
            facts: facts, published: published, source: source, sidecarBytes: sidecarBytes,
            measuresAreDeclared: measuresAreDeclared, decimalsAreDeclared: decimalsAreDeclared, years: encoded)
        self.init(file, sidecar: sidecar, content: .tables(tables), blobs: writer.blobs)
    }
}
