import Annals
import Archive
import Auditing
import Definitions
import Reading
import SampleTables
import TableReading

/// The founding table, year after year, made up, read and audited as files are.
struct YearlyPages {
    private let definitions: Definitions

    init() { definitions = Definitions.builtIn }

    /// A file and what it comes to.
    struct Page {
        var source: [UInt8]
        var examined: ExaminedDocument
    }

    /// A year of one of many datasets of the same shape.
    ///
    /// - Throws: `Reason` where the page can't be read.
    func page(year: Int, series: Int) throws(Reason) -> Page {
        let source = Array(NetMigrationPage(year: year, seed: UInt64(series)).text.utf8)
        let document = SourceDocument(
            name: "net-migration-\(year).txt", bytes: source, subdirectory: DatasetID("net-migration-\(series)"))
        return Page(source: source, examined: try Intake.examine(document, definitions: definitions))
    }
}

extension PreparedDrop {
    /// What was read from a file that nobody claimed.
    init(examined: ExaminedDocument, source: [UInt8], name: String) throws(ArchiveError) {
        let read = examined.document
        let drop = ReadDrop(
            dataset: read.dataset, title: read.title, source: source,
            years: examined.years.map { ReadYear(table: $0.table, audits: $0.audits, findings: $0.findings) },
            reader: read.reader, encoding: read.encoding, dialect: read.dialect, findings: read.findings,
            published: read.published)
        let claim = ClaimKey(
            path: Array(name.utf8), device: 1, inode: 1, size: Int64(source.count), mtimeNanoseconds: 0,
            ctimeNanoseconds: 0, sha256: ContentHasher.digest(of: source))
        try self.init(claim: claim, content: .read(drop))
    }
}
