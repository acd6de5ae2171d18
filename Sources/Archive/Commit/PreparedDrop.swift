package import Annals
internal import TableCoding

/// A claimed file with everything that can be computed before it is recorded: content encoded, named and compressed.
///
/// Making one takes time in proportion to the file and needs no lock; `Archive.commit` then has little to do.
package struct PreparedDrop: Sendable {
    package let claim: ClaimKey
    package let sidecar: Sidecar?
    let content: Content

    enum Content: Sendable {
        case read(PreparedRead)
        case quarantined(reason: Reason, dataset: DatasetID?, year: Int?)
    }

    /// Encodes what a claimed file came to.
    ///
    /// - Parameters:
    ///   - claim: What was taken from the inbox; its SHA-256 is that of the source bytes, computed as they were read.
    ///   - content: What the file came to.
    ///   - sidecar: What the sidecar beside it says.
    ///   - sidecarBytes: The sidecar itself; stored with the vintages, left to the quarantine folder otherwise.
    /// - Throws: ``ArchiveError/tooLarge(_:)`` where the table has more parts than a commit can name,
    ///   ``ArchiveError/invalid(_:)`` where a table could not be read again,
    ///   ``ArchiveError/sourceMismatch(claimed:found:)``.
    package init(
        claim: ClaimKey, content: DropContent, sidecar: Sidecar? = nil, sidecarBytes: [UInt8]? = nil
    ) throws(ArchiveError) {
        self.claim = claim
        self.sidecar = sidecar
        switch content {
        case .read(let drop):
            self.content = .read(try PreparedRead(drop, sidecarBytes: sidecarBytes, claimed: claim.sha256))
        case .quarantined(let reason, let dataset, let year):
            self.content = .quarantined(reason: reason, dataset: dataset, year: year)
        }
    }
}

/// A readable file, encoded.
struct PreparedRead: Sendable {
    /// What all its years share; its years are still empty, since what became of them is decided on commit.
    let dataset: DatasetID
    let title: String
    let reader: String
    let encoding: String
    let dialect: String
    let definition: Digest?
    let dialectDefinition: Digest?
    let findings: [Finding]
    let published: Instant?
    let source: Digest
    let sidecarBytes: Digest?
    let years: [PreparedYear]
    /// Every blob by its name, those of all years and of the source.
    let blobs: [Digest: Blob]

    init(_ drop: ReadDrop, sidecarBytes: [UInt8]?, claimed: Digest) throws(ArchiveError) {
        let numbers = drop.years.map(\.table.period.year)
        guard !numbers.isEmpty, zip(numbers, numbers.dropFirst()).allSatisfy(<) else {
            throw .invalid("its years are \(numbers), where each is wanted once, ascending")
        }
        var writer = ContentWriter()
        source = try ArchiveError.of { () throws(CodingError) in try writer.add(drop.source, named: claimed) }
        guard source == claimed else { throw .sourceMismatch(claimed: claimed, found: source) }
        (self.sidecarBytes, definition, dialectDefinition) = try ArchiveError.of { () throws(CodingError) in
            (try writer.add(sidecarBytes), try writer.add(drop.definition), try writer.add(drop.dialectDefinition))
        }
        years = try ArchiveError.of { () throws(CodingError) in
            var years: [PreparedYear] = []
            for year in drop.years {
                years.append(PreparedYear(read: year, content: try TableCodec.encode(year.table, into: &writer)))
            }
            return years
        }
        blobs = Dictionary(writer.blobs.map { ($0.digest, $0) }, uniquingKeysWith: { first, _ in first })
        dataset = drop.dataset
        title = drop.title
        reader = drop.reader
        encoding = drop.encoding
        dialect = drop.dialect
        findings = drop.findings
        published = drop.published
    }
}

/// One year's table, encoded.
struct PreparedYear: Sendable {
    let read: ReadYear
    let content: TableContent

    var table: Table { read.table }
}
