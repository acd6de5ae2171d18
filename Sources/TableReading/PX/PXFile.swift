import Annals
import Definitions

/// A PX file on its way to a cube.
struct PXFile {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let input: ReaderInput
    private let metadata: PXMetadata
    private let variables: PXDimensions
    private let identity: TableIdentity
    private var findings: [Finding]

    /// - Throws: What is missing or contradicts itself above the figures.
    init(_ bytes: UnsafeBufferPointer<UInt8>, input: ReaderInput, encoding: String) throws(Reason) {
        self.bytes = bytes
        self.input = input
        let metadata = try PXMetadata(bytes, mostTexts: Self.mostTexts)
        self.metadata = metadata
        variables = try PXDimensions(metadata, limit: input.limits.categories)
        identity = try TableIdentity(
            input, title: Self.title(metadata), dialect: PXDialect.presumed(metadata, input.definitions))
        findings = variables.findings + Self.charset(metadata, encoding) + Self.missing(metadata)
        if !metadata.otherLanguages.isEmpty {
            findings.append(
                Finding(
                    "languages",
                    "Labels are those of \(metadata.language ?? "the file's own language"); the file has them in "
                        + "\(metadata.otherLanguages.joined(separator: ", ")) too"))
        }
    }

    /// Names of a million categories, their codes, and notes.
    private static let mostTexts = 4_000_000

    private static func title(_ metadata: PXMetadata) -> TitleLine {
        let description = metadata.text("DESCRIPTION")
        let title = metadata.text("TITLE") ?? description ?? metadata.text("CONTENTS") ?? ""
        return TitleLine(
            metadata.isYes("DESCRIPTIONDEFAULT") ? description ?? title : title, marks: [],
            agencyID: metadata.text("MATRIX"))
    }

    private static func charset(_ metadata: PXMetadata, _ encoding: String) -> [Finding] {
        guard let declared = metadata.text("CODEPAGE")?.lowercased(), !encoding.lowercased().hasPrefix(declared),
            !(declared == "iso-8859-1" && encoding == "windows-1252"), encoding != "UTF-8" || declared != "utf8"
        else { return [] }
        return [
            Finding(
                "charset-differs",
                "CODEPAGE says \(declared), and the bytes are \(encoding), which is what they are read as",
                line: metadata.line("CODEPAGE"))
        ]
    }

    private static func missing(_ metadata: PXMetadata) -> [Finding] {
        let missing = ["CONTENTS", "DECIMALS", "MATRIX", "TITLE", "UNITS"].filter { metadata.all($0).isEmpty }
        return missing.isEmpty
            ? []
            : [Finding("keyword-missing", "The file lacks what every PX file has: \(missing.joined(separator: ", "))")]
    }

    /// The cube, and which dataset it is.
    ///
    /// - Parameter find: Finds a figure again in the text.
    /// - Returns: Both.
    /// - Throws: Why the figures can't be taken.
    func cube(
        find: @escaping @Sendable (Int, PXLandmarks) -> CellOrigin
    ) throws(Reason) -> (cube: Cube, identity: TableIdentity) {
        let contents = variables.dimensions.first { $0.role == .contents }
        let measures = PXMeasures.all(metadata, contents: contents)
        let read = try PXFigures(
            metadata, variables, measureCount: measures.count, dialect: identity.dialect, input: input, bytes: bytes)
        var figures = read.figures
        var cells = PXCells(variables.dimensions)
        try cells.mark(metadata, &figures, dialect: identity.dialect, limit: input.limits.cells)
        let notes = PXNotes(metadata, variables.dimensions)
        let landmarks = read.landmarks
        var cube = Cube(
            dimensions: variables.dimensions, measures: measures, figures: figures,
            notes: PXMeasures.notes(metadata, measures) + notes.notes, notesOfTime: notes.ofTime,
            origin: { find($0, landmarks) })
        cube.linesOnTime = [metadata.text("CONTENTS"), metadata.text("REFPERIOD")].compactMap(\.self)
        cube.periodKind = PXMeasures.periodKind(metadata, measures)
        let proposal = PXDialect.proposal(
            metadata, taken: identity.dialect, figures: figures, input.definitions)
        cube.findings = findings + read.findings + cells.findings + notes.findings + (proposal.map { [$0] } ?? [])
        let updated = PXUpdates(metadata)
        cube.published = updated.latest
        cube.findings += updated.findings
        return (cube, identity)
    }
}
