import Annals
import Archive
import Auditing
import Definitions
import Inbox
import Logging
import Reading
import TableReading

/// What is made of a claimed file: the tables to commit, or the reason to keep it apart.
///
/// A pure function of the file, the configuration, and what the archive holds, the drops before it in the batch included.
struct DropReading {
    var batch: ArchiveBatch
    var configuration: Configuration

    /// Reads and audits a claimed file and encodes what it came to.
    ///
    /// - Throws: `ArchiveError` for what is not the file's fault.
    func prepare(_ file: ClaimedFile, claim: ClaimKey) throws(ArchiveError) -> PreparedDrop {
        var sidecar: Sidecar?
        var content: DropContent
        do throws(Reason) {
            sidecar = try parsedSidecar(of: file)
            content = try read(file, sidecar: sidecar)
        } catch {
            content = .quarantined(reason: error)
        }
        if let strange = try discontinuity(of: content) { content = strange }
        do throws(ArchiveError) {
            return try PreparedDrop(claim: claim, content: content, sidecar: sidecar, sidecarBytes: file.sidecar?.bytes)
        } catch .tooLarge(let what) {
            let reason = Reason(
                "The table is too large to be recorded: \(what)", remedy: "Split the file, by year for example")
            return try PreparedDrop(claim: claim, content: .quarantined(reason: reason), sidecar: sidecar)
        }
    }

    private func read(_ file: ClaimedFile, sidecar: Sidecar?) throws(Reason) -> DropContent {
        switch file.content {
        case .refused(let reason): throw reason
        case .bytes(let bytes):
            return try examined(
                SourceDocument(
                    name: EscapedName.text(file.arrival.name), bytes: bytes, subdirectory: file.arrival.subdirectory,
                    sidecar: sidecar))
        }
    }

    private func examined(_ document: SourceDocument) throws(Reason) -> DropContent {
        let definitions = configuration.definitions
        let examined = try Intake.examine(document, definitions: definitions, limits: limits) { dataset in
            batch.boundIdentities(dataset)
        }
        let read = examined.document
        let year = read.tables.count == 1 ? read.tables[0].period.year : nil
        if let reason = examined.failure {
            return .quarantined(reason: reason, dataset: read.dataset, year: year)
        }
        return .read(
            ReadDrop(
                dataset: read.dataset, title: read.title, source: document.bytes,
                years: examined.years.map { ReadYear(table: $0.table, audits: $0.audits, findings: $0.findings) },
                reader: read.reader, encoding: read.encoding, dialect: read.dialect,
                definition: read.definition.flatMap { definitions.text(of: $0) }.map { Array($0.utf8) },
                dialectDefinition: definitions.text(ofDialect: read.dialect).map { Array($0.utf8) },
                findings: read.findings, published: read.published,
                measuresAreDeclared: read.definition?.measures.isEmpty == false))
    }

    /// The same drop taken aside, where one of its tables can't continue the dataset that it landed on.
    private func discontinuity(of content: DropContent) throws(ArchiveError) -> DropContent? {
        guard case .read(let drop) = content else { return nil }
        for year in drop.years {
            if let reason = try batch.continuity(
                of: year.table, dataset: drop.dataset, measuresAreDeclared: drop.measuresAreDeclared)
            {
                return .quarantined(reason: reason, dataset: drop.dataset, year: year.table.period.year)
            }
        }
        return nil
    }

    private var limits: ReadingLimits {
        let settings = configuration.settings
        return ReadingLimits(
            fileBytes: settings.fileBytes, lineBytes: settings.lineBytes, cells: settings.cells,
            categories: settings.categories)
    }

    private func parsedSidecar(of file: ClaimedFile) throws(Reason) -> Sidecar? {
        guard let claimed = file.sidecar else { return nil }
        let name = EscapedName.text(claimed.name)
        guard let text = String(validating: claimed.bytes, as: UTF8.self) else {
            throw Reason(
                "The sidecar \(name) is not UTF-8", remedy: "Correct the sidecar, and drop both files again")
        }
        do throws(DefinitionError) {
            return try Sidecar.parse(text, file: name)
        } catch {
            throw Reason(
                "The sidecar \(name) can't be used: \(error.message)", line: error.line,
                remedy: error.remedy ?? "Correct the sidecar, and drop both files again")
        }
    }
}
