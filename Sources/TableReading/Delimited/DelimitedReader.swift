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
            return .accepts(DelimitedFile(text: text, form: form, input: input))
        } catch {
            return .accepts(RefusedFile(reason: error))
        }
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
}
