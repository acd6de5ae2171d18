package import Annals
package import Definitions

/// Bytes to tables: no I/O, no state, the same answer for the same bytes and definitions.
package enum TableReading {
    /// In the order in which they are asked.
    package static let readers: [any TableReader] = [
        WorkbookReader(), PXReader(), JSONStatReader(), JSONRecordsReader(), EurostatReader(), SDMXReader(),
        HTMLReader(), PageTextReader(), DelimitedReader(),
    ]

    /// Reads a file into one table a year.
    ///
    /// - Throws: Why the file can't be taken, with what to do about it.
    package static func read(
        _ document: SourceDocument, definitions: Definitions, bound: ReadingPlan? = nil,
        limits: ReadingLimits = ReadingLimits()
    ) throws(Reason) -> ReadDocument {
        let result = try run(document, definitions: definitions, bound: bound, limits: limits, wantsOrigins: false)
        let reading = result.reading
        let facts = DropFacts(
            dataset: reading.dataset, title: reading.title, reader: result.reader, encoding: result.encoding,
            dialect: reading.dialect, plan: reading.plan.recorded, findings: reading.findings)
        return ReadDocument(
            facts: facts, plan: reading.plan, tables: reading.tables, definition: reading.definition,
            published: reading.published, agencyID: reading.agencyID)
    }

    /// The dataset that a file is of where nothing but its name says so; nil where that says nothing.
    package static func dataset(ofFileNamed name: String) -> DatasetID? {
        FileName(name).title.flatMap { DatasetID(title: $0) }
    }

    /// A table and the place of each of its cells in the file.
    package struct SourceTable: Sendable {
        package var table: Table
        package var origins: CellOrigins

        /// Where the cell of one code a dimension stands; nil where the table has no such cell.
        package func origin(at codes: [String]) -> CellOrigin? {
            table.cell(at: codes).map(origins.origin(ofCell:))
        }
    }

    /// Reads a file again, to say where each cell stands: one table a year, ascending.
    ///
    /// - Throws: As ``read(_:definitions:limits:)`` does.
    package static func sourceTables(
        _ document: SourceDocument, definitions: Definitions, bound: ReadingPlan? = nil,
        limits: ReadingLimits = ReadingLimits()
    ) throws(Reason) -> [SourceTable] {
        let reading = try run(document, definitions: definitions, bound: bound, limits: limits, wantsOrigins: true)
            .reading
        return zip(reading.tables, reading.origins).map { SourceTable(table: $0, origins: $1) }
    }

    /// How a file is encoded, where a person says it, or a page itself where its bytes leave it open.
    private static func encoding(of document: SourceDocument, _ definitions: Definitions) -> TextEncoding? {
        declaredEncoding(of: document, definitions) ?? HTMLCharset.hint(document.bytes)
    }

    /// How a file is encoded, where its sidecar says it, or a definition that its folder, its sidecar or its name leads to:
    /// a title can't be read before.
    private static func declaredEncoding(of document: SourceDocument, _ definitions: Definitions) -> TextEncoding? {
        if let encoding = document.sidecar?.encoding { return encoding }
        if let given = document.sidecar?.dataset ?? document.subdirectory {
            return definitions.definition(of: given)?.encoding
        }
        let found = TableIdentity.definitions(document, in: definitions, title: nil)
        return found.count == 1 ? found[0].encoding : nil
    }

    /// What a reader made of a file, and which one.
    struct Result {
        var reading: Reading
        var reader: String
        var encoding: String
    }

    /// What became of a file that is no container.
    enum Outcome {
        case read(Result)
        /// No reader takes it.
        case declined(Reason)
    }

    private static func run(
        _ document: SourceDocument, definitions: Definitions, bound: ReadingPlan?, limits: ReadingLimits,
        wantsOrigins: Bool
    ) throws(Reason) -> Result {
        guard document.bytes.count <= limits.fileBytes else {
            throw Reason(
                "The file is larger than the limit", found: "\(document.bytes.count) bytes",
                expected: "at most \(limits.fileBytes) bytes", remedy: "Split the file, or raise the limit")
        }
        if let form = ContainerForm(document.bytes) {
            let container = ContainerReading(document: document, limits: limits) { (member, plan) throws(Reason) in
                try read(member, definitions: definitions, bound: plan, limits: limits, wantsOrigins: wantsOrigins)
            }
            return try container.run(form, bound: bound)
        }
        switch try read(document, definitions: definitions, bound: bound, limits: limits, wantsOrigins: wantsOrigins) {
        case .read(let result): return result
        case .declined(let reason): throw reason
        }
    }

    /// Asks the readers in turn.
    private static func read(
        _ document: SourceDocument, definitions: Definitions, bound: ReadingPlan?, limits: ReadingLimits,
        wantsOrigins: Bool
    ) throws(Reason) -> Outcome {
        if let reason = NoTable.reason(of: document) { throw reason }
        let text: Swift.Result<DecodedText, Reason>
        do throws(Reason) {
            let declared = encoding(of: document, definitions) ?? PXCharset.hint(document.bytes)
            text = .success(try DecodedText.decode(document.bytes, declared: declared))
        } catch {
            text = .failure(error)
        }
        let input = ReaderInput(
            document: document, definitions: definitions, bound: bound, limits: limits, text: text,
            wantsOrigins: wantsOrigins)
        var declined: [String] = []
        for reader in readers {
            switch reader.open(input) {
            case .accepts(let file):
                let decoded = try? text.get()  // no text is what a binary format has
                var reading = try file.read()
                reading.findings += decoded?.findings ?? []
                return .read(Result(reading: reading, reader: reader.name, encoding: decoded?.encoding ?? "binary"))
            case .declines(let why): declined.append("\(reader.name): \(why)")
            }
        }
        if case .failure(let reason) = text { return .declined(reason) }
        return .declined(
            Reason(
                "No reader takes the file (\(declined.joined(separator: "; ")))",
                expected: "a table as page text, CSV, PX, JSON-stat or a workbook",
                remedy: "Export the table as CSV with a header line"))
    }
}
