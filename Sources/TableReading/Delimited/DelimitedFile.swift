import Annals
import Definitions

/// A delimited file whose header was found.
struct DelimitedFile: OpenedFile {
    let text: DecodedText
    let form: DelimitedForm
    /// Where the file is of a format of its own.
    var format: (any ColumnFormat)?
    /// Where it is known already, title and all.
    var identity: TableIdentity?
    let input: ReaderInput

    /// A file whose header was found, whatever is known of it besides.
    init(
        text: DecodedText, form: DelimitedForm, format: (any ColumnFormat)? = nil, identity: TableIdentity? = nil,
        input: ReaderInput
    ) {
        (self.text, self.form, self.format, self.identity, self.input) = (text, form, format, identity, input)
    }

    /// Nil where nothing parts the lines into equally many fields.
    ///
    /// - Parameters:
    ///   - text: The whole text.
    ///   - delimiter: What parts the fields, where that is known: of a sheet that was written as text.
    ///   - input: What else is known of it.
    /// - Throws: What a definition says of it and can't be.
    init?(_ text: DecodedText, delimiter: UInt8? = nil, _ input: ReaderInput) throws(Reason) {
        let layout = try TableIdentity(input, title: nil).definition?.layout ?? DatasetDefinition.Layout()
        let text = layout.positions.isEmpty || delimiter != nil ? text : try Self.cut(text, layout.positions)
        let form = try text.withBytes { (bytes) throws(Reason) in
            DelimitedForm(
                Self.withoutEndMark(bytes), layout: layout, delimiter: delimiter, lineLimit: input.limits.lineBytes)
        }
        guard let form else { return nil }
        self.init(text: text, form: form, input: input)
    }

    /// The same text, with something else known of it.
    init(_ file: DelimitedFile, _ input: ReaderInput) {
        self.init(text: file.text, form: file.form, input: input)
    }

    /// A text that another reader made, title and notes around its rows, parted by a delimiter.
    ///
    /// - Throws: Where it has no line.
    init(
        _ text: DecodedText, delimiter: UInt8, layout: DatasetDefinition.Layout, _ input: ReaderInput
    ) throws(Reason) {
        let form = try text.withBytes { (bytes) throws(Reason) in
            DelimitedForm(bytes, layout: layout, delimiter: delimiter, lineLimit: input.limits.lineBytes)
        }
        guard let form else { throw Reason("The rows are longer than the limit", remedy: "Split the file") }
        self.init(text: text, form: form, input: input)
    }

    /// A text that another reader made: a heading, and below it a row a line to the end, parted by a delimiter.
    ///
    /// - Throws: Where the delimiter parts nothing.
    init(rows text: DecodedText, delimiter: UInt8, _ input: ReaderInput) throws(Reason) {
        let form = try text.withBytes { (bytes) throws(Reason) in
            DelimitedForm(exactly: bytes, delimiter: delimiter, lineLimit: input.limits.lineBytes) { $0 }
        }
        guard let form else { throw Reason("The rows are longer than the limit", remedy: "Split the file") }
        self.init(text: text, form: form, input: input)
    }

    private static func cut(
        _ text: DecodedText, _ positions: [DatasetDefinition.Layout.Position]
    ) throws(Reason) -> DecodedText {
        try text.withBytes { (bytes) throws(Reason) in
            DecodedText(bytes: try FixedWidth.delimited(bytes, positions), start: 0, encoding: text.encoding)
        }
    }

    /// Without the end-of-file mark (1A) of old systems.
    static func withoutEndMark(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        bytes.last == 0x1A ? UnsafeBufferPointer(rebasing: bytes.dropLast()) : bytes
    }

    func read() throws(Reason) -> Reading {
        try text.withBytes { (whole) throws(Reason) in
            let bytes = Self.withoutEndMark(whole)
            if let missing = form.missing { throw missing }
            guard form.bodyStart < bytes.count else {
                throw Reason(
                    "The file has a header and no rows", line: form.headerLine, expected: "rows below the header",
                    remedy: "Export the whole table")
            }
            let identity =
                if let identity { identity } else { try Self.identity(input, bytes, form: form) }
            let scanned = try DelimitedPass(bytes, form: form, format: format, identity: identity, input: input).run()
            return try DelimitedTable(scanned, form: form, identity: identity, input: input).reading(text)
        }
    }

    private static func identity(
        _ input: ReaderInput, _ bytes: UnsafeBufferPointer<UInt8>, form: DelimitedForm
    ) throws(Reason) -> TableIdentity {
        try TableIdentity(input, title: form.title.map { TitleLine($0, notes: lastLines(bytes, form: form)) })
    }

    /// Lines at the end that may be notes, for footnote marks in the title.
    private static func lastLines(_ bytes: UnsafeBufferPointer<UInt8>, form: DelimitedForm) -> [String] {
        bytes[max(form.bodyStart, bytes.count - 4096)...].split(separator: 0x0A).dropFirst()
            .map { FieldText.withoutWhitespace(UnsafeBufferPointer(rebasing: $0)) }
    }
}
