import Annals
import Definitions

/// Opens delimited texts that programs write in a format of their own: one heading, and rows to the end.
enum FormatReader {
    /// Such a file, as far as it was looked at.
    struct Found {
        var form: DelimitedForm
        var format: any ColumnFormat
        /// What it says of itself.
        var title: TitleLine?
        var dialect: String
        /// Why it can't be read, as far as that is seen already.
        var refusal: Reason?
    }

    /// - Parameters:
    ///   - input: The file.
    ///   - otherwise: Why it isn't of the format, as the rest of a sentence.
    ///   - find: Looks at the text.
    /// - Returns: The file, where it is of the format and no definition says that its columns begin elsewhere.
    static func open(
        _ input: ReaderInput, otherwise: String,
        find: (UnsafeBufferPointer<UInt8>, DecodedText) -> Found?
    ) -> Opening {
        guard case .success(let text) = input.text else { return .declines("the bytes are no text") }
        do throws(Reason) {
            let found = try text.withBytes { (bytes) throws(Reason) in
                find(DelimitedFile.withoutEndMark(bytes), text)
            }
            guard let found else { return .declines(otherwise) }
            if let refusal = found.refusal { throw refusal }
            var identity = try TableIdentity(input, title: found.title, dialect: found.dialect)
            // Who parts fields by semicolons may write decimal commas.
            if found.form.delimiter == UInt8(ascii: ";") { identity.leaveDecimalMarkOpen() }
            guard (identity.definition?.layout ?? .init()) == .init() else {
                return .declines("a definition says where its columns begin")
            }
            return .accepts(
                DelimitedFile(text: text, form: found.form, format: found.format, identity: identity, input: input))
        } catch {
            return .accepts(RefusedFile(reason: error))
        }
    }

    /// The bytes of the first line.
    static func firstLine(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[..<(ByteSearch.first(0x0A, in: bytes, from: 0) ?? bytes.count)])
    }
}
