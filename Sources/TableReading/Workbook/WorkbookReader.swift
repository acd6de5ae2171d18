import Annals
import Definitions

/// Reads workbooks of Office Open XML (`.xlsx`, `.xlsm`) and OpenDocument (`.ods`), by what they hold and not by their names.
///
/// Each sheet becomes a ``Grid``, and the grid a table by the rules of delimited text.
package struct WorkbookReader: TableReader {
    package let name = "workbook"

    package init() {}

    package func open(_ input: ReaderInput) -> Opening {
        let bytes = input.document.bytes
        guard bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06]) else {
            return .declines("the file is no zip archive, as workbooks are")
        }
        do throws(Reason) {
            let (expanded, overflow) = input.limits.fileBytes.multipliedReportingOverflow(by: 4)
            let archive = try ZipArchive(bytes, mostExpanded: overflow ? .max : expanded)
            switch try WorkbookKind(archive) {
            case .office: return .accepts(OpenedWorkbook(archive: archive, isOffice: true, input: input))
            case .openDocument: return .accepts(OpenedWorkbook(archive: archive, isOffice: false, input: input))
            case .archive: return .declines("the file is a zip archive, and no workbook")
            case .other(let reason): return .accepts(RefusedFile(reason: reason))
            }
        } catch {
            return .accepts(RefusedFile(reason: error))
        }
    }
}

/// What a zip archive is, by the members that it has.
enum WorkbookKind {
    case office, openDocument
    /// A zip archive of anything else: a container.
    case archive
    case other(Reason)

    /// - Throws: Where the archive is damaged.
    init(_ archive: ZipArchive) throws(Reason) {
        if let type = try archive.short("mimetype", upTo: 1024) {
            let type = String(decoding: type, as: UTF8.self)
            if type.hasPrefix("application/vnd.oasis.opendocument.spreadsheet") {
                self = .openDocument
                return
            }
            if type.hasPrefix("application/vnd.oasis.opendocument") {
                self = .other(Self.document("an OpenDocument text or drawing"))
                return
            }
        }
        if archive.holds("xl/workbook.bin") {
            self = .other(
                Reason(
                    "The file is a binary workbook (.xlsb)", expected: "a workbook as .xlsx or .ods, or CSV",
                    remedy: "Open it and save it anew as .xlsx"))
        } else if archive.holds("xl/workbook.xml") || archive.holds("[Content_Types].xml") && archive.holdsWorkbook {
            self = .office
        } else if archive.holds("word/document.xml") {
            self = .other(Self.document("a Word document"))
        } else if archive.holds("ppt/presentation.xml") {
            self = .other(Self.document("a presentation"))
        } else if archive.names.contains(where: { $0.hasSuffix(".iwa") }) || archive.holds("index.zip") {
            self = .other(
                Reason(
                    "The file is a document of Apple Numbers, Pages or Keynote",
                    expected: "a workbook as .xlsx or .ods, or CSV",
                    remedy: "Export it from Numbers as Excel or CSV"))
        } else if archive.holds("content.xml"), archive.holds("META-INF/manifest.xml") {
            self = .openDocument
        } else {
            self = .archive
        }
    }

    /// Whether bytes are a zip archive that is nothing in particular; a damaged one is, too.
    static func isArchive(_ bytes: [UInt8]) -> Bool {
        do throws(Reason) {
            if case .archive = try WorkbookKind(try ZipArchive(bytes, mostExpanded: 1 << 16)) { return true }
            return false
        } catch {
            // Whoever takes it apart says what is wrong with it.
            return true
        }
    }

    private static func document(_ what: String) -> Reason {
        Reason(
            "The file is \(what), and no table", expected: "a workbook as .xlsx or .ods, or a table as text",
            remedy: "Put the table into a workbook, or export it as CSV")
    }
}

extension ZipArchive {
    /// Whether a part is called as that of a workbook is, in whatever folder.
    fileprivate var holdsWorkbook: Bool { names.contains { $0.lowercased().hasSuffix("workbook.xml") } }
}

/// A workbook whose archive was opened.
private struct OpenedWorkbook: OpenedFile, @unchecked Sendable {
    // It is read once, by whoever opened it.
    let archive: ZipArchive
    let isOffice: Bool
    let input: ReaderInput

    func read() throws(Reason) -> Reading {
        let limits = GridLimits(input.limits)
        let workbook: any Workbook =
            isOffice
            ? try OfficeWorkbook(archive, limits: limits) : try OpenDocumentWorkbook(archive, limits: limits)
        let layout = try TableIdentity(input, title: nil).definition?.layout
        let choice = try SheetChoice(workbook, wanted: input.document.sidecar?.sheet ?? layout?.sheet)
        var reading: Reading
        if choice.isOneAYear {
            reading = try SheetsOfYears(choice).read(input)
        } else {
            reading = try GridTable(choice.grids[0], input).read()
            reading.findings = choice.findings + reading.findings
        }
        for index in reading.tables.indices { reading.tables[index].notes += choice.notes }
        return reading
    }
}
