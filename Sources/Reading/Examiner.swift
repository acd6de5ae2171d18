package import Annals
package import Auditing
package import Definitions
package import TableCoding
package import TableReading

/// Bytes to what they say: reads a file, holds its figures against its own sums, and encodes both for the log.
///
/// A pure function of the bytes, what lies around the file, and the definitions: the same in the daemon, in a reader's
/// process, in `inspect`, in a repair, and years later with the definitions that are recorded with the vintage. It asks
/// nobody what the archive holds: what an earlier vintage binds a dataset to comes in as a value
/// (``ReaderJob/bound``), or is found missing by the `Decider`, which then asks once more.
package struct Examiner: Sendable {
    package let definitions: Definitions
    /// Of the files before: it saves time and changes no answer.
    private let recurring = RecurringContent()

    package init(definitions: Definitions) { self.definitions = definitions }

    /// A file that was read, its figures held against its sums, not yet encoded.
    package struct Audited: Sendable {
        package var sidecar: Sidecar?
        package var document: ReadDocument
        /// One a year, in the order of `document.tables`.
        package var years: [AuditedTable]

        /// Why the whole file is to be refused, where an audit of any year failed.
        package var failure: Reason? { years.lazy.compactMap(\.failure).first }
    }

    /// Reads a file and holds every year of it against what is expected of its dataset.
    ///
    /// - Throws: `Reason` where the file, or the sidecar beside it, can't be read whole.
    package func audited(_ bytes: [UInt8], _ job: ReaderJob) throws(Reason) -> Audited {
        let document = try document(bytes, job)
        var read = try TableReading.read(
            document, definitions: definitions, bound: job.bound.plan, limits: job.limits)
        // The file's columns may stand in any order.
        let order = (read.definition?.dimensionOrder ?? []) + job.bound.dimensions
        for index in read.tables.indices { read.tables[index] = read.tables[index].ordered(by: order) }
        var expectations = expectations(of: read, bound: job.bound.identities)
        expectations.isReclassified = document.sidecar?.kind == .classification
        return Audited(
            sidecar: document.sidecar, document: read,
            years: Auditing.examine(read.tables, expecting: expectations))
    }

    /// The same file once more, for where each cell stands in it: one table a year, ascending.
    ///
    /// - Throws: As ``audited(_:_:)``.
    package func sourceTables(_ bytes: [UInt8], _ job: ReaderJob) throws(Reason) -> [TableReading.SourceTable] {
        try TableReading.sourceTables(
            try document(bytes, job), definitions: definitions, bound: job.bound.plan, limits: job.limits)
    }

    /// Reads a file, audits it, and encodes what it came to.
    ///
    /// - Returns: Tables, or the reason why the file can't be taken.
    package func examine(_ bytes: [UInt8], _ job: ReaderJob) -> Examined {
        var sidecar: Sidecar?
        do throws(Reason) {
            sidecar = try self.sidecar(of: job)
            let audited = try audited(bytes, job)
            guard let reason = audited.failure else { return try encoded(audited, bytes, job) }
            let years = audited.document.tables.map(\.period.year)
            let refusal = Examined.Refusal(
                reason, dataset: audited.document.facts.dataset, year: years.count == 1 ? years[0] : nil,
                isOfFigures: true)
            return Examined(job.source, sidecar: sidecar, content: .refused(refusal))
        } catch {
            // What lies around the file tells which dataset waits for it.
            let refusal = Examined.Refusal(error, dataset: sidecar?.dataset ?? job.dataset, year: sidecar?.year)
            return Examined(job.source, sidecar: sidecar, content: .refused(refusal))
        }
    }

    private func document(_ bytes: [UInt8], _ job: ReaderJob) throws(Reason) -> SourceDocument {
        SourceDocument(
            name: job.source.name, bytes: bytes, subdirectory: job.dataset, presumed: job.presumed,
            sidecar: try sidecar(of: job))
    }

    private func sidecar(of job: ReaderJob) throws(Reason) -> Sidecar? {
        guard let bytes = job.sidecar else { return nil }
        let name = job.source.name + Sidecar.fileSuffix
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Reason("The sidecar \(name) is not UTF-8", remedy: "Correct the sidecar, and drop both files again")
        }
        do throws(DefinitionError) {
            return try Sidecar.parse(text, file: name)
        } catch {
            throw Reason(
                "The sidecar \(name) can't be used: \(error.message)", line: error.line,
                remedy: error.remedy ?? "Correct the sidecar, and drop both files again")
        }
    }

    private func expectations(of read: ReadDocument, bound: [Identity]) -> Expectations {
        let definition = read.definition
        return Expectations(
            declared: definition?.audits ?? [],
            antisymmetric: definition?.antisymmetric.map { (row: $0.row, column: $0.column) },
            bound: bound, withoutTotal: Set(definition?.dimensions.filter(\.hasNoTotal).map(\.id) ?? []),
            rounding: definition?.rounding,
            warnOnly: definition?.onFailedAudit == .warn)
    }

    // MARK: For the log

    /// A code of which a year says nothing is absent from it; the sums that it left unchecked stay so.
    private static func recorded(_ year: AuditedTable) -> Examined.AuditedYear {
        guard let blank = BlankCodes(year.table) else { return (year.table, year.audits, year.findings) }
        return (blank.removed(), year.audits, year.findings + [blank.finding])
    }

    private func encoded(_ audited: Audited, _ bytes: [UInt8], _ job: ReaderJob) throws(Reason) -> Examined {
        let read = audited.document
        let texts = ReadingTexts(
            sidecar: job.sidecar, definition: read.definition.flatMap(definitions.text(of:)).map { Array($0.utf8) },
            dialect: definitions.text(ofDialect: read.facts.dialect).map { Array($0.utf8) })
        do throws(CodingError) {
            return try Examined(
                job.source, bytes: bytes, facts: read.facts, published: read.published, sidecar: audited.sidecar,
                texts: texts, measuresAreDeclared: read.definition?.measures.isEmpty == false,
                decimalsAreDeclared: read.definition?.measures.contains { $0.decimals > 0 } == true,
                recurring: recurring,
                years: audited.years.map(Self.recorded))
        } catch {
            throw Reason(
                "The table is too large to be recorded: \(error)", remedy: "Split the file, by year for example")
        }
    }
}
