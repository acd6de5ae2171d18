package import Annals
import Definitions

/// Reads delimited text: long form, a column a year, several measures, or a matrix.
///
/// Lines above the header are the title and remarks; lines below the rows, after a blank one, are notes.
package struct DelimitedReader: TableReader {
    package let name = "delimited"

    package init() {}

    package func detect(_ input: ReaderInput) -> Detection {
        guard case .success(let text) = input.text else { return .declines("the bytes are no text") }
        do throws(Reason) {
            let form = try text.withBytes { (bytes) throws(Reason) in
                DelimitedForm(bytes, lineLimit: input.limits.lineBytes)
            }
            return form == nil
                ? .declines("neither tab, semicolon nor comma parts the lines into equally many fields") : .accepts
        } catch {
            return .declines(error.message)
        }
    }

    package func read(_ input: ReaderInput) throws(Reason) -> Reading {
        let text = try input.text.get()
        return try text.withBytes { (whole) throws(Reason) in
            let bytes = Self.withoutEndMark(whole)
            guard let form = DelimitedForm(bytes, lineLimit: input.limits.lineBytes) else {
                throw Reason("The lines have no common delimiter")
            }
            guard form.bodyStart < bytes.count else {
                throw Reason(
                    "The file has a header and no rows", line: form.headerLine, expected: "rows below the header",
                    remedy: "Export the whole table")
            }
            let title = form.above.first { $0.contains(where: \.isLetter) }
            let identity = try TableIdentity(
                input, title: title.map { TitleLine($0, notes: Self.lastLines(bytes, form: form)) })
            let scanned = try DelimitedScan.run(bytes, form: form, identity: identity, input: input)
            return try DelimitedTable(scanned, form: form, identity: identity, input: input).reading(text)
        }
    }

    /// Without the end-of-file mark (1A) of old systems.
    static func withoutEndMark(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        bytes.last == 0x1A ? UnsafeBufferPointer(rebasing: bytes.dropLast()) : bytes
    }

    /// Lines at the end that may be notes, for footnote marks in the title.
    private static func lastLines(_ bytes: UnsafeBufferPointer<UInt8>, form: DelimitedForm) -> [String] {
        bytes[max(form.bodyStart, bytes.count - 4096)...].split(separator: 0x0A).dropFirst()
            .map { PageLine.trimmed(String(decoding: $0, as: UTF8.self)) }
    }
}
