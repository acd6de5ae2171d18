import Annals

/// A delimited file whose header was found.
struct DelimitedFile: OpenedFile {
    let text: DecodedText
    let form: DelimitedForm
    /// Where the file is of a format of its own.
    var format: (any ColumnFormat)?
    /// Where it is known already, title and all.
    var identity: TableIdentity?
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
