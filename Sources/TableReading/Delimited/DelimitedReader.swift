import Annals
import Definitions

/// Reads delimited text: long form, a column a year, several measures, or a matrix.
///
/// Lines above the header are the title and remarks; lines below the rows, after a blank one, are notes.
package struct DelimitedReader: TableReader {
    package let name = "delimited"

    package init() {}

    package func open(_ input: ReaderInput) -> Opening {
        guard case .success(let text) = input.text else { return .declines("the bytes are no text") }
        do throws(Reason) {
            let layout = try TableIdentity(input, title: nil).definition?.layout ?? DatasetDefinition.Layout()
            let text = layout.positions.isEmpty ? text : try Self.cut(text, layout.positions)
            let form = try text.withBytes { (bytes) throws(Reason) in
                DelimitedForm(Self.withoutEndMark(bytes), layout: layout, lineLimit: input.limits.lineBytes)
            }
            guard let form else {
                return .declines("neither tab, semicolon, comma nor pipe parts the lines into equally many fields")
            }
            return .accepts(OpenedTable(text: text, form: form, input: input))
        } catch {
            return .accepts(RefusedFile(reason: error))
        }
    }

    /// A text that another reader made: a heading, and below it a row a line to the end, parted by a delimiter.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - delimiter: What parts its fields.
    ///   - layout: Where its heading is.
    ///   - mayHaveNotes: Whether title and notes may stand around the rows.
    ///   - input: What else is known of the file.
    /// - Throws: Where the delimiter parts nothing.
    static func open(
        _ text: DecodedText, delimiter: UInt8,
        layout: DatasetDefinition.Layout = DatasetDefinition.Layout(header: .lines(1)), mayHaveNotes: Bool = false,
        input: ReaderInput
    ) throws(Reason) -> any OpenedFile {
        let form = try text.withBytes { (bytes) throws(Reason) in
            DelimitedForm(
                bytes, layout: layout, lineLimit: input.limits.lineBytes, delimiter: delimiter,
                mayHaveNotes: mayHaveNotes)
        }
        guard let form else { throw Reason("The rows are longer than the limit", remedy: "Split the file") }
        return OpenedTable(text: text, form: form, input: input)
    }

    private static func cut(
        _ text: DecodedText, _ positions: [DatasetDefinition.Layout.Position]
    ) throws(Reason) -> DecodedText {
        try text.withBytes { (bytes) throws(Reason) in
            DecodedText(bytes: try FixedWidth.delimited(bytes, positions), start: 0, encoding: text.encoding)
        }
    }

    /// Without the end-of-file mark (1A) of old systems.
    fileprivate static func withoutEndMark(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        bytes.last == 0x1A ? UnsafeBufferPointer(rebasing: bytes.dropLast()) : bytes
    }
}

/// A file that this reader takes and can't read.
private struct RefusedFile: OpenedFile {
    let reason: Reason

    func read() throws(Reason) -> Reading { throw reason }
}

/// A delimited file whose header was found.
private struct OpenedTable: OpenedFile {
    let text: DecodedText
    let form: DelimitedForm
    let input: ReaderInput

    func read() throws(Reason) -> Reading {
        try text.withBytes { (whole) throws(Reason) in
            let bytes = DelimitedReader.withoutEndMark(whole)
            if let missing = form.missing { throw missing }
            guard form.bodyStart < bytes.count else {
                throw Reason(
                    "The file has a header and no rows", line: form.headerLine, expected: "rows below the header",
                    remedy: "Export the whole table")
            }
            let identity = try TableIdentity(
                input, title: form.title.map { TitleLine($0, notes: Self.lastLines(bytes, form: form)) })
            let scanned = try DelimitedPass(bytes, form: form, identity: identity, input: input).run()
            return try DelimitedTable(scanned, form: form, identity: identity, input: input).reading(text)
        }
    }

    /// Lines at the end that may be notes, for footnote marks in the title.
    private static func lastLines(_ bytes: UnsafeBufferPointer<UInt8>, form: DelimitedForm) -> [String] {
        bytes[max(form.bodyStart, bytes.count - 4096)...].split(separator: 0x0A).dropFirst()
            .map { FieldText.withoutWhitespace(UnsafeBufferPointer(rebasing: $0)) }
    }
}
